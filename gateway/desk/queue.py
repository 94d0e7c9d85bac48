"""The queue: who waits for one of the team, why first, and in which order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from database.hand_overs import HandOvers
from database.waiting import Promise, Waiting as Books, WaitingCase
from gateway.desk.standing import median_of, waiting
from gateway.parts import Parts
from insight.friction import sore
from insight.priority import Place, order
from insight.signals import Name, Signal
from insight.story import Story, rated
from models.case import Care, Status
from models.follow_through import HandOver
from models.journal import Row
from models.people import Actor
from models.requests import WROTE
from models.staff import Person

FRESH = 1.0
MOST, MOST_SILENT, MOST_CARED = 200, 50, 500
LATELY = timedelta(days=14)
# A call that we owe for a low rating, or for anger, was noted at the look that saw it.
SEEN_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """One line of the queue. ``case`` is None for a promised call about nothing that is open; ``since`` it waits.

    ``over`` is what was sore at the end of closed cases; ``rated`` is the score, of how many, and the comment.
    """

    customer: str
    name: str | None
    since: datetime
    case: WaitingCase | None = None
    promise: Promise | None = None
    silent: bool = False
    signals: tuple[Signal, ...] = ()
    place: Place | None = None
    story: Story | None = None
    handed: HandOver | None = None
    unheard: bool = False
    over: tuple[Signal, ...] = ()
    rated: tuple[float, float, str] | None = None

    def is_for(self, person: Person) -> bool:
        """Whether it waits for them or their team: handed over to them, promised by them, or in their hands."""
        held = self.case is not None and (self.case.claim or {}).get("holder") == person.id
        cared = self.care is not None and (self.care.owner == person.id or self.care.team == person.team)
        return held or cared or (self.handed is not None and self.handed.team == person.team)

    @property
    def care(self) -> Care | None:
        """Who has promised to look after it."""
        return self.case.care if self.case else None

    @property
    def asked(self) -> bool:
        """Whether they want a person of their own accord: a call can be owed for how a case ended, too."""
        if self.promise is None or any(signal.name is Name.PERSON for signal in self.over):
            return self.promise is not None
        wanted = self.promise.wanted_at
        return not any(signal.since <= wanted <= signal.since + SEEN_WITHIN for signal in self.over)

    @property
    def id(self) -> str:
        return self.case.id if self.case else f"customer/{self.customer}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why first, as wording codes, weightiest first; at least one."""
        given = [f"reason-{reason.value}" for reason in (self.place.reasons if self.place else ())]
        if self.handed is not None:
            given.insert(0, "reason-handed-on")
        if self.unheard:
            given.insert(0, "reason-unheard")
        if self.care is not None and self.care.late:
            given.insert(0, "reason-late")
        elif self.care is not None:
            given.append("reason-cared")
        status = self.case.status if self.case else None
        plain = {Status.WITH_A_PERSON: "reason-handed-over", Status.UNCERTAIN: "reason-uncertain"}
        if status in plain:
            given.append(plain[status])
        if self.asked and "reason-person" not in given:
            given.append("reason-person")
        if not given and self.case is not None:
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
        silent, cared = await books.silent(MOST_SILENT), await books.cared(MOST_CARED)
        theirs = await books.of({promise.customer for promise in promises}) if promises else []
        handed = {given.case: given for given in await HandOvers(self.parts.database).waiting()}
        passed = await books.these(handed) if handed else []
        unheard = await books.unheard(MOST)
        cases = {case.id: case for case in (*silent, *theirs, *stopped, *cared, *passed, *unheard)}
        whose = {*(case.customer for case in cases.values()), *(promise.customer for promise in promises)}
        over = await books.ended(whose, at - LATELY) if whose else []
        told = cases | {case.id: case for case in over}
        stories = await self._told(books, told)
        wrote = {case.id for case in unheard if _unanswered(stories.get(case.id))}
        owed = {promise.customer: promise for promise in reversed(promises)}
        first: dict[str, str] = {}
        for case in (*cared, *stopped, *passed, *theirs):
            first.setdefault(case.customer, case.id)
        wanted = {*(case.id for case in (*stopped, *cared, *passed)), *first.values(), *wrote}
        found = []
        for case in (each for id, each in cases.items() if id in wanted or each in silent):
            promise = owed.get(case.customer) if first.get(case.customer) == case.id else None
            sores = sore(_theirs(case.customer, told, stories), at, self.parts.friction)
            signals = tuple(signal for signal in sores if signal.case == case.id)
            entry = _entry(case, promise, stories.get(case.id), signals, silent=case.id not in wanted)
            found.append(replace(_handed(entry, handed.get(case.id)), unheard=case.id in wrote))
        found += [
            Entry(customer=promise.customer, name=promise.name, since=promise.wanted_at, promise=promise)
            for promise in owed.values()
            if promise.customer not in first
        ]
        theirs_over = {case.id: case for case in over}
        return self._ordered([self._afterwards(each, theirs_over, stories, at) for each in found], at)

    def _afterwards(self, entry: Entry, over: dict[str, WaitingCase], stories: dict[str, Story], at: datetime) -> Entry:
        """Why a call is owed to whom it is not said in an open case: how they rated us, or left."""
        if entry.promise is None:
            return entry
        told = _theirs(entry.customer, over, stories)
        sores = tuple(sore(told, at, self.parts.friction))
        low = [signal for signal in sores if signal.name is Name.LOW_RATING]
        last = max(low, key=lambda signal: signal.since, default=None)
        row = next((row for row in told[last.case] if row.sequence == last.rows[-1]), None) if last else None
        score = rated(row) if row else None
        comment = str(row.data.get("text") or "") if row else ""
        return replace(entry, over=sores, rated=(*score, comment) if score else None)

    def _ordered(self, found: list[Entry], at: datetime) -> list[Entry]:
        entries = {entry.id: entry for entry in found}
        usual, importance = median_of(found), self.parts.promising.importance
        here = {id: waiting(entry, usual, importance) for id, entry in entries.items()}
        loud = [here[e.id] for e in found if not e.silent or e.signals]
        quiet = [here[e.id] for e in found if e.silent and not e.signals]
        placed = [
            *order(loud, at),
            # Nobody asked for them: however long they are silent, they come behind whoever waits.
            *(place.model_copy(update={"reasons": ()}) for place in order(quiet, at)),
        ]
        return [replace(entries[place.case], place=place) for place in placed]

    async def _told(self, books: Books, cases: dict[str, WaitingCase]) -> dict[str, Story]:
        kept = {id: known for id, known in self._stories.items() if id in cases and known[0] == cases[id].sequence}
        missing = [id for id in cases if id not in kept]
        rows = await books.stories(missing) if missing else {}
        kept |= {id: (cases[id].sequence, Story(id, rows.get(id, []))) for id in missing}
        self._stories = kept
        return {id: story for id, (_, story) in kept.items()}


