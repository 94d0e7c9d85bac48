"""The desk: who waits and why, and one case in an agent's hands."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest

from gateway.app import create_app
from gateway.browser import STAFF
from gateway.desk.queue import Queue
from gateway.desk.seeing import DeskCase
from gateway.desk.taking import renew
from insight.signals import Thresholds
from models.people import Address
from models.staff import Role
from tests.gateway.conftest import CUSTOMER, PUBLIC
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
THE_CASE = "/case/{moment}/{customer}/{number:int}"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Agent(Visitor):
    """One of the team, in a browser of their own, with a caller on the line whenever that has to be said."""

    async def opens(self, path: str) -> httpx.Response:
        await super().opens(path)
        return await self.says_why()

    async def sends(self, action: str, form: dict[str, str] | None = None, **fields: str) -> httpx.Response:
        await super().sends(action, form, **fields)
        return await self.says_why() if action != "/desk/why" else self.page

    async def says_why(self) -> httpx.Response:
        asked = self.page.url.path == "/desk/why"
        return await super().sends("/desk/why", common="caller") if asked else self.page

    @property
    def said(self) -> str:
        found = re.search(r'<div class="said".*?</div>', self.page.text, re.DOTALL)
        return re.sub(r"<[^>]+>|\s+", " ", found.group()) if found else ""


async def agent(town: Town, name: str = "Ann", role: Role = Role.AGENT) -> Agent:
    """Somebody who has just signed in."""
    person = await town.parts.staff.ensure(f"{name.lower()}@desk", name, role, "north")
    token = await town.parts.staff_sessions.open(person, "password", "a browser")
    transport = httpx.ASGITransport(create_app(town.parts))
    here = Agent(town)
    here.client = httpx.AsyncClient(transport=transport, base_url=PUBLIC, cookies={f"__Host-{STAFF}": token})
    await here.opens("/desk")
    return here


async def fails_twice(town: Town) -> str:
    """A customer who was not understood twice asks for a person."""
    for words in ("pay my bill", "purple", "the usual elephant", "I want to talk to a person"):
        await town.says(words)
    return (await town.turn("pay-bill")).case


async def at(town: Town, case: str, name: str = "Ann", role: Role = Role.AGENT) -> Agent:
    here = await agent(town, name, role)
    await here.opens(f"/desk/case/{case}")
    return here


async def driving(town: Town, case: str, name: str = "Ann") -> Agent:
    here = await at(town, case, name)
    await here.sends("/claim")
    return here


async def test_nobody_but_agents_gets_to_the_desk(town: Town) -> None:
    assert "password" in (await town.client.get("/desk", follow_redirects=True)).text
    ops = await agent(town, "Olga", Role.OPS)
    assert (await ops.opens("/desk")).status_code == 403


async def test_the_queue_says_why_first(town: Town) -> None:
    case = await fails_twice(town)
    ann = await agent(town)
    page = await ann.opens("/desk")
    assert f'href="/desk/case/{case}"' in page.text
    assert "Asked for a person." in page.text
    assert "did not understand two answers in a row" in page.text
    assert "Pay your bill" in page.text


async def test_a_sign_of_friction_can_be_switched_off(town: Town) -> None:
    case = await fails_twice(town)
    names = []
    for limits in (Thresholds(), Thresholds.parse("unreadable=off")):
        (entry,) = await Queue(replace(town.parts, friction=limits)).entries()
        assert entry.id == case
        names.append({signal.name for signal in entry.signals})
    assert names[0] - names[1] == {"unreadable"}


async def test_who_has_no_open_case_and_waits_for_a_call_is_in_the_queue(town: Town) -> None:
    await town.says("I want to talk to a person")
    ann = await agent(town)
    page = await ann.opens("/desk")
    assert "No open case" in page.text
    path = re.search(r'href="(/desk/customer/[^"]+)"', page.text)
    assert path
    assert "Was promised a call" in (await ann.opens(path.group(1))).text
    await ann.sends("/called")
    assert "Nobody is waiting" in ann.page.text


async def test_a_case_tells_all_at_one_look(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("40")
    ann = await at(town, (await town.turn("pay-bill")).case)
    page = ann.page.text
    assert "•••71" in page
    assert CUSTOMER not in page
    assert "$40.00" in page
    assert "by text" in page
    assert "confirmed by phone or link" in page
    assert "now, or on a later day" in page
    assert "Take over" in page
    assert "The customer (by text) gave the amount: $40.00." in page


async def test_addresses_are_shown_when_asked_for_and_that_is_noted(town: Town) -> None:
    await town.says("pay my bill")
    ann = await at(town, (await town.turn("pay-bill")).case)
    await ann.sends("/reveal")
    assert "+1 415-555-2671" in ann.page.text
    assert "+1 415-555-2671" not in (await ann.opens(ann.page.url.path.removesuffix("/reveal"))).text
    deeds = [deed.what async for deed in town.parts.audit.deeds()]
    assert deeds[-2:] == [
        "GET /desk/case/{moment}/{customer}/{number:int}",
        "POST /desk/case/{moment}/{customer}/{number:int}/reveal",
    ]


async def test_an_agent_takes_over_answers_and_lets_go(town: Town) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    ann = await driving(town, case)
    assert "You have this case" in ann.page.text
    await ann.sends("/answer", value="40")
    (line,) = (await town.turn("pay-bill")).answers
    assert (line.by.channel, line.by.actor, line.by.assurance) == ("desk", "agent", "verified")
    await ann.sends("/release")
    assert "You let go" in ann.said
    assert (await town.turn("pay-bill")).claim is None
    assert await town.asks("pay-bill") == "when"


async def test_the_next_question_goes_to_the_customer(town: Town) -> None:
    await town.says("pay my bill")
    ann = await driving(town, (await town.turn("pay-bill")).case)
    await ann.sends("/answer", value="40")
    await ann.sends("/release", ask="1")
    assert "Sent to the customer" in ann.said
    assert "now, or on a later day" in (await town.written())[-1][2]
    await town.says("now")
    assert await town.asks("pay-bill") not in {"when", "amount"}


async def test_an_answer_that_does_not_fit_comes_back_with_the_reason(town: Town) -> None:
    await town.says("pay my bill")
    ann = await driving(town, (await town.turn("pay-bill")).case)
    assert (await ann.sends("/answer", value="9999")).status_code == 422
    assert 'value="9999"' in ann.page.text
    assert await town.asks("pay-bill") == "amount"


async def test_a_correction_needs_a_reason_and_keeps_it(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("40")
    case = (await town.turn("pay-bill")).case
    ann = await driving(town, case)
    assert (await ann.sends("/correct", key="amount", reason="")).status_code == 422
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/correct", key="amount", reason="said fifty on the phone")
    assert await town.asks("pay-bill") == "amount"
    await ann.sends("/answer", value="50")
    story = ann.page.text
    assert "Correction of amount: said fifty on the phone" in story
    assert "$50.00" in story


async def test_without_the_claim_there_is_no_form(town: Town) -> None:
    await town.says("pay my bill")
    ann = await at(town, (await town.turn("pay-bill")).case)
    assert "/answer" not in ann.page.text
    assert "How much would you like to pay?" in ann.page.text


async def test_a_stale_tab_is_refused_and_told_who_has_it(town: Town) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    ann = await driving(town, case, "Ann")
    stale = ann.form("/answer", value="11")
    sue = await at(town, case, "Sue", Role.SUPERVISOR)
    assert "Ann has had this case since" in sue.page.text
    await sue.sends("/claim")
    assert "You have this case" in sue.page.text
    await ann.sends("/answer", stale)
    assert ann.page.status_code == 409
    assert "Sue has had this case since" in ann.said
    assert await town.asks("pay-bill") == "amount"


async def test_an_agent_takes_nothing_from_a_colleague(town: Town) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    bob = await at(town, case, "Bob")
    free = bob.form("/claim", over="1")
    await driving(town, case, "Ann")
    await bob.sends("/claim", free)
    assert bob.page.status_code == 409
    assert "Ann has had this case since" in bob.said
    await bob.opens(f"/desk/case/{case}")
    assert "/claim" not in bob.page.text


async def test_a_customer_who_answers_has_the_case_back(town: Town) -> None:
    await town.says("pay my bill")
    ann = await driving(town, (await town.turn("pay-bill")).case)
    late = ann.form("/answer", value="11")
    await town.says("40")
    await ann.sends("/answer", late)
    assert ann.page.status_code == 409
    assert "not in your hands any more" in ann.said
    assert "took the case back" in ann.page.text
    assert await town.asks("pay-bill") == "when"


async def test_a_claim_goes_on_while_its_own_agent_has_the_page_open(town: Town) -> None:
    await town.says("pay my bill")
    before = await town.turn("pay-bill")
    ann = await driving(town, before.case, "Ann")
    await seconds_pass(town, before.case, 120)
    await stays(town, before.case, "Ann")
    await seconds_pass(town, before.case, 120)
    await stays(town, before.case, "Bob")
    await ann.sends("/answer", value="40")
    assert await town.asks("pay-bill") == "when"
    late = ann.form("/answer", value="now")
    await seconds_pass(town, before.case, 120)
    await ann.sends("/answer", late)
    assert "not in your hands any more" in ann.said


async def seconds_pass(town: Town, case: str, seconds: int) -> None:
    await town.line.cases[case].skips(seconds=seconds)


async def stays(town: Town, case: str, name: str) -> None:
    """A minute with the page open."""
    person = await town.parts.staff.ensure(f"{name.lower()}@desk", name, Role.AGENT, "north")
    customer, turn = await town.parts.customers.get(case.split("/")[1]), await town.parts.switchboard.look(case)
    assert customer is not None
    assert turn is not None
    words = town.parts.words("en", customer.zone)
    await renew(DeskCase(town.parts, person, customer, turn, words, words, "a visit"))


async def test_a_form_sent_twice_is_one_answer(town: Town) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    ann = await driving(town, case)
    form, page = ann.form("/answer", value="40"), ann.page
    await ann.sends("/answer", form)
    ann.page = page
    await ann.sends("/answer", form)
    assert ann.page.status_code == 200
    assert await town.asks("pay-bill") == "when"


async def test_a_note_and_a_customers_words_run_nothing(town: Town) -> None:
    await town.says("pay my bill")
    await town.says(HOSTILE)
    case = (await town.turn("pay-bill")).case
    customer = case.split("/")[1]
    await town.parts.customers.named(customer, HOSTILE)
    ann = await at(town, case)
    await ann.sends("/note", text=HOSTILE + " 4242 4242 4242 4242")
    assert "The note is kept" in ann.said
    for path in (f"/desk/case/{case}", "/desk"):
        page = (await ann.opens(path)).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "4242 4242 4242" not in page


async def test_a_pass_is_read_out_or_texted(town: Town) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    ann = await at(town, case)
    await ann.sends("/code")
    spelled = re.search(r'class="spelled">([^<]+)<', ann.page.text)
    assert spelled
    found = await town.parts.passes.use(spelled.group(1).replace(" ", ""), kind="code")
    assert found is not None
    assert found.case == case
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/link")
    assert "/c/" in (await town.written())[-1][2]


async def test_a_call_now_and_a_call_promised(town: Town) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    ann = await at(town, case)
    await ann.sends("/call")
    assert "Segue is calling" in ann.said
    (due,) = await town.parts.calls.callbacks_due(10)
    assert due.case == case
    await ann.sends("/call-back")
    assert "Was promised a call" in ann.page.text
    await ann.sends("/called")
    assert await town.parts.calls.people_waiting(10) == []


@pytest.mark.parametrize("typed", ["(415) 555-2671", "JANE@example.com", "jane d", "Jane", "case", "record"])
async def test_search_finds_a_customer_by_whatever_they_can_tell(town: Town, typed: str) -> None:
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    customer = case.split("/")[1]
    await town.parts.customers.named(customer, "Jane Doe")
    await town.parts.customers.add_address(customer, Address(kind="email", value="jane@example.com"))
    ann = await agent(town)
    await ann.sends("/find", typed={"case": case, "record": customer}.get(typed, typed))
    assert str(ann.page.url).endswith(f"/desk/case/{case}")


async def test_a_search_for_nobody(town: Town) -> None:
    ann = await agent(town)
    await ann.sends("/find", typed=HOSTILE)
    assert ann.heading == "Nobody found"
    assert "<script>alert" not in ann.page.text


async def test_an_unknown_case_is_not_there(town: Town) -> None:
    ann = await agent(town)
    assert (await ann.opens("/desk/case/pay-bill/c_nobody/1")).status_code == 404
    await town.says("pay my bill")
    await ann.opens(f"/desk/case/{(await town.turn('pay-bill')).case}")
    assert (await ann.opens(f"{ann.page.url.path}/files/f_none")).status_code == 404


async def test_a_desk_in_spanish(town: Town) -> None:
    await fails_twice(town)
    ann = await agent(town)
    ann.client.headers["Accept-Language"] = "es"
    assert "Pidió hablar con una persona." in (await ann.opens("/desk")).text
