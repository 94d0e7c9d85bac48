"""Somebody comes in, by text, and says what they want in their own words."""

from __future__ import annotations

from models.people import Address
from tests.gateway.conftest import CUSTOMER
from tests.switchboard.conftest import Town

EITHER, FIRST, SECOND = "change my plan and pay my bill", "change-plan", "pay-bill"


async def test_what_they_want_begins_at_once(town: Town) -> None:
    assert "How much" in await town.says("I'd like to pay my bill")
    assert await town.asks("pay-bill") == "amount"


async def test_a_hello_is_answered_with_one(town: Town) -> None:
    assert "What would you like to do" in await town.says("hi")


async def test_the_second_time_nobody_understands_it_is_a_person(town: Town) -> None:
    assert "PERSON" in await town.says("blorg")
    assert "in touch with you" in await town.says("blorg blorg")
    assert [waiting.address.value for waiting in await town.parts.calls.people_waiting(9)] == [CUSTOMER]


async def test_whoever_is_understood_the_second_time_begins(town: Town) -> None:
    await town.says("blorg")
    await town.says("pay my bill")
    assert await town.asks("pay-bill") == "amount"


async def test_two_likely_ones_are_one_short_question(town: Town) -> None:
    said = await town.says(EITHER)
    assert "1 for the first, or 2 for the second" in said
    await town.says("the second one")
    assert await town.asks(SECOND) != ""


async def test_two_likely_ones_by_number(town: Town) -> None:
    await town.says(EITHER)
    await town.says("1")
    assert await town.asks(FIRST) != ""


async def test_two_likely_ones_in_own_words(town: Town) -> None:
    await town.says(EITHER)
    await town.says("pay my bill please")
    assert await town.asks("pay-bill") == "amount"


async def test_an_offer_is_forgotten_after_a_while(town: Town) -> None:
    await town.says(EITHER)
    await town.later(hours=1)
    assert "PERSON" in await town.says("2")


async def test_whoever_has_a_case_is_met_with_it_first(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=5)
    met = await town.says("good morning my friends")
    assert "You were upgrading your phone" in met
    assert "Reply YES" in met
    resumed = await town.says("yes")
    assert "olor" in resumed


async def test_the_old_case_can_wait(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=5)
    await town.says("good morning my friends")
    assert "What would you like to do" in await town.says("no")
    assert "How much" in await town.says("pay my bill")
    assert await town.asks("upgrade-device") == "colour"


async def test_something_else_is_a_no(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=5)
    await town.says("good morning my friends")
    assert "What would you like to do" in await town.says("Something else!")


async def test_the_answer_itself_is_taken_after_any_time(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(days=3)
    await town.says("blue")
    assert await town.asks("upgrade-device") == "storage"


async def test_in_a_running_exchange_nobody_is_met_again(town: Town) -> None:
    await town.says("upgrade my phone")
    again = await town.says("good morning my friends")
    assert "You were" not in again
    assert "olor" in again


async def test_a_case_that_waits_swallows_nothing(town: Town) -> None:
    await town.says("change my plan")
    await town.says("unlimited")
    assert await town.asks("change-plan") == ""
    assert "How much" in await town.says("pay my bill")
    customer = await town.parts.customers.find(Address(kind="phone", value=CUSTOMER))
    assert customer is not None
    assert len(await town.parts.switchboard.open_cases(customer.id)) == 2


async def test_words_beside_a_case_that_waits_are_kept_for_it(town: Town) -> None:
    await town.says("change my plan")
    await town.says("unlimited")
    assert "nothing for you to do" in await town.says("thanks a lot")
