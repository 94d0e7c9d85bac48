"""How text, times and money are stored, so that both databases give back the same."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Numeric, Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

# What PostgreSQL refuses in text: NUL and halves of surrogate pairs.
UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


class Words(TypeDecorator[str]):
    """Text of any length that both databases take."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and value.translate(UNSTORABLE)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, stored as UTC and given back as UTC by both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone can't be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Exact(TypeDecorator[Decimal]):
    """Money's number: NUMERIC(18, 4), and on SQLite whole ten-thousandths.

    SQLite has no decimals. Text would be exact too, but could not be subtracted or compared inside an UPDATE.
    """

    impl = Numeric(18, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(18, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        units = value.scaleb(4)
        if units != int(units):
            raise ValueError("money has at most four decimals")
        return int(units)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        number = Decimal(value).scaleb(-4) if dialect.name == "sqlite" else Decimal(value)
        return round(number, 2) if round(number, 2) == number else number
