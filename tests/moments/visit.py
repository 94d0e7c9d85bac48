"""A case as a script of who says what: ``says(colour="silver")`` checks that just this is asked, and answers it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from models.case import Note, Status
from models.people import Channel
from tests.engine.shop import Delivery
from tests.moments.route import Route, short
from workflows.rehearsal import Rehearsal


class Visit:
    """One case of a route's moment, played by hand. ``turn`` is the latest; time goes by with :meth:`passes`."""

    def __init__(self, route: Route, channel: Channel = Channel.WEB) -> None:
        self.route = route
        self.channel = channel
        self.actors = route.actors()
        self.delivery = Delivery()
        self.case = Rehearsal(route.moment, *self.actors, self.delivery)

    async def arrives(self, channel: Channel | None = None) -> Visit:
        self.channel = channel or self.channel
        self.turn = await self.case.arrive(self.channel)
        return self

    async def says(self, **answers: Any) -> Visit:
        """In the order they are asked; ``_`` stands for ``-`` in a key."""
        for name, value in answers.items():
            asked, key = self.turn.pending[0].question.key, name.replace("_", "-")
            assert short(asked) == key, f"{asked} is asked, not {key}"
            self.turn = await self.case.answer(asked, value, self.channel)
            assert self.turn.note is None, (asked, self.turn.note, self.turn.because)
        return self

    async def goes_on(self, until: str, **other: Any) -> Visit:
        """Answer as the route does up to the question ``until``; ``other`` says what is answered instead."""
        instead = {name.replace("_", "-"): value for name, value in other.items()}
        while self.asks != [until]:
            key = self.asks[0].replace("-", "_")
            given = instead.get(self.asks[0], self.route.answers.get(self.asks[0]))
            await self.says(**{key: given(self.turn.pending[0]) if callable(given) else given})
        return self

    async def corrects(self, key: str, value: Any) -> Visit:
        self.turn = await self.case.correct(key, value, self.channel)
        return self

    async def calls_off(self) -> Visit:
        self.turn = await self.case.cancel(self.channel)
        return self

    async def hears(self, happening: Any) -> Visit:
        """The company's systems tell the case what happened."""
        event = await self.route.event(happening, self.actors)
        await self.case.report(event.name, event.data, event.about, event.id)
        self.turn = self.case.case.turn(since=0)
        return self

    async def passes(self, **time: float) -> Visit:
        await self.case.host.skip(timedelta(**time))
        self.turn = self.case.case.turn(since=0)
        return self

    @property
    def asks(self) -> list[str]:
        return [short(pending.question.key) for pending in self.turn.pending]

    @property
    def because(self) -> str | None:
        """Why the question is asked (again)."""
        because = self.turn.pending[0].because
        return because.code if because else None

    @property
    def options(self) -> list[str]:
        question = self.turn.pending[0].question
        assert question.kind == "choice"
        return [option.id for option in question.options]

    @property
    def told(self) -> list[str]:
        return [notice.key for notice in self.case.case.state.notices]

    def notice(self, key: str) -> dict[str, Any]:
        return next(notice.data for notice in self.case.case.state.notices if notice.key == key)

    @property
    def status(self) -> Status:
        return self.case.case.state.status

    @property
    def closed(self) -> bool:
        return self.status.closed

    @property
    def note(self) -> Note | None:
        return self.turn.note

    @property
    def answers(self) -> dict[str, Any]:
        return {line.key: line.value for line in self.turn.answers}

    @property
    def now(self) -> datetime:
        return self.case.host.clock

    async def effects(self) -> list[Any]:
        return await self.route.effects(self.actors, self.case.opening.customer)
