"""What comes besides words, and what is done when our own words do not arrive."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio

from channels.whatsapp import NAMES
from database.engine import Database
from database.outbox import Message
from gateway import callbacks
from gateway.app import create_app
from gateway.callbacks import Callbacks
from gateway.parts import Parts
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.texts import TextDesk
from models.people import Address, Channel
from models.questions import File
from simulators.carrier import Account, Handset, create_carrier, listening
from simulators.carrier.contents import content_sid
from tests.gateway import pretend
from tests.gateway.conftest import ACCOUNT, API_KEY, CUSTOMER, NUMBER, TOKEN, made_parts
from tests.gateway.pretend import PretendSwitchboard
from tests.simulators.conftest import Door

JPEG = b"\xff\xd8\xff\xe0 a photo of a bill"
pytestmark = pytest.mark.asyncio(loop_scope="module")
OTHER = Address(kind="phone", value="+14155550002")


def a_file(content: bytes = JPEG, kind: str = "image/jpeg") -> dict[str, str]:
    return {"name": "bill.jpg", "type": kind, "base64": base64.b64encode(content).decode()}


class Town:
    """The door and the carrier, each on a port, a customer's phone, and the company's app."""

    def __init__(self, parts: Parts, phone: Handset, app: httpx.AsyncClient) -> None:
        self.parts = parts
        self.phone = phone
        self.app = app
        self.rounds = Callbacks(parts, TextDesk(parts), CallDesk(parts))
        self.switchboard = cast("PretendSwitchboard", parts.switchboard)

    async def customer(self) -> str:
        known = await self.parts.customers.find(Address(kind="phone", value=CUSTOMER))
        assert known is not None
        return known.id

    async def case(self) -> str:
        return (await self.parts.cases.open_for(await self.customer()))[0].id

    async def app_asks(self, path: str, body: Any = None) -> httpx.Response:
        return await self.app.post(f"/api/v1/{path}", json=body, headers={"Authorization": f"Bearer {API_KEY}"})

    async def sent(self, key_ends: str) -> list[str]:
        found = await self.parts.outbox.for_case(await self.case())
        return [message.to.value for message in found if message.key.endswith(key_ends)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def doors() -> AsyncIterator[dict[str, Door]]:
    """Ours and the carrier's address, which stay while what stands behind them is made anew for every test."""
    ours, theirs = Door(), Door()
    async with listening(ours) as url, listening(theirs) as carrier:
        yield {url: ours, carrier: theirs}


@pytest_asyncio.fixture(loop_scope="module")
async def town(doors: dict[str, Door], db: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    monkeypatch.setattr(callbacks, "UNFINISHED", timedelta(seconds=-5))
    (url, ours), (carrier, theirs) = doors.items()
    parts = made_parts(db, public_url=url, carrier_url=carrier)
    parts.post._contents = {name: content_sid(name) for name in NAMES}  # the carrier's own
    ours.behind = create_app(parts)
    theirs.behind = create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks=url, pace=0.01, second=0.01))
    phone, app = Handset(carrier, CUSTOMER, patience=4), httpx.AsyncClient(base_url=url, trust_env=False)
    running = [door.behind.router.lifespan_context(door.behind) for door in (ours, theirs)]
    async with running[0], running[1], phone, app:
        yield Town(parts, phone, app)
    parts.door.close()


async def test_a_photo_nobody_asked_for_is_kept_and_the_question_stands(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    await town.phone.texts(media=[a_file()])
    reply = await town.phone.hears_text("Thanks, we have kept your file.")
    assert "How much" in reply
    [kept] = await town.parts.attachments.of_case(await town.case())
    assert (kept.name, kept.type, kept.size) == ("file-1.jpg", "image/jpeg", len(JPEG))
    opened = await town.parts.attachments.open(kept.id, await town.customer())
    assert opened is not None
    assert opened[1] == JPEG


async def test_words_with_a_photo_are_still_an_answer(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    await town.phone.texts("40", media=[a_file(), a_file()])
    reply = await town.phone.hears_text("Thanks, we have kept your 2 files.")
    assert "$40.00" in reply


async def test_a_photo_answers_the_question_that_wants_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretend, "QUESTIONS", [File("amount"), *pretend.QUESTIONS[1:]])
    await town.phone.texts("pay my bill", channel="whatsapp")
    await town.phone.hears_text()
    await town.phone.texts(media=[a_file()], channel="whatsapp")
    reply = await town.phone.hears_text("now")
    assert "Thanks, we have kept" not in reply
    turn = await town.switchboard.look(await town.case())
    assert turn is not None
    assert cast("dict[str, Any]", turn.answers[0].value)["name"] == "file-1.jpg"


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"MZ\x90 a program", "only take pictures and PDF"), (b"", "without any content")],
)
async def test_what_is_no_picture_is_not_kept_whatever_it_says_it_is(town: Town, content: bytes, says: str) -> None:
    await town.phone.texts(media=[a_file(content)])
    await town.phone.hears_text(says)


