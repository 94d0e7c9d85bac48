"""Resolving a technical problem."""

from datetime import timedelta

from temporalio import workflow

from activities.network import Network
from models.case import Closing, Opening
from models.errors import SlotTaken
from models.network import Booking, Probe, Trouble, Wanted
from models.questions import Text, TimeSlot, YesNo
from workflows.moment import Moment


@workflow.defn(name="resolve-technical-issue")
class ResolveTechnicalIssue(Moment):
    """Find out why something does not work, mend it or send a technician, and ask a day later whether it lasts."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        said = await self.do(Network.symptom_in, str(self.topic.get("said", "")))
        trouble = Trouble(customer=self.customer, symptom=said or await self.ask(Text("symptom", longest=300)))
        solved = await self._was_an_outage() or await self._checks_helped(trouble) or await self._visits_helped(trouble)
        await (self.tell("solved") if solved else self.hand_over("still-broken"))

    async def _was_an_outage(self) -> bool:
        outage = await self.do(Network.outage, self.customer)
        if not outage:
            return False
        await self.tell("outage", outage)
        over = await self.wait_for("outage-over", about=outage.id, within=timedelta(days=3))
        await self.tell("outage-ended" if over else "outage-lasts", outage)
        return await self.ask(YesNo("restored"))

    async def _checks_helped(self, trouble: Trouble) -> bool:
        for check in await self.do(Network.diagnose, trouble):
            with self.each("check", check.id):
                if check.test:
                    await self.tell("testing", check)
                    found = await self.do(Network.run_test, Probe(customer=self.customer, check=check.id))
                    await self.tell("tested", found)
                    if found.result == "fault":
                        return False
                    if found.result == "clear":
                        continue
                if await self.ask(YesNo("helped", about={"check": check.id})):
                    await self.tell("good")
                    if await self._lasts():
                        return True
        return False

    async def _visits_helped(self, trouble: Trouble) -> bool:
        ticket = await self.do(Network.open_ticket, trouble, undo=Network.withdraw_ticket)
        for name in ("first", "second"):
            with self.each("visit", name):
                wanted = Wanted(ticket=ticket, visit=name)
                times = await self.do(Network.visit_times, wanted, fresh=timedelta(minutes=30))
                booking = Booking(wanted=wanted, slot=await self.ask(TimeSlot("slot", slots=times)))
                try:
                    visit = await self.do(Network.book_visit, booking, undo=Network.cancel_visit)
                except SlotTaken as refusal:
                    self.reject("slot", because=refusal.reason)
                await self.tell("booked", visit)
                await self.wait_for("visit-over", about=visit.id, until=visit.slot.end, key=visit.id)
                await self.do(Network.end_visit, visit, final=True)
                if await self._lasts():
                    await self.do(Network.close_ticket, ticket, final=True)
                    return True
        return False

    async def _lasts(self) -> bool:
        await self.wait_for("fault-again", within=timedelta(days=1), key="a-day-later")
        lasting = await self.ask(YesNo("lasting"))
        if not lasting:
            await self.tell("reopened")
        return lasting
