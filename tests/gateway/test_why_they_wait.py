"""What the desk's lines say of why somebody waits, and what is given back or gone when it should be."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from channels.wording.book import wording
from database.company import CompanyBooks
from database.engine import now
from database.ratings import Ratings
from gateway.desk.care_panel import Sign, told_once
from models.follow_through import Gesture, Gift
from models.journal import Row
from models.money import Money
from models.people import Channel
from tests.gateway.test_caring import asked, colleague, lost, settled, watching
from tests.gateway.test_desk import agent, at, driving
from tests.gateway.test_desk_doings import paying
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import Town, town

__all__ = ["town"]


def line(page: str) -> str:
    """Why the first line of the queue stands there."""
    found = re.search(r'class="row-why">(.*?)</span><', page.replace("\n", ""))
    return unescape(re.sub(r"<[^>]+>", "", found.group(1))) if found else ""


async def opened(town: Town, case: str) -> Visitor:
    """The customer at the page of their case."""
    jane = Visitor(town)
    token = await town.parts.passes.issue(case, case.split("/")[1], lifetime=timedelta(hours=1))
    await jane.opens(f"/c/{token}")
    await jane.sends(jane.page.url.path)
    await jane.opens(f"/case/{case}")
    return jane


async def test_a_low_rating_is_the_reason_and_its_comment_with_it(town: Town) -> None:
    case = await settled(town)
    await asked(town, case)
    await town.says("1 nobody ever called me")
    await watching(town).look()
    why = line((await agent(town)).page.text)
    assert why.startswith('Rated us 1 of 5: "nobody ever called me"'), why
    assert "Asked for a person" not in why


async def test_who_asks_for_a_person_first_and_rates_low_then_has_both_said(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("let me talk to a person")
    for words in ("40", "now", "yes"):
        await town.says(words)
    case = (await town.turn("pay-bill")).case
    await Ratings(town.parts.database).rate(case, case.split("/")[1], 2, Channel.WEB)
    why = line((await agent(town)).page.text)
    assert why.startswith("Rated us 2 of 5."), why
    assert "Asked for a person" in why


async def test_a_person_is_wanted_in_a_field_of_the_page(town: Town) -> None:
    case = await paying(town)
    jane = await opened(town, case)
    await jane.sends("/answer", value="let me talk to a person")
    assert "One of our team will get in touch with you." in jane.page.text
    assert await town.asks("pay-bill") == "amount"
    assert len(await town.parts.calls.people_waiting(10)) == 1


async def test_handed_to_a_team_the_promise_is_the_teams(town: Town) -> None:
    await colleague(town)
    case = await lost(town)
    await watching(town).look()
    before = (await town.turn("pay-bill")).care
    ann = await driving(town, case)
    await ann.sends("/hand-over", to="team:north", why="skill", next_step="calm them")
    care = (await town.turn("pay-bill")).care
    assert before
    assert care
    assert (before.owner_name, care.owner, care.owner_name, care.team) == ("Ann", "", "", "north")
    assert abs(care.promised_at - before.promised_at) < timedelta(minutes=6)


async def test_a_refused_gift_comes_back_as_it_was_typed(town: Town) -> None:
    ann = await driving(town, await paying(town))
    await ann.sends("/goodwill", gift="credit", amount="60", why="three weeks offline 4242 4242 4242 4242")
    assert ann.page.status_code == 422
    assert re.search(r'name="amount"[^>]* value="60"', ann.page.text)
    assert re.search(r'name="why"[^>]* value="three weeks offline ', ann.page.text)
    assert "4242 4242 4242" not in ann.page.text
    assert '<option value="credit" selected>' in ann.page.text
    assert re.search(r'<details class="doing" name="doing" open>\s*<summary data-shortcut="g"', ann.page.text)


async def test_what_a_credit_comes_off_is_what_is_said(town: Town) -> None:
    case = await paying(town)
    record, ann = case.split("/")[1], await driving(town, case)
    await ann.sends("/goodwill", gift="credit", amount="15")
    assert "taken $15.00 off your open bill" in (await town.written())[-1][2]
    bill = await town.company.open_bill(record)
    assert bill
    assert bill.owed == Money.of("69.20")
    await town.parts.back_office.give("all", record, _credit(bill.owed))
    assert await town.company.open_bill(record) is None
    await ann.opens(f"/desk/case/{case}")
    await ann.sends("/goodwill", gift="credit", amount="5")
    assert "taken $5.00 off your next bill" in (await town.written())[-1][2]


def _credit(cost: Money) -> Gesture:
    return Gesture(gift=Gift.CREDIT, cost=cost)


def test_the_same_words_show_trouble_once() -> None:
    signs = [Sign("wording", ("You idiots", "Never again")), Sign("unreadable", ("Never again",))]
    assert told_once(signs) == (Sign("wording", ("You idiots", "Never again")), Sign("unreadable"))


async def test_the_promise_is_gone_from_the_page_while_one_of_us_is_there(town: Town) -> None:
    await colleague(town)
    case = await lost(town)
    await watching(town).look()
    jane = await opened(town, case)
    assert "will write or call you by" in jane.page.text
    ann = await at(town, case)
    await ann.sends("/claim")
    assert "will write or call you by" not in (await jane.opens(f"/case/{case}")).text


async def test_help_opens_at_its_heading(town: Town) -> None:
    page = (await agent(town)).page.text
    assert re.search(r'<dialog class="help".*?>\s*<h2 id="help" tabindex="-1" autofocus>', page)


async def test_an_order_and_a_bill_find_their_customer(town: Town) -> None:
    case = await paying(town)
    record, ann = case.split("/")[1], await agent(town)
    bill = await town.company.open_bill(record)
    assert bill
    await CompanyBooks(town.parts.database).put_once("order", "ord_20771", record, {})
    for typed in (bill.id, "ord_20771"):
        await ann.opens("/desk")
        await ann.sends("/find", typed=typed)
        assert ann.page.url.path == f"/desk/case/{case}", typed


@pytest.mark.parametrize(("bill", "said"), [({}, "next"), ({"bill": "open"}, "open"), ({"bill": "both"}, "both")])
def test_the_story_of_a_credit_can_be_told_of_old_rows_too(bill: dict[str, str], said: str) -> None:
    ends = {"next": "on the next bill.", "open": "on the open bill.", "both": "on the open bill and the next one."}
    facts = {"gift": "credit", "cost": {"amount": "5.00", "currency": "USD"}, "why": "none"} | bill
    row = Row.model_validate({"sequence": 1, "at": now(), "what": "gave", "data": {"facts": facts}})
    assert wording("en", "UTC").story("pay-bill", row).endswith(ends[said])
    assert wording("es", "UTC").story("pay-bill", row)