def _unanswered(story: Story | None) -> bool:
    """Whether the last that a customer did was to write to one of the team, who is gone."""
    theirs = [row for row in story.rows if row.actor is Actor.CUSTOMER] if story else []
    return bool(theirs) and theirs[-1].what == WROTE


def _handed(entry: Entry, given: HandOver | None) -> Entry:
    """A case that a colleague has handed on waits from then on."""
    return replace(entry, handed=given, since=min(entry.since, given.at)) if given else entry


def _theirs(customer: str, cases: dict[str, WaitingCase], stories: dict[str, Story]) -> dict[str, Sequence[Row]]:
    """The journals of all of a customer's cases that wait: some friction shows only over several."""
    return {id: stories[id].rows for id, case in cases.items() if case.customer == customer and id in stories}


def _entry(
    case: WaitingCase, promise: Promise | None, story: Story | None, signals: tuple[Signal, ...], *, silent: bool
) -> Entry:
    handed = story.with_a_person if story else None
    begun = (
        handed.at if handed else None,
        promise.wanted_at if promise else None,
        case.care.since if case.care else None,
    )
    since = min(filter(None, begun), default=None)
    return Entry(
        customer=case.customer,
        name=case.name,
        since=since or case.touched_at,
        case=case,
        promise=promise,
        silent=silent,
        signals=signals,
        story=story,
    )
