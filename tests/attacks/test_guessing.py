"""Guessing passes and codes: few tries, wherever they are typed, and the real owner hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.people import Address
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.visitor import Visitor


async def a_code(world: World) -> tuple[str, str]:
    """A customer's case, and the eight characters that open it."""
    await world.texts("pay my bill")
    customer = await world.parts.customers.find(Address(kind="phone", value=CUSTOMER))
    assert customer is not None
    case = (await world.parts.cases.open_for(customer.id))[0].id
    return case, await world.parts.passes.issue_code(case, customer.id)


async def test_eight_characters_are_no_link(world: World) -> None:
    """Where a link is looked at nobody counts, so what can be guessed must open nothing there."""
    _, code = await a_code(world)
    visitor = Visitor(world)
    assert (await visitor.opens(f"/c/{code}")).status_code == 410
    await visitor.opens("/resume")
    form = visitor.form("/resume/pass")
    answer = await world.client.post(f"/c/{code}", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 410
    await visitor.sends("/resume/pass", typed=f"https://segue.example/c/{code}")
    assert visitor.page.status_code == 422
    # It is still good where guesses are counted.
    await visitor.sends("/resume/pass", typed=code)
    assert visitor.page.status_code == 200
    assert "/case/" in str(visitor.page.url)


async def test_a_link_is_none_of_eight_characters(world: World) -> None:
    case, _ = await a_code(world)
    token = await world.parts.passes.issue(case, case.split("/")[1], lifetime=timedelta(hours=1))
    visitor = Visitor(world)
    await visitor.opens("/resume")
    await visitor.sends("/resume/pass", typed=token)
    assert visitor.page.status_code == 422
    assert (await visitor.opens(f"/c/{token}")).status_code == 200


@pytest.mark.parametrize("token", ["", "%00", "a" * 5000, "..%2f..%2fetc", "K7M4-92HP", "%F0%9F%98%80", "<script>"])
async def test_what_is_no_link_opens_nothing_and_breaks_nothing(world: World, token: str) -> None:
    answer = await world.client.get(f"/c/{token}")
    assert answer.status_code in {404, 410}
    assert "<script>" not in answer.text.replace('<script src="', "")


async def test_who_guesses_a_web_code_is_stopped_and_the_owner_hears_of_it(world: World) -> None:
    await world.texts("pay my bill")
    visitor = Visitor(world)
    await visitor.opens("/resume")
    await visitor.sends("/resume", number=CUSTOMER)
    right = await visitor.code()
    for number in range(6):
        await visitor.sends("/code", code=f"{(int(right) + 1 + number) % 10**6:06}")
    await visitor.sends("/code", code=right)
    assert visitor.page.status_code == 422
    warned = [m.to.value for m in await world.sent() if m.key.startswith("guessed:")]
    assert warned == [CUSTOMER]


async def test_a_number_that_nobody_has_is_told_nothing_else(world: World) -> None:
    """Whether somebody is a customer can't be found out at the sign-in."""
    await world.texts("pay my bill")
    seen = []
    for number in (CUSTOMER, "+14155552888"):
        visitor = Visitor(world)
        await visitor.opens("/resume")
        page = await visitor.sends("/resume", number=number)
        wrong = await visitor.sends("/code", code="000000")
        seen.append((page.status_code, visitor.heading, wrong.status_code))
    assert seen[0] == seen[1]


async def test_another_customers_case_looks_like_none(world: World) -> None:
    case, _ = await a_code(world)
    visitor = Visitor(world)
    await visitor.signs_in(number="+14155552888")
    theirs = await world.client.get(f"/case/{case}")
    none = await world.client.get("/case/pay-bill/c_nobody/1")
    huge = await world.client.get(f"/case/{case}{'0' * 30}")
    assert theirs.status_code == none.status_code == huge.status_code == 404
