"""Whoever asks to be called is called: at once, about what they are doing, at a number of theirs."""

from __future__ import annotations

import pytest

from database.calls import Callback
from models.people import Address
from tests.gateway.conftest import CUSTOMER
from tests.switchboard.conftest import Town

HOME = Address(kind="phone", value=CUSTOMER)


async def due(town: Town) -> list[Callback]:
    return await town.parts.calls.callbacks_due(9)


@pytest.mark.parametrize("words", ["Call me please", "can you give me a call?", "CALL", "I'd rather talk on the phone"])
async def test_about_the_case_in_hand(town: Town, words: str) -> None:
    await town.says("pay my bill")
    assert await town.says(words) == "All right, we are calling you now."
    (call,) = await due(town)
    assert (call.case, call.address) == ((await town.turn("pay-bill")).case, HOME)
    assert await town.parts.calls.people_waiting(9) == []


async def test_whatever_the_hour_and_once(town: Town) -> None:
    await town.says("pay my bill", over="whatsapp:")
    await town.says("call me", over="whatsapp:")
    await town.says("call me now", over="whatsapp:")
    assert len(await due(town)) == 1


async def test_without_a_case_the_call_asks_what_they_want(town: Town) -> None:
    assert await town.says("call me") == "All right, we are calling you now."
    (call,) = await due(town)
    assert (call.case, call.address) == (None, HOME)


async def test_in_spanish(town: Town) -> None:
    await town.parts.customers.meet(HOME, language="es")
    await town.says("quiero pagar mi factura")
    assert await town.says("llámame por favor") == "De acuerdo, le llamamos ahora."
    assert [call.case for call in await due(town)] == [(await town.turn("pay-bill")).case]


async def test_who_is_on_the_phone_and_wants_to_be_called_is_promised_a_person(town: Town) -> None:
    await town.calls(SpeechResult="call me back", path="/twilio/voice/turn?a=0&n=0")
    assert await due(town) == []
    assert [waiting.address for waiting in await town.parts.calls.people_waiting(9)] == [HOME]


async def test_help_says_so(town: Town) -> None:
    await town.says("pay my bill")
    assert "CALL ME" in await town.says("help")
