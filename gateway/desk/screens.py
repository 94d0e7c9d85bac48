"""What is on everybody's screen: one look at the database for all desks, and nothing that nobody takes is left."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from fastapi import Request

from database.attendance import Attending, State
from database.pops import Kind, Pop
from gateway.parts import Parts, parts_of
from gateway.staff.guard import here

FRESH = 0.5
PATIENCE = 20.0
MOST_OFFERED = 4
PASSED_ON: frozenset[Kind] = frozenset({"chat", "handed-over", "owned"})


@dataclass(frozen=True)
class Shown:
    """A pop as it is shown: whose case it is, and which."""

    pop: Pop
    name: str | None

    @property
    def path(self) -> str:
        return f"/desk/case/{self.pop.case}" if self.pop.case else f"/desk/customer/{self.pop.customer}"

    @property
    def moment(self) -> str | None:
        return self.pop.case.split("/")[0] if self.pop.case else None


@dataclass
class Screens:
    """The pops of everybody, at most half a second old. What nobody takes is put before the next who is there."""

    parts: Parts
    _pops: list[Pop] = field(default_factory=list)
    _looked: float = 0.0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, person: str) -> list[Pop]:
        """What is before somebody now, longest first."""
        async with self._lock:
            if time.monotonic() - self._looked > FRESH:
                self._pops = await self.parts.pops.all()
                self._looked = time.monotonic()
                await self._move()
            return [pop for pop in self._pops if pop.staff == person]

    async def shown(self, person: str) -> list[Shown]:
        """The same straight from the database, with the names of the customers."""
        return [Shown(pop, await self._name(pop)) for pop in await self.parts.pops.waiting(person)]

    async def _name(self, pop: Pop) -> str | None:
        known = await self.parts.customers.get(await self.parts.customers.owner(pop.customer))
        return known.name if known else None

    async def _move(self) -> None:
        here = datetime.now(UTC)
        late = [pop for pop in self._pops if pop.kind in PASSED_ON and (here - pop.at).total_seconds() > PATIENCE]
        for pop in late:
            if pop.case is not None:
                await self._pass_on(pop, pop.case)

    async def _pass_on(self, pop: Pop, case: str) -> None:
        turn = await self.parts.switchboard.look(case)
        if turn is None or turn.status.closed:
            return await self.parts.pops.seen(pop.id, pop.staff)
        if turn.claim is not None:
            return await self.parts.pops.taken(case, turn.claim.holder)
        offered = await self.parts.pops.offered(case)
        free = [each for each in await self.parts.attendance.there() if each.id not in offered and not each.held]
        if free and len(offered) < MOST_OFFERED and await self.parts.pops.pass_on(pop, free[0].id):
            await self.parts.attendance.offered(free[0].id)
        return None


def screens_of(request: Request) -> Screens:
    """Those of this app, made for the first who comes."""
    state = request.app.state
    if not hasattr(state, "screens"):
        state.screens = Screens(parts_of(request))
    return cast("Screens", state.screens)


@dataclass(frozen=True)
class Bar:
    """What every page of the desk shows of its agent: how they are there, and what is before them.

    ``stage``: their phone is one of the stage's.
    """

    there: Attending | None
    pops: list[Shown]
    stage: bool = False

    @property
    def state(self) -> State:
        return self.there.state if self.there else "away"


async def attended(request: Request) -> None:
    """A page of the desk is opened: its agent is there, and what they open needs no pop any more."""
    if "x-fragment" in request.headers or request.url.path.endswith("/live"):
        return
    parts, person, given = parts_of(request), here(request).person, request.path_params
    if request.method == "GET":
        await parts.attendance.seen(person.id)
        if "customer" in given:
            customer = str(given["customer"])
            case = f"{given['moment']}/{customer}/{given['number']}" if "number" in given else None
            await parts.pops.opened(person.id, case=case, customer=customer)
    request.state.bar = await bar_of(request)


async def bar_of(request: Request) -> Bar:
    parts, person = parts_of(request), here(request).person
    there, pops = await parts.attendance.of(person.id), await screens_of(request).shown(person.id)
    return Bar(there, pops, stage=parts.carrier_url is not None)


__all__ = ["Bar", "Screens", "Shown", "attended", "bar_of", "screens_of"]
