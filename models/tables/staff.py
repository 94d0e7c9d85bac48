"""The staff: accounts, sessions, sign-ins under way, reasons to look, and the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


class StaffRow(Table):
    """``password`` is an Argon2 hash; whoever comes from a provider has ``issuer`` and ``subject`` instead."""

    __tablename__ = "staff"
    id: Mapped[str] = mapped_column(primary_key=True)
    sign_in: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    team: Mapped[str]
    password: Mapped[str | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class StaffSessionRow(Table):
    __tablename__ = "staff_sessions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    staff: Mapped[str] = mapped_column(index=True)
    way: Mapped[str]
    browser: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInRow(Table):
    """A sign-in that went to the provider and has not come back."""

    __tablename__ = "staff_sign_ins"
    digest: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str]
    verifier: Mapped[str]
    back: Mapped[str]
    expires_at: Mapped[datetime]


class GlassRow(Table):
    """Somebody said why they look at a customer without a case of theirs."""

    __tablename__ = "staff_glass"
    session: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(primary_key=True)
    note: Mapped[str]
    expires_at: Mapped[datetime]


class DeedRow(Table):
    """Only ever added to: a trigger refuses every other change. The same ``mark`` is noted once."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    staff: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    team: Mapped[str]
    what: Mapped[str]
    customer: Mapped[str | None] = mapped_column(index=True)
    case_id: Mapped[str | None]
    why: Mapped[str | None]
    note: Mapped[str | None]
