"""What customers and people of the team write to each other, and which pages customers have open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


class ChatRow(Table):
    """One line; ``content`` is sealed with the customer's own key. ``out`` is the key of the message it went out by."""

    __tablename__ = "chat"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    customer: Mapped[str] = mapped_column(index=True)
    actor: Mapped[str]
    person: Mapped[str | None]
    name: Mapped[str]
    channel: Mapped[str]
    fence: Mapped[int]
    content: Mapped[bytes]
    key_id: Mapped[str]
    out: Mapped[str | None]
    at: Mapped[datetime]
    __table_args__ = (Index("ix_chat_case_id_at", "case_id", "at"), Index("ix_chat_at", "at"))


class OpenPageRow(Table):
    """A case's page that stood open in a customer's browser at ``seen_at``."""

    __tablename__ = "open_pages"
    case_id: Mapped[str] = mapped_column(primary_key=True)
    visit: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
