"""Who was promised that one of the team gets in touch stands on a list, and the machine does not call them."""

from __future__ import annotations

import pytest

from database.calls import Callback
from gateway.callbacks import Callbacks
from gateway.metrics import PEOPLE_WAITING
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.texts import TextDesk
from models.people import Actor
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.test_calls import action


async def waiting(world: World) -> list[Callback]:
    assert await world.parts.calls.callbacks_due(10) == []
    return await world.parts.calls.people_waiting(10)


async def test_a_person_wished_for_by_text(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    assert await waiting(world) == []
    await world.texts("I want to talk to a person", "SM2")
    (somebody,) = await waiting(world)
    assert somebody.address.value == CUSTOMER
    assert [text for _, text in world.switchboard.remarks] == ["I want to talk to a person"]
    await world.texts("person", "SM3")
    assert await waiting(world) == [somebody]


async def test_a_person_wished_for_without_a_case(world: World) -> None:
    await world.texts("agent", "SM1")
    assert len(await waiting(world)) == 1


async def test_a_person_wished_for_on_the_phone(world: World) -> None:
    await world.texts("pay my bill")
    heard = await world.calls()
    heard = await world.calls(action(heard), Digits="0")
    assert "will call you back" in heard
    assert len(await waiting(world)) == 1
    said, promised = world.switchboard.remarks
    assert (said[0], promised[0]) == (Actor.CUSTOMER, Actor.SEGUE)
    assert "will call you back" in promised[1]


@pytest.mark.parametrize("began", [True, False])
async def test_a_caller_who_was_not_understood_three_times(world: World, began: bool) -> None:
    if began:
        await world.texts("pay my bill")
    heard = await world.calls()
    for _ in range(3):
        assert await waiting(world) == []
        heard = await world.calls(action(heard), SpeechResult="mumble")
    assert "will call you back" in heard
    assert len(await waiting(world)) == 1


@pytest.mark.parametrize(("ended", "count"), [("no-answer", 1), ("busy", 1), ("completed", 0)])
async def test_a_call_to_a_person_that_nobody_took(world: World, ended: str, count: int) -> None:
    await world.texts("pay my bill")
    await world.calls()
    await world.calls("/twilio/voice/turn?a=0", DialCallStatus=ended)
    assert len(await waiting(world)) == count


async def test_the_machine_and_the_team_are_two_lists(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await world.texts("person", "SM2")
    world.switchboard.away = True
    await world.calls()
    assert len(await world.parts.calls.callbacks_due(10)) == 1
    assert len(await world.parts.calls.people_waiting(10)) == 1


async def test_how_many_wait_is_counted(world: World) -> None:
    await world.texts("person", "SM1")
    await Callbacks(world.parts, TextDesk(world.parts), CallDesk(world.parts)).count()
    assert PEOPLE_WAITING._value.get() == 1
    answer = await world.client.get("/metrics")
    assert "segue_people_waiting 1.0" in answer.text
