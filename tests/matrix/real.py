"""A cell of the matrix played for real: Temporal, signed webhooks, forms, the API."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import httpx

from activities.arrangements import Arrangements
from activities.billing import Billing
from activities.care import Care
from activities.devices import Devices
from activities.disputes import Disputes
from activities.network import Network
from activities.plans import Plans
from database.cases import Cases
from database.company import CompanyBooks
from database.journal import Journal
from models.case import Turn
from models.people import Channel
from simulators.arrangements import PretendCollections
from simulators.care import CareDesk
from simulators.carrier.handset import Handset
from simulators.company import Company
from simulators.disputes import PretendClaims
from simulators.machine import own_secrets
from simulators.network import NetworkDesk
from simulators.shop import Shop
from simulators.tariffs import Tariffs
from tests.gateway.visitor import Form
from tests.matrix import grid
from tests.matrix.people import Person, somebody
from tests.moments.route import Route, short
from tests.stories.world import World
from workflows.engine.caring import LATE, PROMISED
from workflows.engine.visitors import VERIFY

AT_ONCE = 8
PATIENCE = 20.0
KEPT = {"answered", "confirmed", "told", "did"}


@dataclass(frozen=True)
class Ending:
    """What a case's journal tells, whatever it was played over."""

    rows: tuple[str, ...]
    asked: tuple[tuple[str, int], ...]


async def associate(world: World) -> dict[str, str]:
    """The cookies of a tablet at which an associate has signed in."""
    async with httpx.AsyncClient(base_url=world.site, follow_redirects=True, trust_env=False) as client:
        page = await client.get("/store")
        own = own_secrets(world.machine.data)
        form = Form(page.text, "/store/sign-in").fields | {"name": "associate", "password": own["staff_associate"]}
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        done = await client.post("/store/sign-in", data=form, headers=headers)
        assert done.status_code == 200, done.status_code
        return dict(client.cookies)


def company(world: World) -> list[object]:
    """The pretend company as the machine's own worker has it, for a route to prepare and to ask what was done."""
    books = CompanyBooks(world.database)
    tariffs, office = Tariffs(books), Company(books)
    return [
        Billing(office),
        Devices(Shop(books, tariffs)),
        Plans(tariffs),
        Arrangements(PretendCollections(office, books)),
        Disputes(PretendClaims(office, books)),
        Network(NetworkDesk(books)),
        Care(CareDesk(books, "+15005550006")),
    ]


async def before_any_wait(route: Route) -> list[str]:
    """The questions a route comes to before anything else has to happen, or days have to pass."""
    walk = grid.Walk(route)
    try:
        turn = await walk.begins(Channel.WEB)
        while not turn.status.closed and walk.before_a_wait is None:
            turn = await walk.answers(turn, Channel.WEB)
        return walk.asked if walk.before_a_wait is None else walk.before_a_wait
    finally:
        await walk.case.end()


