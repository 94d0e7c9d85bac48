"""The pretend telecom's collections: instalment plans, promises to pay, auto-pay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from database.company import CompanyBooks, reference
from models.billing import (
    AutoPay,
    InstalmentPlan,
    Instalments,
    Payment,
    PlanOrder,
    Promised,
    PromiseToPay,
    Spread,
)
from models.errors import NothingOwed, Overpaid, TooSmall
from models.money import Money
from simulators.company import Company

LEAST = Decimal(5)
CENT = Decimal("0.01")


class PretendCollections:
    """The ``Collections`` of one machine. Papers are kept under the idempotency key, so each is written once."""

    def __init__(
        self, company: Company, books: CompanyBooks, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._company = company
        self._books = books
        self._clock = clock

    async def quote(self, spread: Spread) -> Instalments:
        currency, total = spread.amount.currency, spread.amount.amount
        each = (total / spread.count).quantize(CENT, ROUND_DOWN)
        if each < LEAST:
            raise TooSmall("parts-too-small", least=f"{LEAST} {currency}")
        first = total - each * (spread.count - 1)
        until = later(self._clock().date(), spread.count - 1)
        return Instalments(
            spread=spread,
            first=Money(amount=first, currency=currency),
            each=Money(amount=each, currency=currency),
            until=until,
        )

    async def start_plan(self, key: str, order: PlanOrder) -> InstalmentPlan:
        plan, spread = order.instalments, order.instalments.spread
        payment = Payment(customer=spread.customer, bill=spread.bill, amount=plan.first, method=order.method)
        receipt = await self._company.charge(key, spread.customer, payment)
        started = InstalmentPlan(
            reference=receipt.reference,
            count=spread.count,
            first=plan.first,
            each=plan.each,
            method=receipt.method,
            until=plan.until,
        )
        return InstalmentPlan.model_validate(await self._paper("plan", key, spread.customer, spread.bill, started))

    async def promise(self, key: str, promise: PromiseToPay) -> Promised:
        kept = await self._books.paper("promise", key)
        if kept is None:
            bill = await self._books.bill(promise.bill)
            if bill is None or not bill.owed.amount:
                raise NothingOwed("nothing-owed")
            if promise.amount > bill.owed:
                raise Overpaid("too-much", most=f"{bill.owed.amount} {bill.owed.currency}")
        noted = Promised(reference=reference(key), amount=promise.amount, day=promise.day)
        return Promised.model_validate(await self._paper("promise", key, promise.customer, promise.bill, noted))

    async def repeat(self, key: str, order: AutoPay) -> AutoPay:
        kept = await self._books.put_once("autopay", key, order.customer, order.model_dump(mode="json"))
        return AutoPay.model_validate(kept)

    async def _paper(
        self, kind: str, key: str, customer: str, bill: str, paper: InstalmentPlan | Promised
    ) -> dict[str, Any]:
        """What is kept under the key, with the bill it is about; given back without that."""
        kept = await self._books.put_once(kind, key, customer, {"bill": bill, **paper.model_dump(mode="json")})
        return {name: value for name, value in kept.items() if name != "bill"}


def later(day: date, months: int) -> date:
    """The same day some months on, or the last one that month has up to the 28th."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
