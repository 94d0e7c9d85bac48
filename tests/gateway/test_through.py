"""A caller is put through to one of the team: whispered to, taken with a key, and never lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from database.engine import now
from database.put_throughs import PutThroughs
from gateway.webhooks.through import PATIENT
from models.courtesy import Courtesy
from models.people import Actor, Address, Assurance, Channel
from models.promise import Promising
from models.staff import Person, Role
from tests.gateway.conftest import CUSTOMER, NUMBER, PUBLIC, sid
from tests.gateway.test_desk import at
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
ANN, BOB, CEM, DOT = "+14155550601", "+14155550602", "+14155550603", "+14155550604"


class Line:
    """A customer's call, and the legs of the team that ring for it."""

    def __init__(self, town: Town, sid: str = "CA1") -> None:
        self.town, self.sid = town, sid
        self.heard = ""
        self.last: tuple[str, dict[str, str]] = ("/twilio/voice", {})

    async def asks(self, path: str = "/twilio/voice", **more: str) -> str:
        self.last = (path, more)
        self.heard = await self.town.calls(path, self.sid, **more)
        return self.heard

    async def wants_a_person(self) -> str:
        await self.asks()
        return await self.asks(address(self.heard, "action"), Digits="0")

    async def again(self) -> str:
        """The same request, delivered once more."""
        return await self.town.calls(self.last[0], self.sid, **self.last[1])

    @property
    def rings(self) -> str:
        found = re.search(r"<Number[^>]*>([^<]+)<", self.heard)
        return found.group(1) if found else ""

    async def dialled(self, status: str = "no-answer", **more: str) -> str:
        """The leg to one of the team is over."""
        return await self.asks(address(self.heard, "action"), DialCallStatus=status, **more)


class Leg:
    """The leg of one of the team."""

    def __init__(self, line: Line, sid: str = "CA7") -> None:
        self.line, self.sid = line, sid
        self.form = {"CallSid": sid, "From": NUMBER, "To": line.rings, "Direction": "outbound-dial"}
        self.whisper = address(line.heard, "url")
        self.progress = address(line.heard, "statusCallback")
        self.heard = ""

    async def picks_up(self) -> str:
        self.heard = (await self.line.town.provider(self.whisper, self.form)).text
        return self.heard

    async def presses(self, digits: str) -> str:
        answer = await self.line.town.provider(address(self.heard, "action"), self.form | {"Digits": digits})
        self.heard = answer.text if "<Gather" in answer.text else self.heard
        return answer.text

    async def ends(self, status: str = "completed") -> None:
        await self.line.town.provider(self.progress, self.form | {"CallStatus": status})


def address(twiml: str, attribute: str) -> str:
    found = re.search(rf'{attribute}="([^"]+)"', twiml)
    assert found, twiml
    return html.unescape(found.group(1)).removeprefix(PUBLIC)


async def attends(town: Town, name: str, phone: str) -> Person:
    person = await town.parts.staff.ensure(f"{name.lower()}@desk", name, Role.AGENT, "north")
    await town.parts.attendance.set(person.id, "available", phone=phone)
    return person


async def story(town: Town, case: str) -> list[str]:
    words = town.parts.words("en", "UTC")
    return [words.story("pay-bill", row) for row in await town.parts.journal.rows(case)]


async def in_mid_bill(town: Town) -> str:
    await town.says("pay my bill")
    await town.says("40")
    return (await town.turn("pay-bill")).case


async def test_put_through_whispered_to_and_taken(town: Town) -> None:
    case, ann, line = await in_mid_bill(town), await attends(town, "Ann Lee", ANN), Line(town)
    await line.wants_a_person()
    assert "I am putting you through to Ann." in line.heard
    dial = ET.fromstring(line.heard).find("Dial")
    assert dial is not None
    assert {name: dial.get(name) for name in ("timeout", "answerOnBridge", "callerId")} == {
        "timeout": "20", "answerOnBridge": "true", "callerId": NUMBER,
    }  # fmt: skip
    assert line.rings == ANN
    leg = Leg(line)
    await leg.picks_up()
    assert "A customer is on the line. Pay your bill. One question is answered. Next is the" in leg.heard
    assert "Press 1 to take the call." in leg.heard
    assert await leg.presses("1") == '<?xml version="1.0" encoding="UTF-8"?><Response />'
    (pop,) = await town.parts.pops.waiting(ann.id)
    assert (pop.kind, pop.case) == ("call", case)
    turn = await town.turn("pay-bill")
    assert turn.claim is not None
    assert turn.claim.holder == ann.id
    told = await story(town, case)
    assert told[-3:] == ["Put through to Ann Lee.", "Ann Lee took the call.", "An agent took the case in hand."]


