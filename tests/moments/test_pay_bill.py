"""Paying over time, on a promise, and by itself from now on; the starter bill is paid as ever."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models.case import Status
from models.money import Money
from tests.moments.books import Counter, counter
from tests.moments.route import CUSTOMER
from tests.moments.routes_pay_bill import AUTOPAY, FORTY, INSTALMENTS, NOW, PROMISE, VISA
from tests.moments.talk import Talk
from tests.moments.visit import Visit
from workflows.pay_bill import PayBill


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


async def test_a_starter_bill_is_paid_now_or_later_and_no_other_way() -> None:
    visit = await (await Visit(NOW).arrives()).goes_on("when")
    assert visit.options == ["now", "later"]
    await visit.says(when="now", method=VISA, pay=True)
    assert visit.told == ["receipt"]
    assert visit.status is Status.FINISHED


@pytest.mark.parametrize(
    ("owed", "due", "over_time"),
    [("149.99", 20, False), ("150.00", 20, True), ("30.00", 2, False), ("30.00", 1, True)],
)
async def test_a_large_or_an_overdue_bill_may_be_paid_over_time(owed: str, due: int, over_time: bool) -> None:
    visit = Visit(NOW)
    counter(visit.actors).owing(owed, due=datetime(2026, 3, due, tzinfo=UTC))
    await (await visit.arrives()).says(amount=usd("20.00"))
    assert visit.options == ["now", "later", *(["instalments", "promise"] if over_time else [])]


async def test_in_instalments_as_a_conversation() -> None:
    desk = Counter().owing("200.00")
    talk = Talk(PayBill, *desk.actors)
    await talk.case.arrive()
    for words in ("199.98", "in instalments", "4", "1"):
        await talk.says(words)
    assert talk.heard[-2:] == [
        "Segue: Pay $50.01 now and then $49.99 a month until June 2, 4 payments in all, with Visa ending 4242?",
        "Reply YES, or NO to change something.",
    ]
    turn = await talk.says("yes")
    assert turn.status is Status.FINISHED
    [first] = await desk.loose.payments(CUSTOMER)
    assert (first.amount, first.left) == (Money.of("50.01"), Money.of("149.99"))


async def test_the_parts_add_up() -> None:
    visit = await (await Visit(INSTALMENTS).arrives()).goes_on("plan", amount=usd("239.99"), parts="6")
    question = visit.turn.pending[0].question
    assert question.kind == "confirm"
    assert (question.values["first"], question.values["each"]) == (usd("40.04"), usd("39.99"))
    assert Decimal("40.04") + 5 * Decimal("39.99") == Decimal("239.99")


async def test_parts_that_are_too_small_are_not_planned() -> None:
    visit = await (await Visit(INSTALMENTS).arrives()).says(amount=usd("12.00"), when="instalments", parts="6")
    assert (visit.asks, visit.because) == (["when"], "parts-too-small")
    await visit.says(when="now", method=VISA, pay=True)
    assert visit.told == ["receipt"]


async def test_a_declined_card_keeps_the_plan() -> None:
    visit = await (await Visit(INSTALMENTS).arrives()).goes_on("plan", method="pm_mastercard_0002")
    await visit.says(plan=True)
    assert (visit.asks, visit.because) == (["method"], "insufficient-funds")
    await visit.says(method=VISA, plan=True)
    assert visit.told == ["plan-started"]


async def test_one_plan_for_one_bill() -> None:
    visit = await (await Visit(INSTALMENTS).arrives()).goes_on("plan")
    await visit.says(plan=True)
    bill = await counter(visit.actors).company.open_bill(CUSTOMER)
    assert bill
    assert bill.arrangements == []


async def test_a_lost_answer_starts_no_second_plan() -> None:
    visit = await (await Visit(INSTALMENTS).arrives()).goes_on("plan")
    desk = counter(visit.actors)
    desk.company.lose_answer()
    await visit.says(plan=True)
    assert visit.status is Status.UNCERTAIN
    await visit.passes(minutes=20)
    assert visit.told == ["plan-started"]
    assert len(await desk.loose.payments(CUSTOMER)) == len(await desk.loose.papers("plan", CUSTOMER)) == 1


async def test_a_promise_needs_no_card() -> None:
    visit = await (await Visit(PROMISE).arrives()).goes_on("promised")
    question = visit.turn.pending[0].question
    assert question.kind == "date"
    assert (str(question.earliest), str(question.latest)) == ("2026-03-02", "2026-03-23")
    await visit.says(promised="2026-03-20", promise=True)
    assert visit.notice("promise-noted")["day"] == "2026-03-20"
    assert await counter(visit.actors).loose.payments(CUSTOMER) == []


async def test_what_was_paid_meanwhile_is_not_promised() -> None:
    visit = await (await Visit(PROMISE).arrives()).goes_on("promise")
    counter(visit.actors).owing("30.00")
    await visit.says(promise=True)
    assert (visit.asks, visit.because) == (["amount"], "paid-meanwhile")


async def test_changing_from_a_promise_to_now_keeps_the_amount() -> None:
    visit = await (await Visit(PROMISE).arrives()).goes_on("promise")
    await visit.corrects("when", "now")
    assert visit.asks == ["method"]
    assert visit.answers["amount"] == FORTY


async def test_whoever_pays_a_second_time_is_offered_to_have_it_done() -> None:
    visit = await (await Visit(AUTOPAY).arrives()).goes_on("autopay")
    assert visit.told == ["receipt"]
    await visit.says(autopay=True)
    assert visit.told == ["receipt", "autopay-on"]
    [order] = await counter(visit.actors).loose.papers("autopay", CUSTOMER)
    assert order["method"] == {"token": VISA, "label": "Visa ending 4242"}


@pytest.mark.parametrize("no", [None, False])
async def test_and_may_say_no(no: object) -> None:
    visit = await (await Visit(AUTOPAY).arrives()).goes_on("autopay")
    await visit.says(autopay=no)
    assert visit.status is Status.FINISHED
    assert await counter(visit.actors).loose.papers("autopay", CUSTOMER) == []


async def test_the_offer_can_be_left_alone_and_nothing_is_undone() -> None:
    visit = await (await Visit(AUTOPAY).arrives()).goes_on("autopay")
    await visit.passes(days=1)
    assert not visit.closed
    await visit.passes(days=1)
    assert visit.status is Status.FINISHED
    assert await counter(visit.actors).loose.papers("autopay", CUSTOMER) == []
    assert len(await counter(visit.actors).loose.payments(CUSTOMER)) == 2


async def test_a_store_terminal_or_a_new_card_is_a_method_as_any_other() -> None:
    visit = await (await Visit(NOW).arrives()).goes_on("method")
    held = await counter(visit.actors).company.present(CUSTOMER, "tablet")
    await visit.says(method=held.model_dump(), pay=True)
    assert visit.notice("receipt")["method"] == "Visa ending 4242"
