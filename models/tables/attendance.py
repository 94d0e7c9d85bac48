"""Who of the team is there, what is put before them, and the calls that are put through to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import POPPED, Table, index_where


class AttendanceRow(Table):
    """``held_until``: a call rings at, or is with, this person. ``offered_at``: whose turn it is next."""

    __tablename__ = "attendance"
    staff: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    phone: Mapped[str | None]
    language: Mapped[str | None]
    seen_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]


class PopRow(Table):
    """``seen_at``: taken, or passed on to somebody else. The same ``once`` is put before somebody once."""

    __tablename__ = "pops"
    id: Mapped[str] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    staff: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[str | None]
    customer: Mapped[str]
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    __table_args__ = (
        index_where("ix_pops_waiting", "staff", "at", where=POPPED),
        index_where("ix_pops_case", "case_id", where="case_id IS NOT NULL"),
    )


class PutThroughRow(Table):
    """A caller who is put through: at whom it rings now, who was tried, and who took it.

    ``call`` is the caller's leg, ``leg`` that of the one of the team, as the provider names them.
    """

    __tablename__ = "put_throughs"
    id: Mapped[str] = mapped_column(primary_key=True)
    call: Mapped[str] = mapped_column(index=True)
    customer: Mapped[str]
    case_id: Mapped[str | None]
    staff: Mapped[str]
    tried: Mapped[str]
    outbound: Mapped[bool]
    leg: Mapped[str | None]
    asked_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]
    __table_args__ = (index_where("ix_put_throughs_going", "case_id", where="over_at IS NULL"),)
