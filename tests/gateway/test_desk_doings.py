"""What agents do beside the question: book a time, hand over, wrap up, give, begin and call off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from database.bookings import Bookings
from database.engine import now
from database.goodwill import Goodwill
from database.hand_overs import HandOvers
from gateway.app import create_app
from models.bookings import Calendar, Kind, Store
from models.follow_through import Budget
from models.money import Money
from models.people import Address, Assurance, Channel
from models.staff import Role
from tests.gateway.conftest import CUSTOMER, PUBLIC
from tests.gateway.test_caring import colleague, lost, pops, watching
from tests.gateway.test_desk import Agent, agent, at, driving, seconds_pass
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
STORE = Store(id="main-street", label="Main Street")
MADRID = "Europe/Madrid"


@pytest.fixture(autouse=True)
async def stores(town: Town) -> None:
    town.parts = replace(town.parts, calendar=Calendar(stores=(STORE,), at_once=1))
    app = create_app(town.parts)
    town.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC)


async def paying(town: Town) -> str:
    """A customer has just begun to pay by text."""
    board, phone = town.parts.switchboard, Address(kind="phone", value=CUSTOMER)
    speaker = await board.recognise(Channel.SMS, phone, Assurance.POSSESSION)
    return (await board.start(speaker, "pay-bill", "begins")).case


def slot_on(page: httpx.Response, number: int = 0) -> str:
    return str(re.findall(r'name="slot" value="([^"]+)"', page.text)[number])


# -- book a time ----------------------------------------------------------------------------------------------


async def test_a_call_back_is_booked_confirmed_changed_and_given_back(town: Town) -> None:
    ann = await at(town, case := await paying(town))
    await ann.opens(f"/desk/case/{case}/times")
    assert "When may we call you?" in ann.page.text
    await ann.sends("/book", slot=slot_on(ann.page))
    assert "Booked. The customer has it in writing." in ann.said
    assert "An agent booked a call for" in ann.page.text
    assert "one of us calls you" in (await town.written())[-1][2]
    booking = re.search(r"/times\?what=call&amp;instead=(k_\w+)", ann.page.text)
    assert booking
    await ann.opens(f"/desk/case/{case}/times?what=call&instead={booking.group(1)}")
    await ann.sends("/book", slot=slot_on(ann.page, 1))
    assert ann.page.text.count("instead=k_") == 1
    await ann.sends("/unbook")
    assert "given back" in ann.said
    assert "Cancelled: we won't call you" in (await town.written())[-1][2]


async def test_a_time_that_went_to_somebody_else_is_said_to_be_gone(town: Town) -> None:
    ann = await at(town, case := await paying(town))
    page = await ann.opens(f"/desk/case/{case}/times?what=main-street")
    taken = Calendar().slots(STORE.zone, now())[0]
    form = ann.form("/book", slot=slot_on(page))
    assert form["slot"] == taken.id
    books = Bookings(town.parts.database, 1)
    await books.book("first", Kind.VISIT, STORE.id, taken, customer="c_x", case=None, staff=None)
    await ann.sends("/book", form)
    assert ann.page.status_code == 409
    assert "Somebody was faster" in ann.page.text


async def test_the_customer_chooses_changes_and_cancels_by_the_link(town: Town) -> None:
    ann = await at(town, case := await paying(town))
    await ann.opens(f"/desk/case/{case}/times?what=main-street")
    await ann.sends("/let-choose")
    link = re.search(r"/book/\S+", (await town.written())[-1][2])
    assert link
    jane = Visitor(town)
    await jane.opens(link.group())
    await jane.sends(link.group(), slot=slot_on(jane.page))
    assert jane.heading == "It is booked"
    await jane.sends(link.group(), slot=slot_on(jane.page, 2))
    await ann.opens(f"/desk/case/{case}")
    assert ann.page.text.count("instead=k_") == 1
    assert "The customer (on the web) booked a visit to the store Main Street" in ann.page.text
    await jane.sends("/cancel")
    assert jane.heading == "Choose a time"
    assert (await jane.opens("/book/no-such-token")).status_code == 404


async def test_a_booked_call_is_in_the_queue_at_its_time(town: Town) -> None:
    case = await paying(town)
    slot = Calendar().slots(MADRID, now())[0].model_copy(update={"start": now() - timedelta(minutes=1)})
    record = case.split("/")[1]
    books = Bookings(town.parts.database, 1)
    await books.book("then", Kind.CALL, "", slot, customer=record, case=case, staff=None)
    ann = await agent(town)
    assert f'href="/desk/case/{case}"' in ann.page.text
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/called")
    assert await books.of([record]) == []


def test_times_are_within_business_hours_of_the_customers_zone() -> None:
    slots = Calendar().slots(MADRID, now())
    assert {slot.start.astimezone(ZoneInfo(MADRID)).hour for slot in slots} == set(range(9, 19))
    assert 6 not in {slot.start.astimezone(ZoneInfo(MADRID)).weekday() for slot in slots}


# -- hand over ------------------------------------------------------------------------------------------------

FIELDS = {
    "why": "skill",
    "tried": "Restarted it twice",
    "promised": "We call today",
    "hours": "4",
    "next_step": "Check the line",
}


async def handed(town: Town, to: str = "person") -> tuple[str, Agent, Agent]:
    """Ann has handed her case to Bob, or to Bob's team."""
    case = await paying(town)
    ann = await driving(town, case)
    person = await town.parts.staff.ensure("bob@desk", "Bob", Role.AGENT, "north")
    await ann.sends("/hand-over", None, **FIELDS, to=f"person:{person.id}" if to == "person" else "team:north")
    return case, ann, await agent(town, "Bob")


