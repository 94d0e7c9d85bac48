"""The pretend telecom's shop: devices in stock, old ones taken in, stores with free times, orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from database.company import reference as numbered
from models.answers import Option, Slot
from models.bookings import Store
from models.case import Event
from models.devices import Branch, Item, OldDevice, Order, Placed, PlanFit, Stock
from models.errors import NotEligible, NotTradable, PriceChanged, SlotTaken, SoldOut
from models.money import Money
from simulators.papers import Papers
from simulators.tariffs import COMPANY, ZONE, Tariffs

PIECES = 900
ADDRESS = "12 Elm Street"
# Device, its colours, its storages with a price each, and whether it needs a 5G plan.
DEVICES = (
    ("nova-5", "Nova 5", ("midnight", "silver"), {128: "449.00", 256: "529.00"}, False),
    ("aurora-x2", "Aurora X2", ("graphite", "gold"), {256: "899.00", 512: "999.00"}, True),
    ("pebble-2", "Pebble 2", ("blue",), {64: "199.00"}, False),
    ("titan-fold", "Titan Fold", ("black",), {512: "1599.00"}, True),
)
SOLD_OUT = {"titan-fold-black-512", "aurora-x2-gold-512"}
BRANCHES = {"main-street": "Main Street", "harbor-mall": "Harbor Mall"}
STORES = tuple(Store(id=id, label=label) for id, label in BRANCHES.items())
# Days from now, and the hour at which a time of two hours begins.
TIMES = ((1, 10), (1, 16), (2, 10))
OLD = ("Nova 3", "Aurora One", "Pebble")
BLOCKED = "356938035643809"
CONDITIONS = {"good": 1, "worn": 2, "broken": 8}


def _items() -> dict[str, Item]:
    found = {}
    for device, name, colours, storages, _ in DEVICES:
        for colour in colours:
            for size, price in storages.items():
                found[f"{device}-{colour}-{size}"] = Item(
                    sku=f"{device}-{colour}-{size}",
                    label=f"{name}, {colour}, {size} GB",
                    device=Option(id=device, label=name),
                    colour=Option(id=colour, label=colour.capitalize()),
                    storage=_storage(size, Money.of(price)),
                    price=Money.of(price),
                )
    return found


def _storage(size: int, price: Money) -> Option:
    return Option(id=str(size), label=f"{size} GB (${price.amount:,.0f})", synonyms=(f"{size} GB", str(size)))


ITEMS = _items()


class Shop:
    """The ``DeviceShop`` that Segue runs with on one machine.

    For tests and the stage: see :meth:`sell_out`, :meth:`reprice`, :meth:`fill`, :meth:`bind`, :meth:`lose_answer`.
    An order leaves by :meth:`dispatch`, which gives the event that has to be reported to its case.
    """

    def __init__(
        self, papers: Papers, tariffs: Tariffs, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._papers = papers
        self._tariffs = tariffs
        self._clock = clock
        self._lost = 0

    # -- what happens in a shop -------------------------------------------------------------------------------

    async def dispatch(self, reference: str) -> Event:
        """Send an order, or lay it ready in its store: the event ``shipped`` or ``ready`` about its reference."""
        order = await self._papers.change("order", reference, _left)
        name = "ready" if order["branch"] else "shipped"
        return Event(id=f"{reference}-{name}", name=name, about=reference)

    async def sell_out(self, sku: str) -> None:
        await self._shelf()
        await self._papers.change("shelf", "all", lambda shelf: shelf | {"left": {**shelf["left"], sku: 0}})

    async def reprice(self, sku: str, price: str) -> None:
        await self._shelf()
        await self._papers.change("shelf", "all", lambda shelf: shelf | {"prices": {**shelf["prices"], sku: price}})

    async def fill(self, slot: str) -> None:
        """Nobody else can come at this time any more."""
        await self._shelf()
        await self._papers.change("shelf", "all", lambda shelf: shelf | {"full": [*shelf["full"], slot]})

    async def bind(self, customer: str, until: date) -> None:
        """Let a customer have no new device before that day."""
        await self._papers.put_once("contract", customer, customer, {"free_from": until.isoformat()})

    def lose_answer(self, next: int = 1) -> None:  # noqa: A002 - reads as it is meant
        """The next so many orders are placed, and raise ConnectionError all the same."""
        self._lost += next

    async def orders(self, customer: str) -> list[dict[str, Any]]:
        """A customer's orders, oldest first: reference, sku, state, branch, slot, old, plan, billed, …

        Each ``key`` is the one it was placed under: it begins with the case that waits for news of it.
        """
        return await self._papers.papers("order", customer)

    # -- what Segue asks for ----------------------------------------------------------------------------------

    async def stock(self, customer: str) -> Stock:
        contract = await self._papers.paper("contract", customer)
        if contract and date.fromisoformat(contract["free_from"]) > self._today():
            raise NotEligible("too-soon", on=contract["free_from"])
        shelf = await self._shelf()
        items = [_priced(item, shelf) for sku, item in ITEMS.items() if shelf["left"][sku]]
        if not items:
            raise NotEligible("nothing-in-stock")
        return Stock(items=items, address=ADDRESS)

    async def old_device(self, customer: str, imei: str) -> OldDevice:
        if imei == BLOCKED:
            raise NotTradable("imei-blocked")
        if imei.startswith("0"):
            raise NotTradable("imei-unknown")
        model = int(imei[7]) % len(OLD)
        best = 180 - 60 * model
        worth = {condition: Money.of(best // share) for condition, share in CONDITIONS.items()}
        return OldDevice(imei=imei, label=OLD[model], worth=worth)

    async def plan_fit(self, customer: str, device: str) -> PlanFit:
        current = await self._tariffs.plan_of(customer)
        needs = next(fast for id, _, _, _, fast in DEVICES if id == device)
        plans = await self._tariffs.fast_plans()
        return PlanFit(current=current.name, fits=current.fast or not needs, plans=[plan.option for plan in plans])

    async def branches(self, sku: str) -> list[Branch]:
        full, today = (await self._shelf())["full"], self._today()
        free = {id: [slot for slot in _slots(id, today) if slot.id not in full] for id in BRANCHES}
        if not any(free.values()):
            raise SlotTaken("no-pick-up")
        return [Branch(id=id, label=BRANCHES[id], slots=slots) for id, slots in free.items() if slots]

    async def place(self, key: str, order: Order) -> Placed:
        reference, pick_up = numbered(key), order.pick_up
        shelf = await self._shelf()
        if _priced(ITEMS[order.item.sku], shelf).price != order.item.price:
            raise PriceChanged("price-changed")
        if pick_up and (pick_up.slot.id in shelf["full"] or pick_up.slot.start < self._clock()):
            raise SlotTaken("slot-taken")
        await self._papers.change("shelf", "all", lambda shelf: _taken(shelf, order.item.sku, reference))
        body = {
            "reference": reference,
            "key": key,
            "customer": order.customer,
            "sku": order.item.sku,
            "state": "placed",
            "branch": pick_up and pick_up.branch,
            "slot": pick_up and pick_up.slot.id,
            "old": order.old and order.old.imei,
            "condition": order.old and order.old.condition,
            "plan": order.plan and order.plan.id,
            "billed": False,
            "placed": _placed(reference, order).model_dump(mode="json"),
        }
        kept = await self._papers.put_once("order", reference, order.customer, body)
        if self._lost:
            self._lost -= 1
            raise ConnectionError("the answer was lost")
        return Placed.model_validate(kept["placed"])

    async def placed(self, key: str) -> Placed | None:
        order = await self._papers.paper("order", numbered(key))
        return Placed.model_validate(order["placed"]) if order else None

    async def call_off(self, reference: str) -> None:
        order = await self._papers.change("order", reference, _called_off)
        if order["state"] == "called-off":
            await self._papers.change("shelf", "all", lambda shelf: _put_back(shelf, reference))

    async def invoice(self, reference: str) -> None:
        order = await self._papers.change("order", reference, lambda order: order | {"billed": True})
        if order["plan"]:
            await self._tariffs.switch(order["customer"], order["plan"])

    # -- inside -----------------------------------------------------------------------------------------------

    async def _shelf(self) -> dict[str, Any]:
        """How many of each item are left, other prices, full times, and what each order took."""
        left = {sku: 0 if sku in SOLD_OUT else PIECES for sku in ITEMS}
        new = {"left": left, "prices": {}, "full": [], "took": {}}
        return await self._papers.put_once("shelf", "all", COMPANY, new)

    def _today(self) -> date:
        return self._clock().astimezone(ZONE).date()


def _priced(item: Item, shelf: dict[str, Any]) -> Item:
    price = shelf["prices"].get(item.sku)
    if price is None:
        return item
    money = Money.of(price)
    return item.model_copy(update={"price": money, "storage": _storage(int(item.storage.id), money)})


def _slots(branch: str, today: date) -> list[Slot]:
    days = [(today + timedelta(days=ahead), hour) for ahead, hour in TIMES]
    starts = [datetime(day.year, day.month, day.day, hour, tzinfo=ZONE) for day, hour in days]
    return [
        Slot(id=f"{branch}-{at:%m%d-%H}", start=at.astimezone(UTC), end=(at + timedelta(hours=2)).astimezone(UTC))
        for at in starts
    ]


def _placed(reference: str, order: Order) -> Placed:
    return Placed(
        reference=reference,
        device=order.item.label,
        branch=order.pick_up.label if order.pick_up else None,
        slot=order.pick_up.slot if order.pick_up else None,
        old=order.old.label if order.old else None,
    )


def _taken(shelf: dict[str, Any], sku: str, reference: str) -> dict[str, Any]:
    """The shelf after an order took its item, once."""
    if reference in shelf["took"]:
        return shelf
    if not shelf["left"][sku]:
        raise SoldOut("sold-out")
    left = {**shelf["left"], sku: shelf["left"][sku] - 1}
    return shelf | {"left": left, "took": {**shelf["took"], reference: sku}}


def _put_back(shelf: dict[str, Any], reference: str) -> dict[str, Any]:
    sku = shelf["took"].get(reference)
    if sku is None:
        return shelf
    took = {of: what for of, what in shelf["took"].items() if of != reference}
    return shelf | {"left": {**shelf["left"], sku: shelf["left"][sku] + 1}, "took": took}


def _left(order: dict[str, Any]) -> dict[str, Any]:
    return order | {"state": "left"} if order["state"] == "placed" else order


def _called_off(order: dict[str, Any]) -> dict[str, Any]:
    states = {"placed": "called-off", "left": "returning"}
    return order | {"state": states.get(order["state"], order["state"])}
