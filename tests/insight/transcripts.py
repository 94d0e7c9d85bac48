"""Conversations as one writes them down, as the journal would have kept them.

A line is ``<when> [#case] <what> [key] [@channel] [/actor] [: what was said]``; times count from the first line.
``unclear`` and ``person`` are remarks of that kind.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue

from models.journal import Row

AT = datetime(2031, 3, 10, 9, tzinfo=UTC)
FOLDER = Path(__file__).with_name("conversations")
FREE_TEXT = {"what", "why", "where", "for-whom", "name"}
UNITS = {"": "minutes", "m": "minutes", "h": "hours", "d": "days"}
LINE = re.compile(
    r"(?P<when>\d+[mhd]?)(?: #(?P<case>\d))? (?P<what>\w+)(?: (?P<key>[\w./-]+))?(?: @(?P<channel>\w+))?"
    r"(?: /(?P<actor>\w+))?(?:: (?P<said>.*))?"
)


class Conversation(NamedTuple):
    """``signals`` are what a person finds sore about it when looking at it at that time."""

    id: str
    signals: frozenset[str]
    at: datetime
    cases: dict[str, list[Row]]

    @property
    def held_back(self) -> bool:
        return hashlib.sha256(self.id.encode()).digest()[0] % 3 == 0


def conversations() -> list[Conversation]:
    lines = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [_conversation(**json.loads(line)) for line in lines]


def _conversation(id: str, signals: list[str], now: str, moments: list[str], rows: list[str]) -> Conversation:
    return Conversation(id, frozenset(signals), AT + span(now), cases(*rows, moments=moments))


def cases(*lines: str, moments: list[str] | None = None) -> dict[str, list[Row]]:
    """Each case's rows by its id."""
    names = [f"{moment}/c_ana/{number}" for number, moment in enumerate(moments or ["pay_bill"], 1)]
    found: dict[str, list[Row]] = {name: [] for name in names}
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, line
        rows = found[names[int(match["case"] or 1) - 1]]
        rows.append(_row(match, len(rows) + 1))
    return found


def span(text: str) -> timedelta:
    number, unit = re.fullmatch(r"(\d+)([mhd]?)", text).groups()  # type: ignore[union-attr]  # it is one, or the test fails
    return timedelta(**{UNITS[unit]: int(number)})


def _row(match: re.Match[str], sequence: int) -> Row:
    what = match["what"]
    channel = match["channel"]
    return Row.model_validate(
        {
            "sequence": sequence,
            "at": AT + span(match["when"]),
            "what": "remarked" if what in {"unclear", "person"} else what,
            "key": match["key"],
            "channel": channel,
            "actor": match["actor"] or ("customer" if channel else None),
            "data": _data(what, match["key"] or "", match["said"] or ""),
        }
    )


def _data(what: str, key: str, said: str) -> dict[str, JsonValue]:
    if what in {"unclear", "person"}:
        return {"text": said, "why": what}
    if what in {"remarked", "called_off"}:
        return {"text": said}
    if what == "rated":
        score, of = said.split("/")
        return {"score": int(score), "of": int(of)}
    if what in {"answered", "corrected"}:
        return {"kind": "email" if key == "email" else "text" if key in FREE_TEXT else "choice", "value": said}
    return {"because": said} if said else {}
