"""How to answer: the line after a question that tells what can be said, typed or pressed."""

from __future__ import annotations

from datetime import date

from channels.wording.book import Wording, kebab
from channels.wording.facts import fixed_length, of_question
from models.case import Pending
from models.questions import AnyQuestion, Date

ENOUGH = 2
_ANY_DAY = date(2000, 3, 11)  # only its month and day are ever shown


def kept(pending: Pending, words: Wording, style: str) -> str:
    """What we have on file, where it is too old to be taken for granted, and how to keep it."""
    if pending.known is None:
        return ""
    return words.say("still-known", style, answer=words.value(pending.known, pending.question.kind, pending.question))


def person(pending: Pending, words: Wording) -> str:
    """The offer of a person, to whoever was not understood twice; else empty."""
    return words.say("person-offer") if pending.unclear >= ENOUGH else ""


def guide(question: AnyQuestion, style: str, words: Wording, *, picks: str = "", listed: bool = False) -> str:
    """The guiding line of a kind of question in a style (sms, phone, example, keypad, hint), or empty.

    ``listed`` says that numbered options are shown, ``picks`` is that list in one phrase.
    """
    facts = of_question(question) | {"picks": picks, "length": _length(question)}
    if isinstance(question, Date):
        example = question.earliest or question.latest or _ANY_DAY
        facts |= {"example": example, "digits": " ".join(f"{example.month:02}{example.day:02}")}
    return words.maybe(f"answer-{kebab(question.kind)}", f"{style}-picks" if listed else style, **facts)


def _length(question: AnyQuestion) -> int | None:
    return question.longest if question.kind == "text" else fixed_length(question)
