"""What the journal keeps, however often and in whatever order it is told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from database.cases import Cases
from database.engine import Database
from database.journal import Journal
from models.case import Pending, Status, Turn
from models.journal import Page, Row
from models.ledger import Fact
from models.money import Money
from models.people import Channel, Provenance
from models.questions import Confirm

AT = datetime(2031, 3, 9, 15, 4, 5, 678901, tzinfo=UTC)
CASE = "pay-bill/c_ada/1"


def row(sequence: int, what: str = "answered", **more: Any) -> Row:
    return Row(sequence=sequence, at=AT + timedelta(seconds=sequence), what=what, **more)


def page(*rows: Row, case: str = CASE, status: Status = Status.OPEN, **more: Any) -> Page:
    moment, customer, _ = case.split("/")
    last = rows[-1].sequence if rows else 0
    turn = Turn(case=case, moment=moment, status=status, sequence=last).model_dump(mode="json")
    fields: dict[str, Any] = {"run": "run-1", "sequence": last, "turn": turn, "at": AT + timedelta(seconds=last)} | more
    return Page(case=case, customer=customer, moment=moment, status=status, rows=list(rows), **fields)


def fact(value: str, at: datetime = AT, until: datetime | None = None) -> Fact:
    return Fact(name="email", value=value, by=Provenance(channel=Channel.WEB, at=at), until=until)


@pytest.fixture
def journal(db: Database) -> Journal:
    return Journal(db)


@pytest.fixture
def cases(db: Database) -> Cases:
    return Cases(db)


async def test_a_page_is_read_as_it_was_written(journal: Journal) -> None:
    said = row(
        2,
        key="amount",
        channel="sms",
        actor="customer",
        assurance="possession",
        data={"z": 1, "a": {"amount": "40.10", "currency": "USD"}, "n": None, "big": 2**63, "list": [True, 1.5]},
    )
    await journal.write(page(row(1, "arrived"), said, update="u-1"))
    assert await journal.rows(CASE) == [row(1, "arrived"), said]
    assert await journal.rows(CASE, after=1) == [said]
    assert list((await journal.rows(CASE))[1].data) == ["z", "a", "n", "big", "list"]
    assert await journal.rows(CASE, after=2) == await journal.rows("pay-bill/c_eve/1") == []


async def test_writing_again_changes_nothing(journal: Journal, cases: Cases) -> None:
    first = page(row(1), row(2), facts=[fact("ada@example.com")])
    await asyncio.gather(*(journal.write(first) for _ in range(8)))
    assert await journal.rows(CASE) == [row(1), row(2)]
    assert len(await journal.facts("c_ada")) == 1
    assert await cases.sequences([CASE]) == {CASE: 2}


async def test_the_last_writer_of_a_row_wins(journal: Journal) -> None:
    await journal.write(page(row(1), row(2, "ghost")))
    await journal.write(page(row(2, "answered"), run="run-2"))
    assert [each.what for each in await journal.rows(CASE)] == ["answered", "answered"]


async def test_an_older_page_does_not_take_the_case_back(journal: Journal, cases: Cases) -> None:
    await journal.write(page(row(3), step="later"))
    await journal.write(page(row(1), row(2), step="earlier"))
    record, turn = await cases.get(CASE), await cases.turn(CASE)
    assert record is not None
    assert turn is not None
    assert (record.step, record.sequence, turn.sequence) == ("later", 3, 3)
    assert [each.sequence for each in await journal.rows(CASE)] == [1, 2, 3]


async def test_the_turn_keeps_the_order_of_what_is_confirmed(journal: Journal, cases: Cases) -> None:
    values = {"zebra": {"amount": "40.00", "currency": "USD"}, "day": None, "a": "Visa ending 4242"}
    asked = Pending(question=Confirm("pay", values=values), revision=1)  # type: ignore[arg-type]  # mypy widens the dict
    turn = Turn(case=CASE, moment="pay-bill", status=Status.OPEN, sequence=1, pending=[asked])
    await journal.write(page(row(1), turn=turn.model_dump(mode="json")))
    kept = await cases.turn(CASE)
    assert kept == turn
    assert kept is not None
    assert kept.question is not None
    assert isinstance(kept.question.question, Confirm)
    assert list(kept.question.question.values) == ["zebra", "day", "a"]


async def test_a_turn_of_another_shape_is_no_turn(journal: Journal, cases: Cases) -> None:
    await journal.write(page(row(1), turn={"shape": "of another version"}))
    assert await cases.turn(CASE) is None


async def test_a_closed_case_makes_room_and_a_ghost_of_it_does_no_harm(journal: Journal, cases: Cases) -> None:
    await cases.open("c_ada", "pay-bill")
    await journal.write(page(row(1), status=Status.FINISHED))
    second = await cases.open("c_ada", "pay-bill")
    assert second.number == 2
    await journal.write(page(row(1, "asked"), row(2), status=Status.OPEN, facts=[fact("ada@example.com")]))
    assert [each.what for each in await journal.rows(CASE)] == ["asked", "answered"]
    assert {case.id: case.status for case in await cases.open_for("c_ada")} == {CASE: "open", second.id: "open"}
    assert await cases.open("c_ada", "pay-bill") == second
    assert len(await journal.facts("c_ada")) == 1


async def test_a_journal_can_be_written_without_the_case(journal: Journal, cases: Cases) -> None:
    await journal.write(page(row(1), case="pay-bill/c_ada/7"))
    assert (await cases.open("c_ada", "pay-bill")).id == "pay-bill/c_ada/7"
    await journal.write(page(row(2), case="pay-bill/c_ada/7", status=Status.EXPIRED))
    assert (await cases.open("c_ada", "pay-bill")).id == "pay-bill/c_ada/8"


async def test_the_timeline_is_newest_first_over_all_cases(journal: Journal) -> None:
    other = "change-plan/c_ada/1"
    await journal.write(page(row(1), row(3)))
    await journal.write(page(row(2), row(4), case=other))
    await journal.write(page(row(5), case="pay-bill/c_eve/1"))
    assert [(case, each.sequence) for case, each in await journal.timeline("c_ada")] == [
        (other, 4),
        (CASE, 3),
        (other, 2),
        (CASE, 1),
    ]
    assert len(await journal.timeline("c_ada", limit=2)) == 2


async def test_the_newest_saying_of_a_fact_stays(journal: Journal) -> None:
    later = AT + timedelta(days=1)
    await journal.write(page(row(1), facts=[fact("new@example.com", later)], case="change-plan/c_ada/1"))
    await journal.write(page(row(1), facts=[fact("old@example.com")]))
    assert [each.value for each in await journal.facts("c_ada")] == ["new@example.com"]
    assert (await journal.facts("c_ada"))[0] == fact("new@example.com", later)


async def test_a_stale_fact_is_not_told(journal: Journal) -> None:
    await journal.write(page(row(1), facts=[fact("ada@example.com", until=datetime(2020, 1, 1, tzinfo=UTC))]))
    assert await journal.facts("c_ada") == []
    money = Money.of("40").model_dump(mode="json")
    fresh = Fact(name="limit", value=money, by=fact("").by, until=datetime(2999, 1, 1, tzinfo=UTC))
    await journal.write(page(row(2), facts=[fresh]))
    assert await journal.facts("c_ada") == [fresh]


async def test_no_character_stops_the_journal(journal: Journal) -> None:
    odd = {"nul": "a\0b", "half": "c\ud83d", "key\0": ["\0"], "escaped": "\\u0000", "smile": "👋🏽"}
    await journal.write(page(row(1, key="a\0\udfff", data=odd), update="u\0"))
    kept = (await journal.rows(CASE))[0]
    assert kept.key == "a\ufffd\ufffd"
    assert kept.data == {
        "nul": "a\ufffdb",
        "half": "c\ufffd",
        "key\ufffd": ["\ufffd"],
        "escaped": "\\u0000",
        "smile": "👋🏽",
    }


async def test_a_page_is_written_in_good_time(journal: Journal) -> None:
    loop, took = asyncio.get_running_loop(), []
    for number in range(1, 60):
        begun = loop.time()
        await journal.write(page(row(2 * number), row(2 * number + 1)))
        took.append(loop.time() - begun)
    # 0.3 ms where it was made (1.5 ms on PostgreSQL); the rest is for slow and busy machines.
    assert sorted(took)[len(took) // 2] < 0.02
