"""The names of friction: each can be switched off and has a threshold."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from models.people import Frozen


class Name(StrEnum):
    """What makes a case sore, in the order an agent is told."""

    PERSON = "person"
    WORDING = "wording"
    LOW_RATING = "low-rating"
    REPEAT = "repeat"
    LOOP = "loop"
    ASKED_TWICE = "asked-twice"
    UNREADABLE = "unreadable"
    DROPPED_CALL = "dropped-call"
    SILENCE = "silence"


class Signal(Frozen):
    """One reason why a case is sore. ``rows`` are the sequences of the case's rows that show it, oldest first.

    ``since`` is when the last of them made it so, ``earlier`` another case of the customer that belongs to it.
    """

    case: str
    name: Name
    rows: tuple[int, ...]
    since: datetime
    earlier: str | None = None


DEFAULTS = {
    Name.PERSON: 1.0,
    Name.WORDING: 1.0,
    Name.LOW_RATING: 2.0,
    Name.REPEAT: 7.0,
    Name.LOOP: 3.0,
    Name.ASKED_TWICE: 1.0,
    Name.UNREADABLE: 2.0,
    Name.DROPPED_CALL: 2.0,
    Name.SILENCE: 240.0,
}


class Thresholds(Frozen):
    """Which signals are on, and from where they count. A name that is missing is off.

    person: how often they asked. wording: the score of one saying. low-rating: stars of five (times three of ten).
    repeat: days. loop: rounds. asked-twice: how often again. unreadable: answers in a row. dropped-call: minutes since
    they hung up. silence: minutes since they were kept waiting for longer than ``patience`` minutes.
    """

    on: dict[Name, float] = DEFAULTS
    patience: float = 10.0

    @classmethod
    def parse(cls, text: str) -> Thresholds:
        """``loop=4, silence=off`` changes the defaults; ``patience=15`` too. Raises ValueError for anything else."""
        on, patience = dict(DEFAULTS), cls().patience
        for entry in filter(None, (part.strip() for part in text.split(","))):
            name, _, value = (part.strip() for part in entry.partition("="))
            if name == "patience":
                patience = _positive(value)
            elif value == "off":
                on.pop(Name(name), None)
            else:
                on[Name(name)] = _positive(value)
        return cls(on=on, patience=patience)


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e6:
        raise ValueError("a threshold is a positive number")
    return number
