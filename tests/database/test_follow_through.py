"""Bookings, hand-overs, wrap-ups and goodwill, as both databases keep them."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from database.bookings import Bookings
from database.customers import Customers
from database.engine import Database, now
from database.goodwill import Goodwill
from database.hand_overs import HandOvers
from database.staff import Staff
from database.wrap_ups import WrapUps
from models.bookings import Calendar, Kind
from models.errors import SlotTaken
from models.follow_through import Budget, Ending, Gesture, Gift, HandedOnFor, HandOver
from models.money import Money
from models.people import Address
from models.staff import Role


async def test_no_time_is_booked_twice_however_many_try_at_once(db: Database) -> None:
    books, slot = Bookings(db, 2), Calendar().slots("Europe/Madrid", now())[0]
    tries = [books.book(f"{n}", Kind.CALL, "", slot, customer=f"c{n}", case=None, staff=None) for n in range(6)]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, SlotTaken) for each in found) == 4
    assert await books.free(Kind.CALL, "", [slot]) == []
    assert await books.due(slot.start, 10) != []


async def test_two_at_once_never_give_more_than_there_is(db: Database) -> None:
    books, gesture = Goodwill(db, Budget()), Gesture(gift=Gift.CREDIT, cost=Money.of(30))
    one = await Customers(db).meet(Address(kind="phone", value="+14155550177"))
    staff = [(await Staff(db).ensure(f"s{n}", "S", Role.AGENT, "")).id for n in range(3)]
    tries = [books.reserve(s, gesture, case="", customer=one.id, staff=s, beyond=False) for s in staff]
    assert sorted(await asyncio.gather(*tries)) == [False, False, True]
    left = await books.left(staff[0], one.id)
    assert (left.customer, left.beyond) == (Money.of(20), Money.of(120))


async def test_one_hand_over_of_a_case_waits_and_is_accepted_once(db: Database) -> None:
    books, at = HandOvers(db), now()
    given = HandOver(
        id="h_1", case="pay-bill/c/1", customer="c", by="a", by_name="Ann", to=None, to_name=None, team="north",
        why=HandedOnFor.SKILL, tried="", promised="", until=None, next_step="look", at=at,
        accept_by=at + timedelta(minutes=2), state="waiting",
    )  # fmt: skip
    await books.hand(given)
    await books.hand(given.model_copy(update={"id": "h_2"}))
    assert [each.id for each in await books.waits_for("b", "north", ["c"])] == ["h_2"]
    accepted = await asyncio.gather(*(books.accept(given.case, person) for person in ("b", "d")))
    assert accepted.count(None) == 1
    assert await books.driven() == {}


async def test_a_wrap_up_is_open_until_it_is_said(db: Database) -> None:
    books = WrapUps(db)
    for _ in range(2):
        await books.open("once", "pay-bill/c/1", "c", "a")
    (mine,) = await books.of("a")
    assert await books.done(mine.id, "b", Ending.RESOLVED, "") is None
    assert await books.done(mine.id, "a", Ending.RESOLVED, "") is not None
    assert await books.of("a") == []
