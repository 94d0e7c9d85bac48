"""Paying a bill."""

from datetime import timedelta

from temporalio import workflow

from activities.arrangements import Arrangements
from activities.billing import Billing
from models.billing import AutoPay, Bill, Payment, PlanOrder, PromiseToPay, Spread
from models.case import Closing, Opening
from models.errors import Declined, NothingOwed, Overpaid, TooSmall
from models.money import Money
from models.questions import Amount, Choice, Date, Option, PaymentMethod, YesNo
from workflows.moment import Moment

NOW, LATER = Option(id="now", label="now"), Option(id="later", label="later")
# None is the number of a line in the list of them: "3" by text must not mean two things.
PARTS = [Option(id=parts, label=f"{parts} payments") for parts in ("4", "6", "12")]


@workflow.defn(name="pay-bill")
class PayBill(Moment):
    """Pay an open bill: in full or in part, now or on a later day, or over time where the company allows it."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        try:
            bill = await self.do(Billing.open_bill, self.customer, fresh=timedelta(hours=1))
        except NothingOwed:
            await self.tell("nothing-owed")
            return
        amount = await self.ask(Amount("amount", most=bill.owed, suggest=[bill.owed, bill.minimum]))
        when = await self.ask(Choice("when", options=[NOW, LATER, *bill.arrangements]))
        try:
            if when == "instalments":
                await self.spread(bill, amount)
            elif when == "promise":
                await self.promise(bill, amount)
            else:
                await self.pay(bill, amount, later=when == "later")
        except Declined as refusal:
            self.reject("method", because=refusal.reason)
        except TooSmall as refusal:
            self.reject("when", because=refusal.reason, **refusal.facts)
        except (NothingOwed, Overpaid):
            self.reject("amount", because="paid-meanwhile")

    async def pay(self, bill: Bill, amount: Money, later: bool) -> None:
        day = None
        if later:
            today = self.today()
            day = await self.ask(Date("day", earliest=today, latest=max(today, bill.due)))
        method = await self.ask(PaymentMethod("method", saved=bill.methods))
        await self.confirm("pay", amount=amount, day=day, method=method.label)
        payment = Payment(customer=self.customer, bill=bill.id, amount=amount, method=method.token, on=day)
        receipt = await self.do(Billing.take_payment, payment, final=True)
        await self.tell("receipt", receipt)
        if receipt.may_repeat and await self.offer(YesNo("autopay"), within=timedelta(days=2)):
            await self.do(Arrangements.set_up_autopay, AutoPay(customer=self.customer, method=method), final=True)
            await self.tell("autopay-on", {"method": method.label})

    async def spread(self, bill: Bill, amount: Money) -> None:
        parts = await self.ask(Choice("parts", options=PARTS))
        wish = Spread(customer=self.customer, bill=bill.id, amount=amount, count=int(parts))
        plan = await self.do(Arrangements.quote, wish, fresh=timedelta(hours=1))
        method = await self.ask(PaymentMethod("method", saved=bill.methods))
        terms = {"first": plan.first, "each": plan.each, "count": wish.count, "until": plan.until}
        await self.confirm("plan", **terms, method=method.label)
        order = PlanOrder(instalments=plan, method=method.token)
        await self.tell("plan-started", await self.do(Arrangements.start_plan, order, final=True))

    async def promise(self, bill: Bill, amount: Money) -> None:
        day = await self.ask(Date("promised", earliest=self.today(), latest=bill.promise_until))
        await self.confirm("promise", amount=amount, day=day)
        promise = PromiseToPay(customer=self.customer, bill=bill.id, amount=amount, day=day)
        await self.tell("promise-noted", await self.do(Arrangements.promise, promise, final=True))
