"""Requests as the provider really sends them, to our own addresses: each is dealt with as it should be."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import parse_qsl

import httpx

from database.outbox import Message
from models.people import Address, Channel
from simulators.carrier import signature
from tests.gateway.conftest import CUSTOMER, PUBLIC, TOKEN, World

SAMPLES = Path(__file__).parents[1] / "channels/payloads"


async def sample(world: World, name: str, path: str, **changed: str) -> httpx.Response:
    """A sample request, signed for one of our own addresses."""
    pairs = parse_qsl((SAMPLES / f"{name}.form").read_text("utf-8"), keep_blank_values=True)
    form = dict(pairs) | changed
    return await world.client.post(
        path, data=form, headers={"X-Twilio-Signature": signature(TOKEN, PUBLIC + path, form)}
    )


async def texted(world: World, name: str) -> list[Message]:
    answer = await sample(world, name, "/twilio/messages")
    assert (answer.status_code, answer.text) == (200, "<Response/>")
    return await world.sent()


async def test_a_plain_text_is_answered(world: World) -> None:
    (reply,) = await texted(world, "sms_inbound")
    assert (reply.channel, reply.to.value) == (Channel.SMS, CUSTOMER)


async def test_a_text_delivered_again_is_answered_once(world: World) -> None:
    answers = await asyncio.gather(
        sample(world, "sms_duplicate_a", "/twilio/messages"),
        sample(world, "sms_duplicate_b_same_token", "/twilio/messages"),
    )
    assert [answer.text for answer in answers] == ["<Response/>"] * 2
    assert len(await world.sent()) == 1


async def test_a_stop_that_was_answered_is_kept_and_not_answered(world: World) -> None:
    assert await texted(world, "sms_stop_advanced_optout") == []
    assert not await world.parts.post.may(Channel.SMS, Address(kind="phone", value=CUSTOMER))


async def test_a_long_text_with_emoji_is_read_whole(world: World) -> None:
    (reply,) = await texted(world, "sms_emoji_400_chars")
    assert reply.body


async def test_whatsapp_asks_for_a_person(world: World) -> None:
    (reply,) = await texted(world, "whatsapp_text")
    assert reply.channel is Channel.WHATSAPP


async def test_somebody_elses_button_is_only_its_words(world: World) -> None:
    await texted(world, "whatsapp_text")
    (reply,) = await texted(world, "whatsapp_button_reply")
    assert reply.channel is Channel.WHATSAPP
    assert world.switchboard.plays == {}


async def a_message(world: World, key: str, provider_id: str) -> None:
    to = Address(kind="phone", value=CUSTOMER)
    await world.parts.outbox.put(Message(key=key, case=None, customer=None, channel=Channel.SMS, to=to, body="Hi"))
    await world.parts.outbox.claim(key)
    await world.parts.outbox.sent(key, provider_id, "queued")


async def test_a_late_sent_does_not_take_delivered_back(world: World) -> None:
    await a_message(world, "m1", "SM000000000000000000000000000001f4")
    for name in ("status_arrival1_delivered", "status_arrival2_sent"):
        assert (await sample(world, name, "/twilio/messages/status?out=m1")).status_code == 204
        assert await world.parts.outbox.status_of("m1") == "delivered"


async def test_an_unreachable_handset_is_known_with_its_reason(world: World) -> None:
    await a_message(world, "m1", "SM000000000000000000000000000001f5")
    assert (await sample(world, "status_undelivered_30003", "/twilio/messages/status?out=m1")).status_code == 204
    kept = await world.parts.outbox.get("m1")
    assert kept is not None
    assert (kept.status, kept.reason) == ("undelivered", "30003")


def next_path(heard: httpx.Response) -> str:
    found = re.search(r'action="https://segue.example([^"]+)"', heard.text)
    assert found, heard.text
    return found.group(1).replace("&amp;", "&")


async def test_a_whole_call(world: World) -> None:
    await world.texts("pay my bill")
    heard = await sample(world, "inbound_call", "/twilio/voice")
    assert "How much would you like to pay?" in heard.text
    heard = await sample(world, "gather_timeout_bare", next_path(heard))
    heard = await sample(world, "gather_speech", next_path(heard))
    assert "$42.50" in heard.text
    heard = await sample(world, "gather_dtmf", next_path(heard))
    assert "<Gather" in heard.text
    assert (await sample(world, "status_completed", "/twilio/voice/status")).status_code == 204
    assert ("leave", "CAc3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3:over") in world.switchboard.requests


async def test_a_token_of_pay_answers_in_words_and_leaves_no_trace(world: World) -> None:
    await world.texts("pay my bill")
    await sample(world, "inbound_call", "/twilio/voice")
    answer = await sample(world, "pay_action_tokenized", "/twilio/pay")
    assert answer.status_code == 200
    assert "<Response>" in answer.text
    assert "pm_1QabcTest" not in answer.text
