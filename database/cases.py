"""Cases: which there are, and how each stands by its journal."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, Text, bindparam, cast, func, literal, select, true, update
from sqlalchemy.sql.dml import ReturningInsert

from database import indexing
from database.engine import Database, Rows, now
from models.case import Status, Turn
from models.errors import NotConfirmed
from models.people import Frozen
from models.tables import CaseRow

_COLUMNS = (
    CaseRow.id,
    CaseRow.customer,
    CaseRow.moment,
    CaseRow.number,
    CaseRow.status,
    CaseRow.step,
    CaseRow.sequence,
    CaseRow.opened_at,
    CaseRow.touched_at,
)
_CLOSED = [status.value for status in Status if status.closed]
_OVER = [status for status in _CLOSED if status != Status.JOINED.value]
_TRIES = 20
_ONE = select(*_COLUMNS).where(CaseRow.id == bindparam("case"))
_OPEN = (
    select(*_COLUMNS)
    .where(CaseRow.customer == bindparam("customer"), CaseRow.status.not_in(_CLOSED))
    .order_by(CaseRow.touched_at.desc(), CaseRow.id)
)
_HELD = select(*_COLUMNS).where(
    CaseRow.customer == bindparam("customer"), CaseRow.moment == bindparam("moment"), CaseRow.open
)
_SEQUENCES = select(CaseRow.id, CaseRow.sequence).where(CaseRow.id.in_(bindparam("cases", expanding=True)))
_TURN = select(CaseRow.turn).where(CaseRow.id == bindparam("case"), CaseRow.turn.is_not(None))


class CaseRecord(Frozen):
    """One case as lists show it. ``sequence`` is that of the last journal row, 0 before the first."""

    id: str
    customer: str
    moment: str
    number: int
    status: Status
    step: str | None
    sequence: int
    opened_at: datetime
    touched_at: datetime


class Cases:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(self, customer: str, moment: str) -> CaseRecord:
        """The customer's open case of a moment, else a new one with the next number. Any number at once get one."""
        for _ in range(_TRIES):
            if found := await self._list(_HELD, customer=customer, moment=moment):
                return found[0]
            for row in await self._db.at_once(self._opening(customer, moment)):
                return CaseRecord(**row._mapping)
        raise NotConfirmed("a case that opens and closes all the time")

    async def get(self, case: str) -> CaseRecord | None:
        found = await self._list(_ONE, case=case)
        return found[0] if found else None

    async def open_for(self, customer: str) -> list[CaseRecord]:
        """The customer's open cases, last touched first."""
        return await self._list(_OPEN, customer=customer)

    async def closed_for(self, customer: str, limit: int = 20) -> list[CaseRecord]:
        """The customer's closed cases, last touched first; not those that go on in another one."""
        theirs = select(*_COLUMNS).where(CaseRow.customer == customer, CaseRow.status.in_(_OVER))
        return await self._list(theirs.order_by(CaseRow.touched_at.desc(), CaseRow.id).limit(limit))

    async def recent(self, limit: int) -> list[CaseRecord]:
        """Everybody's cases, open or not, last touched first."""
        return await self._list(select(*_COLUMNS).order_by(CaseRow.touched_at.desc(), CaseRow.id).limit(limit))

    async def between(self, after: datetime, until: datetime, limit: int) -> list[CaseRecord]:
        """Everybody's cases, open or not, that were last touched after one time and until another; newest first."""
        then = (CaseRow.touched_at > after) & (CaseRow.touched_at <= until)
        return await self._list(select(*_COLUMNS).where(then).order_by(CaseRow.touched_at.desc()).limit(limit))

    async def turn(self, case: str) -> Turn | None:
        """The case's turn as the journal last wrote it; None before that, or where another Segue wrote it."""
        found = await self._db.rows(_TURN, case=case)
        try:
            return Turn.model_validate(found[0].turn) if found else None
        except ValidationError:
            return None

    async def sequences(self, cases: Collection[str]) -> dict[str, int]:
        """The last written sequence of each case there is."""
        return {row.id: row.sequence for row in await self._db.rows(_SEQUENCES, cases=list(cases))}

    async def lost(self, case: str) -> None:
        """Closes a case whose workflow does not exist, so that a new one can be opened."""
        gone = update(CaseRow).where(CaseRow.id == case, CaseRow.open)
        await self._db.change(gone.values(open=False, status=Status.CANCELLED.value, touched_at=now()))

    async def _list(self, query: Select[*tuple[Any, ...]], **values: str) -> list[CaseRecord]:
        return [CaseRecord(**row._mapping) for row in await self._db.rows(query, **values)]

    def _opening(self, customer: str, moment: str) -> Callable[[Connection], Rows]:
        following = self._next(customer, moment)

        def work(connection: Connection) -> Rows:
            if opened := connection.execute(following).all():
                indexing.opened(connection, customer, now())
            return opened

        return work

    def _next(self, customer: str, moment: str) -> ReturningInsert[*tuple[Any, ...]]:
        # Two at once count the same next number; the unique indexes let one in, and the other looks again.
        count = func.coalesce(func.max(CaseRow.number), 0) + 1
        last = select(count.label("number")).where(CaseRow.customer == customer, CaseRow.moment == moment).subquery()
        moment_now = now()
        new = {
            "id": literal(f"{moment}/{customer}/").concat(cast(last.c.number, Text)),
            "customer": literal(customer),
            "moment": literal(moment),
            "number": last.c.number,
            "open": true(),
            "status": literal(Status.OPEN.value),
            "sequence": literal(0),
            "opened_at": literal(moment_now, CaseRow.opened_at.type),
            "touched_at": literal(moment_now, CaseRow.touched_at.type),
        }
        # SQLite can't tell this SELECT's end from ON CONFLICT unless it has a WHERE.
        rows = select(*(value.label(name) for name, value in new.items())).where(true())
        return self._db.insert(CaseRow).from_select(list(new), rows).on_conflict_do_nothing().returning(*_COLUMNS)
