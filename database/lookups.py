"""Whoever is led to by what was typed, in one or two statements that read a bounded number of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from database.engine import Rows
from database.folding import squeezed
from database.leading import COUNT, FEW, NAMES, TEXTS, Part, Statement, asked, lately
from models.search import Kind

LAST = "\U0010ffff"
CASE = re.compile(r"[a-z][a-z-]{1,40}/c_[a-z2-7]{1,40}/\d{1,9}")
RECORD = re.compile(r"(?<!\w)c_[a-z2-7]{5,40}(?!\w)")
NUMBER = re.compile(r"[\d\s()+./\-]+")
_ID_LONGEST, _NATIONAL = 64, 7


class Lead(NamedTuple):
    """A record, and what led there: ``text`` is what it was found by, ``written`` the id of the text of ``case``."""

    record: str
    kind: Kind
    text: str = ""
    paper: str = ""
    case: str | None = None
    sequence: int = 0
    written: int = 0


class Lookups:
    """Over one connection, and in as few statements as can be: each waits for its turn on a busy machine."""

    def __init__(self, connection: Connection, typed: str) -> None:
        self.postgres = connection.dialect.name == "postgresql"
        self._connection = connection
        self._typed = typed
        self._parts = list[Part]()
        self._bound = dict[str, Any]()

    def rows(self, query: Statement, bound: dict[str, Any]) -> Rows:
        return self._connection.execute(query, bound).all()

    def ids(self) -> None:
        """A case, a record, or a number of the company's papers; also within the address of a desk's page."""
        typed = self._typed
        if found := CASE.search(typed) or RECORD.search(typed):
            typed = found.group()
        if len(typed) <= _ID_LONGEST:
            ways = sorted({typed, typed.lower(), typed.upper()})
            self._ask(Part("ids"), typed=typed, squeezed=squeezed(typed), ways=ways)

    def emails(self) -> None:
        """An email address, or its beginning."""
        start = self._typed.strip().lower()
        if len(start) >= 3 and not re.search(r"\s", start) and not start.isdigit():
            self._ask(Part("emails"), start=start, start_last=start + LAST)

    def numbers(self) -> None:
        """A telephone number in any usual writing, or its last four digits and more."""
        digits = re.sub(r"\D", "", self._typed)
        end = digits.lstrip("0") if len(digits.lstrip("0")) >= 4 else digits
        if len(end) >= 4:
            self._ask(Part("numbers"), end=end, ending=end[-4:])

    def names(self, wanted: Sequence[str]) -> None:
        """All of these folded words begin a word of the customer's name."""
        bound = {f"name{n}": word for n, word in enumerate(wanted)}
        self._words(NAMES, len(wanted), bound | {f"last{n}": word + LAST for n, word in enumerate(wanted)})

    def texts(self, hashes: Sequence[int]) -> None:
        """All of these words stand in one text."""
        self._words(TEXTS, len(hashes), {f"word{n}": one for n, one in enumerate(hashes)})

    def leads(self) -> list[Lead]:
        """Of all that was asked for. The texts come newest first, and of very many names who was here last."""
        rows = self._asked()
        counts = [row for row in rows if row.kind == COUNT]
        if counts:
            self._narrow(NAMES, counts)
            self._narrow(TEXTS, counts)
            rows = [row for row in rows if row.kind != COUNT] + self._asked()
        named = sorted((row for row in rows if row.kind == Kind.NAME), key=_place)[:FEW]
        records = [row.record for row in named]
        if not counts and len(records) >= FEW:
            records += [row.customer for row in self.rows(lately(), self._bound)]
        texts = sorted((row for row in rows if row.kind == Kind.TEXT), key=_place, reverse=True)
        found = [self._lead(row) for row in rows if row.kind not in {Kind.NAME, Kind.TEXT} and row.record]
        found += [Lead(record, Kind.NAME) for record in dict.fromkeys(records)]
        return found + [Lead(row.record, Kind.TEXT, "", "", row.case_id, row.sequence, row.place) for row in texts]

    def _words(self, of: str, count: int, bound: dict[str, Any]) -> None:
        if count:
            self._ask(Part(of, "each" if count == 1 else "how often", count), **bound)

    def _narrow(self, of: str, counts: Sequence[Any]) -> None:
        """By way of the rarest word where that is rare, else out of the newest of each."""
        often = {row.sequence: row.place for row in counts if row.paper == of}
        if not often or not min(often.values()):
            return
        rare = min(often.values()) <= FEW
        order = sorted(often, key=often.__getitem__) if rare else list(often)
        bound = [(f"{name}{n}", self._bound[f"{name}{was}"]) for n, was in enumerate(order) for name in _BOUND[of]]
        self._ask(Part(of, "few" if rare else "shared", len(order)), **dict(bound))

    def _ask(self, part: Part, **bound: Any) -> None:
        self._parts.append(part)
        self._bound |= bound

    def _asked(self) -> list[Any]:
        parts, self._parts = tuple(self._parts), []
        return list(self.rows(asked(parts, self.postgres), self._bound)) if parts else []

    def _lead(self, row: Any) -> Lead:
        kind = Kind(row.kind)
        if kind is Kind.NUMBER and not _whole(row.text, self._bound["end"]):
            kind = Kind.ENDING
        if kind is Kind.EMAIL and row.text != self._bound["start"]:
            kind = Kind.BEGINNING
        return Lead(row.record, kind, row.text, row.paper, row.case_id)


_BOUND = {NAMES: ("name", "last"), TEXTS: ("word",)}
_place = attrgetter("place")


def _whole(number: str, digits: str) -> bool:
    return len(digits) >= _NATIONAL and number.lstrip("+").endswith(digits)


__all__ = ["CASE", "FEW", "NUMBER", "Lead", "Lookups"]
