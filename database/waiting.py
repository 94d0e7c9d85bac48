"""Who waits for one of the team: handed-over and stopped cases, promised calls, and cases that fell silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, and_, or_, select, text

from database.calls import PERSON
from database.cases import CaseRecord
from database.customers import Customer
from database.engine import Database, Rows, now
from models.case import Status
from models.journal import Row
from models.people import Address, Frozen
from models.tables import CallbackRow, CaseRow, CustomerRow, JournalRow
from models.tables.base import NEEDS_A_PERSON

LAST = "\U0010ffff"
SILENT_AFTER, SILENT_UNTIL = timedelta(hours=1), timedelta(days=3)
_CASE = (CaseRow.id, CaseRow.customer, CaseRow.moment, CaseRow.status, CaseRow.sequence, CaseRow.touched_at)
_ROW = (
    JournalRow.sequence,
    JournalRow.at,
    JournalRow.what,
    JournalRow.key,
    JournalRow.channel,
    JournalRow.actor,
    JournalRow.assurance,
    JournalRow.data,
)


class WaitingCase(Frozen):
    """A case that waits, and whose it is. ``claim`` is who of the team has it, as the journal's turn keeps it."""

    id: str
    customer: str
    moment: str
    status: Status
    sequence: int
    touched_at: datetime
    name: str | None = None
    claim: dict[str, JsonValue] | None = None


class Promise(Frozen):
    """A call that one of the team promised, since ``wanted_at``."""

    id: str
    customer: str
    address: Address
    wanted_at: datetime
    name: str | None = None


class Waiting:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def stopped(self, limit: int) -> list[WaitingCase]:
        """Open cases that only a person moves on, longest untouched first."""
        return await self._cases(text(NEEDS_A_PERSON), CaseRow.touched_at.asc(), limit)

    async def silent(self, limit: int) -> list[WaitingCase]:
        """Open cases whose customer has said nothing for an hour, up to three days; the last touched first."""
        here = now()
        quiet = CaseRow.touched_at.between(here - SILENT_UNTIL, here - SILENT_AFTER)
        waiting = CaseRow.status.in_([Status.OPEN.value, Status.PARKED.value])
        return await self._cases(quiet & waiting, CaseRow.touched_at.desc(), limit)

    async def of(self, customers: Collection[str]) -> list[WaitingCase]:
        """The open cases of these customers, last touched first."""
        theirs = CaseRow.customer.in_(customers) & CaseRow.open
        return await self._cases(theirs, CaseRow.touched_at.desc(), 1000)

    async def promised(self, limit: int, customer: str | None = None) -> list[Promise]:
        """Calls the team has promised and not made, longest waiting first; of one customer, where given."""
        columns = (CallbackRow.id, CallbackRow.customer, CallbackRow.kind, CallbackRow.address, CallbackRow.wanted_at)
        joined = select(*columns, CustomerRow.name).join(
            CustomerRow, CustomerRow.id == CallbackRow.customer, isouter=True
        )
        query = joined.where(CallbackRow.called_at.is_(None), CallbackRow.reason == PERSON)
        query = query if customer is None else query.where(CallbackRow.customer == customer)
        rows = await self._db.rows(query.order_by(CallbackRow.wanted_at, CallbackRow.id).limit(limit))
        return [
            Promise(
                id=row.id,
                customer=row.customer,
                address=Address(kind=row.kind, value=row.address),
                wanted_at=row.wanted_at,
                name=row.name,
            )
            for row in rows
        ]

    async def stories(self, cases: Collection[str]) -> dict[str, list[Row]]:
        """The journal of each of these cases, in order."""
        of = select(JournalRow.case_id, *_ROW).where(JournalRow.case_id.in_(cases))
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in await self._db.rows(of.order_by(JournalRow.case_id, JournalRow.sequence)):
            found[row.case_id].append(Row.model_validate({c.name: row._mapping[c.name] for c in _ROW}))
        return dict(found)

    async def named(self, beginning: str, limit: int) -> list[Customer]:
        """Customers whose name begins like this: as it is written, or as names are."""
        start = beginning.strip()
        query = select(CustomerRow.id, CustomerRow.language, CustomerRow.zone, CustomerRow.name)
        # One range for each way to write it: an index over names as they are serves all of them.
        ways = {start, start.title(), start.lower(), start.upper(), start.capitalize()}
        which = or_(*(and_(CustomerRow.name >= way, CustomerRow.name < way + LAST) for way in sorted(ways)))
        within = query.where(which).order_by(CustomerRow.name, CustomerRow.id)
        return [Customer(**row._mapping) for row in await self._db.rows(within.limit(limit))]

    async def last_of(self, customer: str, limit: int) -> list[CaseRecord]:
        """A customer's cases, open or closed, last touched first."""
        columns = [getattr(CaseRow, name) for name in CaseRecord.model_fields]
        theirs = select(*columns).where(CaseRow.customer == customer)
        rows = await self._db.rows(theirs.order_by(CaseRow.touched_at.desc(), CaseRow.id).limit(limit))
        return [CaseRecord(**row._mapping) for row in rows]

    async def _cases(self, which: Any, by: ColumnElement[datetime], limit: int) -> list[WaitingCase]:
        joined = select(*_CASE, CaseRow.turn, CustomerRow.name).join(
            CustomerRow, CustomerRow.id == CaseRow.customer, isouter=True
        )
        return _waiting(await self._db.rows(joined.where(which).order_by(by, CaseRow.id).limit(limit)))


def _waiting(rows: Rows) -> list[WaitingCase]:
    return [
        WaitingCase(**{c.name: row._mapping[c.name] for c in _CASE}, name=row.name, claim=(row.turn or {}).get("claim"))
        for row in rows
    ]
