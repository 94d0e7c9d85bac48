"""Resolving a billing issue."""

from datetime import timedelta

from temporalio import workflow

from activities.disputes import Disputes
from models.case import Closing, Opening
from models.disputes import Charge, Claim, Credit, Decision, Dispute, Outcome
from models.errors import AlreadyDisputed, NothingBilled, Undecided
from models.questions import Choice, File, Option, YesNo
from workflows.moment import Moment

REASONS = [
    Option(id="not-mine", label="I did not use this", synonyms=("not mine", "never used it")),
    Option(id="too-much", label="the amount is wrong", synonyms=("too much", "too high", "wrong amount")),
    Option(id="cancelled", label="I had cancelled it", synonyms=("cancelled", "canceled")),
    Option(id="twice", label="I was charged twice", synonyms=("twice", "double", "duplicate")),
]


@workflow.defn(name="resolve-billing-issue")
class ResolveBillingIssue(Moment):
    """Understand a charge on a bill, or dispute it and get the money back."""

    @workflow.run
    async def run(self, opening: Opening) -> Closing:
        return await self.play(opening)

    async def script(self) -> None:
        await self.verify()
        try:
            statement = await self.do(Disputes.statement, self.customer, fresh=timedelta(hours=1))
        except NothingBilled:
            await self.tell("nothing-billed")
            return
        charge = statement.charge(await self.ask(Choice("charge", options=statement.options)))
        await self.tell("explained", charge)
        if await self.ask(YesNo("settled")):
            return
        reason = await self.ask(Choice("reason", options=REASONS))
        evidence = await self.offer(File("evidence"))
        await self.confirm("dispute", charge=charge.label, amount=charge.amount, reason=reason)
        claim = Claim(customer=self.customer, bill=statement.bill, charge=charge, reason=reason, evidence=evidence)
        try:
            dispute = await self.do(Disputes.open, claim, undo=Disputes.withdraw)
        except AlreadyDisputed as refusal:
            self.reject("charge", because=refusal.reason)
        decision = dispute.decision or await self.decided(dispute, charge)
        await self.settle(dispute, charge, decision)

    async def decided(self, dispute: Dispute, charge: Charge) -> Decision:
        await self.tell("looking", {"reference": dispute.reference, "charge": charge.label})
        await self.wait_for("decided", about=dispute.id, within=timedelta(days=14))
        try:
            return await self.do(Disputes.decision, dispute.id)
        except Undecided as refusal:
            await self.hand_over(refusal.reason)
            return await self.do(Disputes.concede, dispute.id, final=True)

    async def settle(self, dispute: Dispute, charge: Charge, decision: Decision) -> None:
        outcome = Outcome(reference=dispute.reference, charge=charge.label, why=decision.why)
        if decision.credit is None:
            await self.tell("refused", outcome)
            return
        order = Credit(customer=self.customer, dispute=dispute.id, amount=decision.credit)
        credited = await self.do(Disputes.credit, order, final=True)
        await self.tell("credited", outcome.model_copy(update={"credit": credited.amount, "left": credited.left}))
