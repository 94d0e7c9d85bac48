"""Ways in: calls, passes, sessions, codes, and the keys of what is sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table, index_where


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
    assurance: Mapped[str | None]  # what was proved on this call


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
    kind: Mapped[str]  # link or code


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


class TriesRow(Table):
    """How often something was guessed at since ``since``; locked ``until`` then."""

    __tablename__ = "tries"
    subject: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
