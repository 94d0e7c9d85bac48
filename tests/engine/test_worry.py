"""What a customer hears when a step leaves everybody in the dark."""

from __future__ import annotations

import asyncio

from models.case import Status
from models.people import Channel
from tests.engine.shop import Delivery, Shop, asks, soon, status, text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Buy(Moment):
    async def script(self) -> None:
        item = await self.ask(text("item"))
        await self.do(Shop.order, item, final=True)


async def test_whoever_was_told_working_on_it_hears_once_that_it_takes_a_person() -> None:
    shop, delivery = Shop(), Delivery()
    case = Rehearsal(Buy, shop, delivery)
    await case.arrive(Channel.WEB)
    gate = shop.hold("order")
    shop.next["order"] = [ConnectionError(), ConnectionError()]
    answering = await soon(case, case.answer("item", "lamp"))
    await case.skips(seconds=2)
    assert (await answering).working
    assert delivery.kinds == []
    gate.set()
    await asyncio.sleep(0.01)
    await case.host.quiet()
    assert status(case) is Status.UNCERTAIN
    assert delivery.kinds == ["checking"]
    await case.skips(minutes=16)
    await asyncio.sleep(0.01)
    await case.host.quiet()
    assert status(case) is Status.UNCERTAIN
    assert delivery.kinds == ["checking"]
    await case.skips(minutes=16)
    await asyncio.sleep(0.01)
    await case.host.quiet()
    assert status(case) is Status.FINISHED
    assert asks(case.case.turn(since=0)) == []
