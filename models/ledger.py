"""The ledger of a case: every answer and every finished step, in order, each with where it came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from models.people import Frozen, Provenance


class Answered(Frozen):
    """An answer that stands. ``kind`` is the question's kind, ``revision`` the one it answered.

    ``shown`` is what the value stands for, where it is only an id; ``from_case`` is the other case of the same person
    that it was given in.
    """

    type: Literal["answer"] = "answer"
    key: str
    kind: str
    revision: int
    value: JsonValue
    shown: JsonValue = None
    by: Provenance
    from_fact: str | None = None
    from_case: str | None = None


class Known(Frozen):
    """A step's declared "no": ``type`` names its class in ``models.errors``."""

    type: str
    reason: str = ""
    facts: dict[str, str] = {}


class Done(Frozen):
    """A finished step. ``digest`` fingerprints its input; a step that refused has
    ``refusal`` and no ``value``; one with ``good_until`` is done again when that has passed.
    """

    type: Literal["step"] = "step"
    key: str
    digest: str
    attempt: int
    value: JsonValue = None
    refusal: Known | None = None
    reads: bool = False
    final: bool = False
    undo: str | None = None
    good_until: datetime | None = None
    at: datetime


class Undone(Frozen):
    """A step that was taken back; its own effect has its own idempotency key."""

    type: Literal["undone"] = "undone"
    key: str
    attempt: int
    at: datetime


class Confirmed(Frozen):
    """A "yes" to exactly what ``digest`` fingerprints."""

    type: Literal["confirm"] = "confirm"
    key: str
    digest: str
    by: Provenance


class Taken(Frozen):
    """What a ``wait_for`` took; ``name`` is None when its deadline passed first."""

    type: Literal["event"] = "event"
    key: str
    name: str | None
    data: JsonValue = None
    at: datetime


class Dated(Frozen):
    """A day or a deadline read once, so that a re-run sees the same."""

    type: Literal["date"] = "date"
    key: str
    value: date | datetime


class Told(Frozen):
    """A notice that was given; a re-run does not give it again."""

    type: Literal["told"] = "told"
    key: str
    digest: str


Entry = Annotated[Answered | Done | Undone | Confirmed | Taken | Dated | Told, Field(discriminator="type")]


class Fact(Frozen):
    """A ledger entry that outlives its case, good until ``until``."""

    name: str
    value: JsonValue
    by: Provenance
    until: datetime | None = None
