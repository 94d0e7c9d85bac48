"""The rest of a day: a page that moves by itself, a bad line, a company's own app, ops looking into Temporal."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from database.engine import open_database
from database.staff import Staff
from database.staff_sessions import StaffSessions
from models.staff import Role
from tests.stories.world import KEY, Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_open_page_moves_by_itself(customer: Customer) -> None:
    await customer.texts("pay my bill")
    call = await customer.calls()
    await call.hangs_up()
    await customer.hears("Go on here")
    await customer.opens_the_texted_link()
    await customer.sees("How much would you like to pay?")
    await customer.texts("45")
    await customer.sees("now, or on a later day?")
    await customer.sees("$45.00")


async def test_two_channels_answer_at_once(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    call = await customer.calls()
    await customer.texts("45")
    await customer.hears("now, or on a later day?")
    assert "now, or on a later day?" in await call.says("fifty dollars")
    rows = [row for row in await world.story(customer.phone.number) if row.what == "answered"]
    assert [row.data["value"] for row in rows] == [{"amount": "45.00", "currency": "USD"}]


async def test_on_a_bad_line_it_gets_simpler_and_then_a_person(customer: Customer) -> None:
    call = await customer.calls()
    first = await call.says("pay my bill")
    assert "How much would you like to pay?" in first
    again = await call.says("krrz fsh mumble")
    assert "for example" in again.lower()
    assert "keypad" in (await call.says("shhh krrk")).lower()
    await call.presses("999999")
    assert "person" in call.transcript.lower() or "call you back" in call.transcript.lower()


async def test_an_amount_is_changed_by_voice(customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    await customer.texts("45")
    await customer.hears("later day")
    call = await customer.calls()
    assert "How much would you like to pay?" in await call.says("wait, change the amount")
    assert "$50" in await call.says("fifty dollars")
    assert "now, or on a later day?" in call.heard


async def test_the_companys_own_app_opens_a_case_and_answers(world: World, customer: Customer) -> None:
    number = customer.phone.number
    async with httpx.AsyncClient(
        base_url=f"{world.site}/api/v1", headers={"Authorization": f"Bearer {KEY}"}, trust_env=False
    ) as app:
        opened = await app.post("/cases", json={"moment": "pay-bill", "customer": {"phone": number}})
        assert opened.status_code in {200, 201}, opened.text
        turn = opened.json()
        case, pending = turn["case"], turn["pending"][0]
        answer = {"key": "amount", "revision": pending["revision"], "value": {"amount": "39.99", "currency": "USD"}}
        once = {"Idempotency-Key": "an-answer"}
        first = await app.post(f"/cases/{case}/answers", json=answer, headers=once)
        second = await app.post(f"/cases/{case}/answers", json=answer, headers=once)
        assert first.json()["pending"] == second.json()["pending"]
        assert first.json()["pending"][0]["question"]["key"] == "when"
        other = {**answer, "value": {"amount": "1.00", "currency": "USD"}}
        assert (await app.post(f"/cases/{case}/answers", json=other, headers=once)).status_code == 409
        wrong = await app.post(f"/cases/{case}/answers", json={"key": "when", "revision": 1, "value": "never"})
        assert wrong.status_code == 422
        assert wrong.headers["content-type"].startswith("application/problem+json")
        assert "never" not in wrong.text
        timeline = await app.get(f"/customers/{case.split('/')[1]}/timeline")
        assert "$39.99" in timeline.text
    await customer.texts("now")
    await customer.hears("How would you like to pay?")


async def test_without_a_key_the_api_is_closed(world: World) -> None:
    async with httpx.AsyncClient(base_url=f"{world.site}/api/v1", trust_env=False) as app:
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            refused = await app.post("/cases", json={"moment": "pay-bill", "customer": {}}, headers=headers)
            assert refused.status_code == 401
            assert refused.headers["content-type"].startswith("application/problem+json")


async def test_ops_read_a_history_with_the_codec_and_nobody_without(world: World, customer: Customer) -> None:
    await customer.texts("pay my bill")
    await customer.hears("How much would you like to pay?")
    client = await Client.connect(world.machine.environment["TEMPORAL_ADDRESS"])
    [found] = [w async for w in client.list_workflows(f"SegueCustomer = '{await world.known(customer.phone.number)}'")]
    assert found.typed_search_attributes
    history = await client.get_workflow_handle(found.id).fetch_history()
    sealed = history.events[0].workflow_execution_started_event_attributes.input.payloads[0]
    assert customer.phone.number.encode() not in sealed.SerializeToString()
    opened = await decodes(world, [as_json(sealed)], await a_token(world))
    opening = json.loads(base64.b64decode(opened.json()["payloads"][0]["data"]))
    assert opening["case"] == found.id
    assert (await decodes(world, [as_json(sealed)], "wrong")).status_code in {401, 403}


async def a_token(world: World) -> str:
    """What somebody of ops makes for their command line."""
    db = await open_database(world.machine.environment["DATABASE_URL"])
    try:
        ops = next(person for person in await Staff(db).people() if person.role is Role.OPS)
        return await StaffSessions(db).open(ops, "command-line", "temporal")
    finally:
        await db.close()


def as_json(payload: Payload) -> dict[str, Any]:
    metadata = {name: base64.b64encode(value).decode() for name, value in payload.metadata.items()}
    return {"metadata": metadata, "data": base64.b64encode(payload.data).decode()}


async def decodes(world: World, payloads: list[dict[str, Any]], token: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=world.site, trust_env=False) as client:
        headers = {"Authorization": f"Bearer {token}"}
        return await client.post("/codec/decode", json={"payloads": payloads}, headers=headers)
