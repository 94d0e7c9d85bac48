"""Ways through an upgrade: everything asked for once, sent home; and nothing extra, picked up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from activities.devices import Devices
from activities.identity import Identity
from models.case import Event
from simulators.shop import Shop
from simulators.tariffs import Tariffs
from tests.moments.papers import LoosePapers
from tests.moments.route import CODE, KnownCode, Route, actor, first
from workflows.upgrade_device import UpgradeDevice

NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)
OLD_PHONE = "490154203237518"


def actors() -> list[object]:
    papers = LoosePapers()
    shop = Shop(papers, Tariffs(papers, clock=lambda: NOON), clock=lambda: NOON)
    return [Devices(shop), Identity(KnownCode())]


def shop_of(given: list[object]) -> Shop:
    shop: Shop = actor(given, Devices)._shop
    return shop


async def effects(given: list[object], customer: str) -> list[Any]:
    """Every order: what became of it, what it was for, and how it was to arrive."""
    told = ("state", "sku", "branch", "old", "condition", "plan", "billed")
    return [{name: order[name] for name in told} for order in await shop_of(given).orders(customer)]


async def leaves(given: list[object], customer: str) -> Event:
    """The shop sends the latest order, or lays it ready."""
    shop = shop_of(given)
    return await shop.dispatch((await shop.orders(customer))[-1]["reference"])


SENT = Route(
    name="sent home, the old phone traded in, on a new plan",
    moment=UpgradeDevice,
    actors=actors,
    answers={
        "device": "aurora-x2",
        "colour": "graphite",
        "storage": "256",
        "trade-in": True,
        "imei": OLD_PHONE,
        "condition": "worn",
        "plan": "plus",
        "way": "delivery",
        "verify-code": CODE,
        "order": True,
    },
    events=(("shipped", leaves),),
    effects=effects,
)
PICKED_UP = Route(
    name="picked up",
    moment=UpgradeDevice,
    actors=actors,
    answers={
        "device": "nova-5",
        "colour": "silver",
        "storage": "128",
        "trade-in": False,
        "way": "pick-up",
        "branch": "harbor-mall",
        "slot": first,
        "verify-code": CODE,
        "order": True,
    },
    events=(("ready", leaves),),
    effects=effects,
)
ROUTES = {"sent": SENT, "picked-up": PICKED_UP}
