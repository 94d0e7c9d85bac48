"""Steps on paying otherwise than at once: in parts, on a promise, by itself."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.billing import AutoPay, InstalmentPlan, Instalments, PlanOrder, Promised, PromiseToPay, Spread
from models.errors import Declined, NothingOwed, Overpaid, TooSmall


class Collections(Protocol):
    """The part of the company that lets a bill be paid over time."""

    async def quote(self, spread: Spread) -> Instalments:
        """How a bill comes out in parts; raises :class:`TooSmall`."""

    async def start_plan(self, key: str, order: PlanOrder) -> InstalmentPlan:
        """Take the first part and plan the others, once for each ``key``.

        Raises :class:`Declined`, and :class:`NothingOwed` or :class:`Overpaid` where the bill was paid meanwhile.
        """

    async def promise(self, key: str, promise: PromiseToPay) -> Promised:
        """Note a promise to pay, once for each ``key``; raises :class:`NothingOwed` or :class:`Overpaid`."""

    async def repeat(self, key: str, order: AutoPay) -> AutoPay:
        """Pay all bills to come with a method; the newest order counts."""


class Arrangements:
    def __init__(self, company: Collections) -> None:
        self._company = company

    @reads(TooSmall)
    async def quote(self, spread: Spread) -> Instalments:
        """How a bill comes out in parts."""
        return await self._company.quote(spread)

    @effect(Declined, NothingOwed, Overpaid)
    async def start_plan(self, order: PlanOrder) -> InstalmentPlan:
        """Take the first part and plan the others, once."""
        return await self._company.start_plan(idempotency_key(), order)

    @effect(NothingOwed, Overpaid)
    async def promise(self, promise: PromiseToPay) -> Promised:
        """Note a promise to pay, once."""
        return await self._company.promise(idempotency_key(), promise)

    @effect()
    async def set_up_autopay(self, order: AutoPay) -> AutoPay:
        """Pay all bills to come with a method."""
        return await self._company.repeat(idempotency_key(), order)
