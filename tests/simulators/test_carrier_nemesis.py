"""What can go wrong goes wrong, as often as asked and no oftener."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

import pytest
from requests.exceptions import ReadTimeout
from twilio.base.exceptions import TwilioRestException

from simulators.carrier.player import SORRY
from tests.simulators.listener import CUSTOMER, Hook, World

pytestmark = pytest.mark.asyncio(loop_scope="session")
TEXTS = "/twilio/messages"


def sids(hooks: list[Hook]) -> set[str]:
    return {hook.form.get("MessageSid", "") for hook in hooks}


@pytest.mark.parametrize("parallel", [False, True])
async def test_every_webhook_comes_three_times(world: World, *, parallel: bool) -> None:
    await world.phone.nemesis(duplicate=2, parallel=parallel, only="text")
    world.listener.slow[TEXTS] = 0.1
    began = monotonic()
    await world.phone.texts("pay my bill")
    assert (monotonic() - began < 0.3) is parallel
    hooks = world.listener.at(TEXTS)
    assert len(hooks) == 3
    assert len(sids(hooks)) == len({hook.token for hook in hooks}) == 1
    assert all(hook.signed for hook in hooks)
    await world.send("How much?")
    assert len(await world.listener.got("/receipt", 2)) == 2


async def test_duplicates_of_a_call_turn_do_not_disturb_the_call(world: World) -> None:
    world.listener.replies["/twilio/voice"] = '<Gather action="/turn"><Say>How much?</Say></Gather>'
    world.listener.replies["/turn"] = "<Say>Thank you.</Say>"
    await world.phone.nemesis(duplicate=1, parallel=True)
    call = await world.phone.calls()
    assert await call.presses("40#") == "Thank you."
    assert [len(world.listener.at(path)) for path in ("/twilio/voice", "/turn")] == [2, 2]


async def test_webhooks_come_late(world: World) -> None:
    await world.phone.nemesis(delay=0.15)
    began = monotonic()
    await world.phone.texts("pay my bill")
    assert monotonic() - began >= 0.15
    await world.phone.calm()
    assert (await world.phone.ask("GET", "nemesis"))["delay"] == 0


async def test_the_receipts_of_one_message_come_backwards(world: World) -> None:
    await world.phone.nemesis(reorder=1)
    await world.send("one")
    await world.listener.got("/receipt", 2)
    await world.send("two")
    await world.listener.got("/receipt", 4)
    assert world.listener.forms("/receipt", "MessageStatus") == ["delivered", "sent", "sent", "delivered"]


async def test_the_progress_of_one_call_comes_backwards(world: World) -> None:
    await world.phone.nemesis(reorder=1)
    await world.ring(twiml="<Response><Say>Hello</Say></Response>")
    await (await world.phone.rings()).answers()
    await world.listener.got("/progress", 4)
    assert world.listener.forms("/progress", "SequenceNumber") == ["3", "2", "1", "0"]
    assert world.listener.forms("/progress", "CallStatus")[0] == "completed"


async def test_a_lost_answer_means_the_same_event_again(world: World) -> None:
    await world.phone.nemesis(lose_answers=1)
    assert (await world.phone.texts("yes"))["webhook"] == {"status": 200, "error": 0}
    first, again = world.listener.at(TEXTS)
    assert first == again
    assert [entry["error"] for entry in await world.phone.deliveries()] == [11205, 0]


async def test_a_webhook_that_never_arrives_is_lost_after_one_more_try(world: World) -> None:
    await world.phone.nemesis(lose_requests=2)
    assert (await world.phone.texts("yes"))["webhook"]["error"] == 11205
    assert world.listener.hooks == []
    world.listener.replies["/twilio/voice"] = "<Gather/>"
    await world.phone.nemesis(lose_answers=2, only="voice")
    call = await world.phone.calls()
    assert call.heard == SORRY


@pytest.mark.parametrize(("fragment", "tries"), [("#rc=3&rp=5xx,ct", 4), ("#rc=0", 1), ("#rp=4xx", 1), ("#rp=all", 2)])
async def test_an_address_may_ask_for_more_tries(world: World, fragment: str, tries: int) -> None:
    def fails(hook: Hook) -> Any:
        raise RuntimeError(hook.path)

    world.listener.replies["/receipt"] = fails
    await world.send("hi", status_callback=f"{world.company}/receipt{fragment}")
    await world.listener.got("/receipt", 2 * tries)
    await asyncio.sleep(0.05)
    hooks = world.listener.at("/receipt")
    assert len(hooks) == 2 * tries
    assert all(hook.signed for hook in hooks)


async def test_one_webhook_has_a_wrong_signature(world: World) -> None:
    await world.phone.nemesis(tamper=1)
    await world.phone.texts("yes")
    await world.phone.texts("yes")
    assert [hook.signed for hook in world.listener.at(TEXTS)] == [False, True]


@pytest.mark.parametrize(
    ("knobs", "status", "code", "done"),
    [
        ({"api_busy": 1}, 429, 20429, False),
        ({"api_error_before": 1}, 500, 20500, False),
        ({"api_error_after": 1}, 500, 20500, True),
        ({"refuse": 1, "refuse_code": 21614}, 400, 21614, False),
    ],
)
async def test_the_api_fails(world: World, knobs: dict[str, int], status: int, code: int, *, done: bool) -> None:
    await world.phone.nemesis(**knobs)
    with pytest.raises(TwilioRestException) as caught:
        await world.send("once")
    assert (caught.value.status, caught.value.code) == (status, code)
    found = await asyncio.to_thread(world.twilio.messages.list, to=CUSTOMER)
    assert [text.body for text in found] == (["once"] if done else [])
    assert (await world.send("twice")).status == "queued"


async def test_the_api_hangs_after_it_has_done_its_work(world: World) -> None:
    await world.phone.nemesis(api_hang=1)
    world.twilio.http_client.timeout = 0.2
    with pytest.raises(ReadTimeout):
        await world.send("once")
    await world.phone.hears_text("once")
    [receipt, _] = await world.listener.got("/receipt", 2)
    assert receipt.form["MessageStatus"] == "sent"


async def test_a_message_is_accepted_and_never_arrives(world: World) -> None:
    await world.phone.nemesis(undelivered=1, undelivered_code=30006)
    sent = await world.send("one")
    receipts = await world.listener.got("/receipt", 2)
    assert [hook.form["MessageStatus"] for hook in receipts] == ["sent", "undelivered"]
    assert receipts[1].form["ErrorCode"] == "30006"
    fetched = await asyncio.to_thread(world.twilio.messages(sent.sid).fetch)
    assert (fetched.status, fetched.error_code) == ("undelivered", 30006)
    assert await world.phone.received() == []
    await world.send("two")
    await world.phone.hears_text("two")
