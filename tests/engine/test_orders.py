"""A phone is ordered on a real server: the shop's news reaches the customer, and what is called off is not sent."""

from __future__ import annotations

import pytest

from bootstrap import activities_of
from models.case import Note, Status
from tests.engine.paths import at_rest, up_to
from tests.engine.temporal import World
from tests.moments.routes_upgrade_device import SENT, effects, leaves

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_customer_is_told_when_the_phone_is_on_its_way(world: World) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await up_to(world, ann, SENT, "order"), True)
    assert [notice.key for notice in turn.notices] == ["ordered"]

    shop = activities_of(world.wiring)
    event = await leaves(shop, ann.customer)
    await world.board.report(turn.case, event)
    await world.board.report(turn.case, event)
    turn = await at_rest(world, turn)
    await world.closed(turn)

    told = [message.body for message in world.post.messages.values() if message.case == turn.case]
    assert len([text for text in told if "on its way" in text]) == 1
    (order,) = await effects(shop, ann.customer)
    assert (order["state"], order["billed"]) == ("left", True)


async def test_what_is_called_off_is_not_sent(world: World) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await up_to(world, ann, SENT, "order"), True)
    turn = await world.board.cancel(ann, turn.case, world.id())

    assert turn.status is Status.CANCELLED
    assert [order["state"] for order in await effects(activities_of(world.wiring), ann.customer)] == ["called-off"]
    assert (await world.board.correct(ann, turn.case, world.id(), "colour", "gold")).note is Note.FINISHED
