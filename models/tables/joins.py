"""Records that were joined to others, with everything that it takes to part them again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import UNDONE, Table, index_where


class JoinRow(Table):
    """``record`` belongs to ``person`` since then. ``kept``: what stood before; ``pairs``: which case went on in which.

    ``due``: its cases are not all told yet, be it of the joining or of the parting.
    """

    __tablename__ = "joins"
    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(index=True)
    record: Mapped[str] = mapped_column(index=True)
    staff: Mapped[str]
    name: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[datetime]
    kept: Mapped[dict[str, Any]]
    pairs: Mapped[dict[str, Any]]
    due: Mapped[bool]
    parted_at: Mapped[datetime | None]
    parted_by: Mapped[str | None]
    parted_reason: Mapped[str | None]
    __table_args__ = (index_where("ix_joins_due", "at", where=UNDONE),)
