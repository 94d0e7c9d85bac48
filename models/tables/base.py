"""What every table has in common."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, MetaData, text
from sqlalchemy.orm import DeclarativeBase

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
NEEDS_A_PERSON = "status IN ('with_a_person', 'stuck', 'uncertain')"
POPPED = "seen_at IS NULL"
CLAIMED = "open AND turn->>'claim' IS NOT NULL"
CARED = "open AND turn->>'care' IS NOT NULL"
UNDONE = "due"
REMEMBERED = "kind IN ('call', 'turn') AND reply <> ''"


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that fulfil ``where`` only: plain SQL that both databases read alike."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
