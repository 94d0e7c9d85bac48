"""An app's key that may not vouch for anybody finds no other way to."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.gateway.conftest import API_KEY, CUSTOMER, TRUSTED_KEY, World


async def post(world: World, path: str, key: str, body: Mapping[str, object]) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return (await world.client.post(f"/api/v1/{path}", json=body, headers=headers)).status_code


async def a_case(world: World) -> str:
    await world.texts("pay my bill")
    return next(iter(world.switchboard.plays))


async def test_giving_a_case_back_is_for_those_who_may_vouch(world: World) -> None:
    """Where no more codes are sent, a person who gives the case back says who the customer is."""
    case = await a_case(world)
    event = {"id": "e1", "name": "released"}
    assert await post(world, f"cases/{case}/events", API_KEY, event) == 403
    assert ("report", "e1") not in world.switchboard.requests
    assert await post(world, f"cases/{case}/events", TRUSTED_KEY, event) == 200
    assert await post(world, f"cases/{case}/events", API_KEY, {"id": "e2", "name": "shipped"}) == 200


@pytest.mark.parametrize(
    "path", ["pay-bill/c_x/1", "pay-bill/../../etc/1", "x", "pay-bill/c_x/0" + "9" * 40, "%00/a/1"]
)
async def test_a_case_that_is_not_there_is_not_there(world: World, path: str) -> None:
    await a_case(world)
    headers = {"Authorization": f"Bearer {API_KEY}"}
    assert (await world.client.get(f"/api/v1/cases/{path}", headers=headers)).status_code == 404
    answer = {"key": "amount", "revision": 1, "value": "1"}
    assert await post(world, f"cases/{path}/answers", API_KEY, answer) in {404, 405}


@pytest.mark.parametrize("key", ["", "x", API_KEY.upper(), "a" * 20000])
async def test_no_key_is_guessed_by_its_form(world: World, key: str) -> None:
    assert await post(world, "cases", key, {"customer": {"phone": CUSTOMER}, "moment": "pay-bill"}) in {400, 401}
    assert world.switchboard.requests == []
