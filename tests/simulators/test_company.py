"""The pretend company: a first bill, charges that happen once, and refusals that say why."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from time import monotonic

import pytest

from activities.billing import BackOffice
from database.company import CompanyBooks
from database.engine import Database
from models.billing import Payment
from models.errors import Declined, NothingOwed
from models.money import Money
from simulators.company import Company

ANN = "c_ann"


@pytest.fixture
def company(db: Database) -> Company:
    return Company(CompanyBooks(db), clock=lambda: datetime(2026, 3, 2, tzinfo=UTC))


async def forty(company: Company, *, method: str = "pm_visa_4242", on: date | None = None) -> Payment:
    bill = await company.open_bill(ANN)
    assert bill
    return Payment(customer=ANN, bill=bill.id, amount=Money.of("40"), method=method, on=on)


async def test_a_new_customer_owes_one_bill(company: Company) -> None:
    office: BackOffice = company
    bill, again = await asyncio.gather(office.open_bill(ANN), office.open_bill(ANN))
    assert bill == again
    assert bill
    assert (bill.owed, bill.minimum, bill.due) == (Money.of("84.20"), Money.of("25"), date(2026, 3, 11))
    assert bill.label == "March bill"
    assert [method.label for method in bill.methods] == ["Visa ending 4242", "Mastercard ending 0002"]
    assert bill.methods == await office.methods(ANN)
    other = await office.open_bill("c_bob")
    assert other
    assert other.id != bill.id


async def test_a_charge_happens_once_for_its_key(company: Company) -> None:
    payment = await forty(company)
    receipts = await asyncio.gather(*(company.charge("case/pay/1", ANN, payment) for _ in range(4)))
    assert len(set(receipts)) == 1
    assert (receipts[0].method, receipts[0].left) == ("Visa ending 4242", Money.of("44.20"))
    assert await company.receipt_for("case/pay/1") == receipts[0]
    assert await company.receipt_for("case/pay/2") is None
    bill = await company.open_bill(ANN)
    assert bill
    assert bill.owed == Money.of("44.20")
    with pytest.raises(ValueError, match="another payment"):
        await company.charge("case/pay/1", ANN, payment.model_copy(update={"amount": Money.of("41")}))


async def test_a_paid_bill_is_no_longer_open(company: Company) -> None:
    payment = (await forty(company, on=date(2026, 3, 9))).model_copy(update={"amount": Money.of("84.20")})
    receipt = await company.charge("k", ANN, payment)
    assert (receipt.left.amount, receipt.on) == (Decimal(0), date(2026, 3, 9))
    assert await company.open_bill(ANN) is None
    with pytest.raises(NothingOwed):
        await company.charge("k2", ANN, payment)


@pytest.mark.parametrize(
    ("method", "reason"),
    [
        ("pm_mastercard_0002", "insufficient-funds"),
        ("new_visa_4242_declined", "insufficient-funds"),
        ("new_visa_4242_a1", "card-declined"),
        ("pm_somebody_elses", "card-declined"),
        ("", "card-declined"),
    ],
)
async def test_some_methods_are_declined(company: Company, method: str, reason: str) -> None:
    payment = await forty(company, method=method)
    with pytest.raises(Declined) as refusal:
        await company.charge("k", ANN, payment)
    assert refusal.value.reason == reason
    assert await company.receipt_for("k") is None


@pytest.mark.parametrize(
    ("number", "expiry", "label"),
    [
        ("4242 4242 4242 4242", "03/26", "Visa ending 4242"),
        ("5555-5555-5555-4444", "12/2030", "Mastercard ending 4444"),
        ("378282246310005", "0131", "Amex ending 0005"),
        ("6011111111111117", "01 / 31", "Card ending 1117"),
    ],
)
async def test_a_card_becomes_a_token_that_can_be_charged(
    company: Company, number: str, expiry: str, label: str
) -> None:
    method = await company.tokenise(ANN, number, expiry)
    assert method.label == label
    assert method.token.startswith("new_")
    receipt = await company.charge("k", ANN, await forty(company, method=method.token))
    assert receipt.method == label


async def test_an_issued_card_is_its_customers_and_not_saved(company: Company) -> None:
    saved = await company.methods(ANN)
    method = await company.tokenise(ANN, "4242424242424242", "12/30")
    assert await company.method(ANN, method.token) == method
    assert await company.method("c_bob", method.token) is None
    assert await company.method(ANN, "new_visa_4242_forged") is None
    assert await company.method(ANN, saved[0].token) == saved[0]
    assert await company.methods(ANN) == saved
    await company.open_bill("c_bob")
    with pytest.raises(Declined) as refusal:
        await company.charge("k", "c_bob", (await forty(company, method=method.token)))
    assert refusal.value.reason == "card-declined"


async def test_an_issued_card_can_be_expired(company: Company) -> None:
    method = await company.tokenise(ANN, "4000 0000 0000 0069", "12/30")
    with pytest.raises(Declined) as refusal:
        await company.charge("k", ANN, await forty(company, method=method.token))
    assert refusal.value.reason == "expired-card"


@pytest.mark.parametrize(
    ("number", "expiry", "reason"),
    [
        ("4242 4242 4242 4241", "12/30", "bad-number"),
        ("4242", "12/30", "bad-number"),
        ("my card", "12/30", "bad-number"),
        ("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "12/30", "bad-number"),
        ("4242424242424242", "02/26", "expired-card"),
        ("4242424242424242", "13/30", "expired-card"),
        ("4242424242424242", "", "expired-card"),
    ],
)
async def test_what_is_not_a_card_is_declined(company: Company, number: str, expiry: str, reason: str) -> None:
    with pytest.raises(Declined) as refusal:
        await company.tokenise(ANN, number, expiry)
    assert refusal.value.reason == reason


async def test_it_fails_when_told_to(company: Company) -> None:
    payment = await forty(company)
    company.fail(1, TimeoutError("slow"), only="charge")
    company.fail(next=1)
    with pytest.raises(ConnectionError):
        await company.open_bill(ANN)
    with pytest.raises(TimeoutError):
        await company.charge("k", ANN, payment)
    assert await company.receipt_for("k") is None
    assert await company.charge("k", ANN, payment)


async def test_an_answer_is_lost_after_the_charge(company: Company) -> None:
    payment = await forty(company)
    company.lose_answer()
    with pytest.raises(ConnectionError):
        await company.charge("k", ANN, payment)
    receipt = await company.receipt_for("k")
    assert receipt
    assert await company.charge("k", ANN, payment) == receipt


async def test_it_can_be_slow(company: Company) -> None:
    company.delay = 0.05
    began = monotonic()
    await company.methods(ANN)
    assert monotonic() - began >= 0.05
