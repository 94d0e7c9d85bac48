"""Steps on devices: what is in stock, what an old one is worth, and the order."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.devices import Branch, Fitting, Imei, OldDevice, Order, Placed, PlanFit, Stock
from models.errors import NotEligible, NotTradable, PriceChanged, SlotTaken, SoldOut


class DeviceShop(Protocol):
    """The company's shop, as Segue needs it. Everything is by opaque customer id."""

    async def stock(self, customer: str) -> Stock:
        """What the customer may have now. Raises :class:`NotEligible`, ``on`` says from which day on there is one."""

    async def old_device(self, customer: str, imei: str) -> OldDevice:
        """Raises :class:`NotTradable`."""

    async def plan_fit(self, customer: str, device: str) -> PlanFit: ...

    async def branches(self, sku: str) -> list[Branch]:
        """Where it can be picked up, with the times that are free. Raises :class:`SlotTaken` where none is."""

    async def place(self, key: str, order: Order) -> Placed:
        """Order and reserve, once for each ``key``.

        Raises :class:`SoldOut`, :class:`SlotTaken` and :class:`PriceChanged`; then nothing was ordered.
        """

    async def placed(self, key: str) -> Placed | None:
        """What became of an earlier :meth:`place` with this key."""

    async def call_off(self, reference: str) -> None:
        """Take an order back, any number of times; what is on its way already becomes a return."""

    async def invoice(self, reference: str) -> None:
        """Put an order on the customer's next bill, once."""


class Devices:
    def __init__(self, shop: DeviceShop) -> None:
        self._shop = shop

    @reads(NotEligible)
    async def stock(self, customer: str) -> Stock:
        """What the customer may have now."""
        return await self._shop.stock(customer)

    @reads(NotTradable)
    async def look_up_imei(self, asked: Imei) -> OldDevice:
        """What an old device is, and what it is worth."""
        return await self._shop.old_device(asked.customer, asked.imei)

    @reads()
    async def plan_fit(self, fitting: Fitting) -> PlanFit:
        """Whether the customer's plan does for a device, and which ones do."""
        return await self._shop.plan_fit(fitting.customer, fitting.device)

    @reads(SlotTaken)
    async def branches(self, sku: str) -> list[Branch]:
        """Where an item can be picked up, and when."""
        return await self._shop.branches(sku)

    @effect(SoldOut, SlotTaken, PriceChanged)
    async def place_order(self, order: Order) -> Placed:
        """Order once; an earlier try with the same key is looked up and never repeated."""
        key = idempotency_key()
        return await self._shop.placed(key) or await self._shop.place(key, order)

    @effect()
    async def cancel_order(self, placed: Placed) -> None:
        """Take an order back."""
        await self._shop.call_off(placed.reference)

    @effect()
    async def bill_order(self, placed: Placed) -> None:
        """Put an order that has left on the next bill: from here on it is a return."""
        await self._shop.invoice(placed.reference)
