"""Our own door to Twilio against the carrier: what one says the other understands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from channels.providers.twilio import RETRYABLE, TwilioDoor
from models.errors import Uncertain, Undelivered
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def door(world: World) -> AsyncIterator[TwilioDoor]:
    door = TwilioDoor(ACCOUNT, [TOKEN, "next"], NUMBER, api_url=world.carrier, timeout=0.5)
    yield door
    door.close()


async def test_a_text_goes_out_and_its_receipts_are_signed(world: World, door: TwilioDoor) -> None:
    sent = await door.text(CUSTOMER, "How much?", status_callback=f"{world.company}/receipt?o=1")
    assert (sent.provider_id[:2], sent.status) == ("SM", "queued")
    await world.phone.hears_text("How much?")
    for receipt in await world.listener.got("/receipt", 2):
        assert door.signed(f"{world.company}/receipt?o=1", receipt.form, receipt.signature)
        assert not door.signed(f"{world.company}/receipt?o=2", receipt.form, receipt.signature)


@pytest.mark.parametrize("knob", ["api_hang", "api_error_after"])
async def test_an_uncertain_text_is_settled_by_looking_it_up(world: World, door: TwilioDoor, knob: str) -> None:
    began = datetime.now(UTC)
    await world.phone.nemesis(**{knob: 1})
    with pytest.raises(Uncertain):
        await door.text(CUSTOMER, "Receipt K7Q", status_callback=f"{world.company}/receipt")
    found = await door.find_text(CUSTOMER, began, "Receipt K7Q")
    assert found
    assert found.status in {"queued", "sent", "delivered"}
    assert await door.find_text(CUSTOMER, began, "Another") is None


@pytest.mark.parametrize(
    ("knobs", "reason"),
    [({"api_busy": 1}, "20429"), ({"refuse": 1, "refuse_code": 21614}, "21614")],
)
async def test_a_refused_text_is_certainly_not_sent(
    world: World, door: TwilioDoor, knobs: dict[str, int], reason: str
) -> None:
    await world.phone.nemesis(**knobs)
    with pytest.raises(Undelivered) as caught:
        await door.text(CUSTOMER, "hi", status_callback=f"{world.company}/receipt")
    assert not isinstance(caught.value, Uncertain)
    assert caught.value.reason == reason
    assert (reason in RETRYABLE) is ("api_busy" in knobs)
    await world.phone.hears_no_text(within=0.05)


async def test_a_call_goes_out(world: World, door: TwilioDoor) -> None:
    world.listener.replies["/out"] = "<Say>Hello.</Say>"
    sid = await door.call(CUSTOMER, url=f"{world.company}/out", status_callback=f"{world.company}/progress")
    call = await world.phone.rings()
    assert call.sid == sid
    assert await call.answers() == "Hello."
    assert len(await world.listener.got("/progress", 4)) == 4
