"""Records that became one person's: joined in one transaction, and parted again just as they were."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from database.customers import opaque
from database.engine import Database, now
from models.errors import Unknown
from models.ledger import Fact
from models.people import Frozen
from models.tables import AddressRow, CustomerRow, FactRow, JoinRow, PassRow, SessionRow

UNDO_WITHIN = timedelta(days=30)
_FACT = ("value", "by", "at", "until", "case_id")


class Pair(Frozen):
    """A case ``goes`` on in the one that ``stays``; ``apart`` says why it does not after all."""

    goes: str
    stays: str
    apart: str = ""


class Wanted(Frozen):
    """What is joined to whom, by whom and why, and what the person is called and known by from then on.

    ``facts`` are those whose older value was chosen: they count as said now.
    """

    person: str
    record: str
    staff: str
    staff_name: str
    reason: str
    name: str | None
    language: str
    facts: tuple[Fact, ...] = ()
    pairs: tuple[Pair, ...] = ()


class Join(Frozen):
    """A joining; parted where ``parted_at`` is set, and whole once it is not ``due`` any more."""

    id: str
    person: str
    record: str
    staff: str
    name: str
    reason: str
    at: datetime
    until: datetime
    pairs: tuple[Pair, ...]
    due: bool
    parted_at: datetime | None = None
    parted_by: str | None = None
    parted_reason: str | None = None
    kept: dict[str, JsonValue] = {}


class Joins:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def join(self, wanted: Wanted) -> str:
        """Join a record to a person's; its id. Raises Unknown where either is joined already, or not there."""
        id = opaque("j")

        def work(connection: Connection) -> str:
            mine = select(CustomerRow.id).where(CustomerRow.id == wanted.person, CustomerRow.joined.is_(None))
            if wanted.person == wanted.record or connection.execute(mine).one_or_none() is None:
                raise Unknown
            kept = _moved(connection, wanted) | _named(connection, wanted)
            kept["facts"] = [_learned(connection, wanted.person, fact) for fact in wanted.facts]
            kept["passes"] = _passes(connection, kept["records"] + _records(connection, wanted.person))
            values = wanted.model_dump(include={"person", "record", "staff", "reason"}) | {"name": wanted.staff_name}
            at, pairs = now(), {"pairs": [pair.model_dump() for pair in wanted.pairs]}
            new = self._db.insert(JoinRow).values(
                id=id, at=at, until=at + UNDO_WITHIN, kept=kept, pairs=pairs, due=True, **values
            )
            connection.execute(new)
            return id

        return await self._db.at_once(work)

    async def part(self, id: str, by: str, reason: str) -> bool:
        """Part them again, within the time for it; whether they were still joined.

        Whoever was signed in has to sign in again, and the passes made since then are void: nobody knows which of
        the two they went to.
        """

        def work(connection: Connection) -> bool:
            good = (JoinRow.id == id, JoinRow.parted_at.is_(None), JoinRow.until > now())
            parted = update(JoinRow).where(*good).values(parted_at=now(), parted_by=by, parted_reason=reason, due=True)
            found = connection.execute(parted.returning(JoinRow.person, JoinRow.record, JoinRow.kept)).one_or_none()
            if found is None:
                return False
            _shut(connection, found.person, found.kept)
            _moved_back(connection, found.person, found.record, found.kept)
            _named_back(connection, found.person, found.kept)
            for fact in found.kept["facts"]:
                _unlearned(connection, found.person, fact)
            return True

        return await self._db.at_once(work)

    async def get(self, id: str) -> Join | None:
        return next(iter(await self._list(JoinRow.id == id)), None)

    async def of(self, person: str) -> list[Join]:
        """What was joined to somebody, and that they were joined themselves; the latest first."""
        return await self._list((JoinRow.person == person) | (JoinRow.record == person))

    async def due(self, limit: int) -> list[Join]:
        """Those whose cases are not all told yet, longest first."""
        return await self._list(JoinRow.due, limit)

    async def told(self, join: Join) -> None:
        """All its cases are told; ``join.pairs`` says what became of them. A parting meanwhile is still to be told."""
        same = JoinRow.parted_at.is_(None) if join.parted_at is None else JoinRow.parted_at.is_not(None)
        pairs = {"pairs": [pair.model_dump() for pair in join.pairs]}
        await self._db.change(update(JoinRow).where(JoinRow.id == join.id, same).values(due=False, pairs=pairs))

    async def passes(self, records: list[str]) -> int:
        """How many passes into cases of these records are still good."""
        good = (PassRow.used_at.is_(None), PassRow.expires_at > now(), PassRow.customer.in_(records))
        return int((await self._db.rows(select(func.count().label("many")).where(*good)))[0].many)

    async def _list(self, which: ColumnElement[bool] | InstrumentedAttribute[bool], limit: int = 50) -> list[Join]:
        columns = [getattr(JoinRow, name) for name in Join.model_fields]
        query = select(*columns).where(which).order_by(JoinRow.at.desc(), JoinRow.id).limit(limit)
        found = [dict(row._mapping) for row in await self._db.rows(query)]
        return [Join.model_validate(row | {"pairs": row["pairs"]["pairs"]}) for row in found]