async def test_a_person_gets_the_case_in_fields_and_the_claim_with_it(town: Town) -> None:
    case, ann, bob = await handed(town)
    assert "Handed over" in ann.said
    assert "An agent handed the case on to Bob. Next step: Check the line" in ann.page.text
    claim = (await town.turn("pay-bill")).claim
    assert claim is not None
    assert (claim.name, claim.fence) == ("Bob", 2)
    person = await town.parts.staff.ensure("bob@desk", "Bob", Role.AGENT, "north")
    assert [pop.kind for pop in await town.parts.pops.waiting(person.id)] == ["handed-over"]
    assert "Bob goes on with you" in (await town.written())[-1][2]
    await bob.opens(f"/desk/case/{case}")
    for said in ("From Ann to Bob", "Restarted it twice", "We call today", "Check the line", "Needs somebody"):
        assert said in bob.page.text
    await bob.sends("/claim")
    await bob.sends("/answer", value="40")
    assert await town.asks("pay-bill") == "when"


async def test_who_handed_a_case_on_can_no_longer_write(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    late = ann.form("/answer", value="11")
    person = await town.parts.staff.ensure("bob@desk", "Bob", Role.AGENT, "north")
    await ann.sends("/hand-over", None, **FIELDS, to=f"person:{person.id}")
    await ann.opens(f"/desk/case/{case}")
    ann.page = await ann.client.post(f"/desk/case/{case}/answer", data=late, headers={"Sec-Fetch-Site": "same-origin"})
    assert ann.page.status_code == 409


async def test_what_nobody_accepts_in_time_is_back_with_the_team(town: Town) -> None:
    case, _, bob = await handed(town)
    await seconds_pass(town, case, 121)
    assert (await town.turn("pay-bill")).claim is None
    page = await bob.opens("/desk?mine=1")
    assert f'href="/desk/case/{case}"' in page.text
    assert "Handed over by a colleague." in page.text


async def test_a_team_has_it_in_its_queue_and_one_of_them_accepts(town: Town) -> None:
    case, _, bob = await handed(town, "team")
    assert (await town.turn("pay-bill")).claim is None
    assert f'href="/desk/case/{case}"' in (await bob.opens("/desk?mine=1")).text
    await bob.opens(f"/desk/case/{case}")
    await bob.sends("/claim")
    assert "You have this case" in bob.page.text
    assert await HandOvers(town.parts.database).waiting() == []


async def test_the_promise_goes_with_the_case_to_all_of_a_team(town: Town) -> None:
    await colleague(town)
    case = await lost(town)
    await watching(town).look()
    bob = await colleague(town, "Bob")
    ann = await driving(town, case)
    await ann.sends("/hand-over", None, **FIELDS, to="team:north")
    await watching(town).see_to(case.split("/")[1])
    care = (await town.turn("pay-bill")).care
    assert care is not None
    assert (care.owner, care.team, care.late) == ("", "north", False)
    assert await pops(town, bob) == ["owned"]
    await town.line.cases[case].skips(minutes=36)
    later = (await town.turn("pay-bill")).care
    assert later is not None
    assert later.late


async def test_a_hand_over_says_to_whom_and_what_next(town: Town) -> None:
    ann = await driving(town, await paying(town))
    assert (await ann.sends("/hand-over", to="team:north", why="skill", next_step="")).status_code == 422
    assert (await town.turn("pay-bill")).claim is not None


async def test_a_supervisor_sees_who_has_what_and_reassigns(town: Town) -> None:
    await driving(town, case := await paying(town), "Ann")
    bob = await town.parts.staff.ensure("bob@desk", "Bob", Role.AGENT, "north")
    sue = await agent(town, "Sue", Role.SUPERVISOR)
    assert f"/desk/case/{case}" in (await sue.opens("/desk/team")).text
    await sue.opens(f"/desk/case/{case}")
    await sue.sends("/hand-over", None, **FIELDS | {"why": "reassigned"}, to=f"person:{bob.id}")
    claim = (await town.turn("pay-bill")).claim
    assert claim is not None
    assert claim.name == "Bob"
    assert (await (await agent(town, "Ann")).opens("/desk/team")).status_code == 403


# -- wrap up --------------------------------------------------------------------------------------------------


async def test_a_wrap_up_is_asked_for_at_release_and_never_in_the_way(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    await ann.sends("/release")
    assert "How did it end?" in ann.page.text
    await ann.opens("/desk")
    assert "1 open wrap-up" in ann.page.text
    await ann.opens("/desk/wrap-ups")
    await ann.sends("/desk/wrap-ups", ending="follow-up", note="calls back on Friday 4242 4242 4242 4242")
    assert "1 open wrap-up" not in ann.page.text
    await ann.opens(f"/desk/case/{case}")
    assert "An agent noted how it ended: a follow-up is needed." in ann.page.text
    assert "4242 4242 4242" not in ann.page.text


async def test_taken_in_hand_again_with_a_wrap_up_open(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    for deed in ("/release", "/claim", "/release"):
        await ann.sends(deed)
        assert ann.page.status_code == 200
    assert ann.page.text.count('data-part="wrap_up"') == 1
    assert "1 open wrap-up" in (await ann.opens("/desk")).text
    assert (await ann.opens(f"/desk/case/{case}")).status_code == 200


# -- goodwill -------------------------------------------------------------------------------------------------


async def test_a_credit_is_on_the_bill_in_the_story_and_in_writing(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    before = await town.company.open_bill(record := case.split("/")[1])
    await ann.sends("/goodwill", gift="credit", amount="15")
    assert "Given" in ann.said
    assert "An agent gave the customer a credit of $15.00 on the open bill." in ann.page.text
    assert "taken $15.00 off your open bill" in (await town.written())[-1][2]
    after = await town.company.open_bill(record)
    assert before
    assert after
    assert before.owed - after.owed == Money.of(15)


async def test_a_form_sent_twice_gives_once(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    form, page = ann.form("/goodwill", gift="data-5"), ann.page
    for _ in range(2):
        ann.page = page
        await ann.sends("/goodwill", form)
    left = await Goodwill(town.parts.database, Budget()).left("nobody", case.split("/")[1])
    assert left.customer == Money.of(45)


async def test_over_the_budget_nothing_is_given_and_what_is_left_is_said(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    await ann.sends("/goodwill", gift="credit", amount="60")
    assert ann.page.status_code == 422
    assert "$50.00 is left" in ann.said
    assert (await ann.sends("/goodwill", gift="credit", amount="-5")).status_code == 422
    sue = await at(town, case, "Sue", Role.SUPERVISOR)
    assert (await sue.sends("/goodwill", gift="credit", amount="60", beyond="1")).status_code == 422
    await sue.sends("/goodwill", gift="credit", amount="60", beyond="1", why="three weeks offline")
    assert "Given" in sue.said
    await sue.sends("/goodwill", gift="credit", amount="100", beyond="1", why="three weeks offline")
    assert "$90.00 is left" in sue.said


# -- begin, call off, and why they look -----------------------------------------------------------------------


async def test_an_agent_begins_a_case_and_calls_it_off_with_a_reason(town: Town) -> None:
    customer = await town.parts.customers.meet(Address(kind="phone", value=CUSTOMER))
    ann = await agent(town)
    await ann.opens(f"/desk/customer/{customer.id}")
    await ann.sends("/start", moment="upgrade-device")
    assert "You have this case" in ann.page.text
    assert (await ann.sends("/call-off", reason="")).status_code == 422
    await ann.sends("/call-off", reason="wants to wait for the new model")
    turn = await town.turn("upgrade-device")
    assert turn.status == "cancelled"
    assert "Reason: wants to wait for the new model" in ann.page.text


async def test_nobody_looks_at_whom_nobody_asked_about_without_a_note(town: Town) -> None:
    ann, case = await agent(town), await paying(town)
    page = await Visitor.opens(ann, f"/desk/case/{case}")
    assert ann.heading.endswith("Why do you open this?")
    assert "How much would you like to pay" not in page.text
    await ann.sends("/desk/why", note="no")
    assert ann.page.status_code == 422
    await ann.sends("/desk/why", note="she called about her bill")
    assert ann.page.url.path == f"/desk/case/{case}"
    deeds = [deed async for deed in town.parts.audit.deeds()]
    assert {deed.why for deed in deeds if deed.what.startswith("GET /desk/case")} == {"break-glass"}
    assert deeds[-1].note == "she called about her bill"


async def test_the_queue_is_a_reason_and_what_is_open_stays_open(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("I want to talk to a person")
    ann, case = await agent(town), (await town.turn("pay-bill")).case
    await Visitor.opens(ann, f"/desk/case/{case}")
    assert "How much would you like to pay" in ann.page.text
    await ann.sends("/called")
    await Visitor.opens(ann, f"/desk/case/{case}")
    assert "How much would you like to pay" in ann.page.text
    whys = [deed.why async for deed in town.parts.audit.deeds() if deed.customer]
    assert set(whys) == {"queue"}


async def test_who_begins_to_wait_is_a_reason_at_once(town: Town) -> None:
    await town.says("pay my bill")
    ann, case = await agent(town), (await town.turn("pay-bill")).case  # who has seen the desk, and nobody waiting there
    await town.says("I want to talk to a person")
    await Visitor.opens(ann, f"/desk/case/{case}")
    assert "How much would you like to pay" in ann.page.text


# -- by keyboard ----------------------------------------------------------------------------------------------


async def test_every_key_is_in_the_overview_and_means_one_thing_on_a_page(town: Town) -> None:
    ann = await driving(town, case := await paying(town))
    await ann.sends("/note", text="hello")
    wrong = []
    pages = ["/desk", f"/desk/case/{case}", f"/desk/case/{case}/times", "/desk/wrap-ups", "/desk/why", "/desk/unplaced"]
    for path in pages:
        page = (await ann.opens(path)).text
        keys = re.findall(r'data-shortcut="([^"]+)"', page)
        told = {text.lower() for text in re.findall(r"<dt><kbd>([^<]+)</kbd></dt>", page)}
        wrong += [f"{path}: {key} twice" for key in set(keys) if keys.count(key) > 1]
        wrong += [f"{path}: {key} is not explained" for key in keys if key not in told and not key.isdigit()]
    assert wrong == []
