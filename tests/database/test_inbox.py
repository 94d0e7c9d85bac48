"""What comes in is taken once, whoever brings it and however often."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from database.engine import Database
from database.inbox import Inbox, Receipt

NOW = timedelta(0)
BODY = {"From": "+12125550142", "Body": "pay my bill"}


@pytest.fixture
def inbox(db: Database) -> Inbox:
    return Inbox(db)


async def test_the_first_is_fresh_and_the_second_gets_its_reply(inbox: Inbox) -> None:
    assert await inbox.receive("SM1", "message", "f1", BODY) == Receipt(fresh=True, same=True)
    assert await inbox.receive("SM1", "message", "f1", BODY) == Receipt(fresh=False, same=True)
    await inbox.done("SM1", "How much?")
    await inbox.done("SM1", "something else")
    assert await inbox.receive("SM1", "message", "f1", BODY) == Receipt(fresh=False, same=True, reply="How much?")


async def test_what_is_added_at_the_first_hearing_stays(inbox: Inbox) -> None:
    await inbox.receive("SM1", "message", "f1", BODY)
    assert await inbox.about("SM1", {"_case": "pay-bill/c_ada/1"}) == BODY | {"_case": "pay-bill/c_ada/1"}
    assert await inbox.about("SM1", {"_case": ""}) == BODY | {"_case": "pay-bill/c_ada/1"}
    [waiting] = await inbox.unfinished(NOW, 10)
    assert waiting.body["_case"] == "pay-bill/c_ada/1"
    await inbox.done("SM1", "How much?")
    assert await inbox.unfinished(NOW, 10) == []


async def test_other_content_under_the_same_id_is_seen(inbox: Inbox) -> None:
    await inbox.receive("SM1", "message", "f1", BODY)
    assert not (await inbox.receive("SM1", "message", "f2", BODY)).same


async def test_of_many_at_once_one_is_fresh(inbox: Inbox) -> None:
    receipts = await asyncio.gather(*(inbox.receive("SM1", "message", "f1", BODY) for _ in range(20)))
    assert sorted(receipt.fresh for receipt in receipts) == [False] * 19 + [True]
    assert all(receipt.same for receipt in receipts)


async def test_what_was_not_dealt_with_is_found_again(inbox: Inbox) -> None:
    for id in ("SM1", "SM2", "SM3", "SM4"):
        await inbox.receive(id, "message", "f", BODY)
    await inbox.done("SM2", "")
    await inbox.give_up("SM3")
    waiting = await inbox.unfinished(NOW, 10)
    assert [each.id for each in waiting] == ["SM1", "SM4"]
    assert (waiting[0].kind, waiting[0].body) == ("message", BODY)
    assert [each.id for each in await inbox.unfinished(NOW, 1)] == ["SM1"]
    assert await inbox.unfinished(timedelta(minutes=1), 10) == []


async def test_what_was_given_up_may_still_be_answered(inbox: Inbox) -> None:
    await inbox.receive("SM1", "message", "f", BODY)
    await inbox.give_up("SM1")
    await inbox.done("SM1", "late")
    await inbox.give_up("SM1")
    assert (await inbox.receive("SM1", "message", "f", BODY)).reply == "late"


async def test_the_replies_of_calls_are_forgotten_and_their_ids_are_not(inbox: Inbox) -> None:
    for id, kind in (("CA1:begin", "call"), ("CA1:1", "turn"), ("api:1", "api")):
        await inbox.receive(id, kind, "f", BODY)
        await inbox.done(id, "a link that opens a case")
    await inbox.forget(timedelta(hours=1))
    assert (await inbox.receive("CA1:1", "turn", "f", BODY)).reply == "a link that opens a case"
    await inbox.forget(NOW)
    replies = [(await inbox.receive(id, "", "f", BODY)).reply for id in ("CA1:begin", "CA1:1", "api:1")]
    assert replies == ["", "", "a link that opens a case"]
