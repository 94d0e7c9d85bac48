"""What agents leave behind: bookings, hand-overs, wrap-ups, goodwill, and why they looked."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table, index_where

BOOKED = "state = 'booked'"
HANDED = "state = 'waiting'"
OPEN_WRAP_UP = "done_at IS NULL"


class BookingRow(Table):
    """``seat`` counts who has the same time at the same place: no two have one while both are booked."""

    __tablename__ = "bookings"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    place: Mapped[str]
    start: Mapped[datetime]
    end: Mapped[datetime]
    seat: Mapped[int]
    customer: Mapped[str] = mapped_column(index=True)
    case_id: Mapped[str | None]
    staff: Mapped[str | None]
    state: Mapped[str]
    made_at: Mapped[datetime]
    __table_args__ = (index_where("uq_bookings_seat", "kind", "place", "start", "seat", where=BOOKED, unique=True),)


class InvitationRow(Table):
    """A link by which a customer chooses a time, by its digest."""

    __tablename__ = "booking_invitations"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    place: Mapped[str]
    customer: Mapped[str]
    case_id: Mapped[str]
    expires_at: Mapped[datetime]
    booking: Mapped[str | None]


class HandOverRow(Table):
    __tablename__ = "hand_overs"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    customer: Mapped[str]
    by: Mapped[str]
    by_name: Mapped[str]
    to: Mapped[str | None]
    to_name: Mapped[str | None]
    team: Mapped[str]
    why: Mapped[str]
    tried: Mapped[str]
    promised: Mapped[str]
    until: Mapped[datetime | None]
    next_step: Mapped[str]
    at: Mapped[datetime]
    accept_by: Mapped[datetime]
    state: Mapped[str]
    accepted_by: Mapped[str | None]
    __table_args__ = (index_where("uq_hand_overs_waiting", "case_id", where=HANDED, unique=True),)


class WrapUpRow(Table):
    __tablename__ = "wrap_ups"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    customer: Mapped[str]
    staff: Mapped[str]
    at: Mapped[datetime]
    ending: Mapped[str | None]
    note: Mapped[str]
    done_at: Mapped[datetime | None]
    __table_args__ = (index_where("ix_wrap_ups_open", "staff", "at", where=OPEN_WRAP_UP),)


class GestureRow(Table):
    """What was given, and what it costs; ``state`` is reserved until the company's books have it."""

    __tablename__ = "goodwill"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    customer: Mapped[str]
    staff: Mapped[str]
    gift: Mapped[str]
    cost: Mapped[Decimal]
    currency: Mapped[str]
    why: Mapped[str]
    beyond: Mapped[bool]
    state: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_goodwill_staff", "staff", "at"), Index("ix_goodwill_customer", "customer", "at"))


class ReasonRow(Table):
    """Why a session of staff may look at a customer, for a while."""

    __tablename__ = "staff_reasons"
    session: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]
    expires_at: Mapped[datetime]
