"""Each way to look for somebody, as one or two statements that read a bounded number of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, String, exists, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from database.engine import Rows
from database.folding import squeezed
from models.search import Kind
from models.tables import (
    AddressRow,
    BillRow,
    CaseRow,
    CustomerRow,
    PaperRow,
    PaymentRow,
    SoughtNameRow,
    SoughtPaperRow,
    SoughtTextRow,
    SoughtWordRow,
    Table,
)

LAST = "\U0010ffff"
FEW, MANY, LATELY = 200, 20_000, 1_000
CASE = re.compile(r"[a-z][a-z-]{1,40}/c_[a-z2-7]{1,40}/\d{1,9}")
RECORD = re.compile(r"(?<!\w)c_[a-z2-7]{5,40}(?!\w)")
NUMBER = re.compile(r"[\d\s()+./\-]+")
_ID_LONGEST, _NATIONAL = 64, 7


class Match(Protocol):
    """A word looked for. ``fits``: the rows it is found in; ``runs``: the same, as the index has them, newest first."""

    @property
    def table(self) -> type[Table]: ...

    def ref(self, row: Any) -> Any: ...

    def newest(self, row: Any) -> Any: ...

    def fits(self, row: Any) -> ColumnElement[bool]: ...

    def runs(self) -> list[Select[*tuple[Any, ...]]]: ...


@dataclass(frozen=True)
class Beginning:
    """A word of a name begins like this."""

    word: str
    table = SoughtNameRow

    def ref(self, row: Any) -> Any:
        return row.record

    def newest(self, row: Any) -> Any:
        return row.at

    def fits(self, row: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = (row.word >= self.word) & (row.word < self.word + LAST)
        return found

    def runs(self) -> list[Select[*tuple[Any, ...]]]:
        whole, longer = aliased(SoughtNameRow), aliased(SoughtNameRow)
        more = (longer.word > self.word) & (longer.word < self.word + LAST)
        return [
            _run(self, whole).where(whole.word == self.word).order_by(whole.at.desc()),
            _run(self, longer).where(more).order_by(longer.word, longer.at),
        ]


@dataclass(frozen=True)
class Word:
    """A text has this word, by its hash."""

    word: int
    table = SoughtWordRow

    def ref(self, row: Any) -> Any:
        return row.text

    newest = ref

    def fits(self, row: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = row.word == self.word
        return found

    def runs(self) -> list[Select[*tuple[Any, ...]]]:
        row = aliased(SoughtWordRow)
        return [_run(self, row).where(self.fits(row)).order_by(row.text.desc())]


def _run(match: Match, row: Any) -> Select[*tuple[Any, ...]]:
    return select(match.ref(row).label("ref"), match.newest(row).label("newest"))


@dataclass(frozen=True)
class Lead:
    """A record, and what led there: ``text`` is what it was found by, ``sequence`` the row of ``case`` with it."""

    record: str
    kind: Kind
    text: str = ""
    paper: str = ""
    case: str | None = None
    sequence: int = 0


class Lookups:
    """Over one connection: asking for one anew for each statement costs more than the statement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, query: Select[*tuple[Any, ...]]) -> Rows:
        return self._connection.execute(query).all()

    def ids(self, typed: str) -> list[Lead]:
        """A case, a record, or a number of the company's papers; also within the address of a desk's page."""
        if found := CASE.search(typed) or RECORD.search(typed):
            typed = found.group()
        if len(typed) > _ID_LONGEST:
            return []
        squeeze, ways = squeezed(typed), sorted({typed, typed.lower(), typed.upper()})
        number, paper = SoughtPaperRow.number, SoughtPaperRow.kind
        rows = self.rows(
            select(
                union_all(
                    _lead(Kind.CASE, "", CaseRow.id, CaseRow.customer).where(CaseRow.id == typed),
                    _lead(Kind.RECORD, "", CustomerRow.id, CustomerRow.id).where(CustomerRow.id == typed),
                    _lead(Kind.PAPER, "bill", BillRow.id, BillRow.customer).where(BillRow.id.in_(ways)),
                    _lead(Kind.PAPER, "payment", PaymentRow.reference, PaymentRow.customer).where(
                        PaymentRow.reference == squeeze
                    ),
                    _lead(Kind.PAPER, paper, number, SoughtPaperRow.record).where(number == squeeze),
                    _lead(Kind.PAPER, PaperRow.kind, PaperRow.id, PaperRow.customer).where(
                        PaperRow.id.in_(ways), PaperRow.id != PaperRow.customer
                    ),
                ).subquery()
            ).limit(FEW)
        )
        return [
            Lead(row.record, Kind(row.kind), row.id, row.paper, row.id if row.kind == Kind.CASE else None)
            for row in rows
            if row.record
        ]

    def numbers(self, typed: str) -> list[Lead]:
        """A telephone number in any usual writing, or its last four digits and more."""
        digits = re.sub(r"\D", "", typed)
        end = digits.lstrip("0") if len(digits.lstrip("0")) >= 4 else digits
        if len(end) < 4 or not NUMBER.fullmatch(typed):
            return []
        value = AddressRow.value
        this = (AddressRow.kind == "phone") & (AddressRow.ending == end[-4:]) & value.endswith(end)
        rows = self.rows(select(AddressRow.customer, value).where(this).limit(FEW))
        return [Lead(row.customer, Kind.NUMBER if _whole(row.value, end) else Kind.ENDING, row.value) for row in rows]

    def emails(self, typed: str) -> list[Lead]:
        """An email address, or its beginning."""
        start = typed.strip().lower()
        if len(start) < 3 or re.search(r"\s", start) or start.isdigit():
            return []
        value = AddressRow.value
        ranges: tuple[ColumnElement[bool], ...] = (value.op("~>=~")(start), value.op("~<~")(start + LAST))
        if self._connection.dialect.name != "postgresql":
            ranges = (value >= start, value < start + LAST)
        # Spelt out and not bound: else a prepared statement can't know that the index over emails serves it.
        of = AddressRow.kind == literal("email", literal_execute=True)
        rows = self.rows(select(AddressRow.customer, value).where(of, *ranges).limit(FEW))
        return [Lead(row.customer, Kind.EMAIL if row.value == start else Kind.BEGINNING, row.value) for row in rows]

    def names(self, wanted: Sequence[str]) -> list[Lead]:
        """All of these folded words begin a word of the customer's name."""
        matches: list[Match] = [Beginning(word) for word in wanted]
        records = self._all_of(matches)
        if len(wanted) == 1 and len(records) >= FEW:
            records = [*self._lately(matches[0]), *records]
        return [Lead(record, Kind.NAME) for record in dict.fromkeys(records)]

    def texts(self, hashes: Sequence[int]) -> list[Lead]:
        """All of these words stand in one text; the newest first."""
        ids = self._all_of([Word(each) for each in hashes])
        row = SoughtTextRow
        found = select(row.id, row.record, row.case_id, row.sequence).where(row.id.in_(ids))
        rows = self.rows(found.order_by(row.id.desc()))
        return [Lead(row.record, Kind.TEXT, case=row.case_id, sequence=row.sequence) for row in rows]

    def _all_of(self, matches: Sequence[Match]) -> list[Any]:
        """Whatever all match, the newest: by way of the rarest where that is rare, else out of the newest of each."""
        if not matches:
            return []
        if len(matches) == 1:
            runs = [run.limit(FEW) for run in matches[0].runs()]
            return [row.ref for rows in [self.rows(run) for run in runs] for row in rows][:FEW]
        (counts,) = self.rows(select(*(_count(match) for match in matches)))
        order = sorted(range(len(matches)), key=counts.__getitem__)
        if counts[order[0]] == 0:
            return []
        if counts[order[0]] <= FEW:
            return self._few([matches[number] for number in order])
        return self._shared(matches)

    def _few(self, matches: Sequence[Match]) -> list[Any]:
        rarest = matches[0]
        first = aliased(rarest.table)
        query = select(rarest.ref(first).label("ref")).where(rarest.fits(first))
        for match in matches[1:]:
            other = aliased(match.table)
            query = query.where(exists().where(match.ref(other) == rarest.ref(first), match.fits(other)))
        return [row.ref for row in self.rows(query.order_by(rarest.newest(first).desc()).limit(FEW))]

    def _shared(self, matches: Sequence[Match]) -> list[Any]:
        parts = [
            select(literal(number).label("n"), *run.limit(MANY).subquery().c)
            for number, match in enumerate(matches)
            for run in match.runs()
        ]
        every = union_all(*parts).subquery()
        all_of = func.count(every.c.n.distinct()) == len(matches)
        query = select(every.c.ref).group_by(every.c.ref).having(all_of).order_by(func.max(every.c.newest).desc())
        return [row.ref for row in self.rows(query.limit(FEW))]

    def _lately(self, match: Match) -> list[str]:
        """Of very many with this name: whose cases were touched last."""
        last = select(CaseRow.customer, CaseRow.touched_at).order_by(CaseRow.touched_at.desc()).limit(LATELY).subquery()
        name = SoughtNameRow
        query = select(last.c.customer).join(name, name.record == last.c.customer).where(match.fits(name))
        rows = self.rows(query.order_by(last.c.touched_at.desc()).limit(FEW))
        return [row.customer for row in rows]


def _lead(kind: Kind, paper: Any, id: Any, record: Any) -> Select[*tuple[Any, ...]]:
    paper = type_coerce(literal(paper), String) if isinstance(paper, str) else paper
    return select(literal(kind.value).label("kind"), paper.label("paper"), id.label("id"), record.label("record"))


def _whole(number: str, digits: str) -> bool:
    return len(digits) >= _NATIONAL and number.lstrip("+").endswith(digits)


def _count(match: Match) -> Any:
    row = aliased(match.table)
    some = select(match.ref(row)).where(match.fits(row)).limit(FEW + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


__all__ = ["CASE", "NUMBER", "Lead", "Lookups"]
