"""Friction as the desk asks for it: whose cases are sore, read from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from database.engine import now
from database.journal import Journal
from insight.friction import sore
from insight.signals import Signal, Thresholds
from models.journal import Row

LOOK_BACK = timedelta(days=14)


class Clock(Protocol):
    def __call__(self) -> datetime: ...


@dataclass(frozen=True)
class Judged:
    """One person's journals by case, of all that happened within two weeks, and what in them is sore."""

    cases: dict[str, list[Row]]
    signals: tuple[Signal, ...]

    def of(self, case: str) -> tuple[Signal, ...]:
        return tuple(signal for signal in self.signals if signal.case == case)


class Friction:
    """Looks at a person's open cases and those closed of late together: some friction shows only over several."""

    def __init__(self, journal: Journal, limits: Thresholds | None = None, clock: Clock = now) -> None:
        self._journal = journal
        self._limits = limits or Thresholds()
        self._clock = clock

    async def of(self, records: Sequence[str]) -> Judged:
        """How one person fares now. ``records`` are all the customer records that are theirs."""
        at = self._clock()
        stories = await self._journal.stories(records, at - LOOK_BACK)
        cases = {case: rows for theirs in stories.values() for case, rows in theirs.items()}
        return Judged(cases, tuple(sore(cases, at, self._limits)))
