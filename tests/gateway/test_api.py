"""The API: keys, idempotency, and one form for every error."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.gateway.conftest import API_KEY, CUSTOMER, World

KEY = {"Authorization": f"Bearer {API_KEY}"}
START = {"customer": {"phone": CUSTOMER}, "moment": "pay-bill"}


async def post(world: World, path: str, body: Any, **headers: str) -> httpx.Response:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return await world.client.post(f"/api/v1{path}", json=body, headers=KEY | more)


def is_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body: dict[str, Any] = answer.json()
    assert (body["code"], body["status"], body["type"]) == (code, status, f"urn:segue:problem:{code}")
    assert body["title"]
    return body


async def test_an_app_plays_a_case(world: World) -> None:
    turn = (await post(world, "/cases", START)).json()
    assert turn["pending"][0]["question"]["key"] == "amount"
    path = f"/cases/{turn['case']}"
    value = {"amount": "40.00", "currency": "USD"}
    turn = (await post(world, f"{path}/answers", {"key": "amount", "revision": 1, "value": value})).json()
    assert turn["pending"][0]["question"]["key"] == "when"
    turn = (await post(world, f"{path}/corrections", {"key": "amount", "withdraw": True})).json()
    assert turn["pending"][0]["question"]["key"] == "amount"
    assert (await world.client.get(f"/api/v1{path}", headers=KEY)).json()["sequence"] == turn["sequence"]
    assert (await post(world, f"{path}/events", {"id": "e1", "name": "shipped"})).status_code == 200
    assert (await post(world, f"{path}/cancel", {})).json()["status"] == "cancelled"
    customer = turn["case"].split("/")[1]
    story = (await world.client.get(f"/api/v1/customers/{customer}/timeline", headers=KEY)).json()["timeline"]
    assert story[0]["what"] == "cancelled"
    assert "amount: $40.00" in " ".join(row["story"] for row in story)


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic abc", "Bearer ", f"Bearer {API_KEY}x", "Bearer é"])
async def test_without_a_good_key_nothing_is_done(world: World, header: str | None) -> None:
    headers = {b"Authorization": header.encode()} if header else {}
    answer = await world.client.post("/api/v1/cases", json=START, headers=headers)
    is_problem(answer, 401, "unauthorised")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert world.switchboard.requests == []


async def test_the_same_key_and_content_is_one_request(world: World) -> None:
    first = await post(world, "/cases", START, Idempotency_Key="k1")
    again = await post(world, "/cases", START, Idempotency_Key="k1")
    assert (first.json(), first.status_code) == (again.json(), again.status_code)
    assert again.headers["idempotent-replay"] == "true"
    assert len(world.switchboard.requests) == 1


async def test_the_same_key_with_other_content_is_a_conflict(world: World) -> None:
    await post(world, "/cases", START, Idempotency_Key="k1")
    is_problem(await post(world, "/cases", START | {"topic": {"bill": "b1"}}, Idempotency_Key="k1"), 409, "conflict")


async def test_a_refused_answer_carries_the_turn(world: World) -> None:
    case = (await post(world, "/cases", START)).json()["case"]
    body = {"key": "amount", "revision": 1, "value": {"amount": "900.00", "currency": "USD"}}
    problem = is_problem(await post(world, f"/cases/{case}/answers", body), 422, "unfit")
    assert (problem["reason"], problem["turn"]["case"]) == ("too-much", case)
    body = {"key": "amount", "revision": 7, "value": 1}
    is_problem(await post(world, f"/cases/{case}/answers", body), 409, "already-answered")


async def test_unconfirmed_says_to_come_again_and_then_counts_once(world: World) -> None:
    case = (await post(world, "/cases", START)).json()["case"]
    world.switchboard.away = True
    body = {"key": "amount", "revision": 1, "value": {"amount": "40.00", "currency": "USD"}}
    answer = await post(world, f"/cases/{case}/answers", body, Idempotency_Key="k2")
    is_problem(answer, 503, "not-confirmed")
    assert answer.headers["retry-after"]
    world.switchboard.away = False
    assert (await post(world, f"/cases/{case}/answers", body, Idempotency_Key="k2")).status_code == 200


WRONG: list[tuple[str, Any, int, str]] = [
    ("/cases", {"customer": {"phone": CUSTOMER}, "moment": "fly-to-the-moon"}, 404, "unknown"),
    ("/cases", {"customer": {"id": "c_nobody"}, "moment": "pay-bill"}, 404, "unknown"),
    ("/cases", {"customer": {}, "moment": "pay-bill"}, 422, "invalid"),
    ("/cases", {"customer": {"phone": "secret-4111"}, "moment": "pay-bill"}, 422, "invalid"),
    ("/cases", START | {"surprise": "secret-4111"}, 422, "invalid"),
    ("/cases", ["secret-4111"], 422, "invalid"),
    ("/cases/pay-bill/c_x/1/answers", {"key": "amount", "revision": 1, "value": 1}, 404, "unknown"),
    ("/cases/pay-bill/c_x/1/answers", {"key": "amount", "revision": -1, "value": "secret-4111"}, 422, "invalid"),
    ("/nowhere", {}, 404, "unknown"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), WRONG)
async def test_every_error_is_a_problem_and_repeats_nothing(
    world: World, path: str, body: Any, status: int, code: str
) -> None:
    answer = await post(world, path, body)
    is_problem(answer, status, code)
    assert "secret-4111" not in answer.text


RAW = [
    b"{",
    b"",
    b"\xff\xfe",
    b"[" * 5000,
    b'{"key":"a","revision":1,"value":"\\ud800"}',
    b'{"key":"a\\u0000","revision":1,"value":1}',
]


@pytest.mark.parametrize("raw", RAW)
async def test_no_bytes_break_it(world: World, raw: bytes) -> None:
    case = (await post(world, "/cases", START)).json()["case"]
    headers = KEY | {"Content-Type": "application/json"}
    answer = await world.client.post(f"/api/v1/cases/{case}/answers", content=raw, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_too_much_is_refused_however_it_is_sent(world: World) -> None:
    is_problem(await post(world, "/cases", START | {"topic": {"a": "x" * 70_000}}), 413, "too-large")

    async def drip() -> Any:
        for _ in range(80):
            yield b"x" * 1024

    headers = KEY | {"Content-Type": "application/json"}
    is_problem(await world.client.post("/api/v1/cases", content=drip(), headers=headers), 413, "too-large")


async def test_the_documents_are_served_from_here(world: World) -> None:
    document = (await world.client.get("/openapi.json")).json()
    assert set(document["paths"]) == {
        "/api/v1/cases",
        "/api/v1/cases/{case}",
        "/api/v1/cases/{case}/answers",
        "/api/v1/cases/{case}/corrections",
        "/api/v1/cases/{case}/events",
        "/api/v1/cases/{case}/call",
        "/api/v1/cases/{case}/cancel",
        "/api/v1/cases/{case}/claim",
        "/api/v1/cases/{case}/release",
        "/api/v1/cases/{case}/passes",
        "/api/v1/customers/{customer}/addresses",
        "/api/v1/customers/{customer}/addresses/proofs",
        "/api/v1/customers/{customer}/timeline",
        "/api/v1/unplaced",
        "/api/v1/unplaced/{id}",
        "/api/v1/unplaced/{id}/assignment",
    }
    page = (await world.client.get("/docs")).text
    assert "http" not in page.replace("http-equiv", "")
    assert (await world.client.get("/docs/swagger-ui-bundle.js")).status_code == 200
    assert (await world.client.get("/docs/index.html")).status_code == 404


async def test_health_readiness_and_metrics(world: World) -> None:
    assert (await world.client.get("/healthz")).json() == {"status": "up"}
    assert (await world.client.get("/readyz")).json() == {"database": True, "temporal": True}
    world.switchboard.away = True
    answer = await world.client.get("/readyz")
    assert (answer.status_code, answer.json()["temporal"]) == (503, False)
    await world.texts("pay my bill")
    metrics = (await world.client.get("/metrics")).text
    assert 'segue_webhooks_total{kind="messages",outcome="taken"}' in metrics
    assert CUSTOMER not in metrics


async def test_the_access_log_names_routes_and_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    await world.client.get("/c/a-secret-pass")
    await world.texts("my name is Jane")
    case = (await post(world, "/cases", START)).json()["case"]
    await world.client.get(f"/api/v1/cases/{case}", headers=KEY)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith(("segue", "gateway")))
    assert "GET /c/{token}" in logged
    assert f"case={case}" in logged
    for secret in ("a-secret-pass", CUSTOMER, "Jane", API_KEY):
        assert secret not in logged
    assert json.dumps(logged).count("\\n") >= 3
