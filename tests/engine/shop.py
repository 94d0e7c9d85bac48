"""A little shop whose steps can be slow, refuse and fail, and words to look at what happened."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

from activities.step import effect, idempotency_key, reads
from models.case import Opening, Policy, Reach, Status, Turn
from models.errors import Declined, NothingOwed
from models.journal import Row
from models.ledger import Fact
from models.people import Channel, Provenance
from models.questions import Choice, Option, Text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal

EARLIER = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


class Shop:
    """``did``: what happened, with what, under which key. ``next``: what tries raise. ``gates``: what they wait for."""

    def __init__(self) -> None:
        self.did: list[tuple[str, str, str]] = []
        self.next: dict[str, list[Exception | None]] = defaultdict(list)
        self.gates: dict[str, asyncio.Event] = {}
        self.prices: list[int] = []

    @property
    def did_what(self) -> list[str]:
        return [f"{what} {with_what}" for what, with_what, _ in self.did]

    def keys(self, what: str) -> list[str]:
        return [key for done, _, key in self.did if done == what]

    def hold(self, what: str) -> asyncio.Event:
        """Have a step wait until the event is set."""
        return self.gates.setdefault(what, asyncio.Event())

    async def _happen(self, what: str, with_what: str, key: str = "") -> None:
        self.did.append((what, with_what, key))
        if what in self.gates:
            await self.gates[what].wait()
        error = self.next[what].pop(0) if self.next[what] else None
        if error is not None:
            raise error

    @effect(Declined)
    async def reserve(self, item: str) -> str:
        await self._happen("reserve", item, idempotency_key())
        return f"{item}, reserved"

    @effect()
    async def release(self, reserved: str) -> None:
        await self._happen("release", reserved.removesuffix(", reserved"), idempotency_key())

    @effect(Declined)
    async def order(self, item: str) -> str:
        await self._happen("order", item, idempotency_key())
        return f"{item}, ordered"

    @reads(NothingOwed)
    async def price(self, item: str) -> int:
        await self._happen("price", item)
        return self.prices.pop(0) if self.prices else 10


class Delivery:
    """Keeps what would have been sent."""

    def __init__(self, *, broken: bool = False) -> None:
        self.reached: list[Reach] = []
        self.broken = broken

    @effect()
    async def reach(self, reach: Reach) -> str:
        if self.broken:
            raise ConnectionError
        self.reached.append(reach)
        return "sent"

    @property
    def kinds(self) -> list[str]:
        return [reach.kind for reach in self.reached]


def choice(key: str, *options: str) -> Choice:
    return Choice(key, options=[Option(id=o, label=o) for o in options])


def text(key: str, **more: Any) -> Text:
    return Text(key, **more)


def asks(turn: Turn) -> list[str]:
    """The keys a turn asks, in order."""
    return [pending.question.key for pending in turn.pending]


def told(turn: Turn) -> list[str]:
    return [notice.key for notice in turn.notices]


def answers(turn: Turn) -> dict[str, Any]:
    return {line.key: line.value for line in turn.answers}


def rows(rehearsal: Rehearsal) -> list[Row]:
    """The journal as a reader has it: last writer wins."""
    kept = {row.sequence: row for page in rehearsal.host.pages for row in page.rows}
    return [kept[number] for number in sorted(kept)]


def story(rehearsal: Rehearsal, *only: str) -> list[str]:
    return [f"{row.what} {row.key or ''}".strip() for row in rows(rehearsal) if not only or row.what in only]


def status(rehearsal: Rehearsal) -> Status:
    return rehearsal.case.state.status


def fact(name: str, value: Any) -> Fact:
    return Fact(name=name, value=value, by=Provenance(channel=Channel.SMS, at=EARLIER))


def opening(moment: type[Moment], *facts: Fact, policy: Policy | None = None) -> Opening:
    return Opening(case=f"{moment.id}/c_test/1", customer="c_test", facts=list(facts), policy=policy or Policy())


async def given(rehearsal: Rehearsal, **values: Any) -> Turn:
    """Arrive and answer, in order."""
    turn = await rehearsal.arrive()
    for key, value in values.items():
        turn = await rehearsal.answer(key, value)
    return turn


async def soon(rehearsal: Rehearsal, call: Coroutine[Any, Any, Turn]) -> asyncio.Task[Turn]:
    """A request under way, as far as it comes by itself."""
    task = asyncio.ensure_future(call)
    await asyncio.sleep(0)
    await rehearsal.host.quiet()
    return task
