"""What is kept, as SQLAlchemy rows. Only ``database`` sees these; nothing here is re-exported."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from models.columns import Exact, UtcTime, Words


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    # JSON and not JSONB: JSONB sorts keys, and what a customer confirms is shown in the script's order.
    type_annotation_map = {str: Words, datetime: UtcTime, Decimal: Exact, dict[str, Any]: JSON, bytes: LargeBinary}


# SQLite uses an index over some rows only for a query that repeats its condition word for word.
WAITING = "state = 'waiting'"
UNSETTLED = "state IN ('pending', 'sending', 'uncertain')"
REMEMBERED = "kind IN ('call', 'turn') AND reply <> ''"


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that fulfil ``where`` only: plain SQL that both databases read alike."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class CustomerRow(Table):
    __tablename__ = "customers"
    id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    zone: Mapped[str]
    name: Mapped[str | None]
    met_at: Mapped[datetime]


class AddressRow(Table):
    __tablename__ = "addresses"
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    added_at: Mapped[datetime]


class CaseRow(Table):
    __tablename__ = "cases"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str]
    moment: Mapped[str]
    number: Mapped[int]
    open: Mapped[bool]  # holds the one place a customer has for an open case of a moment
    status: Mapped[str]
    step: Mapped[str | None]
    sequence: Mapped[int]
    turn: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    opened_at: Mapped[datetime]
    touched_at: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (
        Index("uq_cases_customer_moment_number", "customer", "moment", "number", unique=True),
        index_where("uq_cases_one_open", "customer", "moment", where="open", unique=True),
    )


class JournalRow(Table):
    __tablename__ = "journal"
    case_id: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    at: Mapped[datetime]
    what: Mapped[str]
    key: Mapped[str | None]
    channel: Mapped[str | None]
    actor: Mapped[str | None]
    assurance: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    run: Mapped[str]
    update_id: Mapped[str | None]
    __table_args__ = (Index("ix_journal_customer_at", "customer", "at"), {"sqlite_with_rowid": False})


class FactRow(Table):
    __tablename__ = "facts"
    customer: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    by: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    case_id: Mapped[str]


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
    __table_args__ = (
        index_where("ix_outbox_open", "state", "changed_at", where=UNSETTLED),
        Index("uq_outbox_provider_id", "provider_id", unique=True),
        Index("ix_outbox_address", "address"),
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


class CallRow(Table):
    __tablename__ = "calls"
    sid: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str | None]
    kind: Mapped[str | None]
    address: Mapped[str | None]
    case_id: Mapped[str | None]
    number: Mapped[int]
    status: Mapped[str]
    over: Mapped[bool]
    started_at: Mapped[datetime]


class CallbackRow(Table):
    __tablename__ = "callbacks"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    reason: Mapped[str]
    wanted_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    __table_args__ = (
        index_where("uq_callbacks_wanted", "kind", "address", "reason", where="called_at IS NULL", unique=True),
    )


class PassRow(Table):
    __tablename__ = "passes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    customer: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Table):
    __tablename__ = "sessions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str]
    case_id: Mapped[str | None]
    assurance: Mapped[str]
    expires_at: Mapped[datetime]


class CodeRow(Table):
    """``number`` counts a subject's codes: two issued at once collide on it, so the hourly limit holds."""

    __tablename__ = "codes"
    subject: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    salt: Mapped[bytes]
    digest: Mapped[bytes]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int]
    used_at: Mapped[datetime | None]


class KeyRow(Table):
    """A customer's wrapped data key; a destroyed one stays as a tombstone without ``wrapped``."""

    __tablename__ = "data_keys"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(unique=True)
    wrapped: Mapped[bytes | None]
    made_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class BillRow(Table):
    __tablename__ = "company_bills"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    owed: Mapped[Decimal]
    minimum: Mapped[Decimal]
    currency: Mapped[str]
    due: Mapped[date]


class PaymentRow(Table):
    __tablename__ = "company_payments"
    key: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    customer: Mapped[str] = mapped_column(index=True)
    bill: Mapped[str] = mapped_column(ForeignKey("company_bills.id"))
    amount: Mapped[Decimal]
    left: Mapped[Decimal]
    currency: Mapped[str]
    method: Mapped[str]
    at: Mapped[datetime]
    on: Mapped[date | None]


class MethodRow(Table):
    __tablename__ = "company_methods"
    customer: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    added_at: Mapped[datetime]