class Played:
    """One customer on the way along a route."""

    def __init__(self, person: Person, route: Route, keys: Sequence[str]) -> None:
        self.person, self.route, self.keys = person, route, list(keys)
        self.cases = Cases(person.world.database)

    async def turn(self) -> Turn:
        found = await self.cases.turn(self.person.case)
        assert found is not None
        return found

    async def until(self, what: Any, why: str) -> Turn:
        """The journal's turn once it is as wanted."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            turn = await self.turn()
            if what(turn):
                return turn
            assert asyncio.get_running_loop().time() < deadline, f"{why}: {_at(turn)}"
            await asyncio.sleep(0.05)

    async def begins(self, channel: Channel) -> Turn:
        await self.person.over(channel).begins(self.route.moment.id)
        for _ in range(200):
            if open_cases := await self.cases.open_for(self.person.id):
                self.person.case = open_cases[0].id
                break
            await asyncio.sleep(0.05)
        assert self.person.case, f"no case came of it: {self.person.over(channel).heard[:300]}"
        return await self.ready(channel, self.keys[0])

    async def ready(self, channel: Channel, key: str) -> Turn:
        """The turn once that question is up, for somebody who may be asked."""
        turn = await self.until(lambda t: t.question is not None, f"waiting for {key}")
        while turn.question is not None and turn.question.question.key.startswith(VERIFY):
            proving = turn.question
            await self.person.over(channel).says(turn, proving, await self.person.code())
            turn = await self.until(
                lambda t, was=proving: t.question is not None and t.question != was, f"after the code, {key}"
            )
        assert turn.question is not None
        assert short(turn.question.question.key) == key, f"{turn.question.question.key} is asked, not {key}"
        return turn

    async def answers(self, turn: Turn, channel: Channel) -> None:
        pending = turn.question
        assert pending is not None
        via = grid.able(channel, pending.question)
        if via is not channel:
            await self.comes(turn, via)
        value = self.route.answer(pending)
        await self.person.over(via).says(turn, pending, value)
        key, revision = pending.question.key, pending.revision
        await self.until(
            lambda t: t.question is None or (t.question.question.key, t.question.revision) != (key, revision),
            f"{via.value} said {value!r} to {key} and heard {self.person.over(via).heard[-300:]!r}",
        )
        if via is not channel:
            await self.person.over(channel).hears_on()

    async def comes(self, before: Turn, channel: Channel) -> Turn:
        """Arrive on another channel: the same question is asked there, in at most one step."""
        way = self.person.over(channel)
        await way.returns()
        assert before.question is not None
        turn = await self.ready(channel, short(before.question.question.key))
        assert turn.question is not None
        assert (turn.question.question.key, turn.question.revision) == (
            before.question.question.key,
            before.question.revision,
        )
        if not await way.asks(turn):
            await way.goes_on(turn)
        assert await way.asks(turn), f"{channel.value} does not ask {turn.question.question.key}: {way.heard[-300:]!r}"
        return turn

    async def ending(self) -> Ending:
        last = self.keys[-1]
        await self.until(
            lambda t: t.status.closed or t.question is None or short(t.question.question.key) != last, "the end"
        )
        await asyncio.sleep(0.2)
        rows = [r for r in await Journal(self.person.world.database).rows(self.person.case) if r.key]
        rows = [r for r in rows if r.key and not r.key.startswith(VERIFY)]
        asked = Counter(short(r.key) for r in rows if r.what == "asked" and r.key)
        # What somebody of ours promises is beside the script: a player who hangs up at every question gets that, too.
        kept = [f"{r.what} {short(r.key or '')}" for r in rows if r.what in KEPT and r.key not in {PROMISED, LATE}]
        return Ending(tuple(sorted(kept)), tuple(sorted(asked.items())))


@dataclass(frozen=True)
class Play:
    """A route with the channel it begins on, and the one on which each of its questions is answered."""

    route: Route
    keys: tuple[str, ...]
    channels: tuple[Channel, ...]

    @property
    def cells(self) -> set[str]:
        """The switches on the way, each at the question that is pending then."""
        between = zip(self.keys, pairwise(self.channels), strict=True)
        return {str(grid.Cell(self.route, key, first, then)) for key, (first, then) in between if first is not then}

    def __str__(self) -> str:
        return f"{self.route}: {', '.join(channel.value for channel in self.channels)}"


async def played(world: World, play: Play, store: dict[str, str]) -> Ending:
    async with Handset(world.carrier, world.number()) as phone:
        person = await somebody(world, phone, store)
        if play.route.before is not None:
            await play.route.before(company(world), person.id)
        try:
            return await _through(Played(person, play.route, play.keys), play.channels)
        finally:
            for way in person.way.values():
                await way.close()


async def _through(run: Played, channels: Sequence[Channel]) -> Ending:
    channel, turn = channels[0], await run.begins(channels[0])
    for place, (key, then) in enumerate(zip(run.keys, channels[1:], strict=True)):
        if place:
            turn = await run.ready(channel, key)
        if then is not channel:
            await run.person.over(channel).leaves()
            turn, channel = await run.comes(turn, then), then
        await run.answers(turn, channel)
    return await run.ending()


def straight(route: Route, keys: Sequence[str]) -> Play:
    """The whole route at the desk."""
    return Play(route, tuple(keys), (Channel.DESK,) * (len(keys) + 1))


def drawn(routes: Sequence[Play], cells: int, seed: int) -> list[Play]:
    """Plays that switch at every question until so many switches are among them; no route twice before each once."""
    chance, found, plays = random.Random(seed), set[str](), list[Play]()
    while len(found) < cells:
        for play in chance.sample(routes, len(routes)):
            channels = [chance.choice(list(Channel))]
            for _ in play.keys:
                channels.append(chance.choice([channel for channel in Channel if channel is not channels[-1]]))
            made = replace(play, channels=tuple(channels))
            if len(found) < cells and made.cells - found:
                found |= made.cells
                plays.append(made)
    return plays


def _at(turn: Turn) -> str:
    asks = turn.question.question.key if turn.question else "nothing"
    return f"{turn.case.split('/')[0]} is {turn.status.value} and asks {asks}"
