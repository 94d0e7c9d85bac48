"""The queue: who waits for one of the team, why first, and in which order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from database.waiting import Promise, Waiting as Books, WaitingCase
from gateway.parts import Parts
from insight.friction import sore
from insight.priority import Place, Waiting, order
from insight.signals import Name, Signal
from insight.story import Story
from models.case import Status
from models.journal import Row

FRESH = 1.0
MOST, MOST_SILENT = 200, 50


@dataclass(frozen=True)
class Entry:
    """One line of the queue. ``case`` is None for a promised call about nothing that is open; ``since`` it waits."""

    customer: str
    name: str | None
    since: datetime
    case: WaitingCase | None = None
    promise: Promise | None = None
    silent: bool = False
    signals: tuple[Signal, ...] = ()
    place: Place | None = None

    @property
    def id(self) -> str:
        return self.case.id if self.case else f"customer/{self.customer}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why first, as wording codes, weightiest first; at least one."""
        given = [f"reason-{reason.value}" for reason in (self.place.reasons if self.place else ())]
        status = self.case.status if self.case else None
        plain = {Status.WITH_A_PERSON: "reason-handed-over", Status.UNCERTAIN: "reason-uncertain"}
        if status in plain:
            given.append(plain[status])
        if self.promise is not None and "reason-person" not in given:
            given.append("reason-person")
        if not given:
            given.append("reason-silent")
        return tuple(given)

    @property
    def holder(self) -> str | None:
        """The name of whoever of the team has it."""
        claim = self.case.claim if self.case else None
        return str(claim.get("name") or claim.get("holder")) if claim else None


@dataclass
class Queue:
    """One look at the database for all desks; a case's journal is read again only when it has grown."""

    parts: Parts
    _entries: list[Entry] = field(default_factory=list)
    _looked: float = 0.0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stories: dict[str, tuple[int, Story]] = field(default_factory=dict)

    async def entries(self, *, fresh: bool = False) -> list[Entry]:
        """Everybody who waits, first the first; at most a second old."""
        async with self._lock:
            if fresh or time.monotonic() - self._looked > FRESH:
                self._entries = await self._look()
                self._looked = time.monotonic()
            return self._entries

    async def _look(self) -> list[Entry]:
        books, at = Books(self.parts.database), datetime.now(UTC)
        stopped, promises = await books.stopped(MOST), await books.promised(MOST)
        silent = await books.silent(MOST_SILENT)
        theirs = await books.of({promise.customer for promise in promises}) if promises else []
        cases = {case.id: case for case in (*silent, *theirs, *stopped)}
        stories = await self._told(books, cases)
        owed = {promise.customer: promise for promise in reversed(promises)}
        first: dict[str, str] = {}
        for case in (*stopped, *theirs):
            first.setdefault(case.customer, case.id)
        wanted = {*(case.id for case in stopped), *first.values()}
        found = []
        for case in (each for id, each in cases.items() if id in wanted or each in silent):
            promise = owed.get(case.customer) if first.get(case.customer) == case.id else None
            sores = sore(_theirs(case.customer, cases, stories), at, self.parts.friction)
            signals = tuple(signal for signal in sores if signal.case == case.id)
            entry = _entry(case, promise, stories.get(case.id), signals, silent=case.id not in wanted)
            found.append(entry)
        found += [
            Entry(customer=promise.customer, name=promise.name, since=promise.wanted_at, promise=promise)
            for promise in owed.values()
            if promise.customer not in first
        ]
        return _ordered(found, at)

    async def _told(self, books: Books, cases: dict[str, WaitingCase]) -> dict[str, Story]:
        kept = {id: known for id, known in self._stories.items() if id in cases and known[0] == cases[id].sequence}
        missing = [id for id in cases if id not in kept]
        rows = await books.stories(missing) if missing else {}
        kept |= {id: (cases[id].sequence, Story(id, rows.get(id, []))) for id in missing}
        self._stories = kept
        return {id: story for id, (_, story) in kept.items()}


def _theirs(customer: str, cases: dict[str, WaitingCase], stories: dict[str, Story]) -> dict[str, Sequence[Row]]:
    """The journals of all of a customer's cases that wait: some friction shows only over several."""
    return {id: stories[id].rows for id, case in cases.items() if case.customer == customer and id in stories}


def _entry(
    case: WaitingCase, promise: Promise | None, story: Story | None, signals: tuple[Signal, ...], *, silent: bool
) -> Entry:
    handed = story.with_a_person if story else None
    since = min(filter(None, (handed.at if handed else None, promise.wanted_at if promise else None)), default=None)
    return Entry(
        customer=case.customer,
        name=case.name,
        since=since or case.touched_at,
        case=case,
        promise=promise,
        silent=silent,
        signals=signals,
    )


def _ordered(found: list[Entry], at: datetime) -> list[Entry]:
    entries = {entry.id: entry for entry in found}
    loud, quiet = [e for e in found if not e.silent or e.signals], [e for e in found if e.silent and not e.signals]
    placed = [
        *order(map(_waiting, loud), at),
        # Nobody asked for them: however long they are silent, they come behind whoever waits.
        *(place.model_copy(update={"reasons": ()}) for place in order(map(_waiting, quiet), at)),
    ]
    return [_placed(entries[place.case], place) for place in placed]


def _placed(entry: Entry, place: Place) -> Entry:
    return Entry(**{**vars(entry), "place": place})


def _waiting(entry: Entry) -> Waiting:
    return Waiting(
        case=entry.id,
        since=entry.since,
        sore=any(signal.name is not Name.PERSON for signal in entry.signals),
        asked_for_person=entry.promise is not None or any(s.name is Name.PERSON for s in entry.signals),
        stuck=entry.case is not None and entry.case.status in {Status.STUCK, Status.UNCERTAIN},
    )
