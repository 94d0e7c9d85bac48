"""Welcoming a new customer."""

from datetime import timedelta

from temporalio import workflow

from activities.arrangements import Arrangements
from activities.billing import Billing
from activities.care import Care
from models.billing import AutoPay
from models.care import Rating
from models.case import Closing, Opening
from models.questions import Choice, Option, PaymentMethod, Text, YesNo
from workflows.moment import Moment

A_WEEK = timedelta(days=7)
GRADES = ("poor", "fair", "good", "very good", "excellent")
STARS = [Option(id=str(stars), label=grade) for stars, grade in enumerate(GRADES, start=1)]


@workflow.defn(name="welcome")
class Welcome(Moment):
    """Be there in a customer's first days: how to reach us, the SIM card, easier bills, and how it goes."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        joined = await self.do(Care.membership, self.customer)
        await self.tell("hello", joined)
        ways = await self.do(Care.ways_to_reach, self.customer)
        contact = Choice("contact", options=ways, fact="contact-preference", lasts=timedelta(days=365))
        await self.offer(contact, within=timedelta(days=3))

        await self.wait_for(until=joined.since + timedelta(days=3), key="day-3")
        sim = await self.do(Care.look_at_sim, self.customer)
        if not sim.active:
            if await self.offer(YesNo("help"), within=A_WEEK):
                await self.hand_over("sim-not-active")
            else:
                await self.tell("sim-waits")

        await self.wait_for(until=joined.since + timedelta(days=14), key="day-14")
        if await self.offer(YesNo("e-bill"), within=A_WEEK):
            await self.do(Care.start_e_bill, self.customer, undo=Care.stop_e_bill)
            await self.tell("e-bill-on")
        saved = await self.do(Billing.saved_methods, self.customer)
        method = await self.offer(PaymentMethod("autopay", saved=saved), within=A_WEEK)
        if method:
            await self.do(Arrangements.set_up_autopay, AutoPay(customer=self.customer, method=method), final=True)
            await self.tell("autopay-on", {"method": method.label})

        await self.wait_for(until=joined.since + timedelta(days=30), key="day-30")
        stars = await self.offer(Choice("stars", options=STARS), within=A_WEEK)
        if stars:
            better = None
            if int(stars) < 4:
                better = await self.offer(Text("better", longest=500), within=A_WEEK)
            rating = Rating(customer=self.customer, stars=int(stars), better=better)
            await self.do(Care.keep_rating, rating, final=True)
            await self.tell("thanks")
