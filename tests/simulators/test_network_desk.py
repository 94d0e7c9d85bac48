"""The pretend network desk on the company's real books: each key once, no technician in two places."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from database.company import CompanyBooks
from database.engine import Database
from models.errors import SlotTaken
from models.network import Booking, Ticket, Trouble, Wanted
from simulators.network import NetworkDesk

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.fixture
async def desk(db: Database) -> NetworkDesk:
    made = NetworkDesk(CompanyBooks(db), clock=lambda: MONDAY, technicians=1)
    await made.settle("c_ann", "Elm Street")
    await made.settle("c_bob", "Elm Street")
    return made


async def wanted(desk: NetworkDesk, customer: str) -> Wanted:
    ticket: Ticket = await desk.open_ticket(f"key of {customer}", Trouble(customer=customer, symptom="odd"))
    return Wanted(ticket=ticket, visit="first")


async def test_the_same_key_is_one_ticket_and_one_visit(desk: NetworkDesk) -> None:
    ann = await wanted(desk, "c_ann")
    booking = Booking(wanted=ann, slot=(await desk.slots(ann))[0])

    visits = await asyncio.gather(*(desk.book("k", booking) for _ in range(3)))

    assert await wanted(desk, "c_ann") == ann
    assert await desk.tickets("c_ann") == ["open"]
    assert await desk.visits("c_ann") == [(visits[0], "booked")]


async def test_one_technician_is_in_one_place(desk: NetworkDesk) -> None:
    ann, bob = await wanted(desk, "c_ann"), await wanted(desk, "c_bob")
    slot = (await desk.slots(ann))[0]
    visit = await desk.book("a", Booking(wanted=ann, slot=slot))

    with pytest.raises(SlotTaken):
        await desk.book("b", Booking(wanted=bob, slot=slot))
    assert slot in await desk.slots(ann)
    assert slot not in await desk.slots(bob)

    await desk.cancel_visit(visit)
    await desk.cancel_visit(visit)
    assert slot in await desk.slots(bob)
    assert await desk.book("b", Booking(wanted=bob, slot=slot))
    assert await desk.slots(bob)


async def test_a_visit_that_took_place_can_not_be_cancelled(desk: NetworkDesk) -> None:
    ann = await wanted(desk, "c_ann")
    visit = await desk.book("a", Booking(wanted=ann, slot=(await desk.slots(ann))[0]))
    await desk.end_visit(visit)
    await desk.cancel_visit(visit)
    await desk.close_ticket(ann.ticket)
    await desk.withdraw_ticket(ann.ticket)

    assert await desk.visits("c_ann") == [(visit, "over")]
    assert await desk.tickets("c_ann") == ["closed"]


async def test_an_outage_is_known_where_it_is_until_it_is_over(desk: NetworkDesk) -> None:
    outage = await desk.declare_outage("Elm Street", hours=2)
    await desk.settle("c_eve", "Oak Street")

    assert await desk.outage("c_ann") == await desk.outage("c_bob") == outage
    assert await desk.outage("c_eve") is None
    assert await desk.end_outage(outage.id) == await desk.end_outage(outage.id)
    assert await desk.outage("c_ann") is None
    assert (await desk.declare_outage("Elm Street")).id != outage.id


@pytest.mark.parametrize(
    ("symptom", "checks"),
    [
        ("My calls drop", ["airplane", "test-mobile", "restart"]),
        ("no tengo señal", ["airplane", "restart", "test-mobile"]),
        ("the internet is so slow", ["closer", "restart", "test-line"]),
        ("Wi-Fi is down", ["restart", "cables", "test-line"]),
        ("it does funny things", ["restart", "test-line"]),
        ("\x00 💥 " * 50, ["restart", "test-line"]),
    ],
)
async def test_what_is_checked_follows_from_the_words(desk: NetworkDesk, symptom: str, checks: list[str]) -> None:
    found = await desk.checks(Trouble(customer="c_ann", symptom=symptom))

    assert [check.id for check in found] == checks
    assert [check.id for check in found if check.test] == [id for id in checks if id.startswith("test-")]


async def test_a_line_is_as_it_is_set(desk: NetworkDesk) -> None:
    await desk.set_line("c_ann", "mended")
    assert (await desk.test("c_ann", "test-line")).result == "mended"
