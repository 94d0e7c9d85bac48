"""Links that are opened by scanners, used twice, forwarded or made up."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from models.people import Address
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.visitor import Visitor


async def a_link(world: World) -> str:
    await world.texts("pay my bill")
    customer = await world.parts.customers.find(Address(kind="phone", value=CUSTOMER))
    assert customer is not None
    case = (await world.parts.cases.open_for(customer.id))[0].id
    return await world.parts.passes.issue(case, customer.id, lifetime=timedelta(hours=1))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PROPFIND"])
async def test_a_scanner_uses_up_nothing(world: World, method: str) -> None:
    token = await a_link(world)
    before = list(world.switchboard.requests)
    for purpose in ({}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"User-Agent": "WhatsApp/2"}):
        await world.client.request(method, f"/c/{token}", headers=purpose)
    assert world.switchboard.requests == before
    assert (await Visitor(world).opens(f"/c/{token}")).status_code == 200


async def test_a_link_opened_by_two_at_once_lets_one_in(world: World) -> None:
    token = await a_link(world)
    visitor = Visitor(world)
    await visitor.opens(f"/c/{token}")
    form = visitor.form(f"/c/{token}")
    headers = {"Sec-Fetch-Site": "same-origin"}
    both = await asyncio.gather(*(world.client.post(f"/c/{token}", data=form, headers=headers) for _ in range(4)))
    assert sorted(answer.status_code for answer in both) == [303, 410, 410, 410]


async def test_a_form_of_another_site_uses_up_no_link(world: World) -> None:
    token = await a_link(world)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert (await world.client.post(f"/c/{token}", data={}, headers=headers)).status_code == 403
    assert (await Visitor(world).opens(f"/c/{token}")).status_code == 200


@pytest.mark.parametrize("language", ["../../..", "x" * 300, "en\r\nSet-Cookie: a=b", "<b>", "zz", "%00", "es-ES-x-a"])
async def test_a_made_up_language_breaks_no_page(world: World, language: str) -> None:
    plain = language.replace("\r\n", "")
    answer = await world.client.get("/", headers={"Cookie": f"segue-language={plain}", "Accept-Language": plain})
    assert answer.status_code == 200
    assert "<b>" not in answer.text
