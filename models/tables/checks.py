"""What was foreseen of deploys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Table


class CheckRow(Table):
    """An upgrade-check: how many open cases it looked at, how many the code would have hurt, and its report."""

    __tablename__ = "upgrade_checks"
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    cases: Mapped[int]
    hurt: Mapped[int]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