async def test_a_photo_from_somebody_new_is_kept_and_asked_about(town: Town) -> None:
    await town.phone.texts(media=[a_file()])
    await town.phone.hears_text("What is it about?")


async def test_a_photo_that_cannot_be_fetched_yet_is_not_lost(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    host = town.parts.door._media_host  # where the carrier is
    monkeypatch.setattr(town.parts.door, "_media_host", "127.0.0.1:9")
    monkeypatch.setattr("channels.providers.media._allowed", lambda *_: True)
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    monkeypatch.setattr("channels.providers.media.TIMEOUT", httpx.Timeout(1e-6))
    await town.phone.texts(media=[a_file()])
    await town.phone.hears_text("We have your message")
    monkeypatch.undo()
    monkeypatch.setattr(callbacks, "UNFINISHED", timedelta(seconds=-5))
    assert town.parts.door._media_host == host  # as above
    await town.rounds.outstanding()
    await town.phone.hears_text("Thanks, we have kept your file.")


async def test_a_button_answers_its_own_question_and_an_old_one_no_other(town: Town) -> None:
    await town.phone.texts("pay my bill", channel="whatsapp")
    await town.phone.hears_text("How much")
    await town.phone.taps("Minimum $25.00")
    await town.phone.hears_text("pay now, or on a later day")
    await town.phone.taps("Full $84.20")
    again = await town.phone.hears_text("pay now, or on a later day")
    assert "already" in again
    turn = await town.switchboard.look(await town.case())
    assert turn is not None
    assert [(line.key, line.value) for line in turn.answers] == [
        ("amount", {"amount": "25.00", "currency": "USD"}),
    ]


async def test_a_reply_to_an_old_message_is_known_by_that_message(town: Town) -> None:
    await town.phone.texts("pay my bill", channel="whatsapp")
    await town.phone.hears_text("How much")
    [asked] = await town.phone.received()
    await town.phone.texts("25", channel="whatsapp", reply_to=asked["sid"])
    await town.phone.hears_text("pay now, or on a later day")
    await town.phone.texts("2", channel="whatsapp", reply_to=asked["sid"])
    assert "already" in await town.phone.hears_text("pay now, or on a later day")


async def test_a_text_that_is_not_delivered_goes_to_the_next_number(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    await town.parts.customers.add_address(await town.customer(), OTHER)
    await town.phone.nemesis(undelivered=1)
    await town.phone.texts("40")
    async with asyncio.timeout(4):
        while not await town.sent("/instead"):
            await asyncio.sleep(0.02)
    assert await town.sent("/instead") == [OTHER.value]


async def test_a_mail_without_a_sign_is_not_sent_again(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    turn = await town.switchboard.look(await town.case())
    assert turn is not None
    assert turn.question is not None
    asked = f"{turn.case} {turn.question.question.key} {turn.question.revision}"
    mail = Message(
        key="m1", case=turn.case, customer=await town.customer(), channel=Channel.EMAIL,
        to=Address(kind="email", value="ada@example.com"), body="How much?", extras={"kind": "asking", "asked": asked},
    )  # fmt: skip
    await town.parts.outbox.put(mail)
    await town.parts.outbox.claim("m1")
    await town.parts.outbox.uncertain("m1", "lost")
    await town.rounds.unsent()
    assert await town.parts.outbox.status_of("m1") == "uncertain"
    [waiting] = await town.parts.outbox.uncertain_ones(5)
    await town.rounds._without_a_sign(  # as it is ten minutes later
        waiting.model_copy(update={"since": datetime.now(UTC) - timedelta(minutes=11)})
    )
    assert await town.parts.outbox.status_of("m1") == "failed"
    assert await town.sent("m1/instead") == [CUSTOMER]


async def test_the_company_has_the_customer_called_about_a_case(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    assert (await town.app_asks(f"cases/{await town.case()}/call")).status_code == 200
    await town.rounds.outstanding()
    call = await town.phone.rings()
    assert "How much" in await call.answers()
    assert "$25.00" in await call.says("twenty five dollars")
    await call.hangs_up()


@pytest.mark.parametrize("deed", ["declines", "a_machine_answers"])
async def test_a_call_nobody_takes_becomes_a_text(town: Town, deed: str) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    await town.app_asks(f"cases/{await town.case()}/call")
    await town.rounds.outstanding()
    call = await town.phone.rings()
    await getattr(call, deed)()
    await town.phone.hears_text("We tried to call you.")
    await town.phone.hears_no_text(within=0.2)
    await call.looks()
    assert "How much" not in call.transcript


async def test_nobody_elses_number_is_called(town: Town) -> None:
    await town.phone.texts("pay my bill")
    await town.phone.hears_text("How much")
    case = await town.case()
    assert (await town.app_asks(f"cases/{case}/call", {"number": "+14155559999"})).status_code == 404
    assert (await town.app_asks("cases/pay-bill/c_x/1/call")).status_code == 404
    assert (await town.app_asks(f"cases/{case}/call", {"number": "911"})).status_code == 422
