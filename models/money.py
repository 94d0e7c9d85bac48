"""Money: a decimal with a currency, never a float."""

from __future__ import annotations

from decimal import Decimal
from functools import total_ordering
from typing import Annotated

from pydantic import Field, StringConstraints

from models.people import Frozen

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


@total_ordering
class Money(Frozen):
    """An amount in a currency's major unit, e.g. ``Money.of("42.50", "USD")``; at most 4 decimals."""

    amount: Decimal = Field(max_digits=18, decimal_places=4)
    currency: Currency

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str = "USD") -> Money:
        return cls(amount=Decimal(amount), currency=currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and (self.currency, self.amount) == (other.currency, other.amount)

    def __hash__(self) -> int:
        return hash((self.currency, self.amount))

    def __add__(self, other: Money) -> Money:
        return Money(amount=self.amount + self._same(other), currency=self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(amount=self.amount - self._same(other), currency=self.currency)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise ValueError("two currencies can't be compared or added")
        return other.amount
