"""What happens around a customer of the pretend company, whenever somebody on the stage lets it happen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from models.case import Event
from simulators.care import CareDesk
from simulators.disputes import PretendClaims
from simulators.network import NetworkDesk
from simulators.shop import Shop

Happening = Literal[
    "outage",
    "outage-over",
    "parcel",
    "visit-over",
    "fault-again",
    "dispute-granted",
    "dispute-refused",
    "joined-before",
]
TECHNICAL = "resolve-technical-issue"
A_MONTH = timedelta(days=31)


class Life:
    """Each happening changes the company's papers, and gives the events that its systems report of it."""

    def __init__(self, shop: Shop, network: NetworkDesk, claims: PretendClaims, care: CareDesk) -> None:
        self._shop = shop
        self._network = network
        self._claims = claims
        self._care = care

    async def possible(self, customer: str, waiting: Collection[str] = ()) -> list[str]:
        """What can happen to this customer now. ``waiting`` are the moments whose cases ask nothing at present."""
        can = ["outage-over" if await self._network.outage(customer) else "outage"]
        can += ["parcel"] if await self._orders(customer) else []
        visits = await self._visits(customer)
        can += ["visit-over"] if visits else []
        can += ["fault-again"] if TECHNICAL in waiting and not visits and "outage" in can else []
        can += ["dispute-granted", "dispute-refused"] if await self._disputes(customer) else []
        can += [] if await self._care.has_joined(customer) else ["joined-before"]
        return can

    async def happen(self, customer: str, what: str, waiting: Collection[str] = ()) -> list[tuple[str, Event]]:
        """Let it happen: the events, each with the moment it belongs to. Nothing where it can't happen now."""
        if what not in get_args(Happening) or what not in await self.possible(customer, waiting):
            return []
        match what:
            case "outage":
                await self._network.declare_outage(await self._network.area(customer), 2)
                return []
            case "outage-over":
                outage = await self._network.outage(customer)
                over = [await self._network.end_outage(outage.id)] if outage else []
                return [(TECHNICAL, event) for event in over]
            case "parcel":
                left = [await self._shop.dispatch(reference) for reference in await self._orders(customer)]
                return [("upgrade-device", event) for event in left]
            case "visit-over":
                return [(TECHNICAL, await self._network.leave(customer))]
            case "fault-again":
                return [(TECHNICAL, await self._network.see_fault_again(customer))]
            case "joined-before":
                await self._care.set_joined(customer, datetime.now(UTC) - A_MONTH)
                return []
            case _:
                return await self._decided(customer, granted=what == "dispute-granted")

    async def _decided(self, customer: str, *, granted: bool) -> list[tuple[str, Event]]:
        events = []
        for dispute in await self._disputes(customer):
            await self._claims.decide(dispute, granted=granted, why="our-mistake" if granted else "was-used")
            event = Event(id=f"decided:{dispute}", name="decided", about=dispute)
            events.append(("resolve-billing-issue", event))
        return events

    async def _orders(self, customer: str) -> list[str]:
        return [order["reference"] for order in await self._shop.orders(customer) if order["state"] == "placed"]

    async def _visits(self, customer: str) -> list[str]:
        return [visit.id for visit, status in await self._network.visits(customer) if status == "booked"]

    async def _disputes(self, customer: str) -> list[str]:
        return await self._claims.waiting(customer)
