"""How many there are, and since when the first of them waits: on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from database.calls import PERSON
from database.census import Counting
from database.engine import Database, now
from models.tables import CallbackRow, CaseRow, JournalRow, OutboxRow


def case(number: int, status: str, step: str | None, minutes: int) -> dict[str, Any]:
    at, customer = now() - timedelta(minutes=minutes), f"c_{number}"
    return {"id": f"pay-bill/{customer}/1", "customer": customer, "moment": "pay-bill", "number": 1,
            "open": status != "finished", "status": status, "step": step, "sequence": 1, "turn": None,
            "opened_at": at, "touched_at": at}  # fmt: skip


async def test_everything_is_counted_with_the_age_of_its_oldest(db: Database) -> None:
    assert max((await Counting(db).census()).oldest_unanswered().values()) == 0
    cases = [case(1, "open", "amount", 5), case(2, "open", "amount", 9), case(3, "with_a_person", None, 40),
             case(4, "finished", None, 3)]  # fmt: skip
    await db.change(insert(CaseRow).values(cases))
    wanted = {"id": "cb_1", "customer": "c_3", "kind": "phone", "address": "+14155552671", "reason": PERSON}
    await db.change(insert(CallbackRow).values(wanted | {"wanted_at": now() - timedelta(minutes=7)}))
    message: dict[str, Any] = {
        "case_id": None, "customer": "c_1", "channel": "sms", "kind": "phone", "address": "+14155552671", "body": "",
        "always": True, "prompted": False, "extras": {}, "put_at": now(),
    }  # fmt: skip
    ages = {"pending": 1, "uncertain": 20, "delivered": 90}
    out = [message | {"key": state, "state": state, "changed_at": now() - timedelta(minutes=minutes)}
           for state, minutes in ages.items()]  # fmt: skip
    await db.change(insert(OutboxRow).values(out))
    census = await Counting(db).census()
    assert {(group.step, group.status): group.count for group in census.cases} == {
        ("amount", "open"): 2, (None, "with_a_person"): 1,
    }  # fmt: skip
    assert {kind: round(seconds / 60) for kind, seconds in census.oldest_unanswered().items()} == {
        "message": 0, "person": 40, "call": 7,
    }  # fmt: skip
    assert {state: heap.count for state, heap in census.outbox.items()} == {"pending": 1, "uncertain": 1}


async def test_the_way_of_a_case_is_the_questions_in_order_each_once(db: Database) -> None:
    await db.change(insert(CaseRow).values([case(1, "open", "when", 5), case(2, "finished", None, 60 * 25)]))
    asked = [{"case_id": "pay-bill/c_1/1", "sequence": n, "customer": "c_1", "at": now(), "what": what, "key": key,
              "data": {}, "run": "r"}
             for n, (what, key) in enumerate([("asked", "amount"), ("answered", "amount"), ("asked", "when"),
                                              ("asked", "amount")])]  # fmt: skip
    await db.change(insert(JournalRow).values(asked))
    (path,) = await Counting(db).paths()
    assert (path.moment, path.status, path.steps) == ("pay-bill", "open", ("amount", "when"))
