"""One story over the real carrier: a caller is put through, the agent's screen has the case, and lets it go again."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from channels.providers.twilio import TwilioDoor
from gateway.app import create_app
from gateway.browser import STAFF
from models.staff import Role
from simulators.carrier import Account, Handset, create_carrier, listening
from simulators.carrier.handset import HandsetCall
from tests.gateway.conftest import ACCOUNT, CUSTOMER, NUMBER, TOKEN
from tests.gateway.test_desk import Agent
from tests.gateway.test_tasks import WORKFLOW
from tests.gateway.test_through import ANN
from tests.switchboard.conftest import Town, town

__all__ = ["town"]


def free() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture
async def carrier(town: Town) -> AsyncIterator[str]:
    """The town's door on a port of its own, and a carrier that calls it."""
    ours, theirs = free(), free()
    url, carrier = f"http://127.0.0.1:{ours}", f"http://127.0.0.1:{theirs}"
    door = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=carrier)
    town.parts = replace(town.parts, public_url=url, door=door, carrier_url=carrier)
    account = Account(ACCOUNT, TOKEN, NUMBER, webhooks=url, pace=0.01, second=0.01, workflow=WORKFLOW, workers=(ANN,))
    phones = create_carrier(account)
    async with listening(create_app(town.parts), port=ours), listening(phones, port=theirs):
        yield carrier
    door.close()


async def ann_is_there(town: Town) -> Agent:
    person = await town.parts.staff.ensure("ann@desk", "Ann", Role.AGENT, "north")
    token = await town.parts.staff_sessions.open(person, "password", "a browser")
    ann, here = Agent(town), httpx.ASGITransport(create_app(town.parts))
    ann.client = httpx.AsyncClient(transport=here, base_url=town.parts.public_url, cookies={STAFF: token})
    await ann.opens("/desk")
    await ann.sends("/desk/here", state="available", phone=ANN)
    return ann


async def hears(call: HandsetCall, words: str) -> None:
    async with asyncio.timeout(5):
        while words not in await call.looks():
            await asyncio.sleep(0.02)


async def test_put_through_and_back(town: Town, carrier: str) -> None:
    ann = await ann_is_there(town)
    async with Handset(carrier, CUSTOMER, patience=5) as phone, Handset(carrier, ANN, patience=5) as hers:
        call = await phone.calls()
        await call.says("pay my bill")
        await call.says("forty dollars")
        await call.presses("0")
        assert "putting you through to Ann" in call.heard
        ringing = await hers.rings()
        assert "One question is answered." in await ringing.answers()
        await ringing.presses("1")
        await call.says("At last")
        assert (await ringing.looks(), ringing.transcript.endswith("customer: At last")) == ("", True)
        await ann.opens("/desk")
        await ann.sends("/open")
        assert "You have this case" in ann.page.text
        await ann.sends("/release")
        await ringing.hangs_up()
        await hears(call, "Would you like to pay now")
        assert await phone.errors() == []
        case = (await town.turn("pay-bill")).case
    words = town.parts.words("en", "UTC")
    told = [words.story("pay-bill", row) for row in await town.parts.journal.rows(case)]
    assert [line for line in told if "Ann" in line] == ["Put through to Ann.", "Ann took the call."]


async def test_found_by_task_router(town: Town, carrier: str) -> None:
    object.__setattr__(town.parts, "task_router", WORKFLOW)  # frozen for everybody but a test
    ann = await ann_is_there(town)
    async with Handset(carrier, CUSTOMER, patience=5) as phone, Handset(carrier, ANN, patience=5) as hers:
        call = await phone.calls()
        await call.says("pay my bill")
        await call.presses("0")
        await hears(call, "You are number 1 in line")
        ringing = await hers.rings()
        assert "Nothing is answered yet." in await ringing.answers()
        await ringing.presses("1")
        await call.says("At last")
        assert "At last" in await ringing.looks() or "At last" in ringing.transcript
        await ann.opens("/desk")
        await ann.sends("/open")
        assert "You have this case" in ann.page.text
        await ann.sends("/release")
        await ringing.hangs_up()
        await hears(call, "How much")
        assert await phone.errors() == []
