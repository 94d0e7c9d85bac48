"""Who was erased, and how far the journal has been rebuilt."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


class ErasureRow(Table):
    """One erasing of a person: opaque ids and counts, nothing of what was erased. ``by`` is an id of staff's."""

    __tablename__ = "erasures"
    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    clean: Mapped[bool]
    report: Mapped[dict[str, Any]]


class RebuiltRow(Table):
    """A run whose journal was written again by a rebuilding that has not ended yet."""

    __tablename__ = "rebuilt"
    run: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    at: Mapped[datetime]
