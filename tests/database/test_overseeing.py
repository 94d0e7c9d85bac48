"""Cases as ops look for them, archived histories and repairs, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from database.archives import Archives, Kept
from database.engine import Database, now
from database.journal import Journal
from database.overseeing import Oversight
from database.repairs import Repairs
from database.vault import Vault
from models.case import Status
from models.errors import Unknown
from models.journal import Page, Row
from models.staff import Person, Role
from models.upkeep import Order, Verdict, Wanted

LONG_AGO = now() - timedelta(days=2)
OLU = Person(id="p_olu", sign_in="ops", name="Olu", role=Role.OPS, team="", local=True, made_at=LONG_AGO)


async def written(db: Database, case: str, *rows: Row, status: str = "open", step: str | None = "amount") -> None:
    last, turn = rows[-1], {"working": status == "working"}
    page = Page(
        case=case, customer=case.split("/")[1], moment="pay-bill", run="r", step=step, sequence=last.sequence,
        turn=turn, status="open" if status == "working" else status, rows=list(rows), at=last.at,
    )  # fmt: skip
    await Journal(db).write(page)


def row(sequence: int, what: str, seconds: float = 0, **more: object) -> Row:
    given = {"sequence": sequence, "at": LONG_AGO + timedelta(seconds=seconds), "what": what, **more}
    return Row.model_validate(given)


async def test_what_is_usual_at_a_step_is_told_by_those_that_went_on(db: Database) -> None:
    for n in range(30):
        asked, answered = row(1, "asked", key="amount"), row(2, "answered", seconds=n + 1, key="amount")
        await written(db, f"pay-bill/c_{n}/1", asked, answered, step="when")
    await written(db, "pay-bill/c_slow/1", row(1, "asked", key="amount"))
    books = Oversight(db)

    assert await books.usual() == {("pay-bill", "amount"): 30.0}
    (slow,) = await books.standing(("pay-bill", "amount"), now() - timedelta(hours=1))
    assert slow.id == "pay-bill/c_slow/1"


async def test_cases_are_found_by_anything_and_page_by_page(db: Database) -> None:
    for n in range(5):
        await written(db, f"pay-bill/c_{n}/1", row(1, "asked", seconds=n, key="amount"))
    await written(db, "pay-bill/c_w/1", row(1, "asked", seconds=9), status="working", step=None)
    await written(db, "pay-bill/c_b/1", row(1, "stuck", seconds=10, data={"step": "X.y"}), status="stuck", step=None)
    books = Oversight(db)

    first = await books.found(Wanted(step="amount"), 3)
    rest = await books.found(Wanted(step="amount", before=(first[-1].touched_at, first[-1].id)), 3)
    assert [case.customer for case in (*first, *rest)] == ["c_4", "c_3", "c_2", "c_1", "c_0"]
    assert [case.customer for case in await books.working(now())] == ["c_w"]
    ((stuck, why),) = await books.broken()
    assert (stuck.status, why and why.data) == (Status.STUCK, {"step": "X.y"})
    assert await books.counts(Wanted(open_only=True)) == {("pay-bill", "open"): 6, ("pay-bill", "stuck"): 1}
    assert await books.found(Wanted(text="%")) == []


async def test_effects_that_stand_are_those_not_taken_back_or_refused(db: Database) -> None:
    rows = [
        row(1, "did", key="A.a"), row(2, "did", key="B.b"), row(3, "undid", key="A.a"),
        row(4, "did", key="C.c", data={"refused": "Declined"}), row(5, "did", key="D.d"),
    ]  # fmt: skip
    await written(db, "pay-bill/c_1/1", *rows)
    assert await Oversight(db).effects("pay-bill/c_1/1") == ["B.b", "D.d"]
    assert await Oversight(db).effects("pay-bill/c_1/1", after=4) == ["D.d"]


async def test_an_archived_history_is_sealed_and_goes_with_its_customers_key(db: Database) -> None:
    vault, at = Vault(db, bytes(32)), datetime(2026, 3, 1, tzinfo=UTC)
    archives = Archives(db, vault)
    kept = Kept(case="pay-bill/c_1/1", run="r1", began_at=at, closed_at=at, events=7)
    await archives.keep(kept, b"what was said" * 100)
    await archives.keep(kept, b"another")

    assert await archives.content(kept) == b"what was said" * 100
    assert await archives.runs(kept.case) == [kept]
    assert [each async for each in archives.all(moment="pay-bill", since=at)] == [kept]
    assert [each async for each in archives.all(moment="welcome")] == []
    assert await archives.missing([(kept.case, "r1"), (kept.case, "r2")]) == {(kept.case, "r2")}
    runs, size = await archives.size()
    assert (runs, size < 200) == (1, True)
    await vault.destroy("c_1")
    with pytest.raises(Unknown):
        await archives.content(kept)


async def test_a_repair_is_stopped_for_whoever_does_it(db: Database) -> None:
    books, order = Repairs(db), Order(action="skip", why="ticket 12", key="A.a", value={"secret": "x"})
    cases = ["pay-bill/c_1/1", "pay-bill/c_2/1", "pay-bill/c_1/1"]
    job = await books.make(order, cases, OLU, 60)
    assert await books.next(job) == "pay-bill/c_1/1"
    await books.settled(job, Verdict(case="pay-bill/c_1/1", outcome="refused", told="effects", about="B.b"))
    assert await books.next(job) == "pay-bill/c_2/1"

    await books.stop(job)
    assert await books.next(job) is None
    await books.over(job)

    (found,) = await books.jobs()
    assert (found.state, found.counts, found.name) == ("stopped", {"refused": 1, "waiting": 1}, "Olu")
    assert (await books.verdicts(job))[0].about == "B.b"
    assert await books.order(job) == order.model_copy(update={"value": None})
    assert [await books.resume(job), await books.resume(job)] == [True, False]
    assert [verdict.told for _, verdict in await books.of_case("pay-bill/c_1/1")] == ["effects"]
