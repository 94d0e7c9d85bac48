"""Who writes STOP is left alone, whatever happens next, until START."""

from __future__ import annotations

import asyncio
import re

import pytest

from database.cases import Cases
from database.outbox import Outbox
from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ours(customer: Customer) -> list[str]:
    """What was handed to the carrier by us, whether it went out or not."""
    texts = (await customer.phone.state())["texts"]
    return [text["body"] for text in texts if text["by"] == "company"]


async def reached(world: World, customer: Customer) -> list[tuple[str, str | None]]:
    """The messages of the case that answer nothing: how far each came, and why no further."""
    id = await world.known(customer.phone.number)
    [case] = await Cases(world.database).open_for(str(id))
    kept = await Outbox(world.database).for_case(case.id)
    return [(each.status, each.reason) for each in kept if not each.key.startswith("reply:")]


async def calls_and_hangs_up(customer: Customer) -> None:
    call = await customer.calls()
    await call.hangs_up()
    await asyncio.sleep(1.5)


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
async def test_after_stop_a_hang_up_sends_nothing(world: World, customer: Customer, channel: str) -> None:
    await customer.phone.texts("pay my bill", channel=channel)
    await customer.hears("How much would you like to pay?")
    await customer.phone.texts("stop", channel=channel)
    await asyncio.sleep(1.0)
    before = await ours(customer)
    await calls_and_hangs_up(customer)
    assert await ours(customer) == before
    assert await reached(world, customer) == []
    await customer.phone.texts("start", channel=channel)
    await customer.hears("You will get our texts again")
    await calls_and_hangs_up(customer)
    await customer.hears("Go on here")


async def over(world: World, customer: Customer) -> str:
    """Over what the last message that answers nothing went out."""
    id = await world.known(customer.phone.number)
    [case] = await Cases(world.database).open_for(str(id))
    kept = await Outbox(world.database).for_case(case.id)
    return [each for each in kept if not each.key.startswith("reply:")][-1].channel.value


async def test_who_writes_over_whatsapp_is_reached_there(world: World, customer: Customer) -> None:
    await customer.phone.texts("pay my bill", channel="whatsapp")
    await customer.hears("How much would you like to pay?")
    await calls_and_hangs_up(customer)
    await customer.hears("Go on here")
    assert await over(world, customer) == "whatsapp"


async def test_cancel_by_text_stops_texts_and_yes_starts_them(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    await customer.texts("cancel")
    await asyncio.sleep(1.0)
    before = await ours(customer)
    await customer.texts("pay my bill")
    await asyncio.sleep(1.0)
    assert await ours(customer) == before
    await customer.texts("yes")
    await customer.hears("How much would you like to pay?")


async def test_a_code_that_is_asked_for_is_texted_all_the_same(customer: Customer) -> None:
    await customer.phone.texts("pay my bill", channel="whatsapp")
    await customer.hears("How much would you like to pay?")
    await customer.phone.texts("stop", channel="whatsapp")
    await customer.hears("no more texts")
    await customer.opens(f"{(await customer.phone.deliveries())[0]['url'].split('/twilio')[0]}/resume")
    await customer.page.get_by_role("textbox").first.fill(customer.phone.number)
    await customer.page.locator("form button").first.click()
    assert re.search(r"\d{6}", await customer.hears("code"))


async def test_no_words_are_kept_once_they_are_sent(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    await calls_and_hangs_up(customer)
    await customer.hears("Go on here")
    id = await world.known(customer.phone.number)
    [case] = await Cases(world.database).open_for(str(id))
    kept = await Outbox(world.database).for_case(case.id)
    assert len(kept) >= 2
    assert {each.body for each in kept} == {""}
