"""The store's tablet: who may use it, how a customer is found and checked, and what they take home."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models.people import Actor
from models.questions import Text
from models.staff import Role
from models.tables import PassRow
from tests.gateway import pretend
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.visitor import Visitor

PASSWORD = "a-password-of-the-store"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Tablet(Visitor):
    """An associate with a tablet."""

    async def signs_in_as_staff(self, password: str = PASSWORD) -> None:
        await self.world.parts.staff.ensure("sam", "Sam", Role.ASSOCIATE, "store", PASSWORD)
        await self.opens("/store")
        await self.sends("/store/sign-in", name="sam", password=password)

    async def serves(self, number: str = CUSTOMER) -> None:
        """Finds a customer by the number, who reads the code from their phone."""
        await self.sends("/store/find", typed=number)
        sent = [m for m in await self.world.sent() if m.key.startswith("code:")]
        found = re.search(r"\b\d{6}\b", sent[-1].body)
        assert found
        await self.sends("/store/code", code=found.group())


@pytest.fixture
async def tablet(world: World) -> Tablet:
    here = Tablet(world)
    await here.signs_in_as_staff()
    return here


async def test_only_staff_gets_to_the_counter(world: World) -> None:
    tablet = Tablet(world)
    for path in ("/store/customer", "/store/case/pay-bill/c_x/1"):
        assert 'name="password"' in (await tablet.opens(path)).text
    await tablet.signs_in_as_staff("a-guess")
    assert tablet.page.status_code == 403
    await tablet.signs_in_as_staff()
    assert tablet.heading == "Find the customer"


async def test_a_customer_goes_on_at_the_counter_by_their_number(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill", "SM1")
    await world.texts("40", "SM2")
    await tablet.serves()
    assert "now, or on a later day" in tablet.heading
    assert "by text" in tablet.page.text
    await tablet.sends("/answer", value="now")
    (play,) = world.switchboard.plays.values()
    assert (play.answers["when"].by.channel, play.answers["when"].by.actor) == ("store", Actor.CUSTOMER)


async def test_the_code_is_texted_to_the_customers_own_phone(world: World, tablet: Tablet) -> None:
    await tablet.sends("/store/find", typed="(415) 555-2671")
    (message,) = [m for m in await world.sent() if m.key.startswith("code:")]
    assert (message.to.value, "Tell it only to the associate" in message.body) == (CUSTOMER, True)
    assert (await tablet.sends("/store/code", code="000000")).status_code == 422


async def test_a_scanned_link_and_a_typed_code_find_the_case(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    ((case, play),) = world.switchboard.plays.items()
    link = await world.parts.passes.issue(case, play.customer, lifetime=timedelta(hours=1))
    await tablet.sends("/store/find", typed=f"https://segue.example/c/{link}")
    assert "How much would you like to pay?" in tablet.heading
    code = await world.parts.passes.issue_code(case, play.customer)
    await tablet.opens("/store")
    await tablet.sends("/store/find", typed=code)
    assert "How much would you like to pay?" in tablet.heading
    await tablet.opens("/store")
    assert (await tablet.sends("/store/find", typed=code)).status_code == 422


async def test_a_pass_shows_its_case_and_starts_nothing_else(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    ((case, play),) = world.switchboard.plays.items()
    await tablet.sends("/store/find", typed=await world.parts.passes.issue_code(case, play.customer))
    page = await tablet.opens("/store/customer")
    assert case in page.text
    assert "/store/start" not in page.text


async def test_checked_id_makes_the_customer_verified_and_is_noted(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    await tablet.serves()
    page = await tablet.sends("/checked", document="passport")
    assert "ID checked" in page.text
    assert world.switchboard.remarks == [(Actor.AGENT, "ID checked in the store: Passport")]
    await tablet.sends("/answer", value="40")
    (play,) = world.switchboard.plays.values()
    assert play.answers["amount"].by.assurance == "verified"


async def test_an_unknown_document_proves_nothing(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    await tablet.serves()
    await tablet.sends("/checked", document=HOSTILE)
    await tablet.sends("/answer", value="40")
    (play,) = world.switchboard.plays.values()
    assert play.answers["amount"].by.assurance == "possession"
    assert world.switchboard.remarks == []


async def test_a_card_at_the_terminal_becomes_a_token(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    await tablet.serves()
    await tablet.sends("/answer", value="40")
    page = await tablet.sends("/answer", value="now")
    assert "Card at the terminal" in page.text
    await tablet.sends("/answer", value="new")
    assert tablet.heading == "Hold the card to the terminal"
    await tablet.sends("/terminal")
    assert tablet.heading.startswith("Pay $40.00 now with")


async def test_a_slip_brings_the_customer_back(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    await tablet.serves()
    page = await tablet.sends("/slip")
    assert 'class="qr"' in page.text
    code = re.search(r'slip-code">([0-9A-Z ]{9})<', page.text)
    assert code
    at_home = Visitor(world)
    world.client.cookies.clear()
    await at_home.opens("/resume")
    await at_home.sends("/resume/pass", typed=code.group(1))
    assert "How much would you like to pay?" in at_home.heading


async def test_what_a_slip_says_is_good_for_a_quarter_of_an_hour_and_its_link_for_a_day(
    world: World, tablet: Tablet
) -> None:
    await world.texts("pay my bill")
    await tablet.serves()
    page = await tablet.sends("/slip")
    rows = await world.parts.database.rows(select(PassRow.kind, PassRow.expires_at))
    left = {row.kind: row.expires_at - datetime.now(UTC) for row in rows}
    assert timedelta(minutes=14) < left["code"] <= timedelta(minutes=15)
    assert timedelta(hours=23) < left["link"] <= timedelta(hours=24)
    assert "the code for 15 minutes" in page.text


async def test_the_next_customer_sees_nothing_of_the_last(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    await tablet.serves()
    case = str(tablet.page.url)
    await tablet.sends("/leave")
    assert tablet.heading == "Find the customer"
    await tablet.opens(case)
    assert tablet.heading == "Find the customer"


async def test_a_customers_own_session_is_no_way_to_the_counter(world: World) -> None:
    customer = Visitor(world)
    await customer.signs_in()
    (case,) = world.switchboard.plays
    assert 'name="password"' in (await customer.opens(f"/store/case/{case}")).text


async def test_forms_of_the_tablet_come_from_the_tablet(world: World, tablet: Tablet) -> None:
    form = tablet.form("/store/find", typed=CUSTOMER)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert (await world.client.post("/store/find", data=form, headers=headers)).status_code == 403
        assert (await world.client.post("/store/sign-in", data={"name": "sam"}, headers=headers)).status_code == 403
    assert (await world.client.post("/store/find", data=form | {"csrf": "0"})).status_code == 403


async def test_what_a_customer_wrote_stays_text_for_the_associate(
    world: World, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pretend, "QUESTIONS", [Text("symptom"), Text("details")])
    await world.texts("pay my bill")
    await tablet.serves()
    seen = [(await tablet.sends("/answer", value=HOSTILE)).text, (await tablet.opens("/store/customer")).text]
    await tablet.opens("/store")
    seen.append((await tablet.sends("/store/find", typed=HOSTILE)).text)
    for page in seen:
        assert "<script>alert" not in page
        assert "<img" not in page.replace('<img src="/static/', "")
    assert "&lt;script&gt;alert(1)" in seen[0]


async def test_no_page_of_the_store_has_script_or_style_in_line(world: World, tablet: Tablet) -> None:
    await world.texts("pay my bill")
    pages = [tablet.page]
    await tablet.sends("/store/find", typed=CUSTOMER)
    pages.append(tablet.page)
    await tablet.opens("/store")
    await tablet.serves()
    pages += [tablet.page, await tablet.sends("/slip"), await tablet.opens("/store/customer")]
    for page in pages:
        assert page.status_code == 200
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page.text)
        assert "unsafe" not in page.headers["content-security-policy"]
