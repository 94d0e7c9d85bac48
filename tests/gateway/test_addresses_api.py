"""A further address of a customer, through the company's app."""

from __future__ import annotations

import re

from models.people import Address
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.test_api import is_problem, post

HOME, CAR = Address(kind="phone", value=CUSTOMER), {"phone": "+14155550177"}


async def test_an_address_is_theirs_after_its_code(world: World) -> None:
    customer = await world.parts.customers.meet(HOME)
    assert (await post(world, f"/customers/{customer.id}/addresses", CAR)).status_code == 202
    (sent,) = await world.sent()
    assert sent.to.value == CAR["phone"]
    code = re.findall(r"\d{6}", sent.body)[0]
    proofs = f"/customers/{customer.id}/addresses/proofs"
    wrong = await post(world, proofs, CAR | {"code": f"{(int(code) + 1) % 10**6:06}"})
    assert is_problem(wrong, 422, "wrong-code")["reason"] == "wrong-code"
    assert await world.parts.customers.find(sent.to) is None
    assert (await post(world, proofs, CAR | {"code": code})).status_code == 204
    assert await world.parts.customers.find(sent.to) == customer
    assert (await post(world, proofs, CAR | {"code": code})).status_code == 422


async def test_nobody_and_nothing(world: World) -> None:
    is_problem(await post(world, "/customers/c_nobody/addresses", CAR), 404, "unknown")
    is_problem(await post(world, "/customers/c_nobody/addresses/proofs", CAR | {"code": "1"}), 404, "unknown")
    customer = await world.parts.customers.meet(HOME)
    for body in ({}, {"phone": "555"}, CAR | {"email": "a@example.com"}):
        assert (await post(world, f"/customers/{customer.id}/addresses", body)).status_code == 422


async def test_only_a_few_codes_an_hour(world: World) -> None:
    customer = await world.parts.customers.meet(HOME)
    for _ in range(5):
        assert (await post(world, f"/customers/{customer.id}/addresses", CAR)).status_code == 202
    is_problem(await post(world, f"/customers/{customer.id}/addresses", CAR), 422, "too-many-codes")
