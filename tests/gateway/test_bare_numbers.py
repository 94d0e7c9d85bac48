"""A bare "1" answers the question that was texted, and none that came after it."""

from __future__ import annotations

import asyncio

from models.people import Address, Assurance, Channel
from tests.gateway.conftest import CUSTOMER, World

HOME = Address(kind="phone", value=CUSTOMER)


async def on_the_page(world: World, key: str, value: object, revision: int = 1) -> None:
    """The customer answers somewhere else meanwhile."""
    customer = await world.parts.customers.find(HOME)
    assert customer is not None
    speaker = await world.switchboard.recognise(Channel.SMS, HOME, Assurance.POSSESSION)
    (case,) = await world.switchboard.open_cases(customer.id)
    await world.switchboard.answer(speaker, case.id, f"page:{key}", key, revision, value)


async def replies(world: World) -> list[str]:
    return [message.body for message in await world.sent()]


async def test_an_option_of_a_question_since_answered_on_the_page_is_not_taken(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await on_the_page(world, "amount", {"amount": "40.00", "currency": "USD"})
    await replies(world)
    await world.texts("2", "SM2")
    (reply,) = await replies(world)
    assert "already answered" in reply
    assert "now, or on a later day" in reply
    await world.texts("1", "SM3")
    assert "How would you like to pay?" in (await replies(world))[0]


async def test_a_one_for_an_earlier_question_is_no_consent(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    visa = {"token": "pm_visa_4242", "label": "Visa ending 4242"}
    for key, value in (("amount", {"amount": "40.00", "currency": "USD"}), ("when", "now"), ("method", visa)):
        await on_the_page(world, key, value)
    await replies(world)
    await world.texts("1", "SM2")
    (reply,) = await replies(world)
    assert "Pay $40" in reply
    assert "Thank you" not in reply
    await world.texts("yes", "SM3")
    assert "Thank you" in (await replies(world))[0]


async def test_three_quick_ones_answer_one_question(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await asyncio.gather(*(world.texts("1", f"SM{number}") for number in (2, 3, 4)))
    assert [what for what, _ in world.switchboard.requests].count("answer") == 1
    assert all("now, or on a later day" in reply for reply in (await replies(world))[1:])


async def test_words_are_taken_wherever_the_case_is(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await on_the_page(world, "amount", {"amount": "40.00", "currency": "USD"})
    await replies(world)
    await world.texts("now", "SM2")
    assert "How would you like to pay?" in (await replies(world))[0]


async def test_a_number_over_another_way_is_its_own(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await on_the_page(world, "amount", {"amount": "40.00", "currency": "USD"})
    await replies(world)
    await world.texts("1", "SM2", From=f"whatsapp:{CUSTOMER}", To="whatsapp:+18005550100")
    assert "How would you like to pay?" in (await replies(world))[0]
