"""What goes out is sent once, and its receipts may come in any order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from database.engine import Database
from database.outbox import Message, Outbox
from database.receipts import RANKS
from models.people import Address, Channel

NOW = timedelta(0)
numbers = count()


def message(key: str = "m1", case: str | None = "pay-bill/c_ada/1") -> Message:
    to = Address(kind="phone", value="+12125550142")
    return Message(key=key, case=case, customer="c_ada", channel=Channel.SMS, to=to, body="How much?\0")


@pytest.fixture
def outbox(db: Database) -> Outbox:
    return Outbox(db)


async def test_a_message_is_put_claimed_and_sent(outbox: Outbox) -> None:
    assert await outbox.put(message())
    assert not await outbox.put(message().model_copy(update={"body": "something else"}))
    assert await outbox.status_of("m1") == "pending"
    assert await outbox.claim("m1") == message().model_copy(update={"body": "How much?\ufffd"})
    assert await outbox.status_of("m1") == "sending"
    await outbox.sent("m1", "SM1", "queued")
    assert await outbox.status_of("m1") == "queued"
    assert await outbox.receipt("SM1", "delivered", None)
    assert await outbox.status_of("m1") == "delivered"
    assert await outbox.claim("m1") is None
    assert await outbox.status_of("m2") is None


async def test_of_many_at_once_one_claims(outbox: Outbox) -> None:
    put = await asyncio.gather(*(outbox.put(message()) for _ in range(12)))
    assert sum(put) == 1
    claimed = await asyncio.gather(*(outbox.claim("m1") for _ in range(20)))
    assert sum(each is not None for each in claimed) == 1


async def test_a_failed_message_stays_failed(outbox: Outbox) -> None:
    await outbox.put(message())
    await outbox.claim("m1")
    await outbox.failed("m1", "21610")
    await outbox.sent("m1", "SM1", "queued")
    assert await outbox.claim("m1") is None
    [kept] = await outbox.for_case("pay-bill/c_ada/1")
    assert (kept.status, kept.reason) == ("failed", "21610")


async def test_an_uncertain_message_is_settled_by_looking_it_up(outbox: Outbox) -> None:
    for key in ("m1", "m2"):
        await outbox.put(message(key))
        await outbox.claim(key)
        await outbox.uncertain(key, "timeout")
    first, second = await outbox.uncertain_ones(10)
    assert (first.key, second.key) == ("m1", "m2")
    assert abs(datetime.now(UTC) - first.since) < timedelta(seconds=30)
    assert await outbox.claim("m1") is None
    await outbox.sent("m1", "SM1", "sent")
    assert not await outbox.again("m1")
    assert await outbox.again("m2")
    assert await outbox.claim("m2") is not None
    assert await outbox.status_of("m1") == "sent"
    assert await outbox.uncertain_ones(10) == []


async def test_two_messages_never_share_one_of_the_providers_ids(outbox: Outbox) -> None:
    for key in ("m1", "m2"):
        await outbox.put(message(key))
        await outbox.claim(key)
        await outbox.uncertain(key, "timeout")
    settled = await asyncio.gather(*(outbox.sent(key, "SM1", "sent") for key in ("m1", "m2")))
    assert sorted(settled) == [False, True]
    [left] = await outbox.uncertain_ones(10)
    assert await outbox.known_to(left.to) == {"SM1"}
    assert await outbox.sent(left.key, "SM2", "sent")
    assert await outbox.known_to(left.to) == {"SM1", "SM2"}


async def test_what_went_out_or_never_will_is_not_kept_in_words(outbox: Outbox) -> None:
    for key in ("m1", "m2", "m3"):
        await outbox.put(message(key))
        await outbox.claim(key)
    await outbox.sent("m1", "SM1", "queued")
    await outbox.failed("m2", "30006")
    await outbox.uncertain("m3", "timeout")
    bodies = {each.key: each.body for each in await outbox.for_case("pay-bill/c_ada/1")}
    assert bodies == {"m1": "", "m2": "", "m3": "How much?\ufffd"}


async def test_what_could_not_be_sent_for_too_long_is_let_go(outbox: Outbox) -> None:
    await outbox.put(message())
    await outbox.forget(timedelta(hours=1))
    assert await outbox.status_of("m1") == "pending"
    await outbox.forget(NOW)
    [kept] = await outbox.for_case("pay-bill/c_ada/1")
    assert (kept.status, kept.reason, kept.body) == ("failed", "too-late", "")


async def test_what_may_go_out_in_spite_of_stop_is_remembered(outbox: Outbox) -> None:
    await outbox.put(message().model_copy(update={"always": True}))
    claimed = await outbox.claim("m1")
    assert claimed is not None
    assert claimed.always


async def test_a_message_that_was_not_claimed_is_not_uncertain(outbox: Outbox) -> None:
    await outbox.put(message())
    await outbox.uncertain("m1", "timeout")
    assert await outbox.status_of("m1") == "pending"


async def test_what_lies_about_is_found(outbox: Outbox) -> None:
    for key in ("m1", "m2", "m3"):
        await outbox.put(message(key))
    await outbox.claim("m2")
    assert await outbox.due(NOW, 10) == ["m1", "m3"]
    assert await outbox.due(NOW, 1) == ["m1"]
    assert await outbox.stale_sending(NOW) == ["m2"]
    assert await outbox.due(timedelta(minutes=1), 10) == await outbox.stale_sending(timedelta(minutes=1)) == []


async def test_a_case_shows_its_messages_in_order(outbox: Outbox) -> None:
    for key in ("m1", "m2"):
        await outbox.put(message(key))
    await outbox.put(message("m3", case=None))
    await outbox.sent("m1", "SM1", "queued")
    await outbox.receipt("SM1", "undelivered", "30003")
    assert [(each.key, each.status, each.reason) for each in await outbox.for_case("pay-bill/c_ada/1")] == [
        ("m1", "undelivered", "30003"),
        ("m2", "pending", None),
    ]


async def test_a_receipt_may_overtake_the_answer_to_our_request(outbox: Outbox) -> None:
    await outbox.put(message())
    await outbox.claim("m1")
    assert await outbox.receipt("SM1", "delivered", None)
    await outbox.sent("m1", "SM1", "queued")
    assert await outbox.status_of("m1") == "delivered"


async def test_a_receipt_never_goes_back(outbox: Outbox) -> None:
    told = ["sent", "delivered", "sent", "queued", "delivered", "undelivered", "read", "moon-phase"]
    assert [await outbox.receipt("SM1", status, None) for status in told] == [True, True, *[False] * 4, True, False]


async def test_a_status_nobody_knows_is_kept(outbox: Outbox) -> None:
    await outbox.sent("m1", "SM1", "moon-phase")
    await outbox.put(message())
    await outbox.sent("m1", "SM1", "moon-phase")
    assert await outbox.status_of("m1") == "moon-phase"
    assert await outbox.receipt("SM1", "accepted", None)
    assert await outbox.status_of("m1") == "accepted"


async def test_an_error_that_comes_late_is_kept(outbox: Outbox) -> None:
    await outbox.put(message())
    await outbox.sent("m1", "SM1", "failed")
    assert not await outbox.receipt("SM1", "failed", "30005")
    assert not await outbox.receipt("SM1", "failed", None)
    assert (await outbox.for_case("pay-bill/c_ada/1"))[0].reason == "30005"


async def test_of_many_receipts_at_once_one_is_news(outbox: Outbox) -> None:
    assert sum(await asyncio.gather(*(outbox.receipt("SM1", "delivered", None) for _ in range(12)))) == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_statuses_in_any_order_end_the_same(outbox: Outbox, data: Any) -> None:
    told = data.draw(st.lists(st.sampled_from([*RANKS, "moon-phase", "sun-spot"]), min_size=1, max_size=8))
    ends = set()
    for order in (told, data.draw(st.permutations(told))):
        key = f"any-{next(numbers)}"
        await outbox.put(message(key))
        early, late = order[: len(order) // 2], order[len(order) // 2 :]
        for status in early:
            await outbox.receipt(key, status, None)
        await outbox.sent(key, key, late[0])
        for status in late[1:]:
            await outbox.receipt(key, status, None)
        ends.add(await outbox.status_of(key))
    assert len(ends) == 1
    known = [status for status in told if status in RANKS]
    assert ends == {max(known, key=RANKS.__getitem__) if known else max(told)}


async def test_what_is_settled_keeps_what_it_asked_and_lets_its_words_go(outbox: Outbox) -> None:
    words = {"asked": "pay-bill/c_ada/1 amount 1", "kind": "asking", "told": [1], "html": "<p>$84</p>", "subject": "x"}
    for key in ("m1", "m2"):
        await outbox.put(message(key).model_copy(update={"extras": words}))
    claimed = await outbox.claim("m1")
    assert claimed is not None
    assert claimed.extras == words
    await outbox.sent("m1", "SM1", "queued")
    await outbox.failed("m2", "21610")
    for key in ("m1", "m2"):
        kept = await outbox.get(key)
        assert kept is not None
        assert (kept.body, set(kept.extras)) == ("", {"asked", "kind", "told"})
    assert await outbox.key_of("SM1") == "m1"
    assert await outbox.key_of("SM2") is None
    assert await outbox.get("m3") is None


async def test_what_may_not_go_yet_waits_and_is_not_given_up(outbox: Outbox) -> None:
    morning = datetime.now(UTC) + timedelta(hours=9)
    await outbox.put(message().model_copy(update={"not_before": morning}))
    assert await outbox.due(NOW, 5) == []
    assert await outbox.claim("m1") is None
    await outbox.forget(timedelta(seconds=-1))
    assert await outbox.status_of("m1") == "pending"
    await outbox.forget(timedelta(hours=-10))
    assert await outbox.status_of("m1") == "failed"


async def test_only_what_segue_writes_by_itself_is_counted(outbox: Outbox) -> None:
    later = datetime.now(UTC) + timedelta(hours=9)
    prompted = message().model_copy(update={"prompted": True})
    changes: dict[str, dict[str, object]] = {
        "a": {},
        "b": {"not_before": later},
        "c": {"prompted": False},
        "d": {"customer": "c_eve"},
    }
    for key, change in changes.items():
        await outbox.put(prompted.model_copy(update={"key": key, **change}))
    await outbox.put(prompted.model_copy(update={"key": "e"}))
    await outbox.failed("e", "opted-out")
    counted = await outbox.prompted_since("c_ada", datetime.now(UTC) - timedelta(hours=1))
    assert len(counted) == 2
    assert counted[-1] == later
    assert await outbox.prompted_since("c_ada", later + timedelta(hours=1)) == []
