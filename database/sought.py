"""The desk's search: whoever is meant by a few words, from an id down to something that was once written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select

from database.cases import CaseRecord
from database.customers import Customer
from database.engine import Database
from database.folding import by_beginning, by_stem, stems, words
from database.indexing import Words, present, written
from database.lookups import NUMBER, Lead, Lookups
from models.journal import Row
from models.people import Address
from models.search import Kind, Why
from models.tables import AddressRow, CaseRow, CustomerRow, JournalRow

LONGEST, MOST_WORDS = 200, 6
CASES, TEXTS = 4, 2  # shown of each customer
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_CASE = [getattr(CaseRow, name) for name in CaseRecord.model_fields]
_ROW = [getattr(JournalRow, name) for name in Row.model_fields]


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
    leads: list[Lead] = field(default_factory=list)
    open: bool = False
    touched: datetime = _NEVER

    @property
    def rank(self) -> tuple[int, bool, float, str]:
        tier = min(lead.kind.tier for lead in self.leads)
        return tier, not self.open, -self.touched.timestamp(), self.id


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
        self._look = Lookups(connection)
        self._rows = self._look.rows
        self._words = known
        self._typed = typed

    def find(self, limit: int, after: int) -> Sightings:
        leads = self._leads()
        ranked = sorted(self._people(leads), key=lambda person: person.rank)
        shown = ranked[after : after + limit]
        kinds = sorted({lead.kind for lead in leads}, key=list(Kind).index)
        people = self._shown(shown) if shown else []
        return Sightings(tuple(people), len(ranked) - len(shown) + len(people), tuple(kinds))

    def _leads(self) -> list[Lead]:
        look, typed = self._look, self._typed
        found = [*look.ids(typed), *look.emails(typed)]
        if "@" in typed:
            return found
        if NUMBER.fullmatch(typed):
            found += look.numbers(typed)
        else:
            found += look.names(words(typed)[:MOST_WORDS])
        if self._words:
            found += look.texts(self._words.hashes(stems(typed)[:MOST_WORDS]))
        return found

    def _people(self, leads: Sequence[Lead]) -> list[_Person]:
        """By whose they are today, with how their cases stand; nobody who was erased."""
        records = sorted({lead.record for lead in leads})
        whose = func.coalesce(CustomerRow.joined, CustomerRow.id).label("owner")
        here = select(CustomerRow.id, CustomerRow.name, whose).where(CustomerRow.id.in_(records), present())
        owners = {row.id: row for row in self._rows(here)} if records else {}
        found: dict[str, _Person] = {}
        for lead in leads:
            if row := owners.get(lead.record):
                named = replace(lead, text=row.name or "") if lead.kind is Kind.NAME else lead
                found.setdefault(row.owner, _Person(row.owner)).leads.append(named)
        theirs = or_(CustomerRow.id.in_(found), CustomerRow.joined.in_(found))
        stands = (func.max(case((CaseRow.open, 1), else_=0)).label("open"), func.max(CaseRow.touched_at).label("last"))
        joined = select(whose, *stands).join(CaseRow, CaseRow.customer == CustomerRow.id)
        for row in self._rows(joined.where(theirs).group_by(whose)) if found else []:
            found[row.owner].open, found[row.owner].touched = bool(row.open), row.last
        return list(found.values())

    def _shown(self, people: Sequence[_Person]) -> list[Sighting]:
        ids = [person.id for person in people]
        customers, addresses, cases, rows = (
            self._customers(ids), self._addresses(ids), self._cases(ids), self._texts(people),
        )  # fmt: skip
        found = []
        for person in people:
            customer = customers.get(person.id)
            whys = _whys(person, rows, self._typed)
            if customer and whys:
                only = any(why.kind.tier == 0 for why in whys)
                at, of = tuple(addresses[person.id]), tuple(cases[person.id])
                found.append(Sighting(customer, at, of, tuple(whys), only))
        return found

    def _customers(self, ids: Sequence[str]) -> dict[str, Customer]:
        columns = [getattr(CustomerRow, name) for name in Customer.model_fields]
        rows = self._rows(select(*columns).where(CustomerRow.id.in_(ids)))
        return {row.id: Customer(**row._mapping) for row in rows}

    def _addresses(self, ids: Sequence[str]) -> defaultdict[str, list[Address]]:
        found: defaultdict[str, list[Address]] = defaultdict(list)
        query = select(AddressRow.customer, AddressRow.kind, AddressRow.value).where(AddressRow.customer.in_(ids))
        for row in self._rows(query.order_by(AddressRow.added_at, AddressRow.kind, AddressRow.value)):
            found[row.customer].append(Address(kind=row.kind, value=row.value))
        return found

    def _cases(self, ids: Sequence[str]) -> defaultdict[str, list[CaseRecord]]:
        """Of each, open ones first, then the last touched."""
        whose = func.coalesce(CustomerRow.joined, CustomerRow.id)
        order = (CaseRow.open.desc(), CaseRow.touched_at.desc(), CaseRow.id)
        place = func.row_number().over(partition_by=whose, order_by=order).label("place")
        theirs = or_(CustomerRow.id.in_(ids), CustomerRow.joined.in_(ids))
        all_ = select(*_CASE, whose.label("owner"), place).join(CustomerRow, CustomerRow.id == CaseRow.customer)
        part = all_.where(theirs).subquery()
        found: defaultdict[str, list[CaseRecord]] = defaultdict(list)
        for row in self._rows(select(part).where(part.c.place <= CASES).order_by(part.c.owner, part.c.place)):
            found[row.owner].append(CaseRecord(**{name: row._mapping[name] for name in CaseRecord.model_fields}))
        return found

    def _texts(self, people: Sequence[_Person]) -> dict[tuple[str, int], Row]:
        """The journal's rows that the texts stand in."""
        wanted = {(lead.case, lead.sequence) for person in people for lead in _texts_of(person)}
        if not wanted:
            return {}
        these = or_(*(and_(JournalRow.case_id == id, JournalRow.sequence == number) for id, number in sorted(wanted)))
        rows = self._rows(select(JournalRow.case_id, *_ROW).where(these))
        return {(row.case_id, row.sequence): Row.model_validate(_fields(row)) for row in rows}


def _fields(row: Any) -> dict[str, Any]:
    return {name: row._mapping[name] for name in Row.model_fields}


def _texts_of(person: _Person) -> list[Lead]:
    """Some spare: what is no longer there is passed over."""
    return [lead for lead in person.leads if lead.kind is Kind.TEXT][: TEXTS + 2]


def _whys(person: _Person, rows: dict[tuple[str, int], Row], typed: str) -> list[Why]:
    found = list[Why]()
    for lead in person.leads:
        if lead.kind is Kind.NAME:
            found.append(Why(kind=lead.kind, shown=tuple(by_beginning(lead.text, words(typed)))))
        elif lead.kind is not Kind.TEXT:
            found.append(Why(kind=lead.kind, shown=((lead.text, True),), paper=lead.paper, case=lead.case))
    said = list[Why]()
    for lead in _texts_of(person):
        row = rows.get((lead.case or "", lead.sequence))
        if row and (pieces := by_stem(" ".join(written(row)), set(stems(typed)))):
            said.append(Why(kind=lead.kind, shown=tuple(pieces), case=lead.case))
    return list(dict.fromkeys([*found, *said[:TEXTS]]))
