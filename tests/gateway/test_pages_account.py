"""The customer's account: cases open and closed, how to reach them, their language, and a code that is typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gateway.pages.account import inside
from models.people import Assurance
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.visitor import Visitor


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor(world)


async def customer_of(world: World) -> str:
    (case,) = world.switchboard.plays
    return world.switchboard.plays[case].customer


async def test_the_account_shows_what_is_open_what_is_done_and_what_can_be_started(
    world: World, visitor: Visitor
) -> None:
    await visitor.signs_in()
    page = await visitor.opens("/account")
    assert visitor.heading == "Pick up where you left off"
    assert "All of it or a part, now or on a later day" in page.text
    (case,) = world.switchboard.plays
    assert f'href="/case/{case}"' in page.text
    await visitor.opens(f"/case/{case}")
    await visitor.sends("/cancel")
    page = await visitor.opens("/account")
    assert visitor.heading == "Nothing is waiting for you"
    assert "cancelled" in page.text


async def test_a_stranger_is_asked_for_a_number(visitor: Visitor) -> None:
    page = await visitor.opens("/account")
    assert str(page.url).endswith("/resume")


async def test_a_link_opens_its_case_and_never_the_account(world: World, visitor: Visitor) -> None:
    await world.texts("pay my bill")
    (case,) = world.switchboard.plays
    token = await world.parts.passes.issue(case, await customer_of(world), lifetime=timedelta(hours=1))
    await visitor.opens(f"/c/{token}")
    await visitor.sends(f"/c/{token}")
    assert str((await visitor.opens("/account")).url).endswith("/resume")


async def test_how_to_be_reached_is_kept_with_how_we_know(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    await visitor.opens("/account")
    page = await visitor.sends("/account/contact", way="whatsapp")
    assert "That is how we will reach you" in page.text
    (fact,) = await world.parts.journal.facts(await customer_of(world))
    assert (fact.name, fact.value, fact.by.channel) == ("contact-preference", "whatsapp", "web")
    await visitor.sends("/account/contact", way="pigeon")
    (fact,) = await world.parts.journal.facts(await customer_of(world))
    assert fact.value == "whatsapp"


async def test_only_ways_that_reach_somebody_are_offered(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    assert "By email" not in (await visitor.opens("/account")).text


async def test_eight_characters_open_one_case_once(world: World, visitor: Visitor) -> None:
    await world.texts("pay my bill")
    (case,) = world.switchboard.plays
    code = await world.parts.passes.issue_code(case, await customer_of(world))
    await visitor.opens("/resume")
    await visitor.sends("/resume/pass", typed=f"{code[:4].lower()} {code[4:]}")
    assert "How much would you like to pay?" in visitor.heading
    world.client.cookies.clear()
    await visitor.opens("/resume")
    page = await visitor.sends("/resume/pass", typed=code)
    assert (page.status_code, "opens nothing" in page.text) == (422, True)


@pytest.mark.parametrize("typed", ["", "AAAA AAAA", "<script>alert(1)</script>", "'; drop table passes; --", "é" * 500])
async def test_what_is_no_code_opens_nothing(visitor: Visitor, typed: str) -> None:
    await visitor.opens("/resume")
    page = await visitor.sends("/resume/pass", typed=typed)
    assert page.status_code == 422
    assert "<script>alert" not in page.text


async def test_a_language_we_do_not_speak_changes_nothing(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    form = {"csrf": visitor.form("/answer")["csrf"], "language": "../../etc", "back": "/account"}
    answer = await world.client.post("/language", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "set-cookie" not in answer.headers


async def test_the_language_is_remembered_for_the_customer(world: World, visitor: Visitor) -> None:
    await visitor.signs_in()
    assert '<html lang="en">' in (await visitor.opens("/account")).text
    page = await visitor.sends("/language", language="es")
    assert str(page.url).endswith("/account")
    assert '<html lang="es">' in page.text
    known = await world.parts.customers.get(await customer_of(world))
    assert known is not None
    assert known.language == "es"
    world.client.cookies.clear()
    await visitor.opens("/resume")
    await visitor.sends("/resume", number=CUSTOMER)
    await visitor.sends("/code", code=await visitor.code())
    assert '<html lang="es">' in (await visitor.opens("/account")).text


@pytest.mark.parametrize(
    "place", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_elsewhere(place: str) -> None:
    assert inside(place) == "/"
    assert inside("/case/pay-bill/c/1") == "/case/pay-bill/c/1"


async def test_a_case_that_wants_more_proof_than_the_session_has_shows_only_what_it_gives_this_visitor(
    world: World, visitor: Visitor
) -> None:
    await visitor.signs_in()
    (play,) = world.switchboard.plays.values()
    await world.texts("40")
    (case,) = world.switchboard.plays
    assert "$40.00" in (await visitor.opens(f"/case/{case}")).text
    play.floor = Assurance.VERIFIED
    await world.texts("later", "SM2")
    looked = len(world.switchboard.requests)
    page = await visitor.opens(f"/case/{case}")
    assert page.status_code == 200
    assert "$40.00" not in page.text
    assert 'name="value"' not in page.text
    assert any(what == "arrive" for what, _ in world.switchboard.requests[looked:])
