"""Pages that move by themselves: one look at the database for everybody who watches."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from database.cases import Cases
from models.errors import SegueError

log = logging.getLogger(__name__)
EVERY = 0.25
MOST_WATCHERS = 2000
MOST_OF_ONE = 6


class Watcher:
    """Tells each page when its case has moved. Polls only while somebody watches."""

    def __init__(self, cases: Cases, *, every: float = EVERY) -> None:
        self._cases = cases
        self._every = every
        self._watched: defaultdict[str, set[asyncio.Queue[int]]] = defaultdict(set)
        self._known: dict[str, int] = {}
        self._somebody = asyncio.Event()
        self._held: Counter[str] = Counter()

    def enough(self, holder: str) -> bool:
        """Whether a session has as many streams as it may."""
        return self._held[holder] >= MOST_OF_ONE

    @asynccontextmanager
    async def held(self, holder: str) -> AsyncIterator[None]:
        """Counts a stream of a session while it lasts."""
        self._held[holder] += 1
        try:
            yield
        finally:
            self._held[holder] -= 1
            self._held += Counter()  # drops who holds none

    @property
    def full(self) -> bool:
        return sum(map(len, self._watched.values())) >= MOST_WATCHERS

    @asynccontextmanager
    async def watch(self, case: str, since: int) -> AsyncIterator[asyncio.Queue[int]]:
        """A queue of the case's sequences after ``since``; a slow reader gets only the last."""
        queue: asyncio.Queue[int] = asyncio.Queue(1)
        self._watched[case].add(queue)
        if self._known.get(case, since) > since:
            queue.put_nowait(self._known[case])
        elif case not in self._known:
            self._known[case] = since
        self._somebody.set()
        try:
            yield queue
        finally:
            self._watched[case].discard(queue)
            if not self._watched[case]:
                del self._watched[case]
                self._known.pop(case, None)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            if not self._watched:
                self._somebody.clear()
                await self._somebody.wait()
            try:
                self._spread(await self._cases.sequences(list(self._watched)))
            except SegueError as error:
                log.warning("pages stand still: %s", error.code)
            await asyncio.sleep(self._every)

    def _spread(self, sequences: dict[str, int]) -> None:
        for case, sequence in sequences.items():
            if case in self._watched and sequence > self._known.get(case, -1):
                self._known[case] = sequence
                for queue in self._watched[case]:
                    if queue.full():
                        queue.get_nowait()
                    queue.put_nowait(sequence)
