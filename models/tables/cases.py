"""Customers, their cases, and what is known of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import CARED, CLAIMED, NEEDS_A_PERSON, Table, index_where


class CustomerRow(Table):
    __tablename__ = "customers"
    id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    zone: Mapped[str]
    name: Mapped[str | None] = mapped_column(index=True)
    met_at: Mapped[datetime]
    joined: Mapped[str | None] = mapped_column(index=True)  # the same person's other, older record


def _ending(row: Any) -> str:
    return str(row.get_current_parameters()["value"])[-4:]


class AddressRow(Table):
    __tablename__ = "addresses"
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    added_at: Mapped[datetime]
    # An address is never changed, so this is right for good.
    ending: Mapped[str | None] = mapped_column(default=_ending, index=True)
    __table_args__ = (
        Index(
            "ix_addresses_email",
            "value",
            sqlite_where=text("kind = 'email'"),
            postgresql_where=text("kind = 'email'"),
            postgresql_ops={"value": "text_pattern_ops"},
        ),
    )


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
    touched_at: Mapped[datetime]
    __table_args__ = (
        Index("uq_cases_customer_moment_number", "customer", "moment", "number", unique=True),
        # What the search ranks by stands in the index: it need not read the cases themselves.
        Index("ix_cases_touched_at", "touched_at", "customer"),
        Index("ix_cases_stands", "customer", "touched_at", "open"),
        index_where("uq_cases_one_open", "customer", "moment", where="open", unique=True),
        index_where("ix_cases_needs_a_person", "touched_at", where=NEEDS_A_PERSON),
        index_where("ix_cases_claimed", "touched_at", where=CLAIMED),
        index_where("ix_cases_cared", "touched_at", where=CARED),
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


class AttachmentRow(Table):
    """A file a customer sent; ``content`` is sealed with the customer's own key."""

    __tablename__ = "attachments"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(index=True)
    case_id: Mapped[str | None]
    name: Mapped[str]
    type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]
    key_id: Mapped[str]
    at: Mapped[datetime]
