"""Steps of a customer's first weeks."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.answers import Option
from models.care import EBill, Membership, Rating, Sim


class CareDesk(Protocol):
    """The company's care for new customers, as Segue needs it. Everything is by opaque customer id."""

    async def membership(self, customer: str) -> Membership: ...

    async def ways(self, customer: str) -> list[Option]:
        """How the company can get in touch with the customer; ids are those of :class:`models.people.Channel`."""

    async def sim(self, customer: str) -> Sim: ...

    async def send_bills_by_email(self, customer: str, wanted: bool) -> None:
        """Any number of times."""

    async def keep_rating(self, key: str, rating: Rating) -> None:
        """Once for each ``key``."""


class Care:
    def __init__(self, desk: CareDesk) -> None:
        self._desk = desk

    @reads()
    async def membership(self, customer: str) -> Membership:
        """Since when somebody is a customer."""
        return await self._desk.membership(customer)

    @reads()
    async def ways_to_reach(self, customer: str) -> list[Option]:
        """How the company can get in touch with the customer."""
        return await self._desk.ways(customer)

    @reads()
    async def look_at_sim(self, customer: str) -> Sim:
        """Whether the customer's SIM card has been seen on the network."""
        return await self._desk.sim(customer)

    @effect()
    async def start_e_bill(self, customer: str) -> EBill:
        await self._desk.send_bills_by_email(customer, True)
        return EBill(customer=customer)

    @effect()
    async def stop_e_bill(self, e_bill: EBill) -> None:
        await self._desk.send_bills_by_email(e_bill.customer, False)

    @effect()
    async def keep_rating(self, rating: Rating) -> None:
        """Pass a rating on, once."""
        await self._desk.keep_rating(idempotency_key(), rating)
