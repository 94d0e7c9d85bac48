"""The desk's search: whoever is meant by a few words, from an id down to something that was once written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, case, func, or_, select, union
from sqlalchemy.orm import aliased

from database.cases import CaseRecord
from database.customers import Customer
from database.engine import Database, Rows
from database.folding import by_beginning, by_stem, stems, words
from database.indexing import Words, present, written
from database.leading import Statement, among
from database.lookups import NUMBER, Lead, Lookups
from models.journal import Row
from models.people import Address
from models.search import Kind, Why
from models.tables import AddressRow, CaseRow, CustomerRow, JournalRow, SoughtTextRow

LONGEST, MOST_WORDS = 200, 6
CASES, TEXTS = 4, 2  # shown of each customer
_TIERS = {kind: kind.tier for kind in Kind}
_WHOSE = func.coalesce(CustomerRow.joined, CustomerRow.id)


@dataclass(frozen=True)
class Sighting:
    """Somebody who may be meant, and why. ``only``: the words can't mean anybody else."""

    customer: Customer
    addresses: tuple[Address, ...]
    cases: tuple[CaseRecord, ...]
    whys: tuple[Why, ...]
    only: bool


@dataclass(frozen=True)
class Sightings:
    """A page of them, first the likeliest. ``count`` of all there are, as far as was looked."""

    people: tuple[Sighting, ...] = ()
    count: int = 0
    kinds: tuple[Kind, ...] = ()


@dataclass
class _Person:
    """A customer on the way to be shown: all their records, all that led to them."""

    id: str
    open: bool
    touched: datetime | None
    leads: list[Lead] = field(default_factory=list)

    def rank(self) -> tuple[int, bool, float, str]:
        tier = min(_TIERS[lead.kind] for lead in self.leads)
        return tier, not self.open, -self.touched.timestamp() if self.touched else 0.0, self.id


class Sought:
    """Raises NotConfirmed while the database is away. Without ``words`` nothing that was written is looked for."""

    def __init__(self, db: Database, words: Words | None = None) -> None:
        self._db = db
        self._words = words

    async def find(self, typed: str, *, limit: int = 10, after: int = 0) -> Sightings:
        """Whoever is meant: who is named by it, then whose name or number it is part of, then who wrote it.

        Within each, who has an open case first, then whose case was touched last. ``limit`` people are given from
        the one behind ``after``.
        """
        typed = " ".join(typed[:LONGEST].split())
        if len("".join(words(typed))) < 2:
            return Sightings()
        return await self._db.read(lambda connection: _Search(connection, self._words, typed).find(limit, after))


class _Search:
    """One search, over one connection."""

    def __init__(self, connection: Connection, known: Words | None, typed: str) -> None:
        self._look = Lookups(connection, typed)
        self._words = known
        self._typed = typed
        self._names = dict[str, str]()

    def find(self, limit: int, after: int) -> Sightings:
        leads = self._leads()
        ranked = sorted(self._people(leads), key=_Person.rank)
        shown = ranked[after : after + limit]
        kinds = sorted({lead.kind for lead in leads}, key=list(Kind).index)
        people = self._shown(shown) if shown else []
        return Sightings(tuple(people), len(ranked) - len(shown) + len(people), tuple(kinds))

    def _leads(self) -> list[Lead]:
        look, typed = self._look, self._typed
        look.ids()
        look.emails()
        if "@" not in typed:
            if NUMBER.fullmatch(typed):
                look.numbers()
            else:
                look.names(words(typed)[:MOST_WORDS])
            if self._words:
                look.texts(self._words.hashes(stems(typed)[:MOST_WORDS]))
        return look.leads()

    def _people(self, leads: Sequence[Lead]) -> list[_Person]:
        """By whose they are today, with how their cases stand; nobody who was erased."""
        records = sorted({lead.record for lead in leads})
        rows = self._rows(_standing, records=records) if records else []
        found = {row.owner: _Person(row.owner, bool(row.open), row.touched) for row in rows}
        whose = {row.id: found[row.owner] for row in rows}
        self._names = {row.id: row.name or "" for row in rows}
        for lead in leads:
            if person := whose.get(lead.record):
                person.leads.append(lead)
        return list(found.values())

    def _shown(self, people: Sequence[_Person]) -> list[Sighting]:
        ids = [person.id for person in people]
        customers, addresses = self._customers(ids)
        cases, rows = self._cases(ids), self._texts(people)
        begun, said = words(self._typed), set(stems(self._typed))
        found = []
        for person in people:
            customer = customers.get(person.id)
            whys = [*self._known_by(person, begun), *_written_by(person, rows, said)]
            if customer and whys:
                only = any(why.kind.tier == 0 for why in whys)
                at, of = tuple(addresses[person.id]), tuple(cases[person.id])
                found.append(Sighting(customer, at, of, tuple(dict.fromkeys(whys)), only))
        return found

    def _known_by(self, person: _Person, begun: Sequence[str]) -> Iterator[Why]:
        for lead in person.leads:
            if lead.kind is Kind.NAME:
                yield Why(kind=lead.kind, shown=tuple(by_beginning(self._names[lead.record], begun)))
            elif lead.kind is not Kind.TEXT:
                yield Why(kind=lead.kind, shown=((lead.text, True),), paper=lead.paper, case=lead.case)

    def _customers(self, ids: Sequence[str]) -> tuple[dict[str, Customer], defaultdict[str, list[Address]]]:
        found: dict[str, Customer] = {}
        addresses: defaultdict[str, list[Address]] = defaultdict(list)
        for *values, kind, value in self._rows(_customers, ids=ids):
            if values[0] not in found:
                found[values[0]] = Customer(**dict(zip(Customer.model_fields, values, strict=True)))
            if kind:
                addresses[values[0]].append(Address(kind=kind, value=value))
        return found, addresses

    def _cases(self, ids: Sequence[str]) -> defaultdict[str, list[CaseRecord]]:
        """Of each, open ones first, then the last touched."""
        found: defaultdict[str, list[CaseRecord]] = defaultdict(list)
        for owner, _, *values in self._rows(_last_cases, ids=ids):
            found[owner].append(CaseRecord(**dict(zip(CaseRecord.model_fields, values, strict=True))))
        return found

    def _texts(self, people: Sequence[_Person]) -> dict[int, Row]:
        """The journal's rows that the texts stand in, by the texts' ids."""
        wanted = sorted({lead.written for person in people for lead in _texts_of(person)})
        rows = self._rows(_journal, texts=wanted) if wanted else []
        return {text: Row.model_validate(dict(zip(Row.model_fields, values, strict=True))) for text, *values in rows}

    def _rows(self, query: Callable[[bool], Statement], **bound: Any) -> Rows:
        return self._look.rows(query(self._look.postgres), bound)


