"""Paying a bill."""

from datetime import timedelta

from temporalio import workflow

from activities.billing import Billing
from models.billing import Payment
from models.case import Closing, Opening
from models.errors import Declined, NothingOwed, Overpaid
from models.questions import Amount, Choice, Date, Option, PaymentMethod
from workflows.moment import Moment


@workflow.defn(name="pay-bill")
class PayBill(Moment):
    """Pay an open bill, in full or in part, now or on a later day."""

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
        when = await self.ask(
            Choice("when", options=[Option(id="now", label="now"), Option(id="later", label="later")])
        )
        day = None
        if when == "later":
            today = self.today()
            day = await self.ask(Date("day", earliest=today, latest=max(today, bill.due)))
        method = await self.ask(PaymentMethod("method", saved=bill.methods))
        await self.confirm("pay", amount=amount, day=day, method=method.label)
        payment = Payment(customer=self.customer, bill=bill.id, amount=amount, method=method.token, on=day)
        try:
            receipt = await self.do(Billing.take_payment, payment, final=True)
        except Declined as refusal:
            self.reject("method", because=refusal.reason)
        except (NothingOwed, Overpaid):
            self.reject("amount", because="paid-meanwhile")
        await self.tell("receipt", receipt)
