"""What could not be done at once is done later: calls back, messages nobody is sure of, and what kept failing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

import pytest

from database.engine import Database
from database.outbox import Message
from gateway import callbacks
from gateway.app import create_app
from gateway.callbacks import TRIES, Callbacks
from gateway.parts import Parts
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.texts import TextDesk
from models.people import Address, Channel
from simulators.carrier import Account, Handset, create_carrier, listening
from tests.gateway.browser import free_port
from tests.gateway.conftest import ACCOUNT, CUSTOMER, NUMBER, TOKEN, made_parts
from tests.gateway.pretend import PretendSwitchboard

HOME = Address(kind="phone", value=CUSTOMER)


class Town:
    """The door and the carrier, each on a port, and a customer's phone."""

    def __init__(self, parts: Parts, phone: Handset) -> None:
        self.parts = parts
        self.phone = phone
        self.rounds = Callbacks(parts, TextDesk(parts), CallDesk(parts))
        self.switchboard = cast("PretendSwitchboard", parts.switchboard)


@pytest.fixture
async def town(db: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    monkeypatch.setattr(callbacks, "UNFINISHED", timedelta(seconds=-5))
    ours, theirs = free_port(), free_port()
    url, carrier = f"http://127.0.0.1:{ours}", f"http://127.0.0.1:{theirs}"
    parts = made_parts(db, public_url=url, carrier_url=carrier)
    phones = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks=url, pace=0.01, second=0.01))
    phone = Handset(carrier, CUSTOMER, patience=3)
    async with listening(phones, port=theirs), listening(create_app(parts), port=ours), phone:
        yield Town(parts, phone)
    parts.door.close()


async def test_a_caller_sent_away_is_called_back_once(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    town.switchboard.away = True
    call = await town.phone.calls()
    assert "call again in a few minutes" in call.heard
    await town.rounds.outstanding()
    town.switchboard.away = False
    await asyncio.gather(town.rounds.outstanding(), town.rounds.outstanding())
    back = await town.phone.rings()
    await back.answers()
    assert "How much would you like to pay?" in back.heard
    await back.says("forty dollars")
    assert "now, or on a later day" in back.heard
    assert await town.parts.calls.callbacks_due(10) == []


async def uncertain(town: Town, key: str, body: str) -> None:
    message = Message(key=key, case=None, customer=None, channel=Channel.SMS, to=HOME, body=body)
    await town.parts.outbox.put(message)
    await town.parts.outbox.claim(key)
    await town.parts.outbox.uncertain(key, "lost")


async def test_a_message_the_provider_has_is_settled_and_not_sent_again(town: Town) -> None:
    await town.parts.door.text(CUSTOMER, "It was sent.", status_callback=town.parts.url("/twilio/messages/status"))
    await uncertain(town, "m1", "It was sent.")
    await town.rounds.unsent()
    assert await town.parts.outbox.status_of("m1") not in {"uncertain", "pending"}
    assert [text["body"] for text in await town.phone.received()] == ["It was sent."]


async def test_two_messages_alike_stay_two(town: Town) -> None:
    for key in ("m1", "m2"):
        await town.parts.door.text(CUSTOMER, "Thank you.", status_callback=town.parts.url("/twilio/messages/status"))
        await uncertain(town, key, "Thank you.")
    await town.rounds.unsent()
    assert len(await town.parts.outbox.known_to(HOME)) == 2
    assert await town.parts.outbox.uncertain_ones(10) == []


async def test_a_message_alike_an_earlier_one_is_not_taken_for_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await town.parts.door.text(CUSTOMER, "Thank you.", status_callback=town.parts.url("/twilio/messages/status"))
    for key in ("m1", "m2"):
        await uncertain(town, key, "Thank you.")
    monkeypatch.setattr(callbacks, "UNKNOWN_AFTER", timedelta(0))
    monkeypatch.setattr(callbacks, "DUE", timedelta(seconds=-5))
    await town.rounds.unsent()
    await town.phone.hears_text("Thank you.")
    await town.phone.hears_text("Thank you.")
    await town.phone.hears_no_text()


async def test_a_round_forgets_what_was_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callbacks, "REMEMBERED", timedelta(seconds=-5))
    await town.parts.inbox.receive("CA1:begin", "call", "f", {})
    await town.parts.inbox.done("CA1:begin", "a link")
    await town.rounds.forget()
    assert (await town.parts.inbox.receive("CA1:begin", "call", "f", {})).reply == ""


async def test_a_message_the_provider_never_had_is_sent_after_a_while(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await uncertain(town, "m1", "It was lost.")
    await town.rounds.unsent()
    assert await town.parts.outbox.status_of("m1") == "uncertain"
    monkeypatch.setattr(callbacks, "UNKNOWN_AFTER", timedelta(0))
    monkeypatch.setattr(callbacks, "DUE", timedelta(seconds=-5))
    await town.rounds.unsent()
    await town.phone.hears_text("It was lost.")


async def test_what_keeps_failing_is_put_aside(town: Town) -> None:
    await town.parts.inbox.receive("SM9", "message", "f", {"nothing": "useful"})
    for _ in range(TRIES):
        assert len(await town.parts.inbox.unfinished(timedelta(seconds=-5), 10)) == 1
        await town.rounds.outstanding()
    assert await town.parts.inbox.unfinished(timedelta(seconds=-5), 10) == []


async def test_a_form_whose_sender_was_told_is_not_repeated(town: Town) -> None:
    await town.parts.inbox.receive("web:1", "form", "f", {})
    await town.rounds.outstanding()
    assert await town.parts.inbox.unfinished(timedelta(seconds=-5), 10) == []
