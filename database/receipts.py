"""What providers report of the messages they were given; in any order the same comes of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.orm import InstrumentedAttribute

from database.engine import Inserting, now
from models.tables import OutboxRow, ReceiptRow

# No two alike, so that reports in any order end the same. Statuses nobody knows stand below all of these.
RANKS = {
    "accepted": 10,
    "scheduled": 20,
    "queued": 30,
    "sending": 40,
    "sent": 50,
    "canceled": 60,
    "failed": 70,
    "undelivered": 80,
    "delivered": 90,
    "bounced": 95,  # a mail may come back after it was taken in
    "read": 100,
}


def reported(insert: Inserting, provider_id: str, status: str, error: str | None) -> Insert:
    """An INSERT that keeps a report once."""
    rank = RANKS.get(status, 0)
    new = insert(ReceiptRow).values(provider_id=provider_id, status=status, rank=rank, error=error, at=now())
    return new.on_conflict_do_nothing()


def standing(provider_id: str | InstrumentedAttribute[str | None]) -> Select[str, int, str | None]:
    """The highest report of a message, by the provider's id of it."""
    query = select(ReceiptRow.status, ReceiptRow.rank, ReceiptRow.error).where(ReceiptRow.provider_id == provider_id)
    return query.order_by(ReceiptRow.rank.desc(), ReceiptRow.status.desc()).limit(1)


def _top(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    top = standing(OutboxRow.provider_id).with_only_columns(column)
    return top.correlate(OutboxRow).scalar_subquery()


def status_told() -> ColumnElement[str]:
    """Of a message in the outbox: the provider's once it has it, before that ours."""
    theirs = func.coalesce(_top(ReceiptRow.status), OutboxRow.state)
    return case((OutboxRow.state == "sent", theirs), else_=OutboxRow.state).label("status")


def reason_told() -> ColumnElement[Any]:
    return func.coalesce(OutboxRow.reason, _top(ReceiptRow.error)).label("reason")
