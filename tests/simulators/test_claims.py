"""The pretend claims office and collections on a real database: at once, and once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from activities.arrangements import Collections
from activities.disputes import ClaimsOffice
from database.company import CompanyBooks
from database.engine import Database
from models.billing import Payment, PlanOrder, PromiseToPay, Spread
from models.disputes import Claim, Credit, Dispute
from models.errors import AlreadyDisputed, NothingOwed, TooSmall
from models.money import Money
from models.questions import Method
from simulators.arrangements import PretendCollections, later
from simulators.company import Company
from simulators.disputes import PretendClaims
from simulators.sandbox import Sandbox

ANN = "c_ann"
NOON = datetime(2026, 3, 2, tzinfo=UTC)


class Slow(Sandbox):
    """While it charges, somebody else pays the bill."""

    company: Company

    async def charge(self, key: str, method: Method, amount: Money) -> str:
        if key == "mine":
            await self.company.charge("somebody elses", ANN, await payment(self.company, "84.20"))
        return await super().charge(key, method, amount)


@pytest.fixture
def books(db: Database) -> CompanyBooks:
    return CompanyBooks(db)


@pytest.fixture
def company(books: CompanyBooks) -> Company:
    return Company(books, clock=lambda: NOON)


@pytest.fixture
def claims(company: Company, books: CompanyBooks) -> PretendClaims:
    return PretendClaims(company, books, clock=lambda: NOON)


async def payment(company: Company, amount: str) -> Payment:
    bill = await company.open_bill(ANN)
    assert bill
    return Payment(customer=ANN, bill=bill.id, amount=Money.of(amount), method="pm_visa_4242")


async def claim(claims: ClaimsOffice, kind: str) -> Claim:
    statement = await claims.statement(ANN)
    assert statement
    charge = next(charge for charge in statement.charges if charge.kind == kind)
    return Claim(customer=ANN, bill=statement.bill, charge=charge, reason="twice")


async def opened(claims: ClaimsOffice, kind: str, key: str = "case/1") -> Dispute:
    return await claims.dispute(key, await claim(claims, kind))


async def test_a_bill_is_the_sum_of_its_charges(claims: PretendClaims) -> None:
    statement, again = await asyncio.gather(claims.statement(ANN), claims.statement(ANN))
    assert statement == again
    assert statement
    total = Money.of(0)
    for charge in statement.charges:
        total = total + charge.amount
    assert total == Money.of("84.20")


async def test_one_dispute_for_a_charge(claims: PretendClaims) -> None:
    first, again = [await opened(claims, "roaming") for _ in range(2)]
    assert first == again
    with pytest.raises(AlreadyDisputed):
        await opened(claims, "roaming", "case/2")
    await claims.withdraw(first.id)
    assert (await opened(claims, "roaming", "case/2")).id == first.id


async def test_one_credit_for_a_dispute_however_often_and_at_once(claims: PretendClaims, company: Company) -> None:
    dispute = await opened(claims, "late-fee")
    assert dispute.decision
    credit = Credit(customer=ANN, dispute=dispute.id, amount=Money.of("4.00"))
    given = await asyncio.gather(*(claims.credit(f"key/{n % 2}", credit) for n in range(6)))
    assert len(set(given)) == 1
    bill = await company.open_bill(ANN)
    assert bill
    assert bill.owed == Money.of("80.20")


async def test_the_first_decision_stands(claims: PretendClaims) -> None:
    dispute = await opened(claims, "roaming")
    assert await claims.decision(dispute.id) is None
    await claims.decide(dispute.id, granted=False, why="was-used")
    assert (await claims.decide(dispute.id, granted=True, why="our-mistake")).credit is None
    assert (await claims.concede(dispute.id)).why == "was-used"


async def test_what_was_paid_meanwhile_is_given_back(books: CompanyBooks) -> None:
    processor = Slow()
    processor.company = company = Company(books, clock=lambda: NOON, processor=processor)
    with pytest.raises(NothingOwed):
        await company.charge("mine", ANN, await payment(company, "40.00"))
    assert processor.refunds == {"ch_mine"}
    assert len(await books.payments(ANN)) == 1


async def test_a_plan_and_a_promise_are_made_once(company: Company, books: CompanyBooks) -> None:
    desk: Collections = PretendCollections(company, books, clock=lambda: NOON)
    bill = await company.open_bill(ANN)
    assert bill
    spread = Spread(customer=ANN, bill=bill.id, amount=Money.of("84.20"), count=4)
    order = PlanOrder(instalments=await desk.quote(spread), method="pm_visa_4242")
    first, again = [await desk.start_plan("plan/1", order) for _ in range(2)]
    assert first == again
    assert (first.first, first.until) == (Money.of("21.05"), date(2026, 6, 2))
    promise = PromiseToPay(customer=ANN, bill=bill.id, amount=Money.of("30"), day=date(2026, 3, 9))
    assert await desk.promise("promise/1", promise) == await desk.promise("promise/1", promise)
    with pytest.raises(TooSmall):
        await desk.quote(spread.model_copy(update={"count": 12, "amount": Money.of("59.99")}))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 11, 2), 3, date(2027, 2, 2))],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert later(day, months) == then
