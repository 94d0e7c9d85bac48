"""Calls report in any order; a promise to call back is kept once."""

from __future__ import annotations

import asyncio

import pytest

from database.calls import Calls
from database.engine import Database
from models.people import Address

PHONE = Address(kind="phone", value="+12125550142")


@pytest.fixture
def calls(db: Database) -> Calls:
    return Calls(db)


async def test_progress_goes_forward_only(calls: Calls) -> None:
    await calls.started("CA1", "c_ada", PHONE)
    told = [
        (0, "initiated"),
        (2, "in-progress"),
        (1, "ringing"),
        (2, "in-progress"),
        (3, "completed"),
        (4, "completed"),
    ]
    assert [await calls.progress("CA1", *each) for each in told] == [True, True, False, False, True, False]


async def test_the_first_report_may_come_before_the_call_is_known(calls: Calls) -> None:
    assert await calls.progress("CA1", 0, "completed")
    await calls.started("CA1", "c_ada", PHONE)
    assert not await calls.progress("CA1", 1, "completed")


async def test_of_many_equal_reports_one_is_news(calls: Calls) -> None:
    news = await asyncio.gather(*(calls.progress("CA1", 3, "completed") for _ in range(12)))
    assert sum(news) == 1


async def test_a_call_knows_its_case(calls: Calls) -> None:
    assert await calls.case_of("CA1") is None
    await calls.started("CA1", "c_ada", PHONE)
    assert await calls.case_of("CA1") is None
    await calls.attach("CA1", "pay-bill/c_ada/1")
    await calls.started("CA1", "c_ada", PHONE)
    assert await calls.case_of("CA1") == "pay-bill/c_ada/1"
    await calls.attach("CA2", "pay-bill/c_eve/1")
    assert await calls.case_of("CA2") == "pay-bill/c_eve/1"


async def test_a_promise_is_kept_once(calls: Calls) -> None:
    await asyncio.gather(*(calls.callback_wanted("c_ada", PHONE, "away") for _ in range(8)))
    await calls.callback_wanted("c_eve", Address(kind="phone", value="+12125550143"), "away")
    first, second = await calls.callbacks_due(10)
    assert (first.customer, first.address, second.customer) == ("c_ada", PHONE, "c_eve")
    assert len(await calls.callbacks_due(1)) == 1
    assert sum(await asyncio.gather(*(calls.called_back(first.id) for _ in range(12)))) == 1
    assert await calls.callbacks_due(10) == [second]


async def test_a_call_by_one_of_the_team_is_another_promise(calls: Calls) -> None:
    for reason in ("person", "person", "away"):
        await calls.callback_wanted("c_ada", PHONE, reason)
    [machine], [team] = await calls.callbacks_due(10), await calls.people_waiting(10)
    assert machine.id != team.id
    assert await calls.called_back(team.id)
    assert await calls.people_waiting(10) == []
    assert await calls.callbacks_due(10) == [machine]


async def test_a_call_is_over_once_its_carrier_says_so(calls: Calls) -> None:
    assert not await calls.over("CA1")
    await calls.progress("CA1", 1, "in-progress")
    assert not await calls.over("CA1")
    await calls.progress("CA1", 2, "completed")
    assert await calls.over("CA1")


async def test_who_was_called_back_may_want_it_again(calls: Calls) -> None:
    for _ in range(2):
        await calls.callback_wanted("c_ada", PHONE, "away")
        [due] = await calls.callbacks_due(10)
        assert await calls.called_back(due.id)
    assert await calls.callbacks_due(10) == []
