"""How long what is kept."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from models.errors import Misconfigured
from models.people import Frozen

YEAR = 365


def _days(days: int | None, what: str) -> int | None:
    found: int | None = Field(default=days, ge=1, description=what)
    return found


class Retention(Frozen):
    """Days by kind of data, from when it was last touched; None is for ever. Each says what is removed then."""

    inbox: int | None = _days(30, "What came in: all of it, with what was answered.")
    outbox: int | None = _days(180, "Messages that went out or never will, with their receipts.")
    receipts: int | None = _days(30, "What providers reported of messages that are not there.")
    calls: int | None = _days(90, "Calls, calls back, and who was put through to whom.")
    codes: int | None = _days(2, "One-time codes, and how often somebody guessed.")
    passes: int | None = _days(30, "Links and codes into a case, behind the day they end.")
    sessions: int | None = _days(7, "Sessions of customers and staff, behind the day they end.")
    asked: int | None = _days(30, "What was last asked or offered at an address.")
    unplaced: int | None = _days(90, "Mail that nobody was found for.")
    attachments: int | None = _days(2 * YEAR, "Files that customers sent, once their case is closed.")
    chat: int | None = _days(2 * YEAR, "What customers and the team wrote to each other, once the case is closed.")
    cases: int | None = _days(
        3 * YEAR,
        "Of closed cases: the journal, notes, hand-overs, ratings, and where they stood. That there was a case stays.",
    )
    archives: int | None = _days(3 * YEAR, "Archived histories.")
    facts: int | None = _days(30, "Facts, behind the day until which they were good.")
    audit: int | None = _days(7 * YEAR, "What the staff looked at and did; never less than a year.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """``calls=90, archives=off``; the rest stays as it is. Raises Misconfigured."""
        given: dict[str, int | None] = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            name, _, days = (part.strip() for part in entry.partition("="))
            if name not in cls.model_fields or not (days == "off" or days.isdecimal()):
                raise Misconfigured("SEGUE_KEEP must be like: calls=90, archives=off. docs/retention.md has the names.")
            given[name] = None if days == "off" else int(days)
        if min((days for days in given.values() if days is not None), default=1) < 1:
            raise Misconfigured("SEGUE_KEEP: a day is the least; `off` keeps for ever.")
        if (given.get("audit") or YEAR) < YEAR:
            raise Misconfigured("SEGUE_KEEP: the audit is kept for 365 days at least.")
        return cls.model_validate(given)


def table() -> str:
    """The table of docs/retention.md, in Markdown."""
    rows = ["| Name | Days | What goes then |", "| --- | --- | --- |"]
    for name, field in Retention.model_fields.items():
        rows.append(f"| `{name}` | {field.default or 'off'} | {field.description} |")
    return "\n".join(rows)
