"""Meeting customers by their numbers and addresses."""

from __future__ import annotations

import asyncio

import pytest

from database.customers import Customers
from database.engine import Database
from models.errors import Unknown
from models.people import Address

PHONE = Address(kind="phone", value="+12125550142")
EMAIL = Address(kind="email", value="ada@example.com")


@pytest.fixture
def customers(db: Database) -> Customers:
    return Customers(db)


async def test_a_stranger_is_met_once(customers: Customers) -> None:
    assert await customers.find(PHONE) is None
    ada = await customers.meet(PHONE, language="es", zone="Europe/Madrid")
    assert (ada.language, ada.zone, ada.name) == ("es", "Europe/Madrid", None)
    assert ada.id.startswith("c_")
    assert len(ada.id) == 22
    assert await customers.meet(PHONE) == await customers.find(PHONE) == await customers.get(ada.id) == ada


async def test_many_who_meet_at_once_meet_one(customers: Customers) -> None:
    met = await asyncio.gather(*(customers.meet(PHONE) for _ in range(20)))
    assert len({customer.id for customer in met}) == 1
    assert await customers.addresses(met[0].id) == [PHONE]


async def test_an_email_address_is_the_same_in_capitals(customers: Customers) -> None:
    ada = await customers.meet(EMAIL)
    assert await customers.find(Address(kind="email", value=" Ada@Example.COM ")) == ada


async def test_a_second_address_leads_to_the_same_customer(customers: Customers) -> None:
    ada = await customers.meet(PHONE)
    assert await customers.add_address(ada.id, EMAIL)
    assert await customers.add_address(ada.id, EMAIL)
    assert await customers.find(EMAIL) == ada
    assert await customers.addresses(ada.id) == [PHONE, EMAIL]


async def test_nobody_takes_over_the_address_of_another(customers: Customers) -> None:
    ada, eve = await customers.meet(PHONE), await customers.meet(EMAIL)
    assert not await customers.add_address(eve.id, PHONE)
    assert await customers.find(PHONE) == ada


async def test_a_customer_can_be_named(customers: Customers) -> None:
    ada = await customers.meet(PHONE)
    await customers.named(ada.id, "Ada \0Łoś")
    again = await customers.get(ada.id)
    assert again is not None
    assert again.name == "Ada \ufffdŁoś"


async def test_who_is_not_there_is_unknown(customers: Customers) -> None:
    assert await customers.get("c_nobody") is None
    with pytest.raises(Unknown):
        await customers.named("c_nobody", "Nobody")
    with pytest.raises(Unknown):
        await customers.add_address("c_nobody", PHONE)
