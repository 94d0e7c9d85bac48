"""A route played as a rehearsal: each answer over whatever channel comes next, and what happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import repeat
from typing import Any

from models.case import Turn
from models.people import Channel
from tests.engine.shop import Delivery
from tests.moments.route import Happening, Route, short
from workflows.rehearsal import Rehearsal


@dataclass
class Played:
    """What came of it: ``asked`` are the short keys in the order they were answered, ``turns`` what was shown."""

    route: Route
    actors: list[object]
    case: Rehearsal
    delivery: Delivery
    asked: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        return [notice.key for notice in self.case.case.state.notices]

    @property
    def shown(self) -> int:
        """The number of the latest notice that was shown."""
        return max((notice.number for turn in self.turns for notice in turn.notices), default=0)

    async def effects(self) -> list[Any]:
        return await self.route.effects(self.actors, self.case.opening.customer)


async def played(route: Route, channels: Iterator[Channel] | None = None) -> Played:
    """Answer every question as the route does, report its events, let its time pass."""
    channels = channels or repeat(Channel.WEB)
    actors, delivery = route.actors(), Delivery()
    run = Played(route, actors, Rehearsal(route.moment, *actors, delivery), delivery)
    if route.before is not None:
        await route.before(actors, run.case.opening.customer)
    channel = next(channels)
    turn = await run.case.arrive(channel)
    run.turns.append(turn)
    events = list(route.events)
    while not turn.status.closed:
        reached = {short(key) for key in run.case.case.watch.waiting} | set(run.asked[-1:])
        due = next((event for event in events if event[0] in reached), None)
        if due is not None:
            events.remove(due)
            await _happens(run, due[1])
        elif turn.pending:
            channel = next(channels)
            turn = await _answered(run, turn, channel)
            continue
        else:
            break
        turn = run.case.case.turn(since=run.shown)
        run.turns.append(turn)
    if route.passes is not None:
        await run.case.host.skip(route.passes)
    return run


async def _happens(run: Played, happening: Happening) -> None:
    if isinstance(happening, timedelta):
        await run.case.host.skip(happening)
    else:
        event = await run.route.event(happening, run.actors)
        await run.case.report(event.name, event.data, event.about, event.id)


async def _answered(run: Played, turn: Turn, channel: Channel) -> Turn:
    pending = turn.pending[0]
    turn = await run.case.answer(pending.question.key, run.route.answer(pending), channel)
    assert turn.note is None, (pending.question.key, turn.note, turn.because)
    run.asked.append(short(pending.question.key))
    run.turns.append(turn)
    return turn
