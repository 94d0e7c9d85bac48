"""Two things at once by text, and a code that goes on with one of them from somebody else's phone."""

from __future__ import annotations

import pytest

from database.cases import Cases
from database.passes import Passes
from simulators.carrier.handset import Handset
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_bill_in_the_middle_of_an_upgrade_and_on_by_a_borrowed_phone(world: World) -> None:
    number = world.number()
    async with Handset(world.carrier, number) as phone:
        await phone.texts("I'd like to upgrade my phone")
        asked = await phone.hears_text("1)", within=25)
        await phone.texts("wait, I want to pay my bill first")
        assert "come back to upgrading your phone" in await phone.hears_text("How much", within=25)
        for words, reply in (("40", "now, or on"), ("now", "How would you like to pay?"), ("1", "Pay $40")):
            await phone.texts(words)
            await phone.hears_text(reply, within=25)
        await phone.texts("yes")
        back = await phone.hears_text("Back to upgrading your phone", within=25)
        assert "Thank you" in back
        assert asked.splitlines()[-1] in back
    customer = await world.known(number)
    assert customer is not None
    (case,) = await Cases(world.database).open_for(customer)
    code = await Passes(world.database).issue_code(case.id, customer)
    async with Handset(world.carrier, world.number()) as borrowed:
        call = await borrowed.calls()
        heard = await call.says(f"My code is {' '.join(code)}")
        assert "You were upgrading your phone" in heard
        assert "press 1" in heard.lower()
    assert await Passes(world.database).use(code) is None
    assert await world.payments(number) == 1
