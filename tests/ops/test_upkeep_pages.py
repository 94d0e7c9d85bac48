"""The pages of ops, as somebody uses them who has never seen a case: list, why it is stuck, repair, stop."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bootstrap import parts_for
from gateway.app import create_app
from gateway.browser import STAFF
from models.staff import Role
from tests.engine.temporal import World, amount
from tests.gateway.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ops(world: World, role: Role = Role.OPS) -> Visitor:
    """Somebody of ops, signed in."""
    parts = parts_for(world.wiring)
    person = await parts.staff.ensure(f"{role.value}@ops", "Olu", role, "operations")
    token = await parts.staff_sessions.open(person, "password", "a browser")
    name = f"__Host-{STAFF}" if parts.secure else STAFF
    transport = httpx.ASGITransport(create_app(parts))
    client = httpx.AsyncClient(transport=transport, base_url=parts.public_url, cookies={name: token})
    visitor = Visitor.__new__(Visitor)
    visitor.client, visitor.page = client, httpx.Response(200)
    return visitor


async def broken(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose script breaks off at its first line, because the company says nonsense."""

    async def open_bill(*given: Any) -> Any:
        return {"nonsense": True}

    with monkeypatch.context() as patch:
        patch.setattr(world.wiring.company, "open_bill", open_bill)
        turn = await world.start(await world.somebody())
    assert turn.status.value == "stuck"
    return turn.case


async def test_why_it_is_stuck_is_seen_and_it_is_ended_after_a_dry_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await broken(world, monkeypatch)
    olu = await ops(world)

    await olu.opens("/ops/stuck?kind=bug")
    assert case in olu.page.text
    assert "Script broke off" in olu.page.text
    assert "pay_bill.py:" in olu.page.text
    assert "Sorry, something is not working on our side" in olu.page.text, "that is what the customer last heard"

    await olu.opens(f"/ops/repairs/new?case={case}&action=terminate")
    filled = olu.form("/ops/repairs/try", cases=case, word="yes", rate="300", why="") | {"action": "terminate"}
    await olu.sends("/ops/repairs/try", filled)
    assert olu.page.status_code == 422
    assert "Say why" in olu.page.text
    await olu.sends("/ops/repairs/try", filled | {"why": "no use, ticket 12"})
    assert "1 case would be repaired" in olu.page.text
    await olu.sends("/ops/repairs", cases=case)
    assert olu.page.url.path.startswith("/ops/repairs/j_")

    for _ in range(100):
        await olu.opens(olu.page.url.path)
        if "Ended. Word to the customer" in olu.page.text:
            break
    assert "Ended. Word to the customer" in olu.page.text
    await olu.opens(f"/ops/cases?text={case.split('/')[1]}&status=cancelled")
    assert case in olu.page.text
    await olu.opens("/ops/repairs")
    assert "no use, ticket 12" in olu.page.text


async def test_cases_are_found_by_anything_and_paged(world: World) -> None:
    speaker = await world.somebody()
    turn = await world.answers(speaker, await world.start(speaker), amount("40"))
    olu = await ops(world)

    for query in ("", "moment=pay-bill", "step=when", f"customer={speaker.customer}", "status=any-open", "since=1h"):
        await olu.opens(f"/ops/cases?{query}")
        assert (olu.page.status_code, turn.case in olu.page.text) == (200, True), query
    for query in (
        "moment=welcome",
        "status=finished&step=when",
        "customer=%2B19995550000",
        "text=nothing%25",
        "before=x",
    ):
        await olu.opens(f"/ops/cases?{query}")
        assert (olu.page.status_code, turn.case in olu.page.text) == (200, query == "before=x"), query


async def test_an_agent_sees_none_of_it(world: World) -> None:
    ann = await ops(world, Role.AGENT)
    for path in ("/ops/cases", "/ops/stuck", "/ops/repairs", "/ops/repairs/new"):
        assert (await ann.client.get(path)).status_code == 403
