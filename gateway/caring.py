"""Act while it is sore: a case that shows friction gets an owner, a promise, and what follows on both."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from database.attendance import Attendance, Attending
from database.cases import CaseRecord
from database.customers import Customer
from database.engine import now
from database.pops import Pops
from database.put_throughs import PutThroughs
from database.ratings import Ratings
from database.waiting import Waiting
from gateway.amends import Amends
from gateway.metrics import OWNED
from gateway.parts import Parts
from gateway.webhooks.through import HELD
from insight.reading import Friction, Judged
from insight.signals import Name, Signal
from models.case import Care, Caring, Note, Turn
from models.errors import NotConfirmed
from models.people import Actor, Channel, Provenance
from models.staff import Role

log = logging.getLogger(__name__)
EVERY = 1.0
# A page of the journal may arrive that long after the time it bears.
OVERLAP = timedelta(seconds=10)
FIRST_LOOK = timedelta(hours=1)
MOST, MOST_CARED, REMEMBERED = 500, 1000, 20_000
TEAM, SUPERVISOR = 1, 2


class Vigil:
    """Looks every second at the cases that were touched, and at those whose silence has just become too long."""

    def __init__(self, parts: Parts, *, every: float = EVERY, clock: Callable[[], datetime] = now) -> None:
        self.parts = parts
        self.every = every
        self._clock = clock
        self._since = clock() - FIRST_LOOK
        self._looked: dict[tuple[str, timedelta], int] = {}
        self._ringing: set[str] = set()
        self._friction = Friction(parts.journal, parts.friction, clock)
        self._books = Waiting(parts.database)
        self._there = Attendance(parts.database)
        self._pops = Pops(parts.database)
        self._calls = PutThroughs(parts.database)
        self._ratings = Ratings(parts.database)
        self._amends = Amends(parts, self._ratings, clock)

    async def run(self) -> None:
        """Looks until cancelled."""
        while True:
            await asyncio.sleep(self.every)
            try:
                await self.look()
            except NotConfirmed:
                continue  # what was not reached is looked at again
            except Exception as error:  # noqa: BLE001 - one bad case must not end the watch
                log.warning("a look at sore cases was not finished: %s", type(error).__name__)

    async def look(self) -> None:
        """One look: whoever is sore has an owner afterwards."""
        at = self._clock()
        customers = dict.fromkeys(self._ringing)
        for patience in (timedelta(), *self._silences()):
            after, until = self._since - OVERLAP - patience, at - patience + (timedelta() if patience else OVERLAP)
            for case in await self.parts.cases.between(after, until, MOST):
                if self._looked.get((case.id, patience)) != case.sequence:
                    customers[case.customer] = None
                    self._looked[case.id, patience] = case.sequence
        self._ringing.clear()
        for customer in customers:
            await self._safely(customer)
        self._since = at
        if len(self._looked) > REMEMBERED:
            self._looked.clear()

    def _silences(self) -> list[timedelta]:
        """What is sore by mere waiting, and after how long."""
        on = self.parts.friction.on
        return [timedelta(minutes=on[name]) for name in (Name.DROPPED_CALL, Name.SILENCE) if name in on]

    async def _safely(self, customer: str) -> None:
        try:
            await self.see_to(customer)
        except Exception as error:  # noqa: BLE001 - the next customer is looked at all the same
            self._looked = {key: seen for key, seen in self._looked.items() if f"/{customer}/" not in key[0]}
            log.warning("a sore case was not seen to: %s", type(error).__name__)

    async def see_to(self, record: str) -> None:
        """Everything of one person: owners for what is sore, screens for what is owned, amends for what is over."""
        customers = self.parts.customers
        person = await customers.get(await customers.owner(record))
        if person is None:
            return
        judged = await self._friction.of(await customers.records(person.id))
        for case in judged.cases:
            known = await self.parts.cases.get(case)
            if known is None:
                continue
            if known.status.closed:
                await self._amends.make(known, person, judged)
            else:
                await self._own(known, person, judged)

    # -- an owner ---------------------------------------------------------------------------------------------

    async def _own(self, case: CaseRecord, person: Customer, judged: Judged) -> None:
        turn = await self.parts.switchboard.look(case.id)
        signals = judged.of(case.id)
        if turn is None or turn.claim is not None:
            return  # one of us has it in hand
        if turn.care is None and not signals:
            return
        if await self._calls.under_way(case.id, self._clock() - timedelta(seconds=HELD)):
            self._ringing.add(person.id)  # or is about to; whether anybody was reached is known when it has ended
            return
        if turn.care is None:
            turn = await self._give(turn, person, signals)
        if turn.care is not None:
            await self._show(turn, turn.care, person)

    async def _give(self, turn: Turn, person: Customer, signals: Sequence[Signal]) -> Turn:
        """Into the care of whoever is there and has the least in hand; else of the whole team, when it is back."""
        owner, at = await self._free(), self._clock()
        until = self.parts.promising.until(at, person.zone, there=owner is not None)
        caring = Caring(
            id=_request(turn.case, signals),
            by=Provenance(channel=Channel.DESK, actor=Actor.SEGUE, at=datetime.now(UTC)),
            owner=owner.id if owner else "",
            name=owner.name if owner else "",
            team=owner.team if owner else "",
            signals=tuple(signal.name.value for signal in signals),
            minutes=max(1.0, (until - at) / timedelta(minutes=1)),
            patience=self.parts.promising.patience,
            level=0 if owner else TEAM,
        )
        taken = await self.parts.switchboard.care(turn.case, caring)
        if taken.note in {None, Note.CONFLICT}:
            OWNED.labels("agent" if owner else "team").inc()
        return taken

    async def _free(self) -> Attending | None:
        """Who is there and has promised and in hand the least."""
        there = await self._there.there()
        owned = Counter(case.care.owner for case in await self._books.cared(MOST_CARED) if case.care) if there else {}
        return min(there, key=lambda each: each.in_hand + owned.get(each.id, 0), default=None)

    # -- on their screens -------------------------------------------------------------------------------------

    async def _show(self, turn: Turn, care: Care, person: Customer) -> None:
        """Whose it is now, has it before them: its owner, then their team, then the supervisors."""
        for staff in await self._whose(care):
            once = f"owned/{turn.case}/{care.since.isoformat()}/{care.level}/{staff}"
            await self._pops.pop(staff, "owned", case=turn.case, customer=person.id, once=once)

    async def _whose(self, care: Care) -> list[str]:
        if care.level == 0:
            return [care.owner] if care.owner else []
        there = await self._there.there()
        if care.level < SUPERVISOR:
            return [each.id for each in there if care.team in {"", each.team}]
        people = await self.parts.staff.people()
        return [each.id for each in people if each.role is Role.SUPERVISOR and each.closed_at is None]


def _request(case: str, signals: Sequence[Signal]) -> str:
    """The same signs of the same case are one request, whichever server saw them."""
    shown = ";".join(f"{signal.name.value}:{','.join(map(str, signal.rows))}" for signal in signals)
    return f"care:{hashlib.sha256(f'{case};{shown}'.encode()).hexdigest()[:40]}"
