"""How the migrations write columns and indexes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

TEXT = sa.Text()
TIME = sa.DateTime(timezone=True)
MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def key(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, nullable=False)


def some(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def maybe(name: str, kind: Any = TEXT) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def index(name: str, table: str, *columns: str, where: str | None = None, unique: bool = False) -> None:
    part = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=part, postgresql_where=part)
