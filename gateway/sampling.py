"""The figures that the database and Temporal tell: taken in the background, the same on every server."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from datetime import UTC, datetime

from database.census import Census, Counting, Heap, Path
from gateway import metrics
from gateway.health import answers
from gateway.parts import Parts
from models.errors import NotConfirmed
from switchboard.pollers import Working

log = logging.getLogger(__name__)
EVERY, WATCHED, FOLLOWED = 15.0, 3.0, 15.0
STATES = ("pending", "sending", "uncertain")


class Sampler:
    """Looks every 15 s, and for whoever watches every 3 s. What it last saw is what everybody gets."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.census: Census | None = None
        self.paths: list[Path] = []
        self.working: Working | None = None
        self.reached: dict[str, bool] = {}
        self.at: datetime | None = None
        self._followed = -1e9
        self._looking = asyncio.Lock()
        self._looked = -1e9

    async def run(self) -> None:
        """Looks until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def wanted(self) -> None:
        """Somebody watches: what they get is three seconds old at most."""
        if time.monotonic() - self._looked > WATCHED:
            await self.look()
        if time.monotonic() - self._followed > FOLLOWED:
            self._followed = time.monotonic()
            try:
                self.paths = await Counting(self.parts.database).paths()
            except NotConfirmed:
                log.warning("the ways of cases could not be followed")

    async def look(self) -> None:
        """One look. What does not answer is told as that, and its figures stay as they were."""
        async with self._looking:
            began = self._looked = time.monotonic()
            temporal, database = await asyncio.gather(
                answers("temporal", self.parts.switchboard.ready()), answers("database", self._count())
            )
            self.reached = {"temporal": temporal, "database": database}
            self.working = await self._working() if temporal else None
            self.at = datetime.now(UTC)
            self._told()
            metrics.SAMPLING.observe(time.monotonic() - began)

    async def _count(self) -> None:
        self.census = await Counting(self.parts.database).census()

    async def _working(self) -> Working | None:
        try:
            return await self.parts.switchboard.working()
        except NotConfirmed:
            return None

    def _told(self) -> None:
        for part, there in self.reached.items():
            metrics.REACHED.labels(part).set(there)
        if self.working is not None:
            metrics.WORKERS.set(len(self.working.workers))
        if self.census is not None and self.reached["database"]:
            _tell(self.census)


def _tell(census: Census) -> None:
    metrics.CASES.clear()
    counts: Counter[tuple[str, str]] = Counter()
    for group in census.cases:
        counts[group.moment, group.status] += group.count
    for (moment, status), count in counts.items():
        metrics.CASES.labels(moment, status).set(count)
    for kind, heap in census.waiting.items():
        metrics.QUEUE.labels(kind).set(heap.count)
    for kind, seconds in census.oldest_unanswered().items():
        metrics.UNANSWERED.labels(kind).set(seconds)
    for state in STATES:
        heap = census.outbox.get(state, Heap())
        metrics.OUTBOX.labels(state).set(heap.count)
        age = (census.at - heap.oldest).total_seconds() if heap.oldest else 0.0
        metrics.OUTBOX_AGE.labels(state).set(max(0.0, age))
    metrics.POPS.set(census.pops.count)
    metrics.PUT_THROUGHS.labels("ringing").set(census.ringing)
    metrics.PUT_THROUGHS.labels("talking").set(census.talking)
    metrics.PEOPLE_WAITING.set(census.waiting["call"].count)
    metrics.SAMPLED.set(census.at.timestamp())
