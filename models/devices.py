"""Devices, as the shop speaks of them: what is in stock, what an old one is worth, an order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import JsonValue

from models.answers import Option, Slot
from models.money import Money
from models.people import Frozen

WAYS = [Option(id="delivery", label="delivery"), Option(id="pick-up", label="pick-up")]


class Item(Frozen):
    """One device in one colour and storage. ``label`` names it in full, ``price`` is for this very item."""

    sku: str
    label: str
    device: Option
    colour: Option
    storage: Option
    price: Money


class Stock(Frozen):
    """What a customer may have now, and the ``address`` on file that it would be sent to."""

    items: list[Item]
    address: str

    def devices(self) -> list[Option]:
        return _once(item.device for item in self.items)

    def colours(self, device: str) -> list[Option]:
        return _once(item.colour for item in self.items if item.device.id == device)

    def storages(self, device: str, colour: str) -> list[Option]:
        return _once(item.storage for item in self.items if (item.device.id, item.colour.id) == (device, colour))

    def item(self, device: str, colour: str, storage: str) -> Item:
        """The item of that choice, which was offered."""
        chosen = (device, colour, storage)
        return next(item for item in self.items if (item.device.id, item.colour.id, item.storage.id) == chosen)


class Imei(Frozen):
    """The number of a customer's own device, as they gave it."""

    customer: str
    imei: str


class TradeIn(Frozen):
    """An old device that is given back, and what is paid for it."""

    imei: str
    label: str
    condition: str
    credit: Money


class OldDevice(Frozen):
    """A device that can be traded in. ``worth`` is by the id of its condition, best first."""

    imei: str
    label: str
    worth: dict[str, Money]

    def conditions(self) -> list[Option]:
        return [Option(id=name, label=name) for name in self.worth]

    def given_back(self, condition: str) -> TradeIn:
        return TradeIn(imei=self.imei, label=self.label, condition=condition, credit=self.worth[condition])


class Fitting(Frozen):
    """A device that a customer wants to use."""

    customer: str
    device: str


class PlanFit(Frozen):
    """Whether the ``current`` plan (its name) does for a device, and the ``plans`` that do."""

    current: str
    fits: bool
    plans: list[Option]

    def about(self) -> dict[str, JsonValue]:
        """What the wording may mention."""
        return {"current": self.current}

    def plan(self, id: str) -> Option:
        """The plan of that id, which was offered."""
        return next(plan for plan in self.plans if plan.id == id)


class Branch(Frozen):
    """A store that has an item, and the times at which it can be picked up there."""

    id: str
    label: str
    slots: list[Slot]

    @property
    def option(self) -> Option:
        return Option(id=self.id, label=self.label)

    def pick_up(self, slot: Slot) -> PickUp:
        return PickUp(branch=self.id, label=self.label, slot=slot)


class PickUp(Frozen):
    """Where and when a customer comes for a device."""

    branch: str
    label: str
    slot: Slot


class Order(Frozen):
    """An order to be placed. Without ``pick_up`` it is sent ``to`` the address on file."""

    customer: str
    item: Item
    to: str
    old: TradeIn | None = None
    plan: Option | None = None
    pick_up: PickUp | None = None

    def shown(self) -> dict[str, Any]:
        """What is confirmed."""
        return {
            "device": self.item.label,
            "price": self.item.price,
            "branch": self.pick_up and self.pick_up.label,
            "slot": self.pick_up and self.pick_up.slot,
            "address": None if self.pick_up else self.to,
            "old": self.old and self.old.label,
            "credit": self.old and self.old.credit,
            "plan": self.plan and self.plan.label,
        }


class Placed(Frozen):
    """An order that was placed. ``reference`` is short enough to be read aloud; the rest is to be shown."""

    reference: str
    device: str
    branch: str | None = None
    slot: Slot | None = None
    old: str | None = None


def _once(options: Iterable[Option]) -> list[Option]:
    return list({option.id: option for option in options}.values())
