"""A moment played in plain asyncio, with its own clock: for tests, for trying a script in the terminal."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter
from temporalio.exceptions import ApplicationError

from activities.step import rehearsed_key, spec_of
from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Claiming,
    Correction,
    Event,
    Leaving,
    Opening,
    Policy,
    Releasing,
    Remark,
    Turn,
)
from models.errors import Refused
from models.journal import Page
from models.ledger import Fact, Known
from models.people import Actor, Assurance, Channel, Provenance
from workflows.engine.host import Call, Performed, StepFailed
from workflows.engine.ledger import as_json
from workflows.engine.refusing import as_turn
from workflows.moment import Moment

T = TypeVar("T")

# Longer than any chain of tasks that wake one another inside a script.
QUIET = 24


@dataclass(eq=False)
class _Wait:
    ready: Callable[[], bool]
    done: asyncio.Future[bool]
    until: datetime | None


@dataclass
class RehearsalHost:
    """The engine's host without Temporal. ``actors`` are the activity objects; time moves only by :meth:`skip`."""

    actors: list[Any]
    clock: datetime = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    pages: list[Page] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    journal_away: bool = False
    moving: bool = False
    _waits: list[_Wait] = field(default_factory=list)
    _pump: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        return self.clock

    def run_id(self) -> str:
        return "rehearsal"

    def update_id(self) -> str | None:
        return None

    def due_to_move(self) -> bool:
        return self.moving

    def show(self, status: Any, details: str) -> None:
        pass

    async def wait_until(self, ready: Callable[[], bool], timeout: float | None = None) -> bool:
        until = None if timeout is None else self.clock + timedelta(seconds=timeout)
        wait = _Wait(ready, asyncio.get_running_loop().create_future(), until)
        self._waits.append(wait)
        self.kick()
        return await wait.done

    def kick(self) -> None:
        """Look at all conditions again as soon as everything is quiet."""
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._look())

    async def _look(self) -> None:
        woken = True
        while woken:
            for _ in range(QUIET):
                await asyncio.sleep(0)
            self._waits = [w for w in self._waits if not w.done.done()]
            ready = [w for w in self._waits if w.ready()]
            for wait in ready:
                wait.done.set_result(True)
            woken = bool(ready)

    async def quiet(self) -> None:
        """Return when nothing can go on by itself."""
        self.kick()
        while self._pump is not None and not self._pump.done():
            await asyncio.wait([self._pump])

    async def skip(self, by: timedelta) -> None:
        """Let time pass, stopping at everything that falls due on the way."""
        end = self.clock + by
        await self.quiet()
        while True:
            due = [w for w in self._waits if w.until is not None and w.until <= end and not w.done.done()]
            if not due:
                break
            first = min(due, key=lambda w: w.until or end)
            self.clock = max(self.clock, first.until or end)
            first.done.set_result(False)
            self.kick()
            await self.quiet()
        self.clock = end

    async def write(self, page: Page) -> None:
        if self.journal_away:
            raise StepFailed("Journal.write")
        self.pages.append(page)

    async def perform(self, call: Call) -> Performed:
        self.calls.append(call)
        try:
            performed = await self._tried(call)
        except StepFailed:
            self.kick()
            raise
        self.kick()
        return performed

    async def _tried(self, call: Call) -> Performed:
        if call.name in self.broken:
            raise StepFailed(call.name)
        step = self._find(call.name)
        if step is None:
            return Performed()
        rehearsed_key.set(f"rehearsal/{call.id}")
        try:
            return Performed(value=as_json(await step(_argument(step, call.argument))))
        except ApplicationError as error:
            return Performed(refusal=Known.model_validate(error.details[0]))
        except Exception as error:
            # In life it would be tried again until its budget is used up.
            raise StepFailed(f"{call.name}: {type(error).__name__}") from error

    def _find(self, name: str) -> Any:
        owner, _, method = name.partition(".")
        for actor in self.actors:
            if type(actor).__name__ == owner and spec_of(getattr(type(actor), method)).name == name:
                return getattr(actor, method)
        return None


def _argument(step: Any, argument: Any) -> Any:
    hints = get_type_hints(inspect.unwrap(step.__func__))
    kinds = [kind for name, kind in hints.items() if name != "return"]
    return TypeAdapter(kinds[0]).validate_python(as_json(argument)) if kinds else argument


