"""The pretend company's bills and payments, kept in memory beside its papers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from activities.arrangements import Arrangements
from activities.billing import Billing
from activities.disputes import Disputes
from activities.identity import Identity
from database.company import ISSUED, CompanyBooks, reference
from models.billing import Bill, Payment, Receipt
from models.errors import NothingOwed, Overpaid
from models.money import Money
from models.questions import Method
from simulators.arrangements import PretendCollections
from simulators.company import STARTERS, Company
from simulators.disputes import PretendClaims
from tests.moments.papers import LoosePapers
from tests.moments.route import KnownCode, actor

NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)


class LooseBooks(LoosePapers):
    """What ``CompanyBooks`` does for one event loop; see there."""

    def __init__(self) -> None:
        super().__init__()
        self.bills: dict[str, tuple[str, Bill]] = {}
        self.saved: dict[str, list[Method]] = {}
        self.taken: dict[str, tuple[str, Receipt]] = {}

    async def open_bills(self, customer: str) -> list[Bill]:
        mine = [bill for whose, bill in self.bills.values() if whose == customer and bill.owed.amount]
        methods = await self.methods(customer)
        return [bill.model_copy(update={"methods": methods}) for bill in sorted(mine, key=lambda b: (b.due, b.id))]

    async def bill(self, id: str) -> Bill | None:
        return self.bills[id][1] if id in self.bills else None

    async def add_bill(self, customer: str, bill: Bill) -> bool:
        return self.bills.setdefault(bill.id, (customer, bill))[1] is bill

    async def methods(self, customer: str) -> list[Method]:
        return [method for method in self.saved.get(customer, []) if not method.token.startswith(ISSUED)]

    async def method(self, customer: str, token: str) -> Method | None:
        return next((method for method in self.saved.get(customer, []) if method.token == token), None)

    async def add_method(self, customer: str, method: Method) -> bool:
        known = method in self.saved.setdefault(customer, [])
        self.saved[customer] += [] if known else [method]
        return not known

    async def payment_by_key(self, key: str) -> Receipt | None:
        return self.taken[key][1] if key in self.taken else None

    async def payer(self, key: str) -> str:
        return self.taken[key][0] if key in self.taken else ""

    async def payments(self, customer: str) -> list[Receipt]:
        return [receipt for whose, receipt in reversed(self.taken.values()) if whose == customer]

    async def record_payment(self, key: str, customer: str, payment: Payment, method: str) -> Receipt:
        if key in self.taken:
            return self.taken[key][1]
        whose, bill = self.bills[payment.bill]
        if not bill.owed.amount:
            raise NothingOwed("nothing-owed")
        if payment.amount > bill.owed:
            raise Overpaid("too-much", most=f"{bill.owed.amount} {bill.owed.currency}")
        left = bill.owed - payment.amount
        self.bills[bill.id] = whose, bill.model_copy(update={"owed": left})
        receipt = Receipt(
            reference=reference(key), amount=payment.amount, method=method, at=NOON, on=payment.on, left=left
        )
        self.taken[key] = customer, receipt
        return receipt


class Counter:
    """All of the company that has to do with money, over one set of books; ``loose`` are those books."""

    def __init__(self, company: Company | None = None, claims: PretendClaims | None = None) -> None:
        self.company = company or Company(cast("CompanyBooks", LooseBooks()), clock=lambda: NOON)
        self.loose = cast("LooseBooks", self.company._books)
        books = self.company._books
        self.claims = claims or PretendClaims(self.company, books, clock=lambda: NOON)
        self.collections = PretendCollections(self.company, books, clock=lambda: NOON)

    @property
    def actors(self) -> list[object]:
        steps = [Billing(self.company), Arrangements(self.collections), Disputes(self.claims)]
        return [*steps, Identity(KnownCode())]

    def owing(self, amount: str, customer: str = "c_test", *, due: datetime = NOON) -> Counter:
        """A bill of that much is open, and nothing else."""
        owed = Money.of(amount)
        bill = Bill(id="b_large", label="March bill", owed=owed, minimum=Money.of("25"), due=due.date())
        self.loose.bills = {"b_large": (customer, bill)}
        self.loose.saved[customer] = list(STARTERS)
        return self


def counter(actors: list[object]) -> Counter:
    """The counter behind a route's actors, or behind those of a world that keeps its books in a database."""
    return Counter(actor(actors, Billing)._company, actor(actors, Disputes)._office)


async def moved(actors: list[object], customer: str) -> list[Any]:
    """Every movement of money and every paper about it, without names and times."""
    desk = counter(actors)
    payments = [(str(p.amount.amount), p.method, str(p.left.amount)) for p in await desk.loose.payments(customer)]
    kinds = ("plan", "promise", "autopay", "credit")
    papers = {kind: [_bare(paper) for paper in await desk.loose.papers(kind, customer)] for kind in kinds}
    return [payments, {kind: found for kind, found in papers.items() if found}]


def _bare(paper: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in paper.items() if name not in {"reference", "bill", "customer"}}
