"""Whoever used somebody else's phone has left it: later news of the case go to the customer's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.people import Address
from tests.channels.test_outreach import Office, carrier, office
from tests.channels.turns import QUESTIONS

__all__ = ["carrier", "office"]

pytestmark = pytest.mark.asyncio(loop_scope="module")
BORROWED = Address(kind="phone", value="+14155550666")


@pytest.mark.parametrize(("minutes", "own"), [(1, False), (60, True), (60 * 24 * 7, True)])
async def test_news_go_to_a_borrowed_phone_only_while_they_are_there(office: Office, minutes: int, own: bool) -> None:
    it = await office.stands(QUESTIONS["amount"], heard=office.now - timedelta(minutes=minutes))
    await office.reaches("asking", it, reply_to=BORROWED)
    assert (await office.message("asking")).to == (office.ada if own else BORROWED)


async def test_nor_does_what_did_not_arrive_go_there_again(office: Office) -> None:
    it = await office.stands(QUESTIONS["amount"], heard=office.now - timedelta(minutes=1))
    await office.reaches("asking", it, reply_to=BORROWED)
    office.now += timedelta(hours=2)
    await office.post.outbox.failed("asking", "30003")
    await office.outreach.instead("asking")
    assert (await office.message("asking/instead")).to == office.ada
