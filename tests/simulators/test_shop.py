"""The pretend shop and its tariff desk over real books: each order and each change once, whoever else comes."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from activities.devices import DeviceShop
from activities.plans import TariffDesk
from database.company import CompanyBooks
from database.engine import Database
from models.devices import Order, Placed
from models.errors import DayPassed, SoldOut
from models.money import Money
from models.plans import AgreedChange, PlanChange
from simulators.shop import ITEMS, PIECES, Shop
from simulators.tariffs import Tariffs

NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)
SKU = "nova-5-silver-128"


@pytest.fixture
def books(db: Database) -> CompanyBooks:
    return CompanyBooks(db)


@pytest.fixture
def tariffs(books: CompanyBooks) -> Tariffs:
    return Tariffs(books, clock=lambda: NOON)


@pytest.fixture
def shop(books: CompanyBooks, tariffs: Tariffs) -> Shop:
    return Shop(books, tariffs, clock=lambda: NOON)


def order(customer: str) -> Order:
    return Order(customer=customer, item=ITEMS[SKU], to="12 Elm Street")


async def pieces(shop: Shop) -> int:
    left: int = (await shop._shelf())["left"][SKU]
    return left


async def test_the_same_key_orders_once(shop: Shop) -> None:
    desk: DeviceShop = shop
    placed = await asyncio.gather(*(desk.place("case/1", order("c_ann")) for _ in range(4)))

    assert len({each.reference for each in placed}) == 1
    assert await desk.placed("case/1") == placed[0]
    assert await desk.placed("case/2") is None
    assert await pieces(shop) == PIECES - 1


async def test_two_customers_want_the_last_one(shop: Shop, books: CompanyBooks) -> None:
    await shop.sell_out(SKU)
    await books.change("shelf", "all", lambda shelf: shelf | {"left": {**shelf["left"], SKU: 1}})
    tries = (shop.place(f"case/{name}", order(name)) for name in ("c_ann", "c_bob", "c_cy"))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [Placed.__name__, *[SoldOut.__name__] * 2]
    assert SKU not in [item.sku for item in (await shop.stock("c_dan")).items]


async def test_an_order_leaves_once_and_says_which_case_waits_for_it(shop: Shop) -> None:
    placed = await shop.place("upgrade-device/c_ann/1/Devices.place_order/1", order("c_ann"))
    event = await shop.dispatch(placed.reference)

    assert event == await shop.dispatch(placed.reference)
    assert (event.name, event.about) == ("shipped", placed.reference)
    (paper,) = await shop.orders("c_ann")
    assert paper["key"].startswith("upgrade-device/c_ann/1/")


async def test_what_is_called_off_lies_on_the_shelf_again_once(shop: Shop) -> None:
    placed = await shop.place("case/1", order("c_ann"))
    await shop.call_off(placed.reference)
    await shop.call_off(placed.reference)

    assert await pieces(shop) == PIECES
    assert [paper["state"] for paper in await shop.orders("c_ann")] == ["called-off"]


async def test_what_has_left_becomes_a_return(shop: Shop) -> None:
    placed = await shop.place("case/1", order("c_ann"))
    await shop.dispatch(placed.reference)
    await shop.call_off(placed.reference)

    assert [paper["state"] for paper in await shop.orders("c_ann")] == ["returning"]
    assert await pieces(shop) == PIECES - 1


async def test_an_order_with_a_plan_changes_it_when_it_is_billed(shop: Shop, tariffs: Tariffs) -> None:
    fit = await shop.plan_fit("c_ann", "aurora-x2")
    placed = await shop.place("case/1", order("c_ann").model_copy(update={"plan": fit.plan("plus")}))
    assert (await tariffs.plan_of("c_ann")).id == "essential"
    await shop.invoice(placed.reference)

    assert (await tariffs.plan_of("c_ann")).id == "plus"
    assert (await shop.plan_fit("c_ann", "aurora-x2")).fits


async def test_the_same_key_changes_a_plan_once_and_back(tariffs: Tariffs) -> None:
    desk: TariffDesk = tariffs
    agreed = AgreedChange(
        change=PlanChange(customer="c_ann", plan="plus", on=date(2026, 3, 2)), price=Money.of("50.00")
    )
    made = [await desk.change("case/1", agreed), await desk.change("case/1", agreed)]
    assert made[0] == made[1] == await desk.changed("case/1")
    await desk.change_back(made[0].reference)
    await desk.change_back(made[0].reference)

    assert (await tariffs.plan_of("c_ann")).id == "essential"
    assert await tariffs.changes("c_ann") == [{"was": "essential", "to": "plus", "state": "taken-back"}]


async def test_a_day_that_is_over_is_not_quoted(tariffs: Tariffs) -> None:
    with pytest.raises(DayPassed):
        await tariffs.quote(PlanChange(customer="c_ann", plan="plus", on=date(2026, 3, 1)))
