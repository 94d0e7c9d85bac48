"""Passes, sessions and one-time codes: hard to guess, soon over, and good once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from database.codes import Codes
from database.engine import Database, now
from database.passes import Passes
from database.sessions import Sessions
from models.errors import TooManyCodes
from models.people import Assurance
from models.tables import CodeRow, PassRow, SessionRow

HOUR, OVER = timedelta(hours=1), timedelta(seconds=-1)
CASE, PHONE = "pay-bill/c_ada/1", "+12125550142"


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_a_pass_opens_once(db: Database) -> None:
    passes = Passes(db)
    token = await passes.issue(CASE, "c_ada", lifetime=HOUR)
    seen = await passes.look(token)
    assert seen is not None
    assert (seen.case, seen.customer) == (CASE, "c_ada")
    assert HOUR - timedelta(minutes=1) < seen.expires_at - datetime.now(UTC) < HOUR
    assert await passes.look(token) == await passes.use(token) == seen
    assert await passes.look(token) is await passes.use(token) is None
    assert await passes.whose(token) == seen.model_copy(update={"used": True})


async def test_a_used_pass_voids_the_others_of_its_case(db: Database) -> None:
    passes = Passes(db)
    used, twin = [await passes.issue(CASE, "c_ada", lifetime=HOUR) for _ in range(2)]
    elsewhere = await passes.issue("pay-bill/c_ada/2", "c_ada", lifetime=HOUR)
    assert await passes.use(used)
    assert await passes.look(twin) is await passes.use(twin) is None
    assert await passes.look(elsewhere) is not None


async def test_of_many_at_once_one_uses_the_pass(db: Database) -> None:
    token = await Passes(db).issue(CASE, "c_ada", lifetime=HOUR)
    used = await asyncio.gather(*(Passes(db).use(token) for _ in range(20)))
    assert sum(each is not None for each in used) == 1


async def test_an_old_or_unknown_pass_opens_nothing(db: Database) -> None:
    passes = Passes(db)
    old = await passes.issue(CASE, "c_ada", lifetime=OVER)
    for token in (old, "", "no-such-pass", "\ud83d\0", "x" * 100_000):
        assert await passes.look(token) is await passes.use(token) is None
    assert await passes.whose(old) is not None
    assert await passes.whose("no-such-pass") is None


async def test_a_session_lasts_until_it_is_closed_or_over(db: Database) -> None:
    sessions = Sessions(db)
    token = await sessions.open("c_ada", CASE, Assurance.POSSESSION, HOUR)
    found = await sessions.find(token)
    assert found is not None
    assert (found.customer, found.case, found.assurance) == ("c_ada", CASE, Assurance.POSSESSION)
    await sessions.close(token)
    await sessions.close(token)
    assert await sessions.find(token) is None
    assert await sessions.find(await sessions.open("c_ada", None, Assurance.CLAIMED, OVER)) is None


async def test_no_token_stands_in_the_database(db: Database) -> None:
    tokens = {
        await Passes(db).issue(CASE, "c_ada", lifetime=HOUR),
        await Sessions(db).open("c_ada", None, Assurance.CLAIMED, HOUR),
    }
    kept = [*await db.rows(select(PassRow.__table__)), *await db.rows(select(SessionRow.__table__))]
    assert not any(token in str(row) for token in tokens for row in kept)
    assert all(len(token) >= 22 for token in tokens)


async def test_a_code_is_right_once(db: Database) -> None:
    codes = Codes(db)
    code = await codes.issue("sign-in", PHONE, lifetime=HOUR)
    assert len(code) == 6
    assert code.isdigit()
    assert await codes.check("sign-in", PHONE, other(code)) == "wrong"
    assert await codes.check("sign-in", PHONE, code) == "right"
    assert await codes.check("sign-in", PHONE, code) == "used_up"
    [row] = await db.rows(select(CodeRow.digest, CodeRow.salt))
    assert code.encode() not in row.digest + row.salt


async def test_of_many_at_once_one_is_right(db: Database) -> None:
    code = await Codes(db).issue("sign-in", PHONE, lifetime=HOUR)
    found = Counter(await asyncio.gather(*(Codes(db).check("sign-in", PHONE, code) for _ in range(12))))
    assert found == {"right": 1, "used_up": 11}


async def test_five_tries_and_no_more_even_at_once(db: Database) -> None:
    code = await Codes(db).issue("sign-in", PHONE, lifetime=HOUR)
    tries = Counter(await asyncio.gather(*(Codes(db).check("sign-in", PHONE, other(code)) for _ in range(12))))
    assert tries == {"wrong": 5, "used_up": 7}
    assert await Codes(db).check("sign-in", PHONE, code) == "used_up"


async def test_a_code_is_good_for_its_purpose_its_subject_and_its_time(db: Database) -> None:
    codes = Codes(db)
    code = await codes.issue("sign-in", PHONE, lifetime=HOUR)
    assert await codes.check("pay", PHONE, code) == "expired"
    assert await codes.check("sign-in", "+12125550143", code) == "expired"
    old = await codes.issue("pay", PHONE, lifetime=OVER)
    assert await codes.check("pay", PHONE, old) == "expired"
    assert await codes.check("sign-in", PHONE, "\ud83d\0") == "wrong"
    assert await codes.check("sign-in", PHONE, code) == "right"


async def test_a_newer_code_takes_the_place_of_an_older_one(db: Database) -> None:
    codes = Codes(db)
    first = await codes.issue("sign-in", PHONE, lifetime=HOUR)
    second = await codes.issue("sign-in", PHONE, lifetime=HOUR)
    if first != second:
        assert await codes.check("sign-in", PHONE, first) == "wrong"
    assert await codes.check("sign-in", PHONE, second) == "right"


async def test_a_code_that_was_taken_back_is_worthless_and_costs_no_new_one(db: Database) -> None:
    codes = Codes(db)
    for _ in range(5):
        code = await codes.issue("sign-in", PHONE, lifetime=HOUR)
    await codes.void("pay", PHONE)
    await codes.void("sign-in", PHONE)
    await codes.void("sign-in", "+12125550143")
    assert await codes.check("sign-in", PHONE, code) == "used_up"
    assert len(await db.rows(select(CodeRow.number))) == 5


async def test_five_codes_an_hour_and_no_more_even_at_once(db: Database) -> None:
    codes = Codes(db)
    asked = await asyncio.gather(
        *(codes.issue(f"purpose-{number % 2}", PHONE, lifetime=HOUR) for number in range(12)), return_exceptions=True
    )
    assert sum(isinstance(each, str) for each in asked) == 5
    refused = [each for each in asked if isinstance(each, TooManyCodes)]
    assert [each.reason for each in refused] == ["too-many-codes"] * 7
    await codes.issue("sign-in", "+12125550143", lifetime=HOUR)
    first = update(CodeRow).where(CodeRow.subject == PHONE, CodeRow.number == 1)
    await db.change(first.values(issued_at=now() - HOUR))
    await codes.issue("sign-in", PHONE, lifetime=HOUR)
    with pytest.raises(TooManyCodes):
        await codes.issue("sign-in", PHONE, lifetime=HOUR)
