"""Steps on plans: comparing, what a change costs, the change itself."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.errors import DayPassed, NotChangeable, PlanGone, PriceChanged
from models.plans import AgreedChange, Changed, Comparison, PlanChange, Quote


class TariffDesk(Protocol):
    """The company's plans, as Segue needs them. Everything is by opaque customer id."""

    async def compare(self, customer: str) -> Comparison:
        """The customer's plan and use beside the other plans. Raises :class:`NotChangeable`."""

    async def quote(self, change: PlanChange) -> Quote:
        """Raises :class:`PlanGone` and, for a day that is over, :class:`DayPassed`."""

    async def change(self, key: str, agreed: AgreedChange) -> Changed:
        """Change a plan once for each ``key``. Raises what :meth:`quote` does, and :class:`PriceChanged`."""

    async def changed(self, key: str) -> Changed | None:
        """What became of an earlier :meth:`change` with this key."""

    async def change_back(self, reference: str) -> None:
        """Have the plan from before a change again, any number of times."""


class Plans:
    def __init__(self, desk: TariffDesk) -> None:
        self._desk = desk

    @reads(NotChangeable)
    async def compare(self, customer: str) -> Comparison:
        """The customer's plan and real use beside the other plans."""
        return await self._desk.compare(customer)

    @reads(PlanGone, DayPassed)
    async def quote(self, change: PlanChange) -> Quote:
        """What a change costs, a month and once."""
        return await self._desk.quote(change)

    @effect(PlanGone, DayPassed, PriceChanged)
    async def change(self, agreed: AgreedChange) -> Changed:
        """Change once; an earlier try with the same key is looked up and never repeated."""
        key = idempotency_key()
        return await self._desk.changed(key) or await self._desk.change(key, agreed)

    @effect()
    async def change_back(self, changed: Changed) -> None:
        """Take a change back within its cooling-off period."""
        await self._desk.change_back(changed.reference)
