"""What an app may say for a customer: no cards, only the customer's own methods, and no more than it may vouch for."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from models.tables import InboxRow
from settings import Settings
from tests.gateway.conftest import API_KEY, CUSTOMER, TRUSTED_KEY, World

START = {"customer": {"phone": CUSTOMER}, "moment": "pay-bill"}
CARD = "4111 1111 1111 1111"


async def post(world: World, path: str, body: Any, key: str = API_KEY, **headers: str) -> httpx.Response:
    return await world.client.post(f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {key}", **headers})


async def asked_for_method(world: World) -> str:
    """A case whose pending question is the payment method."""
    case: str = (await post(world, "/cases", START)).json()["case"]
    amount = {"amount": "40.00", "currency": "USD"}
    for key, value in (("amount", amount), ("when", "now")):
        await post(world, f"/cases/{case}/answers", {"key": key, "revision": 1, "value": value})
    return case


async def gives(world: World, case: str, value: Any) -> httpx.Response:
    return await post(world, f"/cases/{case}/answers", {"key": "method", "revision": 1, "value": value})


FORGED: list[Any] = [
    {"token": "new_visa_4242_forged", "label": "Visa ending 4242"},
    {"token": "new_visa_4242_forged"},
    {"token": None, "label": "Visa"},
    "new_visa_4242_forged",
    7,
]


@pytest.mark.parametrize("value", FORGED)
async def test_a_method_nobody_issued_is_no_option(world: World, value: Any) -> None:
    answer = await gives(world, await asked_for_method(world), value)
    assert (answer.status_code, answer.json()["reason"]) == (422, "not-an-option")


async def test_another_customers_new_card_is_no_option(world: World) -> None:
    case = await asked_for_method(world)
    method = await world.parts.back_office.tokenise("c_eve", CARD, "12/39")
    answer = await gives(world, case, method.model_dump())
    assert (answer.status_code, answer.json()["reason"]) == (422, "not-an-option")


async def test_the_label_is_the_companys_whatever_the_app_calls_it(world: World) -> None:
    case = await asked_for_method(world)
    method = await world.parts.back_office.tokenise(case.split("/")[1], CARD, "12/39")
    answer = await gives(world, case, {"token": method.token, "label": "a card of gold"})
    assert answer.status_code == 200
    assert world.switchboard.plays[case].answers["method"].value == method.model_dump()


async def test_a_saved_method_keeps_its_label(world: World) -> None:
    case = await asked_for_method(world)
    assert (await gives(world, case, {"token": "pm_visa_4242", "label": "Somebody's"})).status_code == 200
    assert "Somebody" not in str(world.switchboard.plays[case].answers["method"].value)


async def test_a_correction_resolves_the_method_too(world: World) -> None:
    case = await asked_for_method(world)
    await gives(world, case, "pm_visa_4242")
    forged = {"token": "new_visa_4242_forged", "label": "Visa ending 4242"}
    await post(world, f"/cases/{case}/corrections", {"key": "method", "value": forged})
    assert world.switchboard.corrected == [{"token": "new_visa_4242_forged"}]


async def test_where_the_back_office_is_away_nothing_is_taken(world: World) -> None:
    case = await asked_for_method(world)
    world.company.fail(1, only="method")
    answer = await gives(world, case, {"token": "pm_visa_4242", "label": "Visa"})
    assert (answer.status_code, answer.json()["code"]) == (503, "not-confirmed")


CARDS: list[Any] = [
    CARD,
    4111111111111111,
    {"note": {"card": CARD}},
    {CARD: 1},
    ["4111", "1111", 1111, "1111"],
    [["it is", [CARD]]],
    {"token": "pm_visa_4242", "label": f"{CARD} cvv 123"},
    "cvv 123",
]


@pytest.mark.parametrize("value", CARDS)
async def test_a_card_number_is_taken_nowhere(world: World, value: Any) -> None:
    case = await asked_for_method(world)
    before = len(world.switchboard.requests)
    bodies = {
        f"/cases/{case}/answers": {"key": "method", "revision": 1, "value": value},
        f"/cases/{case}/corrections": {"key": "amount", "value": value},
        f"/cases/{case}/events": {"id": "e1", "name": "shipped", "data": value},
        "/cases": START | {"topic": {"x": value}},
    }
    for path, body in bodies.items():
        answer = await post(world, path, body, **{"Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["reason"]) == (422, "no-card-numbers-here")
        assert "4111" not in answer.text
    assert len(world.switchboard.requests) == before
    assert await world.parts.database.rows(select(InboxRow.id)) == []


async def test_ordinary_values_are_no_cards(world: World) -> None:
    topic = {"order": "1234567890123", "ids": ["446655440000", "550e8400-e29b-41d4-a716-446655440000"], "n": 17}
    assert (await post(world, "/cases", START | {"topic": topic})).status_code == 200


@pytest.mark.parametrize("claim", [{"assurance": "verified"}, {"channel": "desk"}, {"channel": "store"}])
async def test_only_a_trusted_key_vouches(world: World, claim: dict[str, str]) -> None:
    answer = await post(world, "/cases", START | claim)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert world.switchboard.requests == []
    case = (await post(world, "/cases", START | claim, TRUSTED_KEY)).json()["case"]
    amount = {"key": "amount", "revision": 1, "value": {"amount": "40.00", "currency": "USD"}}
    for path, body in (("answers", amount), ("corrections", {"key": "amount", "withdraw": True}), ("cancel", {})):
        assert (await post(world, f"/cases/{case}/{path}", body | claim)).status_code == 403
        assert (await post(world, f"/cases/{case}/{path}", body | claim, TRUSTED_KEY)).status_code == 200


async def test_any_key_claims_possession_over_the_web(world: World) -> None:
    assert (await post(world, "/cases", START | {"assurance": "possession", "channel": "email"})).status_code == 200


def test_a_key_is_trusted_by_its_setting() -> None:
    settings = Settings(api_keys="shop:AB12, counter:cd34:verified,odd:ef56:yes")
    assert settings.keys_by_name() == {"shop": "ab12", "counter": "cd34", "odd": "ef56"}
    assert settings.trusted_keys() == {"counter"}
