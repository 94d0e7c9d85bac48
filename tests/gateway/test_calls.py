"""Calls come in: TwiML always and in time, and the case keeps its place."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import timedelta

import pytest
from starlette.datastructures import FormData

from gateway.callbacks import Callbacks
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.texts import TextDesk
from models.people import Address, Assurance, Channel
from tests.gateway.conftest import CUSTOMER, PUBLIC, World

STATUS = {"Direction": "inbound", "From": CUSTOMER, "To": "+18005550100"}


def action(twiml: str) -> str:
    """Where the next request of a call goes."""
    found = re.search(r'action="([^"]+)"', twiml) or re.search(r"<Redirect[^>]*>([^<]+)<", twiml)
    assert found, twiml
    url = html.unescape(found.group(1))
    assert url.startswith(f"{PUBLIC}/twilio/voice/turn?")
    return url.removeprefix(PUBLIC)


async def test_a_new_caller_is_greeted_and_pays(world: World) -> None:
    heard = await world.calls()
    assert "What would you like to do?" in heard
    assert "c=" not in action(heard)
    heard = await world.calls(action(heard), SpeechResult="I want to pay my bill", Confidence="0.93")
    assert "How much would you like to pay?" in heard
    assert "k=amount&r=1&a=0" in action(heard)
    heard = await world.calls(action(heard), SpeechResult="forty dollars", Confidence="0.9")
    assert "$40" in heard
    assert "k=when" in action(heard)


async def test_whoever_began_by_text_goes_straight_on(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await world.texts("40", "SM2")
    heard = await world.calls()
    assert "You were paying your bill" in heard
    assert "How much" not in heard
    assert "k=when" in action(heard)


async def test_not_understanding_counts_up_and_ends_with_a_person(world: World) -> None:
    await world.texts("pay my bill")
    heard = await world.calls()
    for attempt in (1, 2):
        heard = await world.calls(action(heard))
        assert f"a={attempt}" in action(heard)
    heard = await world.calls(action(heard), SpeechResult="mumble")
    assert "will call you back" in heard
    assert "<Hangup" in heard


async def test_understood_counts_from_the_start_again(world: World) -> None:
    await world.texts("pay my bill")
    heard = await world.calls()
    heard = await world.calls(action(heard), SpeechResult="mumble mumble")
    heard = await world.calls(action(heard), Digits="40")
    assert "k=when" in action(heard)
    assert "a=0" in action(heard)


async def test_say_that_again_is_another_request_each_time(world: World) -> None:
    await world.texts("pay my bill")
    heard = await world.calls()
    first = action(heard)
    heard = await world.calls(first, SpeechResult="can you repeat that")
    assert "How much would you like to pay?" in heard
    assert action(heard) != first
    assert "a=0" in action(heard)


async def test_three_deliveries_at_once_are_one_answer(world: World) -> None:
    await world.texts("pay my bill")
    where = action(await world.calls())
    replies = await asyncio.gather(*(world.calls(where, SpeechResult="forty dollars") for _ in range(3)))
    assert len([request for request in world.switchboard.requests if request[0] == "answer"]) == 1
    assert len(set(replies)) == 1
    assert "k=when" in replies[0]


async def test_an_old_turn_hears_the_current_question(world: World) -> None:
    await world.texts("pay my bill")
    where = action(await world.calls())
    await world.texts("40", "SM2")
    heard = await world.calls(where, SpeechResult="fifty dollars")
    assert "k=when" in action(heard)
    assert "How much" not in heard


async def test_with_temporal_away_the_caller_hears_so_and_is_called_back(world: World) -> None:
    await world.texts("pay my bill")
    world.switchboard.away = True
    heard = await world.calls()
    assert "call again in a few minutes" in heard
    assert "<Hangup" in heard
    (callback,) = await world.parts.calls.callbacks_due(10)
    assert callback.address.value == CUSTOMER


class Slow(CallDesk):
    async def _speaker(self, body: object) -> None:  # type: ignore[override]  # never comes to an answer
        await asyncio.sleep(30)


async def test_the_answer_comes_within_our_own_deadline(world: World) -> None:
    desk = Slow(world.parts, deadline=0.05)
    async with asyncio.timeout(2):
        heard = await desk.begin(FormData([("CallSid", "CA1"), *STATUS.items()]))
    assert "call again in a few minutes" in heard


async def test_words_said_while_temporal_was_away_are_taken_later(world: World) -> None:
    await world.texts("pay my bill")
    where = action(await world.calls())
    world.switchboard.away = True
    await world.calls(where, SpeechResult="forty dollars")
    world.switchboard.away = False
    rounds = Callbacks(world.parts, TextDesk(world.parts), CallDesk(world.parts))
    (waiting,) = await world.parts.inbox.unfinished(timedelta(seconds=-5), 10)
    await rounds._redo(waiting)
    (case,) = await world.switchboard.open_cases(await customer(world))
    turn = await world.switchboard.look(case.id)
    assert turn is not None
    assert [line.key for line in turn.answers] == ["amount"]


async def customer(world: World) -> str:
    address = Address(kind="phone", value=CUSTOMER)
    return (await world.switchboard.recognise(Channel.SMS, address, Assurance.CLAIMED)).customer


async def test_hanging_up_leaves_the_case_once(world: World) -> None:
    await world.texts("pay my bill")
    await world.calls()
    for number, status in (("2", "completed"), ("1", "in-progress"), ("2", "completed")):
        form = STATUS | {"CallSid": "CA1", "CallStatus": status, "SequenceNumber": number}
        assert (await world.provider("/twilio/voice/status", form)).status_code == 204
    assert [what for what, _ in world.switchboard.requests].count("leave") == 1


@pytest.mark.parametrize("number", ["anonymous", "unknown", "", "client:someone", "sip:a@b.example"])
async def test_a_withheld_number_gets_a_sentence(world: World, number: str) -> None:
    heard = await world.calls(From=number)
    assert "see your number" in html.unescape(heard)
    assert "<Hangup" in heard


@pytest.mark.parametrize("path", ["/twilio/voice", "/twilio/voice/turn?a=0", "/twilio/voice/status"])
async def test_an_unsigned_call_is_refused(world: World, path: str) -> None:
    answer = await world.client.post(path, data=STATUS | {"CallSid": "CA1"}, headers={"X-Twilio-Signature": "x"})
    assert answer.status_code == 403


async def test_our_own_call_is_to_the_customer_and_possession(world: World) -> None:
    await world.texts("pay my bill")
    heard = await world.calls(Direction="outbound-api", From="+18005550100", To=CUSTOMER)
    assert "How much would you like to pay?" in heard


async def test_a_malformed_place_reads_as_the_start(world: World) -> None:
    heard = await world.calls("/twilio/voice/turn?a=%2D5&r=x&n=99999999999", SpeechResult="pay my bill")
    assert "How much would you like to pay?" in heard


async def test_nobody_there_for_a_wish_is_not_asked_for_ever(world: World) -> None:
    heard = await world.calls()
    for _ in range(3):
        heard = await world.calls(action(heard))
    assert "<Hangup" in heard
