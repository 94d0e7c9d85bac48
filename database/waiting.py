"""Who waits for one of the team: handed-over and stopped cases, promised calls, and cases that fell silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Integer, bindparam, func, select, text

from database.bookings import Bookings
from database.calls import PERSON
from database.cases import CaseRecord
from database.customers import Customers
from database.engine import Database, Rows, now
from models.case import Care, Status
from models.journal import Row
from models.money import Money
from models.people import Address, Frozen
from models.tables import CallbackRow, CaseRow, ChatRow, CustomerRow, JournalRow
from models.tables.base import CARED, NEEDS_A_PERSON

UNHEARD = timedelta(days=1)
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


_CASES = select(*_CASE, CaseRow.turn, CustomerRow.name).join(
    CustomerRow, CustomerRow.id == CaseRow.customer, isouter=True
)
_PROMISED = (
    select(CallbackRow.id, CallbackRow.customer, CallbackRow.kind, CallbackRow.address, CallbackRow.wanted_at)
    .add_columns(CustomerRow.name)
    .join(CustomerRow, CustomerRow.id == CallbackRow.customer, isouter=True)
    .where(CallbackRow.called_at.is_(None), CallbackRow.reason == PERSON)
    .order_by(CallbackRow.wanted_at, CallbackRow.id)
    .limit(bindparam("most", type_=Integer))
)
# The last line of each chat in which anything was written lately, where the customer wrote it.
_LAST = (
    select(ChatRow.case_id, func.max(ChatRow.at).label("at"))
    .where(ChatRow.at > bindparam("since"))
    .group_by(ChatRow.case_id)
    .subquery()
)
_UNHEARD = (
    _CASES.where(
        CaseRow.open,
        CaseRow.id.in_(
            select(ChatRow.case_id).join(
                _LAST, (ChatRow.case_id == _LAST.c.case_id) & (ChatRow.at == _LAST.c.at) & (ChatRow.actor == "customer")
            )
        ),
    )
    .order_by(CaseRow.touched_at, CaseRow.id)
    .limit(bindparam("most", type_=Integer))
)


class WaitingCase(Frozen):
    """A case that waits, and whose it is. ``claim`` is who of the team has it, as the journal's turn keeps it,
    ``care`` who has promised to look after it; ``at_stake`` is the largest amount that it speaks of.
    """

    id: str
    customer: str
    moment: str
    status: Status
    sequence: int
    touched_at: datetime
    name: str | None = None
    claim: dict[str, JsonValue] | None = None
    care: Care | None = None
    at_stake: Money | None = None


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

    async def cared(self, limit: int) -> list[WaitingCase]:
        """Open cases that somebody has promised to look after, longest untouched first."""
        return await self._cases(text(CARED), CaseRow.touched_at.asc(), limit)

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

    async def ended(self, customers: Collection[str], since: datetime) -> list[WaitingCase]:
        """The cases of these customers that were closed since then."""
        theirs = CaseRow.customer.in_(customers) & ~CaseRow.open & (CaseRow.touched_at >= since)
        return await self._cases(theirs, CaseRow.touched_at.desc(), 1000)

    async def promised(self, limit: int, customer: str | None = None) -> list[Promise]:
        """Calls the team has promised or booked and not made, longest waiting first; of one customer, where given."""
        theirs = _PROMISED if customer is None else _PROMISED.where(CallbackRow.customer == bindparam("customer"))
        whose = {} if customer is None else {"customer": customer}
        rows = await self._db.rows(theirs, most=limit, **whose)
        found = [
            Promise(
                id=row.id,
                customer=row.customer,
                address=Address(kind=row.kind, value=row.address),
                wanted_at=row.wanted_at,
                name=row.name,
            )
            for row in rows
        ]
        booked = await self._booked(limit, customer)
        return sorted([*found, *booked], key=lambda promise: promise.wanted_at)[:limit]

    async def these(self, cases: Collection[str]) -> list[WaitingCase]:
        """Those of these cases that are open."""
        return await self._cases(CaseRow.id.in_(cases) & CaseRow.open, CaseRow.touched_at.asc(), 1000)

    async def unheard(self, limit: int) -> list[WaitingCase]:
        """Open cases in nobody's hands where the customer wrote the last line of a chat, within a day."""
        found = _waiting(await self._db.scan(_UNHEARD, since=now() - UNHEARD, most=limit))
        return [case for case in found if case.claim is None]

    async def _booked(self, limit: int, customer: str | None) -> list[Promise]:
        """Calls that were booked for a time that has come."""
        people, found = Customers(self._db), list[Promise]()
        for call in await Bookings(self._db, 1).due(now(), limit):
            owner = await people.get(await people.owner(call.customer))
            phones = [a for a in await people.addresses(owner.id) if a.kind == "phone"] if owner else []
            if owner is not None and phones and customer in {None, call.customer, owner.id}:
                promise = Promise(
                    id=call.id, customer=call.customer, address=phones[0], wanted_at=call.start, name=owner.name
                )
                found.append(promise)
        return found

    async def stories(self, cases: Collection[str]) -> dict[str, list[Row]]:
        """The journal of each of these cases, in order."""
        of = select(JournalRow.case_id, *_ROW).where(JournalRow.case_id.in_(cases))
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in await self._db.scan(of.order_by(JournalRow.case_id, JournalRow.sequence)):
            found[row.case_id].append(Row.model_validate({c.name: row._mapping[c.name] for c in _ROW}))
        return dict(found)

    async def last_of(self, customer: str, limit: int) -> list[CaseRecord]:
        """A customer's cases, open or closed, last touched first."""
        columns = [getattr(CaseRow, name) for name in CaseRecord.model_fields]
        theirs = select(*columns).where(CaseRow.customer == customer)
        rows = await self._db.scan(theirs.order_by(CaseRow.touched_at.desc(), CaseRow.id).limit(limit))
        return [CaseRecord(**row._mapping) for row in rows]

    async def _cases(self, which: Any, by: ColumnElement[datetime], limit: int) -> list[WaitingCase]:
        return _waiting(await self._db.scan(_CASES.where(which).order_by(by, CaseRow.id).limit(limit)))


def _waiting(rows: Rows) -> list[WaitingCase]:
    return [
        WaitingCase(
            **{c.name: row._mapping[c.name] for c in _CASE},
            name=row.name,
            claim=(row.turn or {}).get("claim"),
            care=(row.turn or {}).get("care"),
            at_stake=_largest(row.turn or {}),
        )
        for row in rows
    ]


def _largest(turn: dict[str, Any]) -> Money | None:
    """Of the amounts that were answered or are asked for."""
    said = [line.get("value") for line in turn.get("answers", ())]
    asked = [each.get("question", {}) for each in turn.get("pending", ())]
    values = (*said, *(question.get("most") for question in asked))
    found = [Money.model_validate(v) for v in values if isinstance(v, dict) and {"amount", "currency"} == set(v)]
    return max(found, key=lambda money: money.amount, default=None)
