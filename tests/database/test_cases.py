"""Opening cases and finding them again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from database.cases import Cases
from database.engine import Database
from database.journal import Journal
from models.case import Status
from models.journal import Page


@pytest.fixture
def cases(db: Database) -> Cases:
    return Cases(db)


def closing(case: str, status: Status = Status.FINISHED, sequence: int = 1) -> Page:
    moment, customer, _ = case.split("/")
    at = datetime.now(UTC)
    return Page(
        case=case,
        customer=customer,
        moment=moment,
        run="run",
        status=status,
        sequence=sequence,
        turn={},
        rows=[],
        at=at,
    )


async def test_the_open_case_is_gone_on_with(cases: Cases) -> None:
    first = await cases.open("c_ada", "pay-bill")
    assert first.id == "pay-bill/c_ada/1"
    assert (first.number, first.status, first.step, first.sequence) == (1, Status.OPEN, None, 0)
    assert abs(datetime.now(UTC) - first.opened_at) < timedelta(seconds=30)
    assert await cases.open("c_ada", "pay-bill") == first == await cases.get(first.id)


async def test_a_new_case_follows_a_closed_one(cases: Cases, db: Database) -> None:
    for number in (1, 2, 3):
        case = await cases.open("c_ada", "pay-bill")
        assert case.id == f"pay-bill/c_ada/{number}"
        await Journal(db).write(closing(case.id))


@pytest.mark.parametrize("earlier", [0, 1])
async def test_many_who_open_at_once_get_one_case(cases: Cases, db: Database, earlier: int) -> None:
    for _ in range(earlier):
        await Journal(db).write(closing((await cases.open("c_ada", "pay-bill")).id))
    opened = await asyncio.gather(*(cases.open("c_ada", "pay-bill") for _ in range(16)))
    assert {case.id for case in opened} == {f"pay-bill/c_ada/{earlier + 1}"}


async def test_customers_and_moments_do_not_stand_in_each_others_way(cases: Cases) -> None:
    wanted = [(customer, moment) for customer in ("c_ada", "c_eve") for moment in ("pay-bill", "change-plan")]
    opened = await asyncio.gather(*(cases.open(*each) for each in wanted * 4))
    assert {case.id for case in opened} == {f"{moment}/{customer}/1" for customer, moment in wanted}


async def test_parked_and_stuck_cases_are_open_still(cases: Cases, db: Database) -> None:
    for status in Status:
        case = await cases.open("c_ada", status.value)
        await Journal(db).write(closing(case.id, status))
    kept = {case.moment for case in await cases.open_for("c_ada")}
    assert kept == {status.value for status in Status if not status.closed}
    for status in Status:
        assert (await cases.open("c_ada", status.value)).number == (2 if status.closed else 1)


async def test_lists_show_what_was_touched_last_first(cases: Cases, db: Database) -> None:
    ids = [(await cases.open("c_ada", moment)).id for moment in ("pay-bill", "change-plan", "upgrade-device")]
    await Journal(db).write(closing(ids[0], Status.PARKED))
    assert [case.id for case in await cases.open_for("c_ada")] == [ids[0], ids[2], ids[1]]
    assert [case.id for case in await cases.recent(2)] == [ids[0], ids[2]]
    assert await cases.open_for("c_eve") == []


async def test_sequences_are_told_for_many_cases(cases: Cases, db: Database) -> None:
    ids = [(await cases.open("c_ada", moment)).id for moment in ("pay-bill", "change-plan")]
    await Journal(db).write(closing(ids[1], Status.OPEN, sequence=7))
    assert await cases.sequences([*ids, "pay-bill/c_nobody/1"]) == {ids[0]: 0, ids[1]: 7}
    assert await cases.sequences([]) == {}


async def test_a_lost_case_makes_room(cases: Cases) -> None:
    lost = await cases.open("c_ada", "pay-bill")
    await cases.lost(lost.id)
    await cases.lost(lost.id)
    found = await cases.get(lost.id)
    assert found is not None
    assert found.status is Status.CANCELLED
    assert (await cases.open("c_ada", "pay-bill")).number == 2


async def test_what_is_not_there_is_none(cases: Cases) -> None:
    assert await cases.get("pay-bill/c_nobody/1") is None
    assert await cases.turn("pay-bill/c_nobody/1") is None
    assert await cases.turn((await cases.open("c_ada", "pay-bill")).id) is None
