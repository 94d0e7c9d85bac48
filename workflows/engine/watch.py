"""Time and the outside world: what a case waits for, and what it does when nobody comes."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from models.case import Event, Status
from models.ledger import Dated, Taken

if TYPE_CHECKING:
    from workflows.engine.case import Case

MAILBOX = 100
TRY_AGAIN_AFTER = timedelta(minutes=15)


class Watch:
    """One coarse timer for everything that has a due time; it looks at the policy only when it fires."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.waiting: dict[str, tuple[str | None, str | None, asyncio.Future[None]]] = {}

    # -- the script's side ------------------------------------------------------------------------------------

    async def wait_for(
        self, name: str | None, about: str | None, until: datetime | None, within: timedelta | None, key: str | None
    ) -> Event | None:
        """The first event of that name (and correlation), or None once ``until`` or ``within`` has passed."""
        full = self.case.enter(key or name or "date", "wait_for")
        taken = self.case.ledger.find(Taken, full) or self._from_mailbox(full, name, about)
        if taken is None:
            if within is not None:
                until = self.case.now() + within
            if until is not None and until <= self.case.now():
                taken = self._passed(full)
            elif until is not None:
                self.case.state.deadlines.setdefault(full, until)
        if taken is None:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.waiting[full] = (name, about, waiter)
            self.case.hits = 0
            try:
                await waiter
            finally:
                if waiter is self.waiting.get(full, (None, None, None))[2]:
                    del self.waiting[full]
            taken = self.case.ledger.find(Taken, full)
        self.case.hit()
        if taken is None or taken.name is None:
            return None
        return Event(id=full, name=taken.name, about=about, data=taken.data)

    def taken(self, key: str) -> bool:
        """Whether that wait is over."""
        return self.case.ledger.find(Taken, self.case.scoped_key(key)) is not None

    def end_run(self) -> None:
        """Nobody waits any more."""
        for _, _, waiter in self.waiting.values():
            waiter.cancel()
        self.waiting = {}

    def today(self, key: str) -> date:
        """The customer's date when the script first asked; the same on every re-run."""
        full = self.case.enter(key, "today")
        dated = self.case.ledger.find(Dated, full)
        if dated is None:
            dated = Dated(key=full, value=self.case.now().astimezone(ZoneInfo(self.case.opening.zone)).date())
            self.case.ledger.put(dated)
        return dated.value.date() if isinstance(dated.value, datetime) else dated.value

    # -- the outside's side -----------------------------------------------------------------------------------

    def report(self, event: Event) -> None:
        """Give an event to whoever waits for it, or keep it for who will."""
        self.case.state.mailbox = [*self.case.state.mailbox, event][-MAILBOX:]
        if self.case.state.hold is not None:
            return
        for key, (name, about, _) in list(self.waiting.items()):
            taken = self._from_mailbox(key, name, about)
            if taken is not None:
                self._wake(key)

    def _from_mailbox(self, key: str, name: str | None, about: str | None) -> Taken | None:
        for event in self.case.state.mailbox:
            if name is not None and event.name == name and about in (None, event.about):
                self.case.state.mailbox = [e for e in self.case.state.mailbox if e is not event]
                taken = Taken(key=key, name=name, data=event.data, at=self.case.now())
                self.case.ledger.put(taken)
                self.case.chronicle.row("waited", key, data={"for": name})
                self.case.state.deadlines.pop(key, None)
                return taken
        return None

    def _passed(self, key: str) -> Taken:
        """The date came first."""
        taken = Taken(key=key, name=None, at=self.case.now())
        self.case.ledger.put(taken)
        return taken

    def _wake(self, key: str) -> None:
        _, _, waiter = self.waiting.pop(key)
        if not waiter.done():
            waiter.set_result(None)

    # -- the clock's side -------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Sleep until something is due, do it, for as long as the case is open."""
        while not self.case.state.status.closed:
            due = self._due()
            if due is None:
                await self.case.host.wait_until(lambda: self._due() is not None)
                continue
            wait = max(0.0, (due - self.case.now()).total_seconds())
            armed = due
            earlier = await self.case.host.wait_until(lambda: (self._due() or armed) < armed, wait)  # noqa: B023 - awaited in this very turn of the loop
            if not earlier:
                self._act()

    def _due(self) -> datetime | None:
        return min((at for at, _ in self._marks()), default=None)

    def _marks(self) -> list[tuple[datetime, str]]:
        state = self.case.state
        if self.case.ending or self.case.cancelling:
            return []
        if state.hold is not None:
            return [(state.hold.until, "held")]
        marks = [(at, f"deadline:{key}") for key, at in state.deadlines.items() if key in self.waiting]
        marks += [(at, f"lapse:{key}") for key, at in state.deadlines.items() if self.case.asking.asks(key)]
        if state.broken_at is not None and state.status is Status.UNCERTAIN:
            marks.append((state.broken_at + TRY_AGAIN_AFTER, "again"))
        if state.claim is not None:
            return [*marks, (state.claim.until, "claim")]
        if state.care is not None and self.case.cares.runs:
            marks.append((state.care.promised_at, "care"))
        if state.heard_at is not None:
            marks += self._silence(state.heard_at, waits=any(mark.startswith("deadline:") for _, mark in marks))
        return marks

    def _silence(self, heard_at: datetime, *, waits: bool) -> list[tuple[datetime, str]]:
        """What follows when the customer is not heard. ``waits``: the script waits for somebody else."""
        state, policy = self.case.state, self.case.opening.policy
        marks = []
        # What came up later than they were heard has its own patience.
        since = max(heard_at, state.asked_at or heard_at)
        if not waits:
            marks.append((since + timedelta(seconds=policy.expire_after), "expire"))
        if state.care is not None:
            return marks  # one of us has promised to come: no machine speaks up meanwhile
        if state.status is Status.OPEN and state.pending:
            marks.append((since + timedelta(seconds=policy.park_after), "park"))
        if state.reminded < len(policy.remind_after) and state.pending:
            marks.append((since + timedelta(seconds=policy.remind_after[state.reminded]), "remind"))
        return marks

    def _act(self) -> None:
        now = self.case.now()
        for at, mark in sorted(self._marks(), key=lambda m: m[0]):
            if at > now:
                break
            self._do(mark)

    def _expire(self) -> None:
        if self.case.sealing:
            self.case.state.heard_at = self.case.now()
        else:
            self.case.ending = Status.EXPIRED

    def _do(self, mark: str) -> None:
        state = self.case.state
        if mark == "again":
            self.case.rewind()
        elif mark == "held":
            self.case.ending = Status.CANCELLED
        elif mark == "expire":
            self._expire()
        elif mark == "park":
            state.status = Status.PARKED
            self.case.visitors.let_go()
            self.case.chronicle.row("parked")
        elif mark == "remind":
            state.reminded += 1
            state.outgoing.append("reminder")
            self.case.chronicle.row("reminded")
        elif mark == "claim":
            self.case.claims.lapse()
        elif mark == "care":
            self.case.cares.overdue()
        elif mark.startswith("lapse:"):
            self.case.asking.lapse(mark.removeprefix("lapse:"))
        elif mark.startswith("deadline:"):
            key = mark.removeprefix("deadline:")
            state.deadlines.pop(key)
            self._passed(key)
            self._wake(key)
