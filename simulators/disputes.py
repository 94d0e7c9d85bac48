"""The pretend telecom's claims office: it takes bills apart, decides small disputes itself, and gives credits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from database.company import CompanyBooks, reference
from models.billing import Payment
from models.disputes import Charge, Claim, Credit, Credited, Decision, Dispute, Statement
from models.errors import AlreadyDisputed, NothingOwed, Overpaid, Unknown
from models.money import Money
from simulators.company import Company

T = TypeVar("T")
LIMIT = Money.of("15.00")


class PretendClaims:
    """The ``ClaimsOffice`` of one machine. Disputes up to ``limit`` are granted at once; others wait for a person.

    For tests: ``lost`` answers are lost after what was asked has been done.
    """

    def __init__(
        self,
        company: Company,
        books: CompanyBooks,
        *,
        limit: Money = LIMIT,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._company = company
        self._books = books
        self._limit = limit
        self._clock = clock
        self.lost = 0

    async def statement(self, customer: str) -> Statement | None:
        bill = await self._company.open_bill(customer)
        kept = await self._books.papers("statement", customer)
        if bill is None or any(paper["bill"] == bill.id for paper in kept):
            return Statement.model_validate(kept[-1]) if kept else None
        statement = Statement(bill=bill.id, label=bill.label, charges=self._charges(bill.id, bill.owed))
        paper = await self._books.put_once("statement", bill.id, customer, statement.model_dump(mode="json"))
        return Statement.model_validate(paper)

    async def dispute(self, key: str, claim: Claim) -> Dispute:
        id = dispute_id(claim.charge.id)
        new = {
            "id": id,
            "reference": reference(id),
            "key": key,
            "claim": claim.model_dump(mode="json"),
            "decision": self._at_once(claim),
            "credited": None,
        }
        paper = await self._books.put_once("dispute", id, claim.customer, new)
        if paper["key"] != key:
            paper = await self._books.change("dispute", id, lambda old: _reopened(old, new))
        return self._answered(Dispute(id=id, reference=reference(id), decision=paper["decision"]))

    async def withdraw(self, dispute: str) -> None:
        await self._books.change("dispute", dispute, lambda p: p if p["credited"] else p | {"withdrawn": True})

    async def decision(self, dispute: str) -> Decision | None:
        paper = await self._paper(dispute)
        return Decision.model_validate(paper["decision"]) if paper["decision"] else None

    async def concede(self, dispute: str) -> Decision:
        return await self.decide(dispute, granted=True, why="too-late")

    async def decide(self, dispute: str, *, granted: bool, why: str) -> Decision:
        """What a person of the company does. The first decision stands; :class:`Unknown` for no such dispute."""
        paper = await self._paper(dispute)
        amount = Claim.model_validate(paper["claim"]).charge.amount
        decision = Decision(credit=amount if granted else None, why=why).model_dump(mode="json")
        paper = await self._books.change("dispute", dispute, lambda p: p | {"decision": p["decision"] or decision})
        return self._answered(Decision.model_validate(paper["decision"]))

    async def credit(self, key: str, credit: Credit) -> Credited:
        """Off the bill where enough is owed on it, else onto the account; once for a dispute, whatever the key."""
        paper = await self._books.change(
            "dispute", credit.dispute, lambda p: p if p["credited"] else p | {"credited": key}
        )
        bill = Claim.model_validate(paper["claim"]).bill
        mark = f"credit/{credit.dispute}"
        if given_already := await self._books.paper("credit", mark):
            return self._answered(Credited.model_validate(given_already))
        payment = Payment(customer=credit.customer, bill=bill, amount=credit.amount, method="credit")
        try:
            receipt = await self._books.record_payment(mark, credit.customer, payment, "credit")
            given = Credited(reference=receipt.reference, amount=receipt.amount, left=receipt.left)
        except (NothingOwed, Overpaid):
            open_bill = await self._books.bill(bill)
            left = open_bill.owed if open_bill else Money.of(0, credit.amount.currency)
            given = Credited(reference=reference(mark), amount=credit.amount, left=left)
        kept = await self._books.put_once("credit", mark, credit.customer, given.model_dump(mode="json"))
        return self._answered(Credited.model_validate(kept))

    async def credits(self, customer: str) -> list[Credited]:
        """What was given back, oldest first."""
        return [Credited.model_validate(paper) for paper in await self._books.papers("credit", customer)]

    async def disputes(self, customer: str) -> list[dict[str, Any]]:
        """The disputes on file, as they are kept, oldest first."""
        return await self._books.papers("dispute", customer)

    async def waiting(self, customer: str) -> list[str]:
        """The ids of the customer's disputes that nobody has decided."""
        papers = await self._books.papers("dispute", customer)
        return [paper["id"] for paper in papers if not paper["decision"] and not paper.get("withdrawn")]

    def _at_once(self, claim: Claim) -> dict[str, Any] | None:
        if claim.charge.amount > self._limit:
            return None
        return Decision(credit=claim.charge.amount, why="small-amount").model_dump(mode="json")

    async def _paper(self, dispute: str) -> dict[str, Any]:
        paper = await self._books.paper("dispute", dispute)
        if paper is None:
            raise Unknown("no such dispute")
        return paper

    def _answered(self, answer: T) -> T:
        if self.lost:
            self.lost -= 1
            raise ConnectionError("the answer was lost")
        return answer

    def _charges(self, bill: str, total: Money) -> list[Charge]:
        """The plan takes what the others leave of the bill; one smaller than they are is a single charge."""
        today = self._clock().date()
        extras = [
            ("roaming", "Roaming day pass", "18.00", 12, 3, "6.00"),
            ("premium", "Premium text messages", "7.20", 16, 1, None),
            ("late-fee", "Late fee", "4.00", 20, 1, None),
        ]
        charges = [
            Charge(
                id=f"{bill}/{kind}",
                label=label,
                kind=kind,  # type: ignore[arg-type]  # one of the kinds above
                amount=Money.of(amount, total.currency),
                on=today - timedelta(days=ago),
                units=units,
                each=Money.of(each, total.currency) if each else None,
            )
            for kind, label, amount, ago, units, each in extras
        ]
        rest = total
        for charge in charges:
            rest = rest - charge.amount
        if rest.amount <= 0:
            rest, charges = total, []
        on = today - timedelta(days=21)
        return [Charge(id=f"{bill}/plan", label="Monthly plan", kind="plan", amount=rest, on=on), *charges]


def dispute_id(charge: str) -> str:
    """A charge can be disputed once, so its id makes the dispute's."""
    return f"dispute_{hashlib.sha256(charge.encode()).hexdigest()[:16]}"


def _reopened(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A dispute that was withdrawn may be opened once more; any other stands."""
    if not old.get("withdrawn"):
        raise AlreadyDisputed("already-disputed")
    return new