async def test_everything_five_times_changes_nothing_more(town: Town) -> None:
    case, ann, line = await in_mid_bill(town), await attends(town, "Ann", ANN), Line(town)
    await line.wants_a_person()
    assert {await line.again() for _ in range(5)} == {line.heard}
    leg = Leg(line)
    assert len({await leg.picks_up() for _ in range(5)}) == 1
    assert len({await leg.presses("1") for _ in range(5)}) == 1
    before = await story(town, case)
    await line.dialled("completed")
    for _ in range(4):
        assert await line.again() == line.heard
        await leg.ends()
        assert "hung up" in await leg.presses("1")
    assert await story(town, case) == before
    assert len(await town.parts.pops.waiting(ann.id)) == 1
    assert before.count("Ann took the call.") == 1


async def test_who_does_not_press_the_key_does_not_get_the_call(town: Town) -> None:
    await in_mid_bill(town)
    ann, line = await attends(town, "Ann", ANN), Line(town)
    await line.wants_a_person()
    leg = Leg(line)
    await leg.picks_up()
    assert "Press 1" in await leg.presses("5")
    assert "<Hangup" in await leg.presses("")
    await leg.ends()
    await line.dialled("completed")
    assert "will call you back" in line.heard
    assert await town.parts.pops.waiting(ann.id) == []
    assert (await town.turn("pay-bill")).claim is None


async def test_the_next_is_tried_three_at_most_then_a_call_back_is_promised(town: Town) -> None:
    case = await in_mid_bill(town)
    for name, phone in (("Ann", ANN), ("Bob", BOB), ("Cem", CEM), ("Dot", DOT)):
        await attends(town, name, phone)
    line, rung = Line(town), set()
    await line.wants_a_person()
    for _ in range(3):
        rung.add(line.rings)
        await line.dialled("no-answer")
    assert len(rung) == 3
    assert "will call you back" in line.heard
    assert len(await town.parts.calls.people_waiting(9)) == 1
    assert (await story(town, case))[-1] == "Nobody took the call; promised to call back."


async def test_a_number_for_it_is_the_last_resort(town: Town) -> None:
    object.__setattr__(town.parts, "person_number", "+18005550199")  # frozen for everybody but a test
    await attends(town, "Ann", ANN)
    line = Line(town)
    await line.wants_a_person()
    assert line.rings == ANN
    await line.dialled("busy")
    assert "+18005550199" in line.heard


def closed_now(town: Town) -> None:
    """The team's hours ended an hour ago, and begin in another two."""
    here = now().astimezone(ZoneInfo("America/New_York"))
    hours = Courtesy(quiet_from=(here - timedelta(hours=1)).time(), quiet_until=(here + timedelta(hours=2)).time())
    object.__setattr__(town.parts, "promising", Promising(closed=hours))  # frozen for everybody but a test


async def test_outside_of_the_hours_a_caller_hears_when_they_are_called(town: Town) -> None:
    closed_now(town)
    object.__setattr__(town.parts, "person_number", "+18005550199")
    line = Line(town)
    await line.wants_a_person()
    assert "Our team is here again from" in line.heard
    assert "will call you back" in line.heard
    assert "<Dial" not in line.heard
    assert len(await town.parts.calls.people_waiting(9)) == 1
    await attends(town, "Ann", ANN)
    late = Line(town, "CA2")
    await late.wants_a_person()
    assert late.rings == ANN, "who sits there all the same takes calls"


async def test_two_callers_ring_at_two(town: Town) -> None:
    await attends(town, "Ann", ANN)
    one, two = Line(town, "CA1"), Line(town, "CA2")
    await one.wants_a_person()
    await two.wants_a_person()
    assert (one.rings, two.rings) == (ANN, "")
    assert "Everybody is speaking with somebody right now." in two.heard
    await two.asks(address(two.heard, "action"))
    assert "I am still trying." in two.heard
    await one.dialled("no-answer")
    await two.asks(address(two.heard, "action"))
    assert two.rings == ANN
    three = Line(town, "CA3")
    await three.wants_a_person()
    before = len(await town.parts.calls.people_waiting(9))
    await three.asks(address(three.heard, "action"), Digits="1")
    assert "will call you back" in three.heard
    assert {await three.again() for _ in range(5)} == {three.heard}
    assert len(await town.parts.calls.people_waiting(9)) == max(before, 1)


async def test_nobody_waits_for_ever(town: Town) -> None:
    ann, line = await attends(town, "Ann", ANN), Line(town)
    assert await town.parts.attendance.hold(ann.id, 600)
    await line.wants_a_person()
    for _ in range(PATIENT):
        assert "<Hangup" not in line.heard
        await line.asks(address(line.heard, "action"))
    assert "will call you back" in line.heard


