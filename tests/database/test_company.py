"""The pretend company's books are exact, and no payment is booked twice."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from database.company import CompanyBooks
from database.engine import Database
from models.billing import Bill, Payment
from models.errors import NothingOwed, Refusal, Unknown
from models.money import Money
from models.questions import Method

VISA, MASTERCARD = Method(token="visa", label="Visa ending 4242"), Method(token="mc", label="Mastercard ending 0002")


def bill(id: str = "b1", owed: str = "84.20", due: date = date(2031, 3, 18)) -> Bill:
    return Bill(id=id, label="March", owed=Money.of(owed), minimum=Money.of("25"), due=due)


def paying(amount: str, bill: str = "b1", currency: str = "USD", on: date | None = None) -> Payment:
    return Payment(customer="c_ada", bill=bill, amount=Money.of(amount, currency), method="visa", on=on)


@pytest.fixture
async def books(db: Database) -> CompanyBooks:
    kept = CompanyBooks(db)
    await kept.add_bill("c_ada", bill())
    for method in (VISA, MASTERCARD):
        await kept.add_method("c_ada", method)
    return kept


async def test_a_bill_comes_with_the_methods_to_pay_it(books: CompanyBooks) -> None:
    [found] = await books.open_bills("c_ada")
    assert found == bill().model_copy(update={"methods": [VISA, MASTERCARD]}) == await books.bill("b1")
    assert found.model_dump(mode="json")["owed"] == {"amount": "84.20", "currency": "USD"}
    assert await books.methods("c_ada") == [VISA, MASTERCARD]
    assert await books.open_bills("c_eve") == []
    assert await books.methods("c_eve") == []
    assert await books.bill("b9") is None


async def test_the_first_due_is_first(books: CompanyBooks) -> None:
    assert await books.add_bill("c_ada", bill("b2", due=date(2031, 2, 1)))
    assert [each.id for each in await books.open_bills("c_ada")] == ["b2", "b1"]


async def test_many_who_add_the_same_bill_and_method_add_one(books: CompanyBooks) -> None:
    assert sum(await asyncio.gather(*(books.add_bill("c_eve", bill("b7")) for _ in range(8)))) == 1
    assert sum(await asyncio.gather(*(books.add_method("c_eve", VISA) for _ in range(8)))) == 1
    assert not await books.add_bill("c_ada", bill(owed="1"))
    assert len(await books.open_bills("c_ada")) == 1


async def test_a_payment_is_taken_off_to_the_cent(books: CompanyBooks) -> None:
    receipt = await books.record_payment("k1", "c_ada", paying("40.1"), VISA.label)
    assert (receipt.amount, receipt.left, receipt.method) == (Money.of("40.1"), Money.of("44.1"), VISA.label)
    assert str(receipt.left.amount) == "44.10"
    assert len(receipt.reference) == 8
    later = await books.record_payment("k2", "c_ada", paying("44.10", on=date(2031, 3, 11)), VISA.label)
    assert (later.on, later.left) == (date(2031, 3, 11), Money.of(0))
    assert later.reference != receipt.reference
    assert await books.open_bills("c_ada") == []
    assert await books.payments("c_ada") == [later, receipt]
    assert await books.payment_by_key("k1") == receipt
    assert await books.payment_by_key("k9") is None


async def test_a_repeated_payment_gets_the_first_receipt(books: CompanyBooks) -> None:
    first = await books.record_payment("k1", "c_ada", paying("84.20"), VISA.label)
    assert await books.record_payment("k1", "c_ada", paying("84.20"), VISA.label) == first


async def test_many_payments_under_one_key_are_one(books: CompanyBooks) -> None:
    receipts = await asyncio.gather(*(books.record_payment("k1", "c_ada", paying("10"), VISA.label) for _ in range(16)))
    assert len({receipt.model_dump_json() for receipt in receipts}) == 1
    assert (await books.open_bills("c_ada"))[0].owed == Money.of("74.20")


async def test_many_payments_at_once_never_take_too_much(books: CompanyBooks) -> None:
    paid = await asyncio.gather(
        *(books.record_payment(f"k{n}", "c_ada", paying("20.05"), VISA.label) for n in range(12)),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Refusal) for each in paid) == 8
    assert (await books.open_bills("c_ada"))[0].owed == Money.of("4.00")
    assert len(await books.payments("c_ada")) == 4


async def test_what_does_not_fit_takes_nothing(books: CompanyBooks) -> None:
    for payment, reason in ((paying("84.21"), "too-much"), (paying("0"), "too-little"), (paying("-5"), "too-little")):
        with pytest.raises(Refusal) as refused:
            await books.record_payment("k1", "c_ada", payment, VISA.label)
        assert refused.value.reason == reason
    with pytest.raises(Refusal, match="Refusal") as refused:
        await books.record_payment("k1", "c_ada", paying("5", currency="EUR"), VISA.label)
    assert refused.value.reason == "wrong-currency"
    for customer, id in (("c_ada", "b9"), ("c_eve", "b1")):
        with pytest.raises(Unknown):
            await books.record_payment("k1", customer, paying("5", bill=id), VISA.label)
    assert await books.payment_by_key("k1") is None
    assert (await books.open_bills("c_ada"))[0].owed == Money.of("84.20")


async def test_a_paid_bill_owes_nothing(books: CompanyBooks) -> None:
    await books.record_payment("k1", "c_ada", paying("84.20"), VISA.label)
    with pytest.raises(NothingOwed):
        await books.record_payment("k2", "c_ada", paying("1"), VISA.label)


@pytest.mark.parametrize("owed", ["99999999999999.9999", "0.0001", "0.1", "1234567.89"])
async def test_any_money_is_kept_exactly(books: CompanyBooks, owed: str) -> None:
    await books.add_bill("c_eve", bill("b7", owed))
    [found] = await books.open_bills("c_eve")
    assert found.owed.amount == Decimal(owed)
    receipt = await books.record_payment("k1", "c_eve", paying("0.0001", bill="b7"), VISA.label)
    assert receipt.left.amount == Decimal(owed) - Decimal("0.0001")
