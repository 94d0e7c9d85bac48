"""Messages on their way out: what may go, what is refused, and what the carrier's own words do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from pydantic import JsonValue

from channels.providers.outbox import Post
from channels.providers.twilio import TwilioDoor
from database.consent import Consent
from database.engine import Database
from database.outbox import Message, Outbox
from models.people import Address, Channel
from simulators.carrier import Account, Handset, create_carrier, listening

ACCOUNT, TOKEN, NUMBER = "AC" + "a1" * 16, "0123456789abcdef0123456789abcdef", "+18005550100"
ADA = Address(kind="phone", value="+14155552671")


@dataclass
class Office:
    post: Post
    phone: Handset

    async def sends(self, key: str, *, channel: Channel = Channel.SMS, always: bool = False) -> str | None:
        body = f"This is {key}."
        message = Message(key=key, case=None, customer=None, channel=channel, to=ADA, body=body, always=always)
        await self.post.send(message)
        return await self.post.outbox.status_of(key)

    async def received(self) -> list[str]:
        return [text["body"] for text in await self.phone.received()]


@pytest.fixture
async def office(db: Database) -> AsyncIterator[Office]:
    # Nobody takes the webhooks: what the customer says is told to the office by the tests.
    phones = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks="http://127.0.0.1:9", pace=0.01, second=0.01))
    async with listening(phones) as carrier, Handset(carrier, ADA.value, patience=3) as phone:
        door = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=carrier)
        yield Office(Post(Outbox(db), door, "http://127.0.0.1:9/status", Consent(db)), phone)
        door.close()


async def test_after_stop_only_what_was_asked_for_goes_out(office: Office) -> None:
    assert await office.sends("m1") == "queued"
    await office.post.stopped(Channel.SMS, ADA)
    assert await office.sends("m2") == "failed"
    assert await office.sends("code", always=True) == "queued"
    await office.post.started(Channel.SMS, ADA)
    assert await office.sends("m3") == "queued"
    await office.phone.hears_text("This is m3.")
    assert sorted(await office.received()) == ["This is code.", "This is m1.", "This is m3."]


async def test_a_message_that_waited_while_stop_came_is_refused(office: Office) -> None:
    await office.post.outbox.put(
        Message(key="m1", case="c", customer=None, channel=Channel.SMS, to=ADA, body="Too late.")
    )
    await office.post.stopped(Channel.SMS, ADA)
    await office.post.deliver("m1")
    [kept] = await office.post.outbox.for_case("c")
    assert (kept.status, kept.reason, kept.body) == ("failed", "opted-out", "")


async def test_the_carrier_knows_of_a_stop_that_we_missed(office: Office) -> None:
    await office.phone.texts("STOP")
    assert await office.sends("m1") == "failed"
    assert not await office.post.may(Channel.SMS, ADA)


async def test_who_stopped_whatsapp_gets_no_text_message_instead(office: Office) -> None:
    await office.post.stopped(Channel.WHATSAPP, ADA)
    assert not await office.post.may(Channel.WHATSAPP, ADA)
    assert not await office.post.may(Channel.SMS, ADA)
    assert await office.sends("reply to a text") == "queued"
    await office.post.started(Channel.SMS, ADA)
    assert await office.post.may(Channel.WHATSAPP, ADA)


async def test_whatsapp_does_not_undo_what_the_carrier_keeps(office: Office) -> None:
    await office.post.stopped(Channel.SMS, ADA)
    await office.post.started(Channel.WHATSAPP, ADA)
    assert not await office.post.may(Channel.SMS, ADA)


@pytest.mark.parametrize("word", ["STOP", "stopall", " Unsubscribe ", "cancel", "End", "QUIT"])
async def test_the_carriers_words_stop(office: Office, word: str) -> None:
    assert await office.post.noted(Channel.SMS, ADA, word)
    assert not await office.post.may(Channel.SMS, ADA)
    assert not await office.post.noted(Channel.SMS, ADA, "40")
    assert await office.post.noted(Channel.SMS, ADA, "help")
    assert not await office.post.may(Channel.SMS, ADA)


@pytest.mark.parametrize("word", ["START", "yes", "unstop"])
async def test_the_carriers_words_start_again(office: Office, word: str) -> None:
    await office.post.stopped(Channel.SMS, ADA)
    await office.post.noted(Channel.SMS, ADA, word)
    assert await office.post.may(Channel.SMS, ADA)


@pytest.mark.parametrize("words", ["stop please", "cancel it", "yes please", ""])
async def test_a_sentence_is_none_of_the_carriers_words(office: Office, words: str) -> None:
    assert not await office.post.noted(Channel.SMS, ADA, words)
    assert await office.post.may(Channel.SMS, ADA)


async def test_cancel_and_yes_are_only_answers_on_whatsapp(office: Office) -> None:
    assert not await office.post.noted(Channel.WHATSAPP, ADA, "cancel")
    assert await office.post.may(Channel.WHATSAPP, ADA)
    assert await office.post.noted(Channel.WHATSAPP, ADA, "stop")
    assert not await office.post.noted(Channel.WHATSAPP, ADA, "yes")
    assert not await office.post.may(Channel.WHATSAPP, ADA)
    assert await office.post.noted(Channel.WHATSAPP, ADA, "start")
    assert await office.post.may(Channel.WHATSAPP, ADA)


async def test_a_mail_without_a_door_for_mails_fails_with_its_reason(office: Office) -> None:
    mail = Address(kind="email", value="ada@example.com")
    message = Message(key="m1", case="c", customer=None, channel=Channel.EMAIL, to=mail, body="Hello")
    await office.post.send(message)
    [kept] = await office.post.outbox.for_case("c")
    assert (kept.status, kept.reason) == ("failed", "no-email")


async def test_buttons_the_account_has_no_template_for_are_words(office: Office) -> None:
    await office.phone.texts("hi", channel="whatsapp")
    extras: dict[str, JsonValue] = {"content": {"name": "buttons-2", "variables": {"1": "How much?"}}}
    message = Message(
        key="m1", case=None, customer=None, channel=Channel.WHATSAPP, to=ADA, body="How much? 1) All", extras=extras
    )
    await office.post.send(message)
    assert await office.phone.hears_text("1) All")
