"""The company's app hands out a way back into a case."""

from __future__ import annotations

from tests.gateway.conftest import API_KEY, CUSTOMER, World
from tests.gateway.test_api import START, is_problem, post


async def begun(world: World) -> str:
    return str((await post(world, "/cases", START)).json()["case"])


async def test_a_code_that_can_be_said(world: World) -> None:
    case = await begun(world)
    given = (await post(world, f"/cases/{case}/passes", {})).json()
    assert given["spoken"].replace(" ", "") == given["code"]
    assert (given["kind"], len(given["code"]), given["link"]) == ("code", 8, None)
    assert API_KEY not in str(given)
    opened = await world.parts.passes.use(given["code"], kind="code")
    assert opened is not None
    assert (opened.case, opened.kind) == (case, "code")
    assert await world.parts.passes.use(given["code"], kind="code") is None


async def test_a_link_and_its_picture(world: World) -> None:
    case = await begun(world)
    given = (await post(world, f"/cases/{case}/passes", {"kind": "link"})).json()
    assert given["link"].startswith("https://segue.example/c/")
    assert given["qr"].startswith("<svg ")
    assert (await world.client.get(given["link"])).status_code == 200


async def test_none_for_a_case_that_is_closed_or_is_not(world: World) -> None:
    case = await begun(world)
    await post(world, f"/cases/{case}/cancel", {})
    is_problem(await post(world, f"/cases/{case}/passes", {}), 409, "finished")
    is_problem(await post(world, "/cases/pay-bill/c_nobody/1/passes", {}), 404, "unknown")


async def test_none_without_a_key(world: World) -> None:
    case = await begun(world)
    answer = await world.client.post(f"/api/v1/cases/{case}/passes", json={})
    is_problem(answer, 401, "unauthorised")
    assert CUSTOMER not in answer.text
