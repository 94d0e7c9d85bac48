"""Texts come in: signed or refused, kept, answered once, whatever they hold."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.datastructures import FormData

from gateway.callbacks import Callbacks
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.texts import TextDesk
from simulators.carrier import signature
from switchboard.conversation import Conversation, Heard
from tests.gateway.conftest import CUSTOMER, PUBLIC, TOKEN, World, sid


async def test_a_customer_pays_by_text(world: World) -> None:
    answer = await world.texts("pay my bill", "SM1")
    assert (answer.status_code, answer.text) == (200, "<Response/>")
    assert answer.headers["content-type"].startswith("text/xml")
    (reply,) = await world.sent()
    assert reply.key == f"reply:{sid('SM1')}"
    assert "How much would you like to pay?" in reply.body
    await world.texts("40", "SM2")
    (reply,) = await world.sent()
    assert "Pay now, or later?" in reply.body or "pay now" in reply.body


async def test_the_same_message_twice_does_nothing_twice(world: World) -> None:
    await world.texts("pay my bill")
    before = list(world.switchboard.requests)
    assert (await world.texts("pay my bill")).text == "<Response/>"
    assert world.switchboard.requests == before
    assert len(await world.sent()) == 1


async def test_three_deliveries_at_once_are_one_answer(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await world.sent()
    before = len(world.switchboard.requests)
    await asyncio.gather(*(world.texts("40", "SM2") for _ in range(3)))
    assert [what for what, _ in world.switchboard.requests[before:]] == ["arrive", "answer"]
    (reply,) = await world.sent()
    assert "now, or on a later day" in reply.body


async def test_the_same_id_with_other_words_is_not_taken(world: World) -> None:
    await world.texts("pay my bill")
    await world.texts("something else")
    assert len(await world.sent()) == 1


BAD = ["", "AAAA", "not base64 at all"]


@pytest.mark.parametrize("signed", BAD)
async def test_a_wrong_signature_is_refused_before_anything_happens(world: World, signed: str) -> None:
    form = {"MessageSid": "SM9", "From": CUSTOMER, "Body": "pay my bill"}
    answer = await world.client.post("/twilio/messages", data=form, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 403
    assert await world.parts.inbox.unfinished(timedelta(seconds=-5), 10) == []


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://segue.example/twilio/messages"},
        {"url": "https://segue.example/twilio/messages/"},
        {"url": "https://segue.example/twilio/messages?x=1"},
        {"form": {"Body": "pay  my bill"}},
        {"form": {"More": "1"}},
    ],
)
async def test_a_signature_for_something_else_is_refused(world: World, change: dict[str, object]) -> None:
    form = {"MessageSid": "SM9", "From": CUSTOMER, "Body": "pay my bill"}
    url = str(change.get("url", f"{PUBLIC}/twilio/messages"))
    signed = signature(TOKEN, url, form)
    sent = form | dict(change.get("form", {}))  # type: ignore[call-overload]  # a table of odd ends
    answer = await world.client.post("/twilio/messages", data=sent, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 403


async def test_unknown_and_empty_fields_are_signed_over_and_taken(world: World) -> None:
    answer = await world.texts("pay my bill", "SM1", ToCity="", SomethingNew="2027", OptOutType="")
    assert answer.status_code == 200
    assert len(await world.sent()) == 1


async def test_more_than_64_kilobytes_are_refused(world: World) -> None:
    answer = await world.client.post("/twilio/messages", content=b"Body=" + b"a" * 70_000)
    assert answer.status_code == 413


WORDS = {
    "x" * 12_000: "too long",
    "": "empty",
    "   ": "empty",
    "😀" * 400: "like to do",
    "שלום עולם": "like to do",
    "a\x00b": "like to do",
}


@pytest.mark.parametrize("body", WORDS)
async def test_odd_words_get_a_clear_answer(world: World, body: str) -> None:
    await world.texts(body)
    (reply,) = await world.sent()
    assert WORDS[body] in reply.body


async def test_a_picture_alone_gets_a_clear_answer(world: World) -> None:
    await world.texts("", NumMedia="1", MediaUrl0="https://media.example/1")
    (reply,) = await world.sent()
    assert "could not get that file" in reply.body


@pytest.mark.parametrize("word", ["STOP", "START", "HELP"])
async def test_what_the_provider_answered_itself_is_not_answered(world: World, word: str) -> None:
    await world.texts(word, OptOutType=word)
    assert await world.sent() == []
    assert (await world.parts.inbox.receive(sid("SM1"), "message", "", {})).reply == "answered"


async def test_a_whatsapp_message_is_answered_over_whatsapp(world: World) -> None:
    form = {"MessageSid": "SM1", "From": "whatsapp:+14155552671", "To": "whatsapp:+18005550100", "Body": "pay my bill"}
    await world.provider("/twilio/messages", form)
    (reply,) = await world.sent()
    assert (reply.channel.value, reply.to.value) == ("whatsapp", "+14155552671")


async def test_a_message_is_not_lost_while_the_case_cannot_be_reached(world: World) -> None:
    await world.texts("pay my bill", "SM1")
    await world.sent()
    world.switchboard.away = True
    assert (await world.texts("40", "SM2")).status_code == 200
    (kept,) = await world.sent()
    assert "We have your message" in kept.body
    world.switchboard.away = False
    rounds = Callbacks(world.parts, TextDesk(world.parts), CallDesk(world.parts))
    (waiting,) = await world.parts.inbox.unfinished(timedelta(seconds=-5), 10)
    await rounds._redo(waiting)
    (reply,) = await world.sent()
    assert reply.key == f"reply:{sid('SM2')}"
    assert await world.parts.inbox.unfinished(timedelta(seconds=-5), 10) == []


async def test_a_card_number_is_not_kept(world: World) -> None:
    await world.texts("pay my bill", "SM0")
    world.switchboard.away = True
    await world.texts("my card is 4242 4242 4242 4242")
    (waiting,) = await world.parts.inbox.unfinished(timedelta(seconds=-5), 10)
    assert "4242 4242 4242" not in str(waiting.body)


async def test_a_receipt_moves_a_message_on_and_never_back(world: World) -> None:
    await world.texts("pay my bill")
    await world.sent()
    await world.parts.outbox.sent(f"reply:{sid('SM1')}", sid("SM77"), "queued")
    for status in ("delivered", "sent"):
        form = {"MessageSid": "SM77", "MessageStatus": status}
        assert (await world.provider("/twilio/messages/status", form)).status_code == 204
    assert await world.parts.outbox.status_of(f"reply:{sid('SM1')}") == "delivered"


async def test_a_receipt_proves_that_an_uncertain_message_went_out(world: World) -> None:
    await world.texts("pay my bill")
    await world.sent()
    await world.parts.outbox.uncertain(f"reply:{sid('SM1')}", "lost")
    form = {"MessageSid": "SM78", "MessageStatus": "sent"}
    await world.provider(f"/twilio/messages/status?out=reply%3A{sid('SM1')}", form)
    assert await world.parts.outbox.status_of(f"reply:{sid('SM1')}") == "sent"


class Unhurried(Conversation):
    """Takes its time over every answer."""

    async def hear(self, *given: Any, **named: Any) -> Heard:
        await asyncio.sleep(0.4)
        return await super().hear(*given, **named)


async def test_the_provider_does_not_wait_for_a_slow_case(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.webhooks.texts.PATIENCE", 0.05)
    unhurried = Unhurried(world.parts.switchboard, world.parts.conversation.front)
    desk = TextDesk(replace(world.parts, conversation=unhurried))
    form = FormData({"MessageSid": sid("SM1"), "From": CUSTOMER, "Body": "pay my bill"})
    async with asyncio.timeout(0.3):
        await desk.receive(form)
    assert await world.sent() == []
    await desk.finish()
    assert [message.key for message in await world.sent()] == [f"reply:{sid('SM1')}"]