class Rehearsal:
    """One case of a moment, played without a server. Every method returns the turn, as a channel would get it."""

    def __init__(self, moment: type[Moment], *actors: Any, opening: Opening | None = None, **more: Any) -> None:
        self.host = RehearsalHost(list(actors), **more)
        self.moment = moment
        self.opening = opening or Opening(case=f"{moment.id}/c_test/1", customer="c_test", policy=Policy())
        self.sure: dict[Channel, Assurance] = {}
        self.visits: dict[Channel, str] = {}
        self._requests = 0
        self._begin()

    def _begin(self) -> None:
        self.script = self.moment(self.opening)
        self.script._case.host = self.host
        self.case = self.script._case
        self.playing: asyncio.Task[Any] | None = None

    async def move(self) -> None:
        """Go on in a new run, with nothing but the carried state: as continue-as-new does."""
        await self.host.quiet()
        carried = self.case.state.model_copy(update={"pending": self.case.state.pending or self.case.expected})
        await self.end()
        state = type(carried).model_validate_json(carried.model_dump_json())
        self.opening = self.opening.model_copy(update={"state": state})
        self._begin()
        self._ensure_playing()

    async def end(self) -> None:
        """Stop, as a worker that is shut down does."""
        tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
        self.host._waits.clear()

    def _ensure_playing(self) -> None:
        if self.playing is None:
            self.playing = asyncio.create_task(self.case.play())

    def by(self, channel: Channel) -> Provenance:
        """Who speaks there: as sure as ``self.sure`` says, each channel a visit of its own."""
        sure = self.sure.get(channel, Assurance.POSSESSION)
        return Provenance(channel=channel, assurance=sure, at=self.host.clock, visit=self.visits.get(channel, channel))

    def agent(self) -> Provenance:
        """A member of staff at the desk."""
        return self.by(Channel.DESK).model_copy(update={"actor": Actor.AGENT, "assurance": Assurance.VERIFIED})

    async def claim(self, holder: str, **more: Any) -> Turn:
        d = self.script._driving
        claiming = Claiming(id=self.next_id(), by=self.agent(), holder=holder, **more)
        return await self.request(d.check_claiming, d.claim, claiming)

    async def release(self, fence: int | None) -> Turn:
        d = self.script._driving
        return await self.request(
            d.check_releasing, d.release, Releasing(id=self.next_id(), by=self.agent(), fence=fence)
        )

    async def drive(self, key: str, value: Any, fence: int | None) -> Turn:
        """An agent's answer for the customer."""
        r = self.script._requests
        pending = self.case.asking.find(key)
        revision = pending.revision if pending else 1
        answer = Answer(
            id=self.next_id(), by=self.agent(), key=key, revision=revision, value=as_json(value), fence=fence
        )
        return await self.request(r.check_answer, r.answer, answer)

    def next_id(self) -> str:
        self._requests += 1
        return f"request-{self._requests}"

    async def request(
        self, check: Callable[[T], None], handle: Callable[[T], Coroutine[Any, Any, Turn]], request: T
    ) -> Turn:
        """Check and handle a request as the workflow's update does; a refusal comes back as the turn's note."""
        self._ensure_playing()
        try:
            check(request)
            turn = await handle(request)
        except Refused as refused:
            turn = Turn.model_validate(refused.turn) if refused.turn else self.case.turn(since=self.case.state.told)
            return as_turn(refused, turn)
        await self.host.quiet()
        return turn

    async def arrive(self, channel: Channel = Channel.WEB, request_id: str | None = None, **more: Any) -> Turn:
        r = self.script._requests
        return await self.request(
            r.check_arrival, r.arrive, Arrival(id=request_id or self.next_id(), by=self.by(channel), **more)
        )

    async def answer(
        self,
        key: str,
        value: Any,
        channel: Channel = Channel.WEB,
        revision: int | None = None,
        request_id: str | None = None,
    ) -> Turn:
        r = self.script._requests
        pending = self.case.asking.find(key)
        asked = revision if revision is not None else pending.revision if pending else 1
        request = Answer(
            id=request_id or self.next_id(), by=self.by(channel), key=key, revision=asked, value=as_json(value)
        )
        return await self.request(r.check_answer, r.answer, request)

    async def correct(
        self,
        key: str,
        value: Any = None,
        channel: Channel = Channel.WEB,
        withdraw: bool = False,
        request_id: str | None = None,
    ) -> Turn:
        r = self.script._requests
        request = Correction(
            id=request_id or self.next_id(), by=self.by(channel), key=key, value=as_json(value), withdraw=withdraw
        )
        return await self.request(r.check_correction, r.correct, request)

    async def leave(self, channel: Channel = Channel.WEB) -> Turn:
        r = self.script._requests
        return await self.request(r.check_leaving, r.leave, Leaving(id=self.next_id(), by=self.by(channel)))

    async def remark(self, text: str, channel: Channel = Channel.WEB) -> Turn:
        r = self.script._requests
        return await self.request(r.check_remark, r.remark, Remark(id=self.next_id(), by=self.by(channel), text=text))

    async def cancel(self, channel: Channel = Channel.WEB) -> Turn:
        r = self.script._requests
        return await self.request(r.check_cancelling, r.cancel, Cancelling(id=self.next_id(), by=self.by(channel)))

    async def report(
        self, name: str, data: Any = None, about: str | None = None, request_id: str | None = None
    ) -> Turn:
        r = self.script._requests
        event = Event(id=request_id or self.next_id(), name=name, about=about, data=data)
        return await self.request(r.check_event, r.report, event)

    async def skips(self, **by: float) -> None:
        """Let time pass: ``skips(hours=3)``."""
        await self.host.skip(timedelta(**by))

    @property
    def facts(self) -> list[Fact]:
        return self.case.state.facts
