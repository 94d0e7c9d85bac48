"""An agent says that they are there; what comes in is put before them, and before the next if they don't take it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import update

from database.engine import now
from gateway.desk.here import _events
from gateway.desk.screens import Screens
from gateway.pages.live import Watcher
from models.errors import NotConfirmed
from models.staff import Person
from models.tables import AttendanceRow, PopRow
from switchboard.switchboard import Switchboard
from tests.gateway.test_desk import Agent, agent, driving, fails_twice
from tests.gateway.test_through import ANN, Leg, Line, address, in_mid_bill
from tests.switchboard.conftest import Town, town

__all__ = ["town"]


async def person(town: Town, name: str) -> Person:
    return next(each for each in await town.parts.staff.people() if each.name == name)


async def available(town: Town, name: str = "Ann", phone: str = ANN) -> tuple[Agent, Person]:
    here = await agent(town, name)
    await here.sends("/desk/here", state="available", phone=phone)
    return here, await person(town, name)


async def a_case(town: Town) -> str:
    """One that waits in the queue: whoever is at the desk may open it."""
    return await fails_twice(town)


async def test_somebody_says_that_they_are_there(town: Town) -> None:
    ann, who = await available(town, phone="(415) 555-0601")
    (there,) = await town.parts.attendance.there()
    assert (there.id, there.name, there.team, there.phone, there.in_hand) == (who.id, "Ann", "north", ANN, 0)
    assert "+1 415-555-0601" in ann.page.text
    await ann.sends("/desk/here", state="busy")
    assert await town.parts.attendance.there() == []
    await ann.sends("/desk/here", state="available", phone="no number")
    assert ann.page.status_code == 422
    assert "not a phone number" in ann.page.text
    assert (await town.parts.attendance.of(who.id)).phone == ANN  # type: ignore[union-attr] # asserted above


async def test_whose_desk_is_closed_is_not_there(town: Town) -> None:
    ann, who = await available(town)
    await town.parts.database.change(update(AttendanceRow).values(seen_at=now() - timedelta(seconds=61)))
    assert await town.parts.attendance.there() == []
    await ann.opens("/desk")
    assert [each.id for each in await town.parts.attendance.there()] == [who.id]


async def test_who_signs_out_is_away(town: Town) -> None:
    ann, who = await available(town)
    elsewhere = await town.parts.staff_sessions.open(who, "password", "another browser")
    await ann.opens("/staff")
    await ann.sends("/staff/sign-out")
    assert [each.id for each in await town.parts.attendance.there()] == [who.id]
    await town.parts.staff_sessions.close(elsewhere)
    assert await town.parts.attendance.there() == []
    await available(town)
    await town.parts.staff_sessions.end(who.id)
    attending = await town.parts.attendance.of(who.id)
    assert attending is not None
    assert attending.state == "away"


async def test_whoever_drives_the_least_is_first(town: Town) -> None:
    case = await a_case(town)
    await driving(town, case)
    await available(town)
    await available(town, "Bob", "+14155550602")
    assert [(each.name, each.in_hand) for each in await town.parts.attendance.there()] == [("Bob", 0), ("Ann", 1)]


async def test_a_pop_is_shown_opened_and_gone(town: Town) -> None:
    case, (ann, who) = await a_case(town), await available(town)
    put = [await town.parts.pops.pop(who.id, "handed-over", case=case, customer=case.split("/")[1], once="a")
           for _ in range(5)]  # fmt: skip
    assert put == [True, False, False, False, False]
    await ann.opens("/desk")
    assert "a case is handed to you" in ann.page.text
    await ann.sends("/open")
    assert ann.page.url.path == f"/desk/case/{case}"
    assert "data-pop=" not in ann.page.text
    assert await town.parts.pops.waiting(who.id) == []


async def test_a_pop_that_is_put_away_is_nobody_elses(town: Town) -> None:
    case, (ann, who) = await a_case(town), await available(town)
    bob = await agent(town, "Bob")
    await town.parts.pops.pop(who.id, "owned", case=case, customer=case.split("/")[1], once="a")
    (pop,) = await town.parts.pops.waiting(who.id)
    csrf = bob.form("/desk/find")["csrf"]
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    await bob.client.post(f"/desk/pops/{pop.id}/later", data={"csrf": csrf}, headers=headers)
    assert await town.parts.pops.waiting(who.id) == [pop]
    await ann.opens("/desk")
    await ann.sends("/later")
    assert await town.parts.pops.waiting(who.id) == []


async def test_what_nobody_takes_is_put_before_the_next_who_is_there(town: Town) -> None:
    case, (_, ann), (_, bob) = await a_case(town), await available(town), await available(town, "Bob", "")
    await town.parts.pops.pop(ann.id, "handed-over", case=case, customer=case.split("/")[1], once="a")
    assert await Screens(town.parts).of(bob.id) == []
    await town.parts.database.change(update(PopRow).values(at=now() - timedelta(seconds=21)))
    for _ in range(3):
        await Screens(town.parts).of(ann.id)
    (pop,) = await town.parts.pops.waiting(bob.id)
    assert (pop.case, pop.kind) == (case, "handed-over")
    assert len(await town.parts.pops.waiting(ann.id)) == 1
    await driving(town, case, "Bob")
    await Screens(town.parts).of(ann.id)
    assert await town.parts.pops.waiting(ann.id) == []


async def test_the_stream_tells_of_pops_and_of_the_queue_until_the_session_ends(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.desk.here.TICK", 0.01)
    monkeypatch.setattr("gateway.desk.here.BEAT", 0.05)
    monkeypatch.setattr("gateway.desk.screens.FRESH", 0.0)
    ann, who = await available(town)
    cookies = dict(ann.client.cookies)
    app = SimpleNamespace(state=SimpleNamespace(parts=town.parts))
    request: Any = SimpleNamespace(app=app, cookies=cookies, url=SimpleNamespace(path="/desk/live"), scope={})
    watcher = Watcher(town.parts.cases)
    events = _events(request, watcher, "ann", who)
    assert [(await anext(events))["event"] for _ in range(2)] == ["pops", "queue"]
    await town.parts.pops.pop(who.id, "call", case=None, customer="c_x", once="a")
    told = await asyncio.wait_for(anext(events), 2)
    assert (told["event"], "c_x" in told["data"]) == ("pops", False)
    await town.parts.staff_sessions.end(who.id)
    assert (await asyncio.wait_for(anext(events), 2))["event"] == "over"
    assert [cast("Any", event) async for event in events] == []


async def test_a_call_to_the_customer_rings_at_the_agent_first(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[dict[str, str]] = []

    async def call(_: object, to: str, **more: str) -> str:
        rung.append({"to": to} | more)
        return "CA" + "9" * 32

    monkeypatch.setattr("channels.providers.twilio.TwilioDoor.call", call)
    case = await a_case(town)
    ann = await agent(town)
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/connect")
    assert "Give your phone number first" in ann.page.text
    await available(town)
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/connect")
    assert "Your phone rings now" in ann.page.text
    (out,) = rung
    assert out["to"] == ANN
    leg = {"CallSid": "CA9", "From": town.parts.number, "To": ANN, "Direction": "outbound-api"}
    path = out["url"].removeprefix(town.parts.public_url)
    whisper = (await town.provider(path, leg)).text
    assert "This is your call to" in whisper
    both = [(await town.provider(address(whisper, "action"), leg | {"Digits": "1"})).text for _ in range(3)]
    assert len(set(both)) == 1
    assert ">+14155552671</Dial>" in both[0]
    assert (await town.turn("pay-bill")).claim is not None
    missed = await town.provider(address(both[0], "action"), leg | {"DialCallStatus": "no-answer"})
    assert "did not take the call" in missed.text
    await ann.opens(f"/desk/case/{case}")
    assert "Ann called the customer." in ann.page.text


async def test_a_call_taken_while_the_case_can_not_be_claimed_says_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Temporal is away in the moment of the key: the two speak all the same, and the page has the button."""

    async def away(*_: object, **__: object) -> None:
        raise NotConfirmed

    case = await in_mid_bill(town)
    ann, who = await available(town)
    line = Line(town)
    await line.wants_a_person()
    leg = Leg(line)
    await leg.picks_up()
    with monkeypatch.context() as temporal:
        temporal.setattr(Switchboard, "claim", away)
        assert "<Hangup" not in await leg.presses("1")
    (pop,) = await town.parts.pops.waiting(who.id)
    await ann.opens("/desk")
    await ann.sends(f"/desk/pops/{pop.id}/open")
    assert "the case could not be given to you" in ann.page.text
    await ann.sends(f"/desk/case/{case}/claim")
    assert "You have this case" in ann.page.text
