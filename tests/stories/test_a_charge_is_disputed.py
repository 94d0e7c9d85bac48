"""A charge is asked about by text, disputed on the phone, and given back once, in writing."""

from __future__ import annotations

import re

import pytest

from database.company import CompanyBooks
from simulators.carrier.handset import Handset
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_begun_by_text_gone_on_by_phone_and_written_down(world: World) -> None:
    async with Handset(world.carrier, world.number()) as phone:
        before = await phone.errors()
        await phone.texts("there is a wrong charge on my bill")
        assert "Which charge on your bill is it about?" in await phone.hears_text("Which charge", within=25)
        call = await phone.calls()
        assert "code we sent" in call.heard, "a number alone proves nothing"
        code = re.findall(r"\b\d{6}\b", await phone.hears_text("code is", within=25))[0]
        assert "Which charge" in await call.presses(code)
        assert "settle it" in await call.says("the late fee")
        assert "What is wrong with it?" in await call.says("no")
        assert "photo or a document" in await call.says("I was charged twice")
        await call.hangs_up()
        await phone.hears_text("photo or a document", within=25)
        await phone.texts("no")
        await phone.hears_text("Dispute Late fee, $4.00, because you were charged twice?", within=25)
        await phone.texts("yes")
        told = await phone.hears_text("You get $4.00 back for Late fee", within=25)
        assert "Still to pay: $80.20." in told
        customer = await world.known(phone.number)
        assert customer
        assert len(await CompanyBooks(world.database).papers("credit", customer)) == 1
        assert await phone.errors() == before
