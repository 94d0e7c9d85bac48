"""Who has booked which time: never more at once than there are places."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, bindparam, func, select, text, update

from database.engine import Database, now
from database.passes import digest
from models.answers import Slot
from models.bookings import Booking, Invitation, Kind
from models.errors import SlotTaken
from models.tables import BookingRow, InvitationRow
from models.tables.follow_through import BOOKED

_COLUMNS = [getattr(BookingRow, "case_id" if name == "case" else name) for name in Booking.model_fields]
_LIST = select(*_COLUMNS).order_by(BookingRow.start, BookingRow.id)
_DUE = _LIST.where(
    BookingRow.kind == Kind.CALL, text(BOOKED), BookingRow.start.between(bindparam("since"), bindparam("until"))
).limit(bindparam("most", type_=Integer))
_THEIRS = _LIST.where(
    BookingRow.customer.in_(bindparam("customers", expanding=True)), text(BOOKED), BookingRow.end > bindparam("since")
)
OVERDUE = timedelta(days=2)


class Bookings:
    """``at_once`` is how many may have the same time at the same place."""

    def __init__(self, db: Database, at_once: int) -> None:
        self._db = db
        self._at_once = at_once

    async def free(self, kind: Kind, place: str, slots: Sequence[Slot]) -> list[Slot]:
        """Those of the times that somebody can still have."""
        if not slots:
            return []
        here = (BookingRow.kind == kind) & (BookingRow.place == place) & text(BOOKED)
        between = BookingRow.start.between(slots[0].start, slots[-1].start)
        query = select(BookingRow.start, func.count().label("taken")).where(here, between).group_by(BookingRow.start)
        full = {row.start for row in await self._db.rows(query) if row.taken >= self._at_once}
        return [slot for slot in slots if slot.start not in full]

    async def book(
        self, once: str, kind: Kind, place: str, slot: Slot, *, customer: str, case: str | None, staff: str | None,
        instead_of: str = "",
    ) -> Booking:  # fmt: skip
        """Have a time, once for each ``once``; the one before, ``instead_of``, is given back in the same moment.

        Raises SlotTaken where somebody was faster; then nothing has changed.
        """
        id = f"k_{hashlib.sha256(once.encode(errors='replace')).hexdigest()[:20]}"
        values = {
            "id": id, "kind": kind.value, "place": place, "start": slot.start, "end": slot.end, "customer": customer,
            "case_id": case, "staff": staff, "state": "booked", "made_at": now(),
        }  # fmt: skip

        def work(connection: Connection) -> Booking:
            if found := _one(connection, BookingRow.id == id):
                return found
            if instead_of:
                before = (BookingRow.id == instead_of) & (BookingRow.customer == customer) & text(BOOKED)
                connection.execute(update(BookingRow).where(before).values(state="moved"))
            for seat in range(self._at_once):
                new = self._db.insert(BookingRow).values(**values, seat=seat).on_conflict_do_nothing()
                if connection.execute(new.returning(BookingRow.id)).first():
                    break
            if found := _one(connection, BookingRow.id == id):
                return found
            raise SlotTaken("slot-taken")

        return await self._db.at_once(work)

    async def cancel(self, id: str, customers: Collection[str]) -> Booking | None:
        """Give a time back; None where there was none of theirs any more."""
        return await self._end(id, BookingRow.customer.in_(customers), "cancelled")

    async def kept(self, id: str, customers: Collection[str]) -> Booking | None:
        """The call was made, or they were there."""
        return await self._end(id, BookingRow.customer.in_(customers), "kept")

    async def of(self, customers: Collection[str]) -> list[Booking]:
        """What these customers have booked and was not kept, first the first."""
        found = await self._db.rows(_THEIRS, customers=list(customers), since=now() - OVERDUE)
        return [Booking(**_named(row)) for row in found]

    async def due(self, at: datetime, limit: int) -> list[Booking]:
        """Calls whose time has come, first the first."""
        found = await self._db.rows(_DUE, since=at - OVERDUE, until=at, most=limit)
        return [Booking(**_named(row)) for row in found]

    async def get(self, id: str) -> Booking | None:
        found = await self._db.rows(_LIST.where(BookingRow.id == id))
        return Booking(**_named(found[0])) if found else None

    # -- let the customer choose ------------------------------------------------------------------------------

    async def invite(self, kind: Kind, place: str, customer: str, case: str, *, lifetime: timedelta) -> str:
        """A token by which this customer chooses, changes or gives back one time. 192 random bits."""
        token = secrets.token_urlsafe(24)
        new = self._db.insert(InvitationRow).values(
            digest=digest(token), kind=kind.value, place=place, customer=customer, case_id=case,
            expires_at=now() + lifetime, booking=None,
        )  # fmt: skip
        await self._db.change(new)
        return token

    async def invited(self, token: str) -> Invitation | None:
        """What a token opens; None for none, or one that is too old."""
        this = (InvitationRow.digest == digest(token)) & (InvitationRow.expires_at > now())
        names = [getattr(InvitationRow, "case_id" if name == "case" else name) for name in Invitation.model_fields]
        found = await self._db.rows(select(*names).where(this))
        return Invitation(**_named(found[0])) if found else None

    async def chosen(self, token: str, booking: str | None) -> None:
        """Which booking a token is about from now on."""
        this = update(InvitationRow).where(InvitationRow.digest == digest(token))
        await self._db.change(this.values(booking=booking))

    async def _end(self, id: str, theirs: ColumnElement[bool], state: str) -> Booking | None:
        this = update(BookingRow).where(BookingRow.id == id, theirs, text(BOOKED)).values(state=state)
        found = await self._db.change(this.returning(*_COLUMNS))
        return Booking(**_named(found[0])) if found else None


def _one(connection: Connection, which: ColumnElement[bool]) -> Booking | None:
    found = connection.execute(select(*_COLUMNS).where(which)).first()
    return Booking(**_named(found)) if found else None


def _named(row: Any) -> dict[str, Any]:
    return {"case" if name == "case_id" else name: value for name, value in row._mapping.items()}
