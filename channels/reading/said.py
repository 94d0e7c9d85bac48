"""What goes into reading and what comes out of it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from models.answers import Attachment
from models.case import Because
from models.questions import AnyQuestion, Misfit

Way = Literal["speech", "typed", "keypad"]
WishKind = Literal["person", "help", "stop", "start", "repeat", "cancel", "change", "back", "resend", "call", "alone"]


@dataclass(frozen=True)
class Said:
    """A customer's words. ``confidence`` is the speech recogniser's, 0 to 1, where it gives one.

    ``attachments`` are the files that came along, as they are kept.
    """

    text: str
    way: Way
    confidence: float | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Understood:
    """A JSON value that the question has already accepted."""

    value: JsonValue


@dataclass(frozen=True)
class Unclear:
    """Nothing certain was read; ``because`` makes for the better question."""

    because: Because


@dataclass(frozen=True)
class Wish:
    """Something else than an answer is wanted. ``key`` is which answer to change, where that was said."""

    kind: WishKind
    key: str | None = None


Reading = Understood | Unclear | Wish


def unclear(code: str, **facts: str) -> Unclear:
    return Unclear(Because(code=code, facts=facts))


def settle(question: AnyQuestion, value: JsonValue) -> Understood | Unclear:
    """The value as understood if the question takes it, else why it does not."""
    try:
        question.accept(value)
    except Misfit as misfit:
        return unclear(misfit.reason, **misfit.facts)
    return Understood(value)
