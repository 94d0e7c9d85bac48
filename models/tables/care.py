"""What follows on a sore case: what was done about it once, and how a customer rated us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


class AmendsRow(Table):
    """Something done about a sore case, once over all servers."""

    __tablename__ = "amends"
    once: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class RatingRow(Table):
    """One rating a case. ``asked_at``: when its text goes out; ``score`` is None until they answer."""

    __tablename__ = "ratings"
    case_id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str]
    channel: Mapped[str]
    kind: Mapped[str | None]
    address: Mapped[str | None]
    asked_at: Mapped[datetime]
    score: Mapped[int | None]
    rated_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_ratings_address", "channel", "kind", "address", "asked_at"),)
