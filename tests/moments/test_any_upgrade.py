"""Whatever a customer and a shop do, in any order: never two phones, never one that nobody agreed to."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from models.case import Status
from models.ledger import Answered, Confirmed
from models.people import Channel
from models.questions import AnyQuestion
from simulators.shop import BLOCKED, ITEMS
from tests.moments.route import CODE
from tests.moments.routes_upgrade_device import OLD_PHONE, SENT, leaves, shop_of
from tests.moments.visit import Visit

CHANNELS = [Channel.PHONE, Channel.SMS, Channel.WEB]
IMEIS: list[Any] = [OLD_PHONE, OLD_PHONE, BLOCKED, "012345678901237", None]


def fitting(question: AnyQuestion, chance: Random) -> Any:
    """Some answer that fits; mostly yes."""
    match question.kind:
        case "choice":
            return chance.choice(question.options).id
        case "slot":
            return chance.choice(question.slots).id
        case "change":
            return chance.choice(question.answers)
        case "digits":
            return chance.choice(IMEIS)
        case "code":
            return chance.choice([CODE, "000000"])
        case _:
            return chance.random() < 0.8


class Life:
    """A case to which things happen by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.visit = Visit(SENT)
        self.shop = shop_of(self.visit.actors)

    async def goes_on(self, times: int) -> None:
        things = [self.answer] * 12 + [self.correct] * 4 + [self.withdraw, self.sell, self.fill, self.lose]
        things += [self.move, self.wait, self.come_back]
        await self.visit.arrives()
        for _ in range(times):
            await self.chance.choice(things)()
            await self.nothing_is_double()

    async def nothing_is_double(self) -> None:
        live = [order for order in await self.visit.effects() if order["state"] in {"placed", "left"}]
        assert len(live) <= 1
        assert all(self.visit.case.case.state.attempts.get("Devices.place_order") for _ in live)

    async def answer(self) -> None:
        pending = self.visit.case.case.state.pending
        if pending:
            value = fitting(pending[0].question, self.chance)
            await self.visit.case.answer(pending[0].question.key, value, self.chance.choice(CHANNELS))

    async def correct(self) -> None:
        key = self._answered()
        question = self.visit.case.case.asking.questions.get(key)
        if question is not None:
            await self.visit.case.correct(key, fitting(question, self.chance), self.chance.choice(CHANNELS))

    async def withdraw(self) -> None:
        await self.visit.case.correct(self._answered(), withdraw=True)

    async def sell(self) -> None:
        await self.shop.sell_out(self.chance.choice(sorted(ITEMS)))

    async def fill(self) -> None:
        await self.shop.fill(self.chance.choice(["harbor-mall-0303-10", "main-street-0303-16"]))

    async def lose(self) -> None:
        self.shop.lose_answer()

    async def move(self) -> None:
        await self.visit.case.host.quiet()
        if not self.visit.closed and self.visit.case.case.movable:
            await self.visit.case.move()

    async def wait(self) -> None:
        await self.visit.passes(minutes=self.chance.choice([5, 20, 600]))

    async def come_back(self) -> None:
        await self.visit.arrives(self.chance.choice(CHANNELS))

    def _answered(self) -> str:
        answered = self.visit.case.case.ledger.all(Answered)
        return self.chance.choice(answered).key if answered else "device"


SEEDS = pytest.mark.parametrize("seed", range(40))


@SEEDS
async def test_one_phone_comes_in_the_end(seed: int) -> None:
    life = Life(seed)
    await life.goes_on(40)
    life.shop._lost = 0
    visit = life.visit
    for _ in range(60):
        await visit.passes(minutes=16)
        await life.answer()
        if visit.case.case.ledger.find(Confirmed, "order") and not visit.case.case.state.pending:
            break
    await visit.hears(leaves)

    assert visit.status is Status.FINISHED
    assert [order["billed"] for order in await visit.effects() if order["state"] == "left"] == [True]
    assert {order["state"] for order in await visit.effects()} <= {"left", "called-off"}


@SEEDS
async def test_nothing_is_left_of_what_is_called_off(seed: int) -> None:
    life = Life(seed)
    await life.goes_on(25)
    life.shop._lost = 0
    await life.visit.passes(minutes=16)
    await life.visit.calls_off()
    await life.visit.passes(hours=1)

    assert life.visit.status is Status.CANCELLED
    assert {order["state"] for order in await life.visit.effects()} <= {"called-off"}
    assert (await life.shop._shelf())["took"] == {}
