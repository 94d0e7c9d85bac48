"""What comes in and goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import REMEMBERED, UNSETTLED, WAITING, Table, index_where


class InboxRow(Table):
    __tablename__ = "inbox"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    fingerprint: Mapped[str]
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    state: Mapped[str]
    reply: Mapped[str | None]
    __table_args__ = (
        index_where("ix_inbox_unfinished", "received_at", where=WAITING),
        index_where("ix_inbox_remembered", "received_at", where=REMEMBERED),
    )


class OutboxRow(Table):
    __tablename__ = "outbox"
    key: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str | None] = mapped_column(index=True)
    customer: Mapped[str | None]
    channel: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    provider_id: Mapped[str | None]
    reason: Mapped[str | None]
    put_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    always: Mapped[bool]  # a wanted reply: also to somebody who wrote STOP
    prompted: Mapped[bool]  # Segue wrote by itself: what caps count
    extras: Mapped[dict[str, Any]]
    not_before: Mapped[datetime | None]
    __table_args__ = (
        index_where("ix_outbox_open", "state", "changed_at", where=UNSETTLED),
        Index("uq_outbox_provider_id", "provider_id", unique=True),
        Index("ix_outbox_address", "address"),
        index_where("ix_outbox_prompted", "customer", "put_at", where="prompted"),
    )


class ConsentRow(Table):
    """An address that wants no messages over a channel. No row: it does."""

    __tablename__ = "consent"
    channel: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    stopped_at: Mapped[datetime]


class SpokenRow(Table):
    """The question last texted to an address."""

    __tablename__ = "spoken"
    channel: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    key: Mapped[str]
    revision: Mapped[int]
    at: Mapped[datetime]


class ReceiptRow(Table):
    """Every status a provider ever reported of a message. The highest rank is where the message stands."""

    __tablename__ = "receipts"
    provider_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int]
    error: Mapped[str | None]
    at: Mapped[datetime]


class UnplacedRow(Table):
    """A message that belongs to nobody yet; ``raw`` is kept sealed as it came."""

    __tablename__ = "unplaced"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    reason: Mapped[str]
    sender: Mapped[str]
    subject: Mapped[str]
    raw: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(index=True)
    customer: Mapped[str | None]
    assigned_at: Mapped[datetime | None]
    assigned_by: Mapped[str | None]
    aside_at: Mapped[datetime | None]
    aside_by: Mapped[str | None]
    aside_reason: Mapped[str | None]


class OfferedRow(Table):
    """What somebody without a case was last asked to choose between, by address."""

    __tablename__ = "offered"
    channel: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    offer: Mapped[dict[str, Any]]
    at: Mapped[datetime]
