"""Upgrading a device."""

from datetime import timedelta

from temporalio import workflow

from activities.devices import Devices
from models.case import Closing, Opening
from models.devices import WAYS, Fitting, Imei, Order, PickUp, TradeIn
from models.errors import NotEligible, NotTradable, PriceChanged, SlotTaken, SoldOut
from models.questions import Choice, Digits, Option, TimeSlot, YesNo
from workflows.moment import Moment

FRESH = timedelta(minutes=30)
PATIENCE = timedelta(days=21)


@workflow.defn(name="upgrade-device")
class UpgradeDevice(Moment):
    """Get a new device, sent home or picked up, and trade the old one in."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        try:
            stock = await self.do(Devices.stock, self.customer, fresh=FRESH)
        except NotEligible as refusal:
            await self.tell("not-yet", {"on": refusal.facts.get("on")})
            return
        device = await self.ask(Choice("device", options=stock.devices()))
        colour = await self.ask(Choice("colour", options=stock.colours(device)))
        storage = await self.ask(Choice("storage", options=stock.storages(device, colour)))
        old = await self.trade_in()
        plan = await self.fitting_plan(device)
        item = stock.item(device, colour, storage)
        pick_up = await self.pick_up(item.sku)
        await self.verify()
        order = Order(customer=self.customer, item=item, to=stock.address, old=old, plan=plan, pick_up=pick_up)
        await self.confirm("order", **order.shown())
        try:
            placed = await self.do(Devices.place_order, order, undo=Devices.cancel_order)
        except (SoldOut, PriceChanged) as refusal:
            self.reject("storage", because=refusal.reason)
        except SlotTaken as refusal:
            self.reject("slot", because=refusal.reason)
        await self.tell("ordered", placed)
        if not await self.wait_for("ready" if pick_up else "shipped", about=placed.reference, within=PATIENCE):
            await self.hand_over("late-order")
        await self.do(Devices.bill_order, placed, final=True)
        await self.tell("waiting-for-you" if pick_up else "on-its-way", placed)

    async def trade_in(self) -> TradeIn | None:
        if not await self.ask(YesNo("trade-in")):
            return None
        imei = await self.offer(Digits("imei", pattern=r"\d{15}", check="luhn"))
        if imei is None:
            return None
        try:
            old = await self.do(Devices.look_up_imei, Imei(customer=self.customer, imei=imei))
        except NotTradable as refusal:
            self.reject("imei", because=refusal.reason)
        return old.given_back(await self.ask(Choice("condition", options=old.conditions(), about={"old": old.label})))

    async def fitting_plan(self, device: str) -> Option | None:
        fit = await self.do(Devices.plan_fit, Fitting(customer=self.customer, device=device))
        return None if fit.fits else fit.plan(await self.ask(Choice("plan", options=fit.plans, about=fit.about())))

    async def pick_up(self, sku: str) -> PickUp | None:
        if await self.ask(Choice("way", options=WAYS)) == "delivery":
            return None
        try:
            branches = await self.do(Devices.branches, sku, fresh=FRESH)
        except SlotTaken as refusal:
            self.reject("way", because=refusal.reason)
        chosen = await self.ask(Choice("branch", options=[branch.option for branch in branches]))
        branch = next(branch for branch in branches if branch.id == chosen)
        return branch.pick_up(await self.ask(TimeSlot("slot", slots=branch.slots)))
