"""A case at a point of its history, as it is shown to whoever looks after it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from models.people import Frozen

# ``good``: as it was. ``apart``: here the code does otherwise. ``beyond``: behind that, only the events are known.
# ``sealed``: nothing but the events can be read.
Standing = Literal["good", "apart", "beyond", "sealed"]


class Place(Frozen):
    """One workflow task: ``place`` is ``run.event`` (runs count from 1), which an address bears; ``what`` in a word."""

    place: str
    number: int
    at: datetime
    standing: Standing
    what: str = ""
    trouble: str = ""


class CodeLine(Frozen):
    number: int
    text: str
    here: bool = False


class Asked(Frozen):
    """An open question: its prompt as ``channel`` puts it, and what can be picked."""

    key: str
    revision: int
    text: str
    options: tuple[str, ...] = ()
    because: str = ""


class Held(Frozen):
    """An entry of the ledger: its ``kind`` (answer, step, confirm, event, …), what it is in words, and from where."""

    kind: str
    key: str
    label: str
    value: str
    how: str


class ToldLine(Frozen):
    """Something the customer was told: by the ``ways`` it took, as codes of channels; none: not on its way yet."""

    key: str
    text: str
    at: datetime
    ways: tuple[str, ...] = ()
    fresh: bool = False


class RawEvent(Frozen):
    """An event of the history, without its payloads, of which it has so many."""

    id: int
    at: datetime
    type: str
    about: str = ""
    payloads: int = 0


class Sentence(Frozen):
    at: datetime
    text: str


class Payloads(Frozen):
    """What an event holds, opened: JSON texts by where they stand in it."""

    event: int
    type: str
    texts: tuple[tuple[str, str], ...]


class Scene(Frozen):
    """All that is shown of one point. ``channel`` is where the customer last was, ``message`` what was put there,
    ``waits`` what of the world the case waits for.
    """

    place: Place
    event: int
    run: int
    status: str = ""
    line: str = ""
    code: tuple[CodeLine, ...] = ()
    channel: str = ""
    message: str = ""
    asked: tuple[Asked, ...] = ()
    waits: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    told: tuple[ToldLine, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    events: tuple[RawEvent, ...] = ()


class Change(Frozen):
    """What differs between two points; empty where it was not there, or is no more."""

    what: Literal["status", "line", "asked", "answer", "step", "told", "waits", "held"]
    label: str
    was: str = ""
    now: str = ""


class Apart(Frozen):
    """Where the history and the code at hand part, and the last point before it."""

    place: str
    event: int | None
    expected: str
    got: str
    line: str
    quiet: bool
    last_good: str = ""


class Overview(Frozen):
    """All of a travel but its points' contents. ``opens`` is the place to begin at: the first trouble, or the end."""

    case: str
    moment: str
    customer: str
    language: str
    zone: str
    runs: int
    events: int
    places: tuple[Place, ...]
    opens: int
    result: str
    error: str = ""
    apart: Apart | None = None
    missing: bool = False
