"""Changing a plan."""

from datetime import timedelta

from temporalio import workflow

from activities.plans import Plans
from models.case import Closing, Opening
from models.errors import DayPassed, NotChangeable, PlanGone, PriceChanged
from models.plans import AgreedChange, PlanChange
from models.questions import Choice, Date
from workflows.moment import Moment

FRESH = timedelta(minutes=30)
AHEAD = timedelta(days=60)
# Whole days are promised, so the last one is let pass.
COOLING_OFF = timedelta(days=15)


@workflow.defn(name="change-plan")
class ChangePlan(Moment):
    """Change to another plan, and back again within two weeks."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        try:
            comparison = await self.do(Plans.compare, self.customer, fresh=FRESH)
        except NotChangeable as refusal:
            await self.tell("not-now", refusal.facts)
            return
        plan = await self.ask(Choice("plan", options=comparison.options, about=comparison.shown()))
        today = self.today()
        start = await self.ask(Date("start", earliest=today, latest=today + AHEAD))
        change = PlanChange(customer=self.customer, plan=plan, on=start)
        try:
            quote = await self.do(Plans.quote, change, fresh=FRESH)
            await self.verify()
            await self.confirm("change", **quote.shown(), on=start)
            agreed = AgreedChange(change=change, price=quote.price)
            changed = await self.do(Plans.change, agreed, undo=Plans.change_back)
        except DayPassed as refusal:
            self.reject("start", because=refusal.reason)
        except (PlanGone, PriceChanged) as refusal:
            self.reject("plan", because=refusal.reason)
        await self.tell("changed", changed)
        await self.wait_for(within=COOLING_OFF, key="cooling-off")
