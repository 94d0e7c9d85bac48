"""The pretend telecom's back office: bills, payments and cards, kept in its own books."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from activities.processors import Processor
from database.company import ISSUED, CompanyBooks
from models.billing import Bill, Payment, Receipt
from models.errors import Declined, NothingOwed, Overpaid
from models.follow_through import Gesture, Gift
from models.money import Money
from models.questions import Method, Option
from simulators.sandbox import Sandbox

Step = Literal["open_bill", "charge", "receipt_for", "methods", "method", "tokenise", "adopt", "give", "present"]

STARTERS = (
    Method(token="pm_visa_4242", label="Visa ending 4242"),  # noqa: S106 - a pretend processor's token, no secret
    Method(token="pm_mastercard_0002", label="Mastercard ending 0002"),  # noqa: S106 - as above
)
ARRANGEMENTS = [Option(id="instalments", label="in instalments"), Option(id="promise", label="a promise to pay")]
LARGE = Decimal(150)
PROMISE_WITHIN = timedelta(days=21)
# What a card held to the pretend terminal is, unless its number says otherwise.
HELD = ("4242424242424242", "12/49")
_TOKEN = re.compile(r"(pm|tok|card|src)_[A-Za-z0-9_]{1,120}")


class Company:
    """The ``BackOffice`` that Segue runs with on one machine. A customer seen for the first time owes one bill.

    ``processor`` moves the money; ``starters`` are the cards a new customer has saved there.
    For tests: ``delay`` is how many seconds every answer takes; see :meth:`fail` and :meth:`lose_answer`.
    """

    def __init__(
        self,
        books: CompanyBooks,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        processor: Processor | None = None,
        starters: tuple[Method, ...] = STARTERS,
    ) -> None:
        self._books = books
        self._clock = clock
        self._processor = processor or Sandbox(clock)
        self._starters = starters
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
        return await self._arranged(customer, bills[0]) if bills else None

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
        receipt = await self._books.payment_by_key(key) or await self._taken(key, customer, payment)
        if (receipt.amount, receipt.on) != (payment.amount, payment.on):
            raise ValueError("this key was used for another payment")
        if self._lost:
            self._lost -= 1
            raise ConnectionError("the answer was lost")
        return await self._offering(customer, receipt)

    async def receipt_for(self, key: str) -> Receipt | None:
        await self._answer("receipt_for")
        receipt = await self._books.payment_by_key(key)
        return receipt and await self._offering(await self._books.payer(key), receipt)

    async def tokenise(self, customer: str, number: str, expiry: str) -> Method:
        """A token and a label for a card, which itself is kept nowhere. ``expiry`` is like 05/28.

        Raises Declined ("bad-number", "expired-card").
        """
        await self._answer("tokenise")
        return await self._issue(customer, await self._processor.tokenise(number, expiry))

    async def adopt(self, customer: str, token: str, label: str) -> Method:
        """A token that the processor brought in a signed request becomes this customer's, and nobody else's."""
        await self._answer("adopt")
        if not _TOKEN.fullmatch(token):
            raise Declined("card-declined")
        owner = await self._books.put_once("token", token, customer, {"customer": customer})
        if owner["customer"] != customer:
            raise Declined("card-declined")
        return await self._issue(customer, Method(token=token, label=label))

    async def give(self, key: str, customer: str, gesture: Gesture) -> None:
        """A credit comes off the bills; data is written down."""
        await self._answer("give")
        await self._meet(customer)
        if gesture.gift is Gift.CREDIT:
            await self._books.credit(key, customer, gesture.cost)
        else:
            await self._books.put_once("data", key, customer, {"gigabytes": gesture.gift.gigabytes})

    async def present(self, customer: str, terminal: str) -> Method:
        """The pretend terminal always has the same good card held to it."""
        await self._answer("present")
        return await self._issue(customer, await self._processor.tokenise(*HELD))

    async def _issue(self, customer: str, method: Method) -> Method:
        """A processor's token as one of ours: of this customer, for this time."""
        issued = Method(token=ISSUED + method.token, label=method.label)
        await self._books.add_method(customer, issued)
        return issued

    async def _answer(self, step: Step) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        for place, (error, only) in enumerate(self._failures):
            if only in (None, step):
                del self._failures[place]
                raise error

    async def _meet(self, customer: str) -> None:
        """Gives a new customer a bill and cards; any number of times, also at the same time."""
        if len(await self._books.methods(customer)) >= len(self._starters):
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
        for method in self._starters:
            await self._books.add_method(customer, method)

    async def _taken(self, key: str, customer: str, payment: Payment) -> Receipt:
        """Money first, then the books; where those no longer fit, the money goes back."""
        method = await self._chargeable(customer, payment.method)
        if payment.on is not None:
            return await self._books.record_payment(key, customer, payment, method.label)
        await self._fits(payment)
        charge = await self._processor.charge(key, method, payment.amount)
        try:
            return await self._books.record_payment(key, customer, payment, method.label)
        except (NothingOwed, Overpaid):
            await self._processor.refund(f"refund:{key}", charge)
            raise

    async def _fits(self, payment: Payment) -> None:
        bill = await self._books.bill(payment.bill)
        if bill is not None and not bill.owed.amount:
            raise NothingOwed("nothing-owed")
        if bill is not None and bill.owed.currency == payment.amount.currency and payment.amount > bill.owed:
            raise Overpaid("too-much", most=f"{bill.owed.amount} {bill.owed.currency}")

    async def _chargeable(self, customer: str, token: str) -> Method:
        """A method that can be charged, by the processor's own token. Raises Declined."""
        method = await self._books.method(customer, token)
        if token.endswith("_declined"):
            raise Declined("insufficient-funds")
        if method is None:
            raise Declined("card-declined")
        known = Method(token=token.removeprefix(ISSUED), label=method.label)
        await self._processor.check(known)
        return known

    async def _arranged(self, customer: str, bill: Bill) -> Bill:
        """A bill that is overdue or large may be paid over time, unless it is already."""
        today: date = self._clock().date()
        if bill.due >= today and bill.owed.amount < LARGE:
            return bill
        running = [*await self._books.papers("plan", customer), *await self._books.papers("promise", customer)]
        if any(paper["bill"] == bill.id for paper in running):
            return bill
        return bill.model_copy(update={"arrangements": ARRANGEMENTS, "promise_until": today + PROMISE_WITHIN})

    async def _offering(self, customer: str, receipt: Receipt) -> Receipt:
        """Whoever has paid twice and owes nothing is offered to have it done by itself."""
        if receipt.left.amount or receipt.on or await self._books.papers("autopay", customer):
            return receipt
        often = len(await self._books.payments(customer)) > 1
        return receipt.model_copy(update={"may_repeat": often})