def _records(connection: Connection, person: str) -> list[str]:
    theirs = select(CustomerRow.id).where((CustomerRow.id == person) | (CustomerRow.joined == person))
    return [row.id for row in connection.execute(theirs.order_by(CustomerRow.id))]


def _moved(connection: Connection, wanted: Wanted) -> dict[str, Any]:
    """The record, and all that was joined to it, becomes the person's, with their addresses."""
    found = connection.execute(select(CustomerRow.joined).where(CustomerRow.id == wanted.record)).one_or_none()
    if found is None or found.joined is not None:
        raise Unknown
    records = _records(connection, wanted.record)
    connection.execute(update(CustomerRow).where(CustomerRow.id.in_(records)).values(joined=wanted.person))
    theirs = AddressRow.customer == wanted.record
    addresses = connection.execute(select(AddressRow.kind, AddressRow.value).where(theirs)).all()
    connection.execute(update(AddressRow).where(theirs).values(customer=wanted.person))
    return {"records": records, "addresses": [[row.kind, row.value] for row in addresses]}


def _moved_back(connection: Connection, person: str, record: str, kept: dict[str, Any]) -> None:
    theirs = CustomerRow.id.in_(kept["records"]) & (CustomerRow.joined == person)
    connection.execute(update(CustomerRow).where(theirs).values(joined=record))
    connection.execute(update(CustomerRow).where(CustomerRow.id == record).values(joined=None))
    for kind, value in kept["addresses"]:
        this = (AddressRow.kind == kind) & (AddressRow.value == value) & (AddressRow.customer == person)
        connection.execute(update(AddressRow).where(this).values(customer=record))


def _named(connection: Connection, wanted: Wanted) -> dict[str, Any]:
    this = CustomerRow.id == wanted.person
    was = connection.execute(select(CustomerRow.name, CustomerRow.language).where(this)).one()
    connection.execute(update(CustomerRow).where(this).values(name=wanted.name, language=wanted.language))
    return {"name": [was.name, wanted.name], "language": [was.language, wanted.language]}


def _named_back(connection: Connection, person: str, kept: dict[str, Any]) -> None:
    """What was changed once more since then stays."""
    for column in (CustomerRow.name, CustomerRow.language):
        before, after = kept[column.key]
        this = (CustomerRow.id == person) & (column.is_(None) if after is None else column == after)
        connection.execute(update(CustomerRow).where(this).values({column.key: before}))


def _fact(connection: Connection, person: str, name: str) -> dict[str, Any] | None:
    query = select(*(getattr(FactRow, column) for column in _FACT))
    row = connection.execute(query.where(FactRow.customer == person, FactRow.name == name)).one_or_none()
    if row is None:
        return None
    return dict(row._mapping) | {"at": row.at.isoformat(), "until": row.until.isoformat() if row.until else None}


def _learned(connection: Connection, person: str, fact: Fact) -> dict[str, Any]:
    before = _fact(connection, person, fact.name)
    _unlearn(connection, person, fact.name)
    new = fact.model_dump(mode="json", include={"name", "value", "by"}) | {"until": fact.until, "at": fact.by.at}
    connection.execute(insert(FactRow).values(customer=person, case_id="", **new))
    return {"name": fact.name, "before": before, "after": _fact(connection, person, fact.name)}


def _unlearned(connection: Connection, person: str, kept: dict[str, Any]) -> None:
    if _fact(connection, person, kept["name"]) != kept["after"]:
        return
    _unlearn(connection, person, kept["name"])
    if (before := kept["before"]) is not None:
        times = {name: datetime.fromisoformat(before[name]) if before[name] else None for name in ("at", "until")}
        row = insert(FactRow).values(customer=person, name=kept["name"], **(before | times))
        connection.execute(row)


def _unlearn(connection: Connection, person: str, name: str) -> None:
    connection.execute(delete(FactRow).where(FactRow.customer == person, FactRow.name == name))


def _passes(connection: Connection, records: list[str]) -> list[str]:
    good = (PassRow.customer.in_(records), PassRow.used_at.is_(None), PassRow.expires_at > now())
    return [row.digest for row in connection.execute(select(PassRow.digest).where(*good))]


def _shut(connection: Connection, person: str, kept: dict[str, Any]) -> None:
    records = {*_records(connection, person), *kept["records"]}
    connection.execute(delete(SessionRow).where(SessionRow.customer.in_(records)))
    since = PassRow.customer.in_(records) & PassRow.used_at.is_(None) & PassRow.digest.not_in(kept["passes"])
    connection.execute(update(PassRow).where(since).values(used_at=now()))