async def test_who_is_busy_away_or_without_a_phone_is_not_rung(town: Town) -> None:
    ann, bob = await attends(town, "Ann", ANN), await attends(town, "Bob", BOB)
    await town.parts.attendance.set(ann.id, "busy")
    await town.parts.attendance.set(bob.id, "available", phone="")
    line = Line(town)
    await line.wants_a_person()
    assert line.rings == ""


async def test_whoever_has_the_case_is_rung_first(town: Town) -> None:
    case = await in_mid_bill(town)
    for name, phone in (("Ann", ANN), ("Bob", BOB)):
        await attends(town, name, phone)
    one = Line(town, "CA1")
    await one.wants_a_person()
    first, leg = one.rings, Leg(one)
    await leg.picks_up()
    await leg.presses("1")
    await one.dialled("completed")
    assert "is looking after this" in one.heard
    two = Line(town, "CA2")
    await two.wants_a_person()
    assert two.rings == first
    assert (await town.parts.switchboard.look(case)) is not None


async def test_the_caller_who_stays_hears_the_question_once_it_is_let_go(town: Town) -> None:
    case = await in_mid_bill(town)
    await attends(town, "Ann", ANN)
    line = Line(town)
    await line.wants_a_person()
    leg = Leg(line)
    await leg.picks_up()
    await leg.presses("1")
    await let_go(town, case)
    await line.dialled("completed")
    assert "k=when" in line.heard
    assert "<Gather" in line.heard


async def let_go(town: Town, case: str) -> None:
    board = town.parts.switchboard
    turn = await board.look(case)
    assert turn is not None
    assert turn.claim is not None
    here = await board.recognise(Channel.DESK, Address(kind="phone", value=CUSTOMER), Assurance.VERIFIED)
    await board.release(replace(here, actor=Actor.AGENT, fence=turn.claim.fence), case, "let-go")


async def test_a_caller_who_hangs_up_is_gone_for_whoever_presses(town: Town) -> None:
    await in_mid_bill(town)
    ann, line = await attends(town, "Ann", ANN), Line(town)
    await line.wants_a_person()
    leg = Leg(line)
    await leg.picks_up()
    over = {"CallSid": line.sid, "From": CUSTOMER, "Direction": "inbound", "CallStatus": "completed"}
    await town.provider("/twilio/voice/status", over | {"SequenceNumber": "3"})
    assert "hung up" in await leg.presses("1")
    assert await town.parts.pops.waiting(ann.id) == []
    attending = await town.parts.attendance.of(ann.id)
    assert attending is not None
    assert not attending.held
    await line.dialled("canceled", CallStatus="completed")
    assert "<Say" not in line.heard


async def test_nothing_happens_without_a_signature(town: Town) -> None:
    await in_mid_bill(town)
    ann, line = await attends(town, "Ann", ANN), Line(town)
    await line.wants_a_person()
    leg = Leg(line)
    await leg.picks_up()
    for path in (leg.whisper, address(leg.heard, "action"), leg.progress, address(line.heard, "action")):
        answer = await town.provider(path, leg.form | {"Digits": "1"}, token="f" * 32)
        assert answer.status_code == 403
    assert await town.parts.pops.waiting(ann.id) == []
    assert await PutThroughs(town.parts.database).end_of(sid("CA1")) != []


async def test_the_whisper_is_in_the_agents_language(town: Town) -> None:
    ann, line = await attends(town, "Ana", ANN), Line(town)
    await town.parts.attendance.set(ann.id, "available", language="es")
    await line.wants_a_person()
    leg = Leg(line)
    assert "Pulse 1 para atender la llamada." in await leg.picks_up()
    assert 'language="es-US"' in leg.heard
    await leg.presses("1")
    (pop,) = await town.parts.pops.waiting(ann.id)
    assert (pop.case, pop.kind) == (None, "call")


async def test_the_desk_shows_that_they_speak_and_has_a_place_for_what_only_the_driver_sees(town: Town) -> None:
    case, _, line = await in_mid_bill(town), await attends(town, "Ann", ANN), Line(town)
    bob = await at(town, case, "Bob")
    assert '<div data-part="passing" data-stamp="gone" hidden>' in bob.page.text
    await line.wants_a_person()
    leg = Leg(line)
    await leg.picks_up()
    await leg.presses("1")
    await bob.opens(f"/desk/case/{case}")
    assert "They are on the phone with one of us" in bob.page.text
    await line.dialled("completed")
    await bob.opens(f"/desk/case/{case}")
    assert "They are on the phone with one of us" not in bob.page.text
