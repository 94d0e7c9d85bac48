"""Calls that are put through to one of the team: at whom it rings, who took it, and that each ends once."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, update

from database.engine import Database, now
from models.people import Frozen
from models.tables import PutThroughRow

_COLUMNS = (
    PutThroughRow.id,
    PutThroughRow.call,
    PutThroughRow.customer,
    PutThroughRow.case_id.label("case"),
    PutThroughRow.staff,
    PutThroughRow.outbound,
    PutThroughRow.leg,
    PutThroughRow.tried,
    PutThroughRow.taken_at,
    PutThroughRow.over_at,
)


class PutThrough(Frozen):
    """One way of a ``call`` to one of the team. ``tried`` are all that it rang at so far, this one included.

    ``outbound``: the one of the team asked for it, and the customer is called next. ``leg`` is theirs, once taken.
    """

    id: str
    call: str
    customer: str
    case: str | None
    staff: str
    outbound: bool
    leg: str | None
    tried: tuple[str, ...]
    taken_at: datetime | None = None
    over_at: datetime | None = None


class PutThroughs:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def begin(
        self,
        call: str,
        staff: str,
        *,
        customer: str,
        case: str | None,
        tried: tuple[str, ...] = (),
        outbound: bool = False,
        id: str | None = None,
    ) -> PutThrough:
        """It rings at somebody now. ``tried`` are those before them; under an ``id`` that is known it is begun once."""
        id = id or f"pt_{secrets.token_hex(12)}"
        row = {"id": id, "call": call, "customer": customer, "staff": staff, "outbound": outbound}
        new = self._db.insert(PutThroughRow).values(
            **row, case_id=case, tried=",".join((*tried, staff)), asked_at=now()
        )
        same = new.on_conflict_do_update(index_elements=["id"], set_={"id": id})
        return _read((await self._db.change(same.returning(*_COLUMNS)))[0])

    async def get(self, id: str) -> PutThrough | None:
        found = await self._db.rows(select(*_COLUMNS).where(PutThroughRow.id == id))
        return _read(found[0]) if found else None

    async def taken(self, id: str) -> PutThrough | None:
        """The way that somebody took, of those that led on from this one."""
        way = await self.get(id)
        if way is None:
            return None
        these = select(*_COLUMNS).where(PutThroughRow.call == way.call, PutThroughRow.taken_at.is_not(None))
        return next((found for row in await self._db.rows(these) if id in (found := _read(row)).tried), None)

    async def speaking(self, case: str) -> bool:
        """Whether the customer speaks with one of ours about this case now."""
        taken = PutThroughRow.taken_at.is_not(None) & PutThroughRow.over_at.is_(None)
        return bool(await self._db.rows(select(PutThroughRow.id).where(PutThroughRow.case_id == case, taken)))

    async def under_way(self, case: str, since: datetime) -> bool:
        """Whether somebody of ours was called to this case after ``since``, and that is not over."""
        called = (PutThroughRow.asked_at > since) & PutThroughRow.over_at.is_(None)
        return bool(await self._db.rows(select(PutThroughRow.id).where(PutThroughRow.case_id == case, called)))

    async def take(self, id: str, leg: str) -> bool:
        """They take the call on that leg of it. False where it is over, or taken on another."""
        mine = or_(PutThroughRow.leg.is_(None), PutThroughRow.leg == leg)
        this = update(PutThroughRow).where(PutThroughRow.id == id, PutThroughRow.over_at.is_(None), mine)
        at = func.coalesce(PutThroughRow.taken_at, literal(now(), PutThroughRow.taken_at.type))
        return bool(await self._db.change(this.values(leg=leg, taken_at=at).returning(PutThroughRow.id)))

    async def end(self, id: str) -> bool:
        """It is over; True for the first who says so."""
        return bool(await self._end(PutThroughRow.id == id))

    async def end_of(self, call: str) -> list[PutThrough]:
        """The caller is gone: whatever was under way for this call is over."""
        return await self._end(PutThroughRow.call == call)

    async def _end(self, which: ColumnElement[bool]) -> list[PutThrough]:
        this = update(PutThroughRow).where(which, PutThroughRow.over_at.is_(None)).values(over_at=now())
        return [_read(row) for row in await self._db.change(this.returning(*_COLUMNS))]


def _read(row: Any) -> PutThrough:
    values = dict(row._mapping)
    return PutThrough(**values | {"tried": tuple(values["tried"].split(","))})
