"""Who moves the money of a card: what any payment processor has to do for the company."""

from __future__ import annotations

from typing import Protocol

from models.money import Money
from models.questions import Method


class Processor(Protocol):
    """A payment processor. Methods go by its own tokens; a card number is only ever its own page's to see."""

    async def tokenise(self, number: str, expiry: str) -> Method:
        """A token for a card, as the processor's own page makes one. ``expiry`` is like 05/28.

        Raises :class:`~models.errors.Declined` ("bad-number", "expired-card", …).
        """

    async def check(self, method: Method) -> None:
        """Raises :class:`~models.errors.Declined` for a method that is known now not to do."""

    async def charge(self, key: str, method: Method, amount: Money) -> str:
        """Take money once for each ``key``; the processor's name for it. Raises :class:`~models.errors.Declined`."""

    async def refund(self, key: str, charge: str) -> None:
        """Give all of a charge back, once for each ``key``."""
