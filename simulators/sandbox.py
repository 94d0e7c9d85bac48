"""The pretend processor: cards become tokens, and some are declined by their last four digits."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Callable
from datetime import UTC, datetime

from models.errors import Declined
from models.money import Money
from models.questions import Method, luhn

DECLINING = {"0002": "insufficient-funds", "0069": "expired-card"}
BRANDS = {"3": "Amex", "4": "Visa", "5": "Mastercard", "2": "Mastercard"}
_EXPIRY = re.compile(r"(0[1-9]|1[0-2]) ?/? ?(?:20)?(\d\d)")


class Sandbox:
    """The ``Processor`` of one machine. ``charges`` and ``refunds`` are by key, for tests to look at."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self.charges: dict[str, Money] = {}
        self.refunds: set[str] = set()

    async def tokenise(self, number: str, expiry: str) -> Method:
        """Raises Declined ("bad-number", "expired-card"). The card itself is kept nowhere."""
        digits = re.sub(r"[ -]", "", number)
        if not re.fullmatch(r"[0-9]{12,19}", digits) or not luhn(digits):
            raise Declined("bad-number")
        if not self._still_good(expiry.strip()):
            raise Declined("expired-card")
        brand, last4 = BRANDS.get(digits[0], "Card"), digits[-4:]
        # Letters only: chance digits could pass for a card's.
        chance = "".join(secrets.choice(string.ascii_lowercase) for _ in range(28))
        return Method(token=f"{brand.lower()}_{last4}_{chance}", label=f"{brand} ending {last4}")

    async def check(self, method: Method) -> None:
        if reason := DECLINING.get(method.label[-4:]):
            raise Declined(reason)

    async def charge(self, key: str, method: Method, amount: Money) -> str:
        await self.check(method)
        self.charges.setdefault(key, amount)
        return f"ch_{key}"

    async def refund(self, key: str, charge: str) -> None:
        self.refunds.add(charge)

    def _still_good(self, expiry: str) -> bool:
        match = _EXPIRY.fullmatch(expiry)
        today = self._clock()
        return match is not None and (2000 + int(match[2]), int(match[1])) >= (today.year, today.month)
