"""A new card, keyed in during a call: the provider takes it, and no part of Segue ever sees its number."""

from __future__ import annotations

import pytest

from simulators.carrier.handset import Handset
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARD = "4000056655665556"


async def test_begun_by_text_and_paid_with_a_card_that_only_the_provider_saw(world: World) -> None:
    async with Handset(world.carrier, world.number()) as phone:
        for words, reply in (("pay my bill", "How much"), ("$61.37", "now, or on"), ("now", "How would you like")):
            await phone.texts(words)
            await phone.hears_text(reply, within=25)
        call = await phone.calls()
        assert "How would you like to pay?" in call.heard
        heard = await call.says("a new card please")
        assert "Please enter the new card on your keypad now." in heard
        for keys in (f"{CARD}#", "1249#"):
            heard = await call.presses(keys)
        heard = await call.presses("123#")
        assert "Visa ending 5 5 5 6" in heard
        assert "Pay $61.37 now with Visa ending 5 5 5 6?" in heard
        assert "Thank you! We received $61.37 from Visa ending 5 5 5 6." in await call.says("yes")
        await call.hangs_up()
        await phone.hears_text("Thank you", within=25)
    assert await world.payments(phone.number) == 1
    kept = [*world.machine.data.glob("*.db*"), *(world.machine.data / "log").glob("*.log")]
    assert kept
    assert [file.name for file in kept if CARD.encode() in file.read_bytes()] == []


async def test_star_leads_back_to_the_cards_on_file(world: World) -> None:
    async with Handset(world.carrier, world.number()) as phone:
        for words, reply in (("pay my bill", "How much"), ("40", "now, or on"), ("now", "How would you like")):
            await phone.texts(words)
            await phone.hears_text(reply, within=25)
        call = await phone.calls()
        await call.says("a new card")
        heard = await call.presses("*")
        assert "All right, no new card." in heard
        assert "Pay $40.00 now with Visa ending 4 2 4 2?" in await call.presses("1")
        await call.hangs_up()
