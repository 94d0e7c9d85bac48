"""What becomes of the answers of two cases that would be one, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from activities.identity import masked
from channels.wording.book import Wording
from models.case import Line, Status
from models.ledger import Fact
from models.people import Address
from switchboard.becoming import Becoming, Fate, Open

ADDRESS = re.compile(r"\+\d{7,15}|[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Told:
    """An answer as it was given, and how: "$40.00", "by text, yesterday"."""

    value: str
    how: str


@dataclass(frozen=True)
class Row:
    """One question: what the case that stays has to it, what the other one has, and what becomes of that."""

    label: str
    mine: Told | None
    theirs: Told | None
    fate: Fate


@dataclass(frozen=True)
class Facing:
    """Two cases face to face. ``why`` is the word why the one stays: a wording code."""

    title: str
    stays: str
    goes: str
    apart: bool
    why: str
    rows: list[Row]


def facing(words: Wording, each: Becoming) -> Facing:
    moment = each.stays.turn.moment
    said = {answer.line.key: answer for answer in each.answers}
    rows = [
        Row(
            label=words.label(moment, line.key),
            mine=_told(words, moment, line),
            theirs=_told(words, moment, said[line.key].line) if line.key in said else None,
            fate=said[line.key].fate if line.key in said else "kept",
        )
        for line in each.stays.turn.answers
    ]
    rows += [
        Row(words.label(moment, key), None, _told(words, moment, answer.line), answer.fate)
        for key, answer in said.items()
        if answer.mine is None
    ]
    title = words.moment_name(moment, "title")
    return Facing(title, each.stays.turn.case, each.goes.turn.case, each.apart, why(each.stays, each.goes), rows)


def why(stays: Open, goes: Open) -> str:
    """Why this one stays: the first of the rules that tells them apart."""
    if goes.done:
        return "both-done"
    if stays.done:
        return "done"
    cared = [
        each.turn.status is Status.WITH_A_PERSON or bool(each.turn.care or each.turn.claim) for each in (stays, goes)
    ]
    if cared[0] and not cared[1]:
        return "person"
    return "answers" if len(stays.turn.answers) != len(goes.turn.answers) else "later"


def _told(words: Wording, moment: str, line: Line) -> Told:
    today = words.formats.here(datetime.now(UTC)).date()
    return Told(words.answer(moment, line), words.how(line.by, today))


def fact_told(words: Wording, fact: Fact) -> Told:
    """A fact as it may be shown: an address in part."""
    value, today = words.formats.words(fact.value), words.formats.here(datetime.now(UTC)).date()
    if ADDRESS.fullmatch(value):
        value = masked(Address(kind="email" if "@" in value else "phone", value=value))
    return Told(value, words.how(fact.by, today))
