"""One case: its state, the script that is played over its ledger, and when it has settled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import datetime
from traceback import walk_tb
from typing import Any

from models.case import CaseState, Closing, Note, Opening, Pending, Status, Turn
from models.errors import ScriptError
from models.ledger import Answered, Confirmed
from workflows.engine.asking import Asking
from workflows.engine.caring import Cares
from workflows.engine.chronicle import Chronicle
from workflows.engine.claims import Claims
from workflows.engine.host import Host
from workflows.engine.joining import Joins
from workflows.engine.ledger import Ledger
from workflows.engine.steps import Steps
from workflows.engine.view import View
from workflows.engine.visitors import Visitors
from workflows.engine.watch import Watch

HITS_WITHOUT_PAUSE = 1000
_generation: ContextVar[int] = ContextVar("generation", default=0)
_scope: ContextVar[str] = ContextVar("scope", default="")


class Case:
    """The engine of one case. Only asyncio and a :class:`Host`: no Temporal, no clock, no chance."""

    def __init__(
        self, opening: Opening, moment: str, script: Callable[[], Awaitable[None]], host: Host, home: str = ""
    ) -> None:
        self.opening = opening
        self.moment = moment
        self.script = script
        self.host = host
        self.home = home  # the script's own file, for where it broke off
        self.state = opening.state or CaseState(facts=list(opening.facts))
        self.ledger = Ledger(self.state.ledger)
        self.generation = 0
        self.entered: dict[str, str] = {}
        self.touched: set[str] = set()
        self.hits = 0
        self.rewind_due = False
        self.cancelling = False
        self.ending: Status | None = None
        self.replying = 0
        self.running: asyncio.Task[None] | None = None
        # After a move the script has not yet come to its questions: what was pending before still counts.
        self.expected: list[Pending] = list(self.state.pending)
        self.state.pending = []
        self.chronicle = Chronicle(self)
        self.asking = Asking(self)
        self.steps = Steps(self)
        self.watch = Watch(self)
        self.view = View(self)
        self.visitors = Visitors(self)
        self.claims = Claims(self)
        self.cares = Cares(self)
        self.joins = Joins(self)

    # -- the script -------------------------------------------------------------------------------------------

    async def play(self) -> Closing:
        """Play the script, as often as corrections ask for, until the case is closed and everything is delivered."""
        background = [asyncio.create_task(self.watch.run()), asyncio.create_task(self.chronicle.run())]
        while not self.state.status.closed:
            await self._play_once()
        await self.host.wait_until(lambda: self.movable and self.chronicle.done)
        await self.chronicle.write_the_rest()
        for task in background:
            task.cancel()
        return Closing(status=self.state.status, sequence=self.state.sequence)

    async def _play_once(self) -> None:
        self.generation += 1
        self.rewind_due = False
        self.mend()
        self.entered.clear()
        self.touched.clear()
        self.asking.begin_run()
        self.visitors.holding = False
        task = self.running = asyncio.create_task(self._run_script(self.generation))
        await self.host.wait_until(lambda: task.done() or self._interrupted)
        if not task.done():
            task.cancel()
            await self.host.wait_until(task.done)
        self._end_run()
        # A step in flight ends and its result is kept; what only reads may be left behind.
        await self.host.wait_until(lambda: not self.steps.effects_in_flight or self.state.broken_at is not None)
        if self.cancelling or self.ending:
            await self._end()
        elif self.rewind_due:
            return
        elif task.cancelled() or task.exception() is not None:
            self._stuck(None if task.cancelled() else task.exception())
            await self.host.wait_until(lambda: self._interrupted)
        elif await self.steps.sweep():
            self.close(Status.FINISHED)
        else:
            await self.host.wait_until(lambda: self._interrupted)

    def _end_run(self) -> None:
        self.running = None
        self.generation += 1
        self.asking.end_run()
        self.watch.end_run()

    async def _run_script(self, generation: int) -> None:
        _generation.set(generation)
        await self.script()

    @property
    def _interrupted(self) -> bool:
        return self.rewind_due or self.cancelling or self.ending is not None

    async def _end(self) -> None:
        self.mend()
        while not await self.steps.undo_all():
            # Not everything could be taken back: someone has to look, and their arrival tries again.
            await self.host.wait_until(lambda: self.rewind_due)
            self.rewind_due = False
        self.close(self.ending or Status.CANCELLED)

    def close(self, status: Status) -> None:
        self.state.pending = []
        self.expected = []
        self.state.status = status
        self.cares.close()
        self.chronicle.row("closed_for_good" if self.state.hold else status.value)

    def _stuck(self, error: BaseException | None) -> None:
        # The type and the line, never the text: it may hold what the customer said.
        passed = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__ if error else None)]
        own = [place for place in passed if place[0] == self.home]
        file, line = (own or passed or [("", 0)])[-1]
        where = f"{file.rpartition('/')[2]}:{line}"
        self.break_off(Status.STUCK, error=type(error).__name__, where=where)

    def break_off(self, status: Status, **data: str) -> None:
        """The case can't go on by itself: a person is told, the next arrival tries again."""
        self.state.status = status
        self.state.broken_at = self.host.now()
        if self.replying == 0 and not self.state.worried:
            # Whoever was told "working on it" hears once that it takes a person; a reply in the making says so itself.
            self.state.worried = True
            self.state.outgoing.append("checking")
        self.chronicle.row(status.value, data=dict(data))

    def rewind(self) -> None:
        """Have the script run again from its first line."""
        self.rewind_due = True
        self.mend()

    def mend(self) -> None:
        """What broke is tried again: by an arrival, by the clock, or by new code after a move."""
        if self.state.broken_at is not None:
            self.state.broken_at = None
            self.state.status = Status.OPEN

    # -- what every verb does first ---------------------------------------------------------------------------

    def alive(self) -> None:
        """Stop a verb whose run has been stopped, even where the script caught the cancellation."""
        if _generation.get() != self.generation or self._interrupted:
            raise asyncio.CancelledError

    def enter(self, key: str, what: str) -> str:
        """Check a verb's key and return it with its scope; the same key twice in a run is a mistake in the script."""
        self.alive()
        full = self.scoped_key(key)
        if full in self.entered:
            raise ScriptError(f"the key {full!r} is used twice: by {self.entered[full]} and by {what}")
        self.entered[full] = what
        self.touched.add(full)
        return full

    def scoped_key(self, key: str) -> str:
        return _scope.get() + key

    def within_scope(self, key: str) -> str:
        """A key as a script in an ``each`` names it, or a whole one."""
        full = self.scoped_key(key)
        return full if full in self.touched else key

    def hit(self) -> None:
        """Count an answer from the ledger: a run that never pauses is going round in circles."""
        self.hits += 1
        if self.hits > HITS_WITHOUT_PAUSE:
            raise ScriptError("the script has gone round in circles without asking or doing anything new")

    # -- where the case stands --------------------------------------------------------------------------------

    @property
    def settled(self) -> bool:
        """Closed, broken, or waiting for someone outside, with no re-run due. Looked at only when all is quiet."""
        if self.state.status.closed or self.state.broken_at is not None:
            return True
        over = self.running is not None and self.running.done()
        return not over and not self._interrupted and bool(self.state.pending or self.watch.waiting)

    def settle(self) -> None:
        """What holds from the moment a run has come to rest."""
        self.expected = []
        self.hits = 0
        self.state.supplied = {}
        if self.state.broken_at is None and not self.visitors.holding:
            for entry in self.ledger.all(Confirmed):
                if entry.key not in self.touched and not self.sealed(entry):
                    self.ledger.drop(entry)

    @property
    def sealing(self) -> bool:
        """Whether a final step runs, or an effect ran without telling how it ended: nothing before it may change."""
        return self.state.sealing

    @property
    def movable(self) -> bool:
        """All at rest, and nothing under way that the carried state does not tell of."""
        if not self.state.status.closed and (self.cancelling or self.ending):
            return False
        return self.settled and not self.steps.in_flight and not self.chronicle.sending and self.replying == 0

    def sealed(self, entry: Answered | Confirmed) -> bool:
        return self.sealing or (self.state.sealed > 0 and self.ledger.index(entry) < self.state.sealed)

    def turn(self, since: int, note: Note | None = None) -> Turn:
        """The case as a channel sees it, with the notices numbered above ``since``."""
        state = self.state
        return Turn(
            case=self.opening.case,
            moment=self.moment,
            status=Status.JOINED if state.hold else state.status,
            sequence=state.sequence,
            notices=[n for n in state.notices if n.number > since],
            pending=list(state.pending),
            answers=[self.view.line(e) for e in self.ledger.all(Answered) if e.key in self.touched],
            working=not self.settled,
            floor=state.floor,
            claim=self.claims.standing,
            care=state.care,
            joined=state.hold.to if state.hold else None,
            note=note,
        )

    def now(self) -> datetime:
        return self.host.now()


def scoped(prefix: str) -> Any:
    """Put ``prefix`` before the keys of all verbs within."""
    return _Scope(prefix)


class _Scope:
    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __enter__(self) -> None:
        self.before = _scope.set(f"{_scope.get()}{self.prefix}/")

    def __exit__(self, *_: object) -> None:
        # A worker that makes room ends a script from outside, where there is no scope to go back to.
        with suppress(ValueError):
            _scope.reset(self.before)
