"""Whoever is dialled hears first who it is; only then are the two connected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from simulators.carrier import Handset
from simulators.carrier.handset import HandsetCall
from tests.simulators.listener import NUMBER, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

DESK = "+14155550601"
DIAL = (
    f'<Dial action="/dialled" timeout="20" answerOnBridge="true" callerId="{NUMBER}">'
    f'<Number url="/whisper" statusCallback="/leg" statusCallbackEvent="completed">{DESK}</Number></Dial>'
)
ASK = '<Gather action="/key" numDigits="1"><Say>A customer. Press 1.</Say></Gather><Hangup/>'


@pytest_asyncio.fixture(loop_scope="session")
async def desk(world: World) -> AsyncIterator[Handset]:
    world.listener.replies |= {
        "/twilio/voice": DIAL,
        "/whisper": ASK,
        "/key": lambda hook: "" if hook.form.get("Digits") == "1" else "<Hangup/>",
        "/dialled": lambda hook: f"<Say>{hook.form['DialCallStatus']} {hook.form['DialBridged']}</Say><Gather/>",
        "/leg": "",
    }
    async with Handset(world.carrier, DESK, patience=3) as phone:
        yield phone


async def hears(call: HandsetCall, words: str) -> None:
    async with asyncio.timeout(3):
        while words not in await call.looks():
            await asyncio.sleep(0.01)


async def test_the_two_speak_once_the_key_is_pressed(world: World, desk: Handset) -> None:
    call = await world.phone.calls()
    ringing = await desk.rings()
    assert await ringing.answers() == "A customer. Press 1."
    with pytest.raises(AssertionError, match="still rings"):
        await call.says("hello?")
    assert (await world.phone.state())["calls"][0]["talking_to"] is None
    await ringing.presses("1")
    await call.says("It is me")
    await call.looks()
    assert call.state["talking_to"] == DESK
    await ringing.hangs_up()
    await hears(call, "completed true")
    [whisper], [key], [leg] = (world.listener.at(path) for path in ("/whisper", "/key", "/leg"))
    assert (whisper.form["From"], whisper.form["To"], whisper.form["Direction"]) == (NUMBER, DESK, "outbound-dial")
    assert (key.form["Digits"], key.form["CallSid"], key.form["ParentCallSid"]) == ("1", ringing.sid, call.sid)
    assert (leg.form["CallStatus"], leg.form["CallSid"]) == ("completed", ringing.sid)


async def test_another_key_does_not_connect_them(world: World, desk: Handset) -> None:
    call = await world.phone.calls()
    ringing = await desk.rings()
    await ringing.answers()
    await ringing.presses("5")
    assert ringing.over
    await hears(call, "completed false")


async def test_who_hangs_up_while_they_are_told_is_not_connected(world: World, desk: Handset) -> None:
    call = await world.phone.calls()
    ringing = await desk.rings()
    await ringing.answers()
    await ringing.hangs_up()
    await hears(call, "completed false")
    await call.hangs_up()
    assert await world.phone.errors() == []


async def test_a_caller_who_hangs_up_ends_the_other_leg(world: World, desk: Handset) -> None:
    call = await world.phone.calls()
    ringing = await desk.rings()
    await ringing.answers()
    await call.hangs_up()
    async with asyncio.timeout(3):
        while not ringing.over:
            await ringing.looks()
    assert world.listener.at("/dialled") == []


async def test_a_number_that_is_not_ours_is_not_shown(world: World, desk: Handset) -> None:
    world.listener.replies["/twilio/voice"] = DIAL.replace(NUMBER, "+14155559999")
    await world.phone.calls()
    assert [error["code"] for error in await world.phone.errors()] == [13214]
