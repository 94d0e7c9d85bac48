"""The pretend telecom's back office: bills, payments and cards, kept in its own books."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from database.company import ISSUED, CompanyBooks
from models.billing import Bill, Payment, Receipt
from models.errors import Declined
from models.money import Money
from models.questions import Method, luhn

Step = Literal["open_bill", "charge", "receipt_for", "methods", "method", "tokenise"]

STARTERS = (
    Method(token="pm_visa_4242", label="Visa ending 4242"),  # noqa: S106 - a pretend processor's token, no secret
    Method(token="pm_mastercard_0002", label="Mastercard ending 0002"),  # noqa: S106 - as above
)
DECLINING = {"0002": "insufficient-funds", "0069": "expired-card"}
BRANDS = {"3": "Amex", "4": "Visa", "5": "Mastercard", "2": "Mastercard"}
_EXPIRY = re.compile(r"(0[1-9]|1[0-2]) ?/? ?(?:20)?(\d\d)")


class Company:
    """The ``BackOffice`` that Segue runs with on one machine. A customer seen for the first time owes one bill.

    For tests: ``delay`` is how many seconds every answer takes; see :meth:`fail` and :meth:`lose_answer`.
    """

    def __init__(self, books: CompanyBooks, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._books = books
        self._clock = clock
        self._failures: list[tuple[Exception, Step | None]] = []
        self._lost = 0
        self.delay = 0.0

    def fail(self, next: int = 1, error: Exception | None = None, *, only: Step | None = None) -> None:  # noqa: A002 - reads as it is meant
        """The next so many requests (of one kind, if ``only`` is given) raise ``error`` and do nothing."""
        self._failures += [(error or ConnectionError("the back office does not answer"), only)] * next

    def lose_answer(self, next: int = 1) -> None:  # noqa: A002 - reads as it is meant
        """The next so many charges are made, and raise ConnectionError all the same."""
        self._lost += next

    async def open_bill(self, customer: str) -> Bill | None:
        await self._answer("open_bill")
        await self._meet(customer)
        bills = await self._books.open_bills(customer)
        return bills[0] if bills else None

    async def methods(self, customer: str) -> list[Method]:
        await self._answer("methods")
        await self._meet(customer)
        return await self._books.methods(customer)

    async def method(self, customer: str, token: str) -> Method | None:
        await self._answer("method")
        await self._meet(customer)
        return await self._books.method(customer, token)

    async def charge(self, key: str, customer: str, payment: Payment) -> Receipt:
        """Takes a payment once for a key; a repeat gets the first receipt.

        Raises Declined for the method, ValueError for a key that was used for something else, and what
        ``CompanyBooks.record_payment`` raises for a payment that does not fit its bill.
        """
        await self._answer("charge")
        receipt = await self._books.payment_by_key(key)
        if receipt is None:
            label = await self._chargeable(customer, payment.method)
            receipt = await self._books.record_payment(key, customer, payment, label)
        if (receipt.amount, receipt.on) != (payment.amount, payment.on):
            raise ValueError("this key was used for another payment")
        if self._lost:
            self._lost -= 1
            raise ConnectionError("the answer was lost")
        return receipt

    async def receipt_for(self, key: str) -> Receipt | None:
        await self._answer("receipt_for")
        return await self._books.payment_by_key(key)

    async def tokenise(self, customer: str, number: str, expiry: str) -> Method:
        """A token and a label for a card, which itself is kept nowhere. ``expiry`` is like 05/28.

        Raises Declined ("bad-number", "expired-card").
        """
        await self._answer("tokenise")
        digits = re.sub(r"[ -]", "", number)
        if not re.fullmatch(r"[0-9]{12,19}", digits) or not luhn(digits):
            raise Declined("bad-number")
        if not self._still_good(expiry.strip()):
            raise Declined("expired-card")
        brand, last4 = BRANDS.get(digits[0], "Card"), digits[-4:]
        # Letters only: chance digits could pass for a card's.
        chance = "".join(secrets.choice(string.ascii_lowercase) for _ in range(28))
        method = Method(token=f"{ISSUED}{brand.lower()}_{last4}_{chance}", label=f"{brand} ending {last4}")
        await self._books.add_method(customer, method)
        return method

    async def _answer(self, step: Step) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        for place, (error, only) in enumerate(self._failures):
            if only in (None, step):
                del self._failures[place]
                raise error

    async def _meet(self, customer: str) -> None:
        """Gives a new customer a bill and cards; any number of times, also at the same time."""
        if len(await self._books.methods(customer)) >= len(STARTERS):
            return
        due = self._clock().date() + timedelta(days=9)
        bill = Bill(
            id=f"bill_{hashlib.sha256(customer.encode()).hexdigest()[:16]}",
            label=f"{due:%B} bill",
            owed=Money.of("84.20"),
            minimum=Money.of("25.00"),
            due=due,
        )
        await self._books.add_bill(customer, bill)
        for method in STARTERS:
            await self._books.add_method(customer, method)

    async def _chargeable(self, customer: str, token: str) -> str:
        """The label of a method that can be charged. Raises Declined."""
        method = await self._books.method(customer, token)
        if token.endswith("_declined"):
            raise Declined("insufficient-funds")
        if method is None:
            raise Declined("card-declined")
        if reason := DECLINING.get(method.label[-4:]):
            raise Declined(reason)
        return method.label

    def _still_good(self, expiry: str) -> bool:
        match = _EXPIRY.fullmatch(expiry)
        today = self._clock()
        return match is not None and (2000 + int(match[2]), int(match[1])) >= (today.year, today.month)
