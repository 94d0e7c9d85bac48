"""Histories in Temporal's own tools: read by ops who are signed in, from one origin, and each look is noted."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from google.protobuf.json_format import MessageToDict
from temporalio.api.common.v1 import Payload
from temporalio.converter import WorkflowSerializationContext

from database.vault import Vault
from gateway.app import create_app
from models.staff import Role
from switchboard.codec import HistoryCodec, SealingCodec
from tests.gateway.conftest import PUBLIC
from tests.gateway.test_desk import Agent, agent
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
PAGES = "https://temporal.segue.example"
ANA, JOE = "c_ana", "c_joe"


@pytest.fixture
async def sealed(town: Town) -> AsyncIterator[Town]:
    """The town, with histories that are really sealed, and Temporal's pages beside it."""
    codec = HistoryCodec(Vault(town.parts.database, bytes(32)))
    town.parts = replace(town.parts, codec=codec, temporal_ui=PAGES)
    transport = httpx.ASGITransport(create_app(town.parts))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as town.client:
        yield town


async def payload(town: Town, customer: str) -> dict[str, Any]:
    context = WorkflowSerializationContext(namespace="default", workflow_id=f"pay-bill/{customer}/1")
    codec = SealingCodec(Vault(town.parts.database, bytes(32))).with_context(context)
    (made,) = await codec.encode([Payload(metadata={"encoding": b"json/plain"}, data=b'"the minimum"')])
    return MessageToDict(made)


async def reads(here: Agent, payloads: list[dict[str, Any]], origin: str | None = PAGES, **headers: str) -> Any:
    given = {"Origin": origin, **headers} if origin else headers
    return await here.client.post("/codec/decode", json={"payloads": payloads}, headers=given)


async def looks(town: Town) -> list[tuple[str, str | None, str | None]]:
    deeds = [deed async for deed in town.parts.audit.deeds()]
    return [(deed.name, deed.customer, deed.note) for deed in deeds if deed.what == "POST /codec/decode"]


async def test_ops_read_what_is_sealed_and_it_is_noted_whose_it_was(sealed: Town) -> None:
    olga = await agent(sealed, "Olga", Role.OPS)
    whole = [await payload(sealed, ANA), await payload(sealed, JOE), await payload(sealed, ANA)]
    answer = await reads(olga, whole)
    assert [each["data"] for each in answer.json()["payloads"]] == ["InRoZSBtaW5pbXVtIg=="] * 3
    assert answer.headers["access-control-allow-origin"] == PAGES
    assert answer.headers["access-control-allow-credentials"] == "true"
    await reads(olga, whole)
    assert sorted(await looks(sealed)) == [("Olga", ANA, "payloads=2"), ("Olga", JOE, "payloads=1")]


@pytest.mark.parametrize(
    ("role", "origin"),
    [(Role.AGENT, PAGES), (Role.SUPERVISOR, PAGES), (Role.ANALYST, PAGES), (Role.ASSOCIATE, PAGES),
     (Role.OPS, "https://evil.example"), (Role.OPS, "null"), (Role.OPS, PUBLIC), (Role.OPS, None)],
)  # fmt: skip
async def test_nobody_else_and_no_other_page_does(sealed: Town, role: Role, origin: str | None) -> None:
    somebody = await agent(sealed, "Sam", role)
    answer = await reads(somebody, [await payload(sealed, ANA)], origin)
    assert answer.status_code == 403
    assert ("access-control-allow-origin" in answer.headers) is False
    assert await looks(sealed) == []


async def test_a_preflight_is_answered_to_temporals_pages_alone(sealed: Town) -> None:
    asked = {"Access-Control-Request-Method": "POST"}
    ours = await sealed.client.options("/codec/decode", headers={"Origin": PAGES, **asked})
    theirs = await sealed.client.options("/codec/decode", headers={"Origin": "https://evil.example", **asked})
    assert ours.headers["access-control-allow-origin"] == PAGES
    assert "access-control-allow-origin" not in theirs.headers


async def test_a_token_for_the_command_line_reads_and_opens_no_page(sealed: Town) -> None:
    olga = await agent(sealed, "Olga", Role.OPS)
    await olga.opens("/ops/codec")
    await olga.sends("/ops/codec")
    token = re.findall(r"Bearer ([\w-]{40,})", olga.page.text)[0]
    other = await agent(sealed, "Sam", Role.AGENT)
    other.client.cookies.clear()
    ana = [await payload(sealed, ANA)]
    assert (await reads(other, ana, None, Authorization=f"Bearer {token}")).status_code == 200
    assert (await reads(other, ana, None, Authorization="Bearer guess")).status_code == 403
    other.client.cookies.set("__Host-segue-staff", token)
    assert (await other.client.get("/ops")).status_code == 303
    assert (await reads(other, ana)).status_code == 403
    assert "Token for the command line" in (await olga.opens("/staff")).text
    mine = next(each for each in await sealed.parts.staff.people() if each.name == "Olga")
    await sealed.parts.staff_sessions.end(mine.id)
    other.client.cookies.clear()
    assert (await reads(other, ana, None, Authorization=f"Bearer {token}")).status_code == 403


async def test_what_was_sealed_for_somebody_who_is_erased_stays_sealed(sealed: Town) -> None:
    olga, gone, there = await agent(sealed, "Olga", Role.OPS), await payload(sealed, ANA), await payload(sealed, JOE)
    await Vault(sealed.parts.database, bytes(32)).destroy(ANA)
    answer = (await reads(olga, [gone, there])).json()["payloads"]
    assert answer[0] == gone
    assert answer[1]["data"] == "InRoZSBtaW5pbXVtIg=="
