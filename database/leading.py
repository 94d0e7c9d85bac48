"""The statements of the search's lookups, each made once: making one takes longer than answering it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from models.columns import Words
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
from models.tables.sought import ORDERED

FEW, MANY, LATELY = 200, 20_000, 1_000
NAMES, TEXTS, COUNT = "names", "texts", "count"
Statement = Select[*tuple[Any, ...]]


class Part(NamedTuple):
    """A lookup among those that are asked as one. Of ``words`` of names or texts: by which ``way``."""

    of: str
    way: str = ""
    words: int = 0


@cache
def asked(parts: tuple[Part, ...], postgres: bool) -> Statement:
    """The parts as one statement, whose rows are: kind, record, text, paper, case, sequence, place.

    Word n of a name is bound as ``name<n>`` to ``last<n>``, of a text as ``word<n>``. Of a count, ``paper`` is what
    was counted, ``sequence`` the number of the word and ``place`` how often there is one.
    """
    found = [select(*statement.subquery().c) for part in parts for statement in _statements(part, postgres)]
    return select(union_all(*found).subquery())


@cache
def lately() -> Statement:
    """Of very many with a name: whose cases were touched last."""
    last = select(CaseRow.customer, CaseRow.touched_at).order_by(CaseRow.touched_at.desc()).limit(LATELY).subquery()
    name = _rows(SoughtNameRow)
    query = select(last.c.customer).join(name, name.c.record == last.c.customer).where(_Beginning(0).fits(name))
    return query.order_by(last.c.touched_at.desc()).limit(FEW)


def among(column: Any, name: str, postgres: bool) -> ColumnElement[bool]:
    """``column`` is one of a list that is bound as ``name``.

    One parameter where that is possible: else each length is a statement of its own, to be planned anew.
    """
    if postgres:
        found: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(column.type)))
        return found
    return column.in_(bindparam(name, expanding=True))  # type: ignore[no-any-return] # any column


def _statements(part: Part, postgres: bool) -> list[Statement]:
    match part.of:
        case "ids":
            return [_ids(postgres)]
        case "emails":
            return [_emails(postgres)]
        case "numbers":
            return [_numbers()]
    matches = _matches(part)
    match part.way:
        case "each":
            return [_led(part, run, place) for place, run in enumerate(matches[0].runs(FEW))]
        case "how often":
            return [_count(part, match) for match in matches]
    return [_led(part, _few(matches) if part.way == "few" else _shared(matches))]


def _lead(kind: str, record: Any, text: Any = "", paper: Any = "", case: Any = None, **numbers: Any) -> Statement:
    columns = {"kind": kind, "record": record, "text": text, "paper": paper, "case_id": case}
    columns |= {"sequence": 0, "place": 0} | numbers
    return select(*(_column(value).label(name) for name, value in columns.items()))


def _column(value: Any) -> Any:
    if value is None:
        return cast(null(), Text)
    # Constants are spelt out: as parameters each would be sent and typed every time.
    if isinstance(value, str):
        return cast(literal_column(f"'{value}'"), Text)
    return literal_column(str(value)) if isinstance(value, int) else value


def _ids(postgres: bool) -> Statement:
    """A case, a customer, and the papers of the company by their numbers."""
    typed, squeezed = bindparam("typed", type_=Words()), bindparam("squeezed", type_=Words())
    number = SoughtPaperRow.number
    every = union_all(
        _lead(Kind.CASE, CaseRow.customer, CaseRow.id, case=CaseRow.id).where(CaseRow.id == typed),
        _lead(Kind.RECORD, CustomerRow.id, CustomerRow.id).where(CustomerRow.id == typed),
        _lead(Kind.PAPER, BillRow.customer, BillRow.id, "bill").where(among(BillRow.id, "ways", postgres)),
        _lead(Kind.PAPER, PaymentRow.customer, PaymentRow.reference, "payment").where(PaymentRow.reference == squeezed),
        _lead(Kind.PAPER, SoughtPaperRow.record, number, SoughtPaperRow.kind).where(number == squeezed),
        _lead(Kind.PAPER, PaperRow.customer, PaperRow.id, PaperRow.kind).where(
            among(PaperRow.id, "ways", postgres), PaperRow.id != PaperRow.customer
        ),
    )
    return select(every.subquery()).limit(FEW)


def _emails(postgres: bool) -> Statement:
    value, start, last = AddressRow.value, bindparam("start", type_=Words()), bindparam("start_last", type_=Words())
    ranges: tuple[ColumnElement[bool], ...] = (value.op("~>=~")(start), value.op("~<~")(last))
    if not postgres:
        ranges = (value >= start, value < last)
    # Spelt out and not bound: else a prepared statement can't know that the index over emails serves it.
    of = AddressRow.kind == literal_column("'email'")
    return _lead(Kind.EMAIL, AddressRow.customer, value).where(of, *ranges).limit(FEW)


def _numbers() -> Statement:
    value, end = AddressRow.value, bindparam("end", type_=Words())
    this = (AddressRow.kind == literal_column("'phone'")) & (AddressRow.ending == bindparam("ending", type_=Words()))
    return _lead(Kind.NUMBER, AddressRow.customer, value).where(this, value.endswith(end)).limit(FEW)


@dataclass(frozen=True)
class _Beginning:
    """A word of a name begins like this."""

    n: int
    table: ClassVar[type[Table]] = SoughtNameRow

    def ref(self, row: Any) -> Any:
        return row.c.record

    def newest(self, row: Any) -> Any:
        return row.c.at

    def fits(self, row: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = (row.c.word >= self._first) & (row.c.word < self._last)
        return found

    def runs(self, limit: int) -> list[Subquery]:
        """The rows it is found in, as the index has them: first of whom it is a whole word, the newest first."""
        whole, longer = _rows(SoughtNameRow), _rows(SoughtNameRow)
        more = (longer.c.word > self._first) & (longer.c.word < self._last)
        return [
            _run(self, whole, limit).where(whole.c.word == self._first).order_by(whole.c.at.desc()).subquery(),
            _run(self, longer, limit).where(more).order_by(longer.c.word, longer.c.at).subquery(),
        ]

    @property
    def _first(self) -> Any:
        return bindparam(f"name{self.n}", type_=ORDERED)

    @property
    def _last(self) -> Any:
        return bindparam(f"last{self.n}", type_=ORDERED)


@dataclass(frozen=True)
class _Word:
    """A text has this word, by its hash."""

    n: int
    table: ClassVar[type[Table]] = SoughtWordRow

    def ref(self, row: Any) -> Any:
        return row.c.text

    def newest(self, row: Any) -> Any:
        return row.c.text

    def fits(self, row: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = row.c.word == bindparam(f"word{self.n}", type_=BigInteger())
        return found

    def runs(self, limit: int) -> list[Subquery]:
        row = _rows(SoughtWordRow)
        return [_run(self, row, limit).where(self.fits(row)).order_by(row.c.text.desc()).subquery()]


_Match = _Beginning | _Word


def _matches(part: Part) -> list[_Match]:
    return [_Beginning(n) if part.of == NAMES else _Word(n) for n in range(part.words)]


def _rows(table: type[Table]) -> Any:
    return table.__table__.alias()


def _run(match: _Match, row: Any, limit: int) -> Statement:
    return select(match.ref(row).label("ref"), match.newest(row).label("newest")).limit(limit)


def _led(part: Part, refs: Subquery, place: int = 0) -> Statement:
    """Whom these records, or texts, lead to."""
    if part.of == NAMES:
        return _lead(Kind.NAME, refs.c.ref, place=place)
    row = SoughtTextRow
    return _lead(Kind.TEXT, row.record, case=row.case_id, sequence=row.sequence, place=row.id).join(
        refs, refs.c.ref == row.id
    )


def _count(part: Part, match: _Match) -> Statement:
    row = _rows(match.table)
    some = select(match.ref(row)).where(match.fits(row)).limit(FEW + 1).subquery()
    return _lead(COUNT, "", paper=part.of, sequence=match.n, place=func.count()).select_from(some)


def _few(matches: Sequence[_Match]) -> Subquery:
    """Those of the first, which is rare, that all others match."""
    rarest = matches[0]
    first = _rows(rarest.table)
    query = select(rarest.ref(first).label("ref")).where(rarest.fits(first))
    for match in matches[1:]:
        other = _rows(match.table)
        # A value and not EXISTS: that may become a join, which reads all there is of a frequent word.
        this = select(match.ref(other)).where(match.ref(other) == rarest.ref(first), match.fits(other)).limit(1)
        query = query.where(this.scalar_subquery().is_not(None))
    return query.order_by(rarest.newest(first).desc()).limit(FEW).subquery()


def _shared(matches: Sequence[_Match]) -> Subquery:
    """What is among the newest of each."""
    first, *others = [_newest_of(match) for match in matches]
    newest: Any = first.c.newest
    query = select(first.c.ref)
    for other in others:
        query = query.join(other, other.c.ref == first.c.ref)
    if isinstance(matches[0], _Beginning):
        # Somebody may have it in several of their names.
        query, newest = query.group_by(first.c.ref), func.max(first.c.newest)
    return query.order_by(newest.desc()).limit(FEW).subquery()


def _newest_of(match: _Match) -> Subquery:
    runs = match.runs(MANY)
    return runs[0] if len(runs) == 1 else union_all(*(select(*run.c) for run in runs)).subquery()
