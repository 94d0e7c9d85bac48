"""The pretend company's own books."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


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


class PaperRow(Table):
    """Any other paper of the company: an order, a plan, a ticket."""

    __tablename__ = "company_papers"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True, index=True)
    customer: Mapped[str]
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_company_papers_customer", "customer", "kind", "at"),)
