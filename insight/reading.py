"""Friction as the desk asks for it: whose cases are sore, read from the journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from database.cases import Cases
from database.engine import now
from database.journal import Journal
from insight.friction import sore
from insight.signals import Signal, Thresholds

LOOK_BACK = timedelta(days=14)
AT_ONCE = 200


class Clock(Protocol):
    def __call__(self) -> datetime: ...


class Friction:
    """Looks twice: every few seconds at what was touched since the last look, and every few minutes at the last days,
    because a silence is a signal that touches nothing.
    """

    def __init__(self, journal: Journal, cases: Cases, limits: Thresholds | None = None, clock: Clock = now) -> None:
        self._journal = journal
        self._cases = cases
        self._limits = limits or Thresholds()
        self._clock = clock

    async def of(self, customer: str) -> list[Signal]:
        """Why this customer's cases are sore, as they stand now."""
        return (await self._of([customer])).get(customer, [])

    async def lately(self, after: datetime) -> dict[str, list[Signal]]:
        """The signals of each customer of whom something was written since then; whoever has none is left out."""
        customers = await self._cases.touched(after)
        found: dict[str, list[Signal]] = {}
        for first in range(0, len(customers), AT_ONCE):
            found |= await self._of(customers[first : first + AT_ONCE])
        return found

    async def _of(self, customers: list[str]) -> dict[str, list[Signal]]:
        at = self._clock()
        stories = await self._journal.stories(customers, at - LOOK_BACK)
        found = {customer: sore(cases, at, self._limits) for customer, cases in stories.items()}
        return {customer: signals for customer, signals in found.items() if signals}
