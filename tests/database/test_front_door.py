"""What the front door keeps: offers, wrong tries, visits, and who turned out to be whom."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import update

from database.calls import Calls
from database.customers import Customers
from database.engine import Database, now
from database.offered import Offer, Offered
from database.passes import Passes
from database.tries import Limit, Tries
from database.visits import Visits
from models.people import Address, Assurance, Channel
from models.tables import OfferedRow, SessionRow, TriesRow

PHONE = Address(kind="phone", value="+12125550142")
FEW = Limit(3, timedelta(minutes=15), timedelta(hours=1))
CASE = "pay-bill/c_ada/1"


async def test_an_offer_is_open_until_it_is_settled_or_old(db: Database) -> None:
    offered = Offered(db)
    assert await offered.last(Channel.SMS, PHONE) is None
    await offered.offer(Channel.SMS, PHONE, Offer(what="missed", misses=1))
    offer = Offer(what="moments", options=("pay-bill", "change-plan"), words="plan and bill")
    await offered.offer(Channel.SMS, PHONE, offer)
    assert await offered.last(Channel.SMS, PHONE) == offer
    assert await offered.last(Channel.WHATSAPP, PHONE) is None
    await offered.settled(Channel.SMS, PHONE)
    assert await offered.last(Channel.SMS, PHONE) is None
    await offered.offer(Channel.SMS, PHONE, offer)
    await db.change(update(OfferedRow).values(at=now() - timedelta(hours=1)))
    assert await offered.last(Channel.SMS, PHONE) is None


async def test_the_try_that_locks_is_one(db: Database) -> None:
    tries = Tries(db)
    locked = await asyncio.gather(*(tries.failed("a", FEW) for _ in range(9)))
    assert sorted(locked) == [False] * 8 + [True]
    assert await tries.locked("b", "a")
    assert not await tries.locked("b")


async def test_a_lock_and_what_led_to_it_pass(db: Database) -> None:
    tries = Tries(db)
    for _ in range(3):
        await tries.failed("a", FEW)
    await db.change(update(TriesRow).values(until=now(), since=now() - timedelta(hours=1)))
    assert not await tries.locked("a")
    assert [await tries.failed("a", FEW) for _ in range(3)] == [False, False, True]
    await tries.forget("a")
    assert not await tries.locked("a")


async def test_no_name_of_a_guesser_is_kept(db: Database) -> None:
    await Tries(db).failed(PHONE.value, FEW)
    (row,) = await db.rows(TriesRow.__table__.select())
    assert PHONE.value not in str(row)


async def test_a_visit_speaks_for_whom_its_pass_was(db: Database) -> None:
    visits = Visits(db)
    assert await visits.find("v1") is None
    await visits.joined("v1", "c_eve", "pay-bill/c_eve/1", Assurance.POSSESSION, FEW.locked)
    await visits.joined("v1", "c_ada", CASE, Assurance.POSSESSION, FEW.locked)
    found = await visits.find("v1")
    assert found is not None
    assert (found.customer, found.case, found.assurance) == ("c_ada", CASE, Assurance.POSSESSION)
    await db.change(update(SessionRow).values(expires_at=now()))
    assert await visits.find("v1") is None


async def test_a_call_remembers_what_it_proved(db: Database) -> None:
    calls = Calls(db)
    assert await calls.assurance_of("CA1") is Assurance.CLAIMED
    await calls.started("CA1", "c_ada", PHONE)
    await calls.proved("CA1", Assurance.POSSESSION)
    assert await calls.assurance_of("CA1") is Assurance.POSSESSION
    assert await calls.assurance_of("CA2") is Assurance.CLAIMED


async def test_of_many_at_once_one_gets_a_code(db: Database) -> None:
    passes = Passes(db)
    code = await passes.issue_code(CASE, "c_ada")
    used = await asyncio.gather(*(passes.use(code, kind="code") for _ in range(6)))
    assert sum(given is not None for given in used) == 1
    known = await passes.whose(code)
    assert known is not None
    assert (known.kind, known.used) == ("code", True)


async def test_a_language_is_remembered(db: Database) -> None:
    customers = Customers(db)
    customer = await customers.meet(PHONE)
    await customers.speaks(customer.id, "es")
    assert (await customers.meet(PHONE)).language == "es"
