"""Acting while it is sore: an owner within seconds, a promise, who is next, and what follows when it is over."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from sqlalchemy import Update, update

from database.attendance import Attendance
from database.cases import Cases
from database.engine import now, open_database
from database.pops import Pops
from database.put_throughs import PutThroughs
from database.ratings import Ratings
from database.rebuilt import differences
from gateway.caring import Vigil
from models.case import Status
from models.errors import NotConfirmed
from models.people import Actor, Channel
from models.promise import Promising
from models.staff import Person, Role
from models.tables import CustomerRow, RatingRow
from tests.gateway.test_desk import agent, at, fails_twice
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
ALWAYS = Promising.parse("hours=00:00-00:00", "")


async def colleague(town: Town, name: str = "Ann", role: Role = Role.AGENT, *, here: bool = True) -> Person:
    person = await town.parts.staff.ensure(f"{name.lower()}@desk", name, role, "north")
    if here:
        await Attendance(town.parts.database).set(person.id, "available")
    return person


async def lost(town: Town) -> str:
    """Two answers that nobody could read."""
    for words in ("pay my bill", "purple", "the usual elephant"):
        await town.says(words)
    return (await town.turn("pay-bill")).case


def watching(town: Town, clock: Callable[[], datetime] = now) -> Vigil:
    return Vigil(replace(town.parts, promising=ALWAYS), clock=clock)


async def told(town: Town) -> list[str]:
    return [body for key, _, body in await town.written() if not key.startswith("reply:")]


async def pops(town: Town, person: Person) -> list[str]:
    return [pop.kind for pop in await Pops(town.parts.database).waiting(person.id)]


async def test_a_signal_has_an_owner_within_ten_seconds(town: Town) -> None:
    ann = await colleague(town)
    case, began = await lost(town), time.monotonic()
    await watching(town).look()
    care = (await town.turn("pay-bill")).care
    assert time.monotonic() - began < 5, "a look every second, and this: well within ten"
    assert care is not None
    assert (care.owner, care.owner_name, care.level, care.signals) == (ann.id, "Ann", 0, ("unreadable",))
    assert await pops(town, ann) == ["owned"]
    assert case == (await town.turn("pay-bill")).case


async def test_nobody_is_promised_while_somebody_rings_for_the_caller(town: Town) -> None:
    ann = await colleague(town)
    case, ways = await lost(town), PutThroughs(town.parts.database)
    way = await ways.begin("CA1", ann.id, customer="c_1", case=case)
    vigil = watching(town)
    await vigil.look()
    assert (await town.turn("pay-bill")).care is None
    await ways.end(way.id)
    await vigil.look()
    care = (await town.turn("pay-bill")).care
    assert (care.owner if care else None) == ann.id, "nobody took the call, and nothing else has happened since"


async def test_who_rang_is_not_forgotten_while_the_database_is_away(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await colleague(town)
    case, ways = await lost(town), PutThroughs(town.parts.database)
    way, vigil = await ways.begin("CA1", ann.id, customer="c_1", case=case), watching(town)
    await vigil.look()
    await ways.end(way.id)
    with monkeypatch.context() as patch:
        patch.setattr(Cases, "between", AsyncMock(side_effect=NotConfirmed("away")))
        with pytest.raises(NotConfirmed):
            await vigil.look()
    await vigil.look()
    assert (await town.turn("pay-bill")).care is not None


async def test_a_call_whose_end_nobody_told_us_keeps_no_owner_away(town: Town) -> None:
    ann = await colleague(town)
    await PutThroughs(town.parts.database).begin("CA1", ann.id, customer="c_1", case=await lost(town))
    await watching(town, clock=lambda: now() + timedelta(minutes=2)).look()
    assert (await town.turn("pay-bill")).care is not None


async def test_the_customer_is_promised_it_where_they_are(town: Town) -> None:
    await colleague(town)
    case = await lost(town)
    await watching(town).look()
    played = town.line.cases[case].case
    assert [notice.key for notice in played.state.notices] == ["care-promised"]
    words = town.parts.words("en", "America/New_York")
    said = words.notice("pay-bill", played.state.notices[0], Channel.SMS)
    assert said.startswith("Ann from our team has your case and will write or call you by")
    assert await town.asks("pay-bill") == "amount"


async def test_looking_again_or_on_another_server_gives_it_once(town: Town) -> None:
    ann, bob = await colleague(town), await colleague(town, "Bob")
    await lost(town)
    one, two = watching(town), watching(town)
    for vigil in (one, two, one, two):
        await vigil.look()
    care = (await town.turn("pay-bill")).care
    assert care is not None
    owned = [row.what for row in await town.parts.journal.rows((await town.turn("pay-bill")).case)].count("cared")
    assert owned == 1
    assert sorted([await pops(town, ann), await pops(town, bob)]) == [[], ["owned"]]


async def test_whoever_has_least_in_hand_gets_it(town: Town) -> None:
    await colleague(town)
    await lost(town)
    vigil = watching(town)
    await vigil.look()
    bob = await colleague(town, "Bob")
    other = "+14155550123"
    for words in ("upgrade my phone", "purple elephant", "the usual elephant"):
        await town.says(words, by=other)
    await vigil.look()
    care = (await town.turn("upgrade-device", other)).care
    assert care is not None
    assert care.owner == bob.id


async def test_with_nobody_there_the_team_owns_it_when_it_is_back(town: Town) -> None:
    sue = await colleague(town, "Sue", Role.SUPERVISOR, here=False)
    await lost(town)
    here = now().astimezone(UTC)
    closed = f"hours={(here + timedelta(hours=1)):%H:%M}-{(here + timedelta(hours=2)):%H:%M}"
    await town.parts.database.change(_zone("UTC"))
    await Vigil(replace(town.parts, promising=Promising.parse(closed, ""))).look()
    care = (await town.turn("pay-bill")).care
    assert care is not None
    assert (care.owner, care.level, care.late) == ("", 1, False)
    assert "A promise was not kept." not in (await agent(town, "Eve")).page.text
    assert timedelta(minutes=85) < care.promised_at - here < timedelta(minutes=100)
    assert await pops(town, sue) == []


async def test_a_promise_that_is_not_kept_comes_before_the_team_and_a_supervisor(town: Town) -> None:
    ann, bob = await colleague(town), await colleague(town, "Bob", here=False)
    sue = await colleague(town, "Sue", Role.SUPERVISOR, here=False)
    case, vigil = await lost(town), watching(town)
    await vigil.look()
    await Attendance(town.parts.database).set(bob.id, "available")
    await town.line.cases[case].skips(minutes=36)
    await vigil.see_to(case.split("/")[1])
    assert (await pops(town, ann), await pops(town, bob)) == (["owned", "owned"], ["owned"])
    await town.line.cases[case].skips(minutes=31)
    await vigil.see_to(case.split("/")[1])
    assert await pops(town, sue) == ["owned"]
    page = (await agent(town, "Sue", Role.SUPERVISOR)).page.text
    assert "Nobody helped in time" in page
    assert "A promise was not kept." in page


async def test_what_is_in_hand_is_nobody_elses(town: Town) -> None:
    await colleague(town, "Bob")
    ann = await at(town, await fails_twice(town))
    await ann.sends("/claim")
    await watching(town).look()
    assert (await town.turn("pay-bill")).care is None


async def test_the_desk_shows_whose_it_is_and_why_and_takes_helped(town: Town) -> None:
    ann = await colleague(town)
    case = await lost(town)
    await watching(town).look()
    home = await agent(town)
    assert "Promised you" in home.page.text
    page = (await home.opens(f"/desk/case/{case}")).text
    assert "This case is yours." in page
    assert "We did not understand two answers in a row." in page
    assert "the usual elephant" in page
    await home.sends("/helped")
    turn = await town.turn("pay-bill")
    assert turn.care is None
    last = (await town.parts.journal.rows(case))[-1]
    assert (last.what, last.actor) == ("helped", Actor.AGENT)
    await watching(town).look()
    assert (await town.turn("pay-bill")).care is None
    assert ann.id


async def test_a_colleague_takes_it_on(town: Town) -> None:
    await colleague(town)
    case = await lost(town)
    await watching(town).look()
    bob = await at(town, case, "Bob")
    assert "Ann has this case." in bob.page.text
    await bob.sends("/care")
    care = (await town.turn("pay-bill")).care
    assert care is not None
    assert care.owner_name == "Bob"


async def settled(town: Town) -> str:
    """A sore case that came to its end."""
    await colleague(town)
    case = await lost(town)
    await watching(town).look()
    for words in ("40", "now", "yes"):
        await town.says(words)
    assert (await town.turn("pay-bill")).status is Status.FINISHED
    return case


async def asked(town: Town, case: str) -> None:
    """The day after: the text has gone out."""
    await watching(town).look()
    await town.parts.database.change(_asked(case))


async def test_the_day_after_it_is_asked_whether_all_is_well(town: Town) -> None:
    case = await settled(town)
    for _ in range(2):
        await watching(town).look()
    message = await town.parts.outbox.get(f"after:{case}")
    assert message is not None
    assert message.not_before is not None
    assert message.not_before - datetime.now(UTC) > timedelta(hours=23)
    assert "Is all well now? Reply with a number from 1" in message.body


async def test_a_number_written_back_is_a_rating(town: Town) -> None:
    case = await settled(town)
    await asked(town, case)
    assert await town.says("5 thanks") == "Thank you, we are glad to hear from you."
    assert await Ratings(town.parts.database).given(case) == 5
    assert await town.says("four") == "Thank you, we are glad to hear from you."
    assert await Ratings(town.parts.database).given(case) == 4
    rows = [row.data for row in await town.parts.journal.rows(case) if row.what == "rated"]
    assert rows == [{"score": 5, "of": 5, "text": "thanks"}, {"score": 4, "of": 5}]


async def test_a_rating_is_no_difference_to_what_histories_tell(town: Town, tmp_path: Path) -> None:
    case, before = await settled(town), tmp_path / "before.db"
    with sqlite3.connect(str(town.parts.database.file)) as now_, sqlite3.connect(before) as then:
        now_.backup(then)
    await asked(town, case)
    await town.says("1")
    rebuilt = await open_database(f"sqlite:///{before}")
    found = [each async for each in differences(town.parts.database, rebuilt) if case in each.key]
    await rebuilt.close()
    assert found == []


async def test_a_low_rating_is_worth_a_call_by_a_person_once(town: Town) -> None:
    case = await settled(town)
    await asked(town, case)
    assert "One of our team will call you" in await town.says("1")
    vigil = watching(town)
    for _ in range(2):
        await vigil.look()
    assert len(await town.parts.calls.people_waiting(10)) == 1


async def test_a_number_means_the_question_that_was_asked_last(town: Town) -> None:
    case = await settled(town)
    await asked(town, case)
    await town.says("upgrade my phone")
    await town.says("2")
    assert await Ratings(town.parts.database).given(case) is None
    assert await town.asks("upgrade-device") == "storage"


async def test_who_wants_no_messages_is_not_asked(town: Town) -> None:
    case = await settled(town)
    await town.says("STOP")
    await watching(town).look()
    assert await town.parts.outbox.get(f"after:{case}") is None


async def test_a_call_that_broke_off_is_sore_after_a_while(town: Town) -> None:
    await colleague(town)
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    played = town.line.cases[case]
    await played.arrive(Channel.PHONE)
    await played.leave(Channel.PHONE)
    clock = now() + timedelta(minutes=1)
    vigil = watching(town, clock=lambda: clock)
    await vigil.look()
    assert (await town.turn("pay-bill")).care is None
    for _ in range(8):
        clock += timedelta(seconds=10)
        await vigil.look()
    care = (await town.turn("pay-bill")).care
    assert care is not None
    assert care.signals == ("dropped-call",)


SIGNS = {
    "person": ("pay my bill", "let me talk to a human being"),
    "wording": ("pay my bill", "you useless idiots, I will sue you"),
    "asked-twice": ("pay my bill", "40", "I already told you that"),
    "unreadable": ("pay my bill", "purple", "the usual elephant"),
    "loop": ("pay my bill", "40", "change amount", "50", "change amount", "60", "change amount"),
    "repeat": ("pay my bill", "cancel it", "pay my bill"),
}


@pytest.mark.parametrize("sign", SIGNS)
async def test_each_sign_comes_from_what_a_real_case_wrote(town: Town, sign: str) -> None:
    await colleague(town)
    for words in SIGNS[sign]:
        await town.says(words)
    await watching(town).look()
    care = (await town.turn("pay-bill")).care
    assert care is not None
    assert sign in care.signals


async def test_five_buttons_on_the_page_of_a_finished_case(town: Town) -> None:
    for words in ("pay my bill", "40", "now"):
        await town.says(words)
    case = (await town.turn("pay-bill")).case
    jane = Visitor(town)
    owner = case.split("/")[1]
    await jane.opens(f"/c/{await town.parts.passes.issue(case, owner, lifetime=timedelta(hours=1))}")
    await jane.sends(jane.page.url.path)
    assert "How did it go?" not in (await jane.opens(f"/case/{case}")).text
    await town.says("yes")
    assert "How did it go?" in (await jane.opens(f"/case/{case}")).text
    await jane.sends("/rating", score="1")
    assert "We are sorry. One of our team will call you about it." in jane.page.text
    await jane.sends("/rating", score="9")
    assert await Ratings(town.parts.database).given(case) == 1
    await watching(town).look()
    assert len(await town.parts.calls.people_waiting(10)) == 1


async def test_a_rating_is_changed_for_a_day_and_then_stands(town: Town) -> None:
    case, ratings = "pay-bill/c_ana/1", Ratings(town.parts.database)
    assert await ratings.rate(case, "c_ana", 2, Channel.WEB)
    assert await ratings.rate(case, "c_ana", 4, Channel.WEB)
    await town.parts.database.change(update(RatingRow).values(rated_at=now() - timedelta(hours=25)))
    assert not await ratings.rate(case, "c_ana", 1, Channel.WEB)
    assert await ratings.given(case) == 4


def _zone(zone: str) -> Update:
    return update(CustomerRow).values(zone=zone)


def _asked(case: str) -> Update:
    return update(RatingRow).where(RatingRow.case_id == case).values(asked_at=now())


async def test_what_showed_the_trouble_stays_to_be_seen_and_goes_along_with_the_case(town: Town) -> None:
    await colleague(town)
    bob = await colleague(town, "Bob")
    for words in ("pay my bill", "40", "this is ridiculous, you are useless!!"):
        await town.says(words)
    case = (await town.turn("pay-bill")).case
    await watching(town).look()
    ann = await at(town, case)
    await ann.sends("/claim")
    assert "Their words sound upset" in ann.page.text, (await town.turn("pay-bill")).care
    assert "you are useless" in ann.page.text.partition('data-part="question"')[0]
    assert "on our word" not in ann.page.text
    await ann.sends("/hand-over", to=f"person:{bob.id}", why="skill", next_step="calm them")
    care = (await town.turn("pay-bill")).care
    assert care is not None
    assert care.owner_name == "Bob", "whom the case was handed to has also the promise to keep"
