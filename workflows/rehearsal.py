"""A moment played in plain asyncio, with its own clock: for tests, for trying a script in the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Caring,
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
from models.ledger import Fact
from models.people import Actor, Assurance, Channel, Provenance
from workflows.engine.ledger import as_json
from workflows.engine.refusing import as_turn
from workflows.moment import Moment
from workflows.rehearsal_host import RehearsalHost

T = TypeVar("T")


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

    async def care(self, request_id: str | None = None, **more: Any) -> Turn:
        """Segue gives the case into somebody's care; ``helped=True`` is one of the staff."""
        by = self.agent() if more.get("helped") else self.by(Channel.DESK).model_copy(update={"actor": Actor.SEGUE})
        tending = self.script._tending
        return await self.request(tending.check, tending.care, Caring(id=request_id or self.next_id(), by=by, **more))

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