@cache
def _standing(postgres: bool) -> Statement:
    """Of each record that is still there: whose it is today, and how all of their cases stand."""
    person = select(CustomerRow.id, CustomerRow.name, _WHOSE.label("owner"))
    person_ = person.where(among(CustomerRow.id, "records", postgres), present()).cte("person")
    other = aliased(CustomerRow)
    mine = select(person_.c.owner.label("record"), person_.c.owner)
    joined = select(other.id, person_.c.owner).join(person_, other.joined == person_.c.owner)
    every = union(mine, joined).subquery()
    stands = (func.max(case((CaseRow.open, 1), else_=0)).label("open"), func.max(CaseRow.touched_at).label("touched"))
    cases = select(every.c.owner, *stands).join(CaseRow, CaseRow.customer == every.c.record).group_by(every.c.owner)
    last = cases.subquery()
    return select(person_, last.c.open, last.c.touched).outerjoin(last, last.c.owner == person_.c.owner)


@cache
def _customers(postgres: bool) -> Statement:
    columns = [getattr(CustomerRow, name) for name in Customer.model_fields]
    query = select(*columns, AddressRow.kind, AddressRow.value).outerjoin(
        AddressRow, AddressRow.customer == CustomerRow.id
    )
    these = query.where(among(CustomerRow.id, "ids", postgres))
    return these.order_by(AddressRow.added_at, AddressRow.kind, AddressRow.value)


@cache
def _last_cases(postgres: bool) -> Statement:
    order = (CaseRow.open.desc(), CaseRow.touched_at.desc(), CaseRow.id)
    place = func.row_number().over(partition_by=_WHOSE, order_by=order).label("place")
    columns = [getattr(CaseRow, name) for name in CaseRecord.model_fields]
    every = select(_WHOSE.label("owner"), place, *columns).join(CustomerRow, CustomerRow.id == CaseRow.customer)
    theirs = or_(among(CustomerRow.id, "ids", postgres), among(CustomerRow.joined, "ids", postgres))
    part = every.where(theirs).subquery()
    return select(part).where(part.c.place <= CASES).order_by(part.c.owner, part.c.place)


@cache
def _journal(postgres: bool) -> Statement:
    columns = [getattr(JournalRow, name) for name in Row.model_fields]
    here = (JournalRow.case_id == SoughtTextRow.case_id) & (JournalRow.sequence == SoughtTextRow.sequence)
    query = select(SoughtTextRow.id, *columns).join(JournalRow, here)
    return query.where(among(SoughtTextRow.id, "texts", postgres))


def _texts_of(person: _Person) -> list[Lead]:
    """Some spare: what is no longer there is passed over."""
    return [lead for lead in person.leads if lead.kind is Kind.TEXT][: TEXTS + 2]


def _written_by(person: _Person, rows: dict[int, Row], said: set[str]) -> list[Why]:
    found = list[Why]()
    for lead in _texts_of(person):
        row = rows.get(lead.written)
        if row and (pieces := by_stem(" ".join(written(row)), said)):
            found.append(Why(kind=lead.kind, shown=tuple(pieces), case=lead.case))
    return found[:TEXTS]
