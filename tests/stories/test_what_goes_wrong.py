"""What goes wrong in life: everything five times, forged requests, strange words, stale links, Temporal away."""

from __future__ import annotations

import secrets
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from simulators.carrier.signing import signature
from tests.database.postgres import postgres_url
from tests.stories import world as stage
from tests.stories.test_a_bill_is_paid import journey, nothing_was_asked_twice_and_paid_once
from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def nothing() -> None: ...


async def posts(
    world: World, path: str, form: dict[str, str], *, sign: bool = True, tamper: bool = False
) -> httpx.Response:
    """A webhook request as Twilio makes it."""
    token = world.machine.environment["TWILIO_AUTH_TOKEN"]
    headers = {"X-Twilio-Signature": signature(token, f"{world.site}{path}", form)} if sign else {}
    sent = {**form, "Body": "pay it all"} if tamper else form
    async with httpx.AsyncClient(base_url=world.site, trust_env=False) as client:
        return await client.post(path, data=sent, headers=headers)


def text(world: World, number: str, body: str) -> dict[str, str]:
    return {
        "AccountSid": world.machine.environment["TWILIO_ACCOUNT_SID"],
        "MessageSid": f"SM{secrets.token_hex(16)}",
        "From": number,
        "To": "+18005550100",
        "Body": body,
        "NumMedia": "0",
    }


async def test_every_webhook_five_times_and_out_of_order(world: World, customer: Customer) -> None:
    await customer.phone.nemesis(duplicate=4, parallel=True, reorder=50)
    try:
        await journey(customer, nothing)
    finally:
        await customer.phone.calm()
    await nothing_was_asked_twice_and_paid_once(world, customer)
    heard = Counter(message["body"] for message in await customer.phone.received())
    assert max(heard.values()) == 1


@pytest.mark.parametrize("how", [{"sign": False}, {"tamper": True}], ids=["no signature", "a changed body"])
async def test_a_forged_request_does_nothing(world: World, how: dict[str, Any]) -> None:
    number = world.number()
    refused = await posts(world, "/twilio/messages", text(world, number, "pay my bill"), **how)
    assert refused.status_code == 403
    assert await world.known(number) is None


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("x" * 12_000, "too long"),
        ("\U0001f600\U0001f600", "1) Full"),
        ("أريد أن أدفع", "1) Full"),
        ("", "empty"),
        ("\x00\ud7ff", "1) Full"),
    ],
    ids=["12 kB", "emoji", "right to left", "nothing", "control characters"],
)
async def test_strange_words_get_a_clear_answer(world: World, customer: Customer, words: str, reply: str) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    answered = await posts(world, "/twilio/messages", text(world, customer.phone.number, words))
    assert answered.status_code == 200
    assert reply in await customer.hears("")
    await customer.texts("40")
    await customer.hears("now, or on a later day?")


async def test_an_unknown_caller_is_asked_what_they_want(customer: Customer) -> None:
    call = await customer.calls()
    assert "?" in call.heard
    assert "How much would you like to pay?" in await call.says("I'd like to pay my bill please")
    await call.hangs_up()


async def test_a_link_works_once(customer: Customer) -> None:
    await customer.texts("pay my bill")
    call = await customer.calls()
    await call.hangs_up()
    await customer.hears("Go on here")
    link = await customer.phone.link()
    assert (await stage.answers(link)).status_code == 200
    await customer.opens_the_texted_link()
    await customer.sees("How much would you like to pay?")
    await customer.opens(link)
    await customer.sees("no longer")


async def test_a_finished_case_says_so(world: World, customer: Customer) -> None:
    await journey(customer, nothing)
    await customer.texts("yes")
    await customer.hears("")
    assert await world.payments(customer.phone.number) == 1


async def test_a_declined_card_leads_to_another_and_one_charge(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    await customer.texts("30")
    await customer.hears("now, or on a later day?")
    await customer.texts("now")
    await customer.hears("How would you like to pay?")
    await customer.texts("mastercard")
    await customer.hears("Mastercard ending 0002")
    await customer.texts("yes")
    assert "How would you like to pay?" in await customer.hears("Mastercard")
    assert await world.payments(customer.phone.number) == 0
    await customer.texts("1")
    await customer.hears("Visa ending 4242")
    await customer.texts("yes")
    await customer.hears("Thank you")
    assert await world.payments(customer.phone.number) == 1


async def test_while_temporal_is_away_nothing_is_lost(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    world.machine.kill("temporal")
    try:
        call = await customer.calls()
        assert "Nothing is lost" in call.heard
        assert call.over
        await customer.texts("$33")
    finally:
        await world.machine.start_temporal()
    ringing = await customer.phone.rings(within=40)
    assert "How" in await ringing.answers() or "now" in ringing.heard
    await ringing.hangs_up()
    await customer.phone.hears_text("now, or on a later day?", within=40)


async def test_the_same_on_postgresql(browser: Any, tmp_path: Path) -> None:
    with postgres_url() as url:
        async with stage.world(tmp_path, DATABASE_URL=url) as running, stage.customer(running, browser) as person:
            await journey(person, nothing)
            await nothing_was_asked_twice_and_paid_once(running, person)
