"""How cases are looked after: histories that outlive Temporal's retention, and repairs of many cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


class ArchiveRow(Table):
    """One closed run of a case; ``content`` is compressed and sealed with the customer's own key."""

    __tablename__ = "archives"
    case_id: Mapped[str] = mapped_column(primary_key=True)
    run: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(index=True)
    moment: Mapped[str]
    began_at: Mapped[datetime]
    closed_at: Mapped[datetime] = mapped_column(index=True)
    events: Mapped[int]
    content: Mapped[bytes]
    key_id: Mapped[str]
    archived_at: Mapped[datetime]
    __table_args__ = (Index("ix_archives_moment_closed_at", "moment", "closed_at"),)


class RepairRow(Table):
    """A repair of one case or of many. ``state``: running, stopping, stopped or done; ``beat_at``: when it last moved.

    ``options`` never hold what a customer said.
    """

    __tablename__ = "repairs"
    id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str]
    state: Mapped[str]
    staff: Mapped[str]
    name: Mapped[str]
    why: Mapped[str]
    rate: Mapped[int]  # cases a minute
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(index=True)
    beat_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RepairedRow(Table):
    """What a repair did, or is to do, to one case. ``outcome``: waiting, done, refused or failed; ``told``: why not."""

    __tablename__ = "repaired"
    repair: Mapped[str] = mapped_column(ForeignKey("repairs.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    customer: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str]
    told: Mapped[str]
    at: Mapped[datetime | None]
