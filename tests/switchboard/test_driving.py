"""An agent's tool has a case by a claim, and writes by nothing else."""

from __future__ import annotations

from typing import Any

import httpx

from tests.gateway.conftest import API_KEY, TRUSTED_KEY
from tests.switchboard.conftest import Town

DESK = {"channel": "desk", "assurance": "verified"}


async def post(town: Town, path: str, body: dict[str, Any], key: str = TRUSTED_KEY) -> httpx.Response:
    return await town.client.post(f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {key}"})


async def begun(town: Town) -> str:
    await town.says("pay my bill")
    return (await town.turn("pay-bill")).case


async def test_an_agent_claims_answers_and_lets_go(town: Town) -> None:
    case = await begun(town)
    claimed = await post(town, f"/cases/{case}/claim", {"agent": "s_ann", "name": "Ann"})
    assert claimed.status_code == 200, claimed.text
    fence = claimed.json()["claim"]["fence"]
    amount = {"key": "amount", "revision": 1, "value": {"amount": "40.00", "currency": "USD"}}
    answered = await post(town, f"/cases/{case}/answers", DESK | amount | {"fence": fence})
    assert answered.status_code == 200, answered.text
    assert (await post(town, f"/cases/{case}/release", {"fence": fence})).json()["claim"] is None
    assert await town.asks("pay-bill") == "when"


async def test_a_second_agent_is_told_who_has_it(town: Town) -> None:
    case = await begun(town)
    await post(town, f"/cases/{case}/claim", {"agent": "s_ann", "name": "Ann"})
    refused = await post(town, f"/cases/{case}/claim", {"agent": "s_bob", "name": "Bob"})
    assert refused.status_code == 409
    assert refused.json()["code"] == "claimed"
    assert "Ann" in refused.text


async def test_an_agent_without_the_newest_claim_writes_nothing(town: Town) -> None:
    case = await begun(town)
    amount = {"key": "amount", "revision": 1, "value": {"amount": "40.00", "currency": "USD"}}
    assert (await post(town, f"/cases/{case}/answers", DESK | amount | {"fence": 1})).status_code == 409
    assert (await post(town, f"/cases/{case}/claim", {"agent": "s_ann"}, API_KEY)).status_code == 403
    assert await town.asks("pay-bill") == "amount"


async def test_what_the_customer_texts_takes_the_case_back(town: Town) -> None:
    case = await begun(town)
    fence = (await post(town, f"/cases/{case}/claim", {"agent": "s_ann"})).json()["claim"]["fence"]
    await town.says("40")
    assert await town.asks("pay-bill") == "when"
    now = {"key": "when", "revision": 1, "value": "now", "fence": fence}
    assert (await post(town, f"/cases/{case}/answers", DESK | now)).status_code == 409


async def test_digits_that_are_asked_for_are_taken_though_a_card_could_have_them(town: Town) -> None:
    await town.says("there is a charge on my bill that I do not recognize")
    case = (await town.turn("resolve-billing-issue")).case
    digits = {"key": "charge", "revision": 1, "value": "490154203237518", "channel": "web"}
    assert (await post(town, f"/cases/{case}/answers", digits)).status_code == 200
    assert (await town.turn("resolve-billing-issue")).status.closed


async def test_a_card_number_answers_nothing_else(town: Town) -> None:
    case = await begun(town)
    card = {"key": "amount", "revision": 1, "value": "4111 1111 1111 1111", "channel": "web"}
    refused = await post(town, f"/cases/{case}/answers", card)
    assert (refused.status_code, refused.json()["reason"]) == (422, "no-card-numbers-here")
