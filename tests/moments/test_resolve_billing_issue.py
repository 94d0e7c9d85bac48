"""A charge is understood, or given back once, and why is said in writing."""

from __future__ import annotations

import pytest

from models.billing import Payment
from models.case import Event, Status
from models.disputes import Claim, Credit
from models.money import Money
from tests.moments.books import Counter, counter
from tests.moments.route import CUSTOMER
from tests.moments.routes_resolve_billing_issue import AT_ONCE, EXPLAINED, GRANTED, PHOTO, denied, granted
from tests.moments.talk import Talk
from tests.moments.visit import Visit
from workflows.resolve_billing_issue import ResolveBillingIssue


async def given(visit: Visit) -> list[str]:
    return [str(c.amount.amount) for c in await counter(visit.actors).claims.credits(CUSTOMER)]


async def owed(visit: Visit) -> str:
    [bill] = await counter(visit.actors).loose.open_bills(CUSTOMER)
    return str(bill.owed.amount)


async def test_a_charge_is_explained_and_that_is_all() -> None:
    await Talk(ResolveBillingIssue, *Counter().actors).follow("""
        Segue: Which charge on your bill is it about?
        1) Monthly plan
        2) Roaming day pass
        3) Premium text messages
        4) Late fee
        Reply with a number.
        Customer: the roaming day pass
        Segue: Roaming day pass, $18.00: 3 days of using your phone abroad from February 18, at $6.00 a day.
        Does that settle it?
        Reply YES or NO.
        Customer: yes
        Segue: All done: sorting out a charge on your bill. Anything else? Just reply.
    """)


async def test_a_small_one_is_given_back_at_once() -> None:
    desk = Counter()
    talk = Talk(ResolveBillingIssue, *desk.actors)
    await talk.case.arrive()
    for words in ("late fee", "no", "2", "no thanks"):
        await talk.says(words)
    turn = await talk.says("yes")
    assert turn.status is Status.FINISHED
    [told] = [line for line in talk.heard if "You get" in line]
    assert told == (
        "Segue: You get $4.00 back for Late fee: the amount is small, so we take your word for it. "
        f"Your reference is {turn.notices[-1].data['reference']}. Still to pay: $80.20."
    )


async def test_a_large_one_is_decided_by_a_person() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await visit.says(dispute=True)
    assert visit.told == ["explained", "looking"]
    assert not visit.closed
    await visit.hears(granted)
    assert visit.told == ["explained", "looking", "credited"]
    assert visit.notice("credited")["why"] == "our-mistake"
    assert (await given(visit), await owed(visit)) == (["18.00"], "66.20")
    assert visit.status is Status.FINISHED


async def test_the_evidence_goes_with_the_dispute() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await visit.says(dispute=True)
    [paper] = await counter(visit.actors).claims.disputes(CUSTOMER)
    assert paper["claim"]["evidence"] == PHOTO


async def test_what_is_not_granted_is_told_with_the_reason() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await (await visit.says(dispute=True)).hears(denied)
    assert visit.told[-1] == "refused"
    assert visit.notice("refused")["why"] == "was-used"
    assert (await given(visit), await owed(visit)) == ([], "84.20")


async def test_the_outcome_is_written_to_whoever_is_not_there() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await (await visit.says(dispute=True)).hears(granted)
    await visit.case.host.quiet()
    sent = [notice.key for reach in visit.delivery.reached for notice in reach.turn.notices]
    assert "credited" in sent


async def test_a_word_that_nothing_was_decided_yet_gives_the_case_to_a_person() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await visit.says(dispute=True)
    [waiting] = await counter(visit.actors).claims.waiting(CUSTOMER)
    await visit.hears(Event(id="early", name="decided", about=waiting))
    assert visit.status is Status.WITH_A_PERSON


async def test_somebody_elses_decision_is_not_ours() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await (await visit.says(dispute=True)).hears(Event(id="other", name="decided", about="dispute_other"))
    assert (visit.told[-1], visit.status) == ("looking", Status.OPEN)


async def test_nobody_decides_in_time_so_it_is_the_customers() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await (await visit.says(dispute=True)).passes(days=15)
    assert visit.status is Status.WITH_A_PERSON
    await visit.hears(Event(id="back", name="released"))
    assert visit.notice("credited")["why"] == "too-late"
    assert await given(visit) == ["18.00"]


@pytest.mark.parametrize("lost", [1, 2])
async def test_a_lost_answer_gives_no_second_credit(lost: int) -> None:
    visit = await (await Visit(AT_ONCE).arrives()).goes_on("dispute")
    claims = counter(visit.actors).claims
    claims.lost = lost
    await visit.says(dispute=True)
    assert visit.told == ["explained"]
    for _ in range(lost):
        await visit.passes(minutes=20)
    assert visit.status is Status.FINISHED
    assert (await given(visit), await owed(visit)) == (["4.00"], "80.20")


async def test_a_credit_is_given_once_whatever_the_key() -> None:
    visit = await (await Visit(AT_ONCE).arrives()).goes_on("dispute")
    await visit.says(dispute=True)
    claims = counter(visit.actors).claims
    [paper] = await claims.disputes(CUSTOMER)
    again = await claims.credit("another-key", Credit(customer=CUSTOMER, dispute=paper["id"], amount=Money.of("4.00")))
    assert again == (await claims.credits(CUSTOMER))[0]
    assert await owed(visit) == "80.20"


async def test_more_than_is_owed_goes_onto_the_account() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await visit.says(dispute=True)
    desk = counter(visit.actors)
    [bill] = await desk.loose.open_bills(CUSTOMER)
    payment = Payment(customer=CUSTOMER, bill=bill.id, amount=Money.of("80.00"), method="pm_visa_4242")
    await desk.company.charge("paid", CUSTOMER, payment)
    await visit.hears(granted)
    assert visit.notice("credited")["left"] == {"amount": "4.20", "currency": "USD"}
    assert (await given(visit), await owed(visit)) == (["18.00"], "4.20")


async def test_a_charge_is_disputed_once() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    claims = counter(visit.actors).claims
    statement = await claims.statement(CUSTOMER)
    assert statement
    charge = statement.charge(visit.answers["charge"])
    claim = Claim(customer=CUSTOMER, bill=statement.bill, charge=charge, reason="twice")
    await claims.dispute("another-case", claim)
    await visit.says(dispute=True)
    assert (visit.asks, visit.because) == (["charge"], "already-disputed")


async def test_changing_the_charge_explains_the_other_one() -> None:
    visit = await (await Visit(AT_ONCE).arrives()).goes_on("settled")
    statement = visit.notice("explained")
    await visit.corrects("charge", statement["id"].replace("late-fee", "premium"))
    assert visit.asks == ["settled"]
    kinds = [notice.data["kind"] for notice in visit.case.case.state.notices]
    assert kinds == ["late-fee", "premium"]


async def test_calling_it_off_takes_the_dispute_back() -> None:
    visit = await (await Visit(GRANTED).arrives()).goes_on("dispute")
    await (await visit.says(dispute=True)).calls_off()
    assert visit.status is Status.CANCELLED
    assert await counter(visit.actors).claims.waiting(CUSTOMER) == []
    again = Visit(GRANTED)
    again.case.host.actors[:3] = visit.actors[:3]
    await (await again.arrives()).goes_on("dispute")
    await again.says(dispute=True)
    assert again.told[-1] == "looking"


async def test_a_paid_bill_can_still_be_looked_at() -> None:
    visit = Visit(EXPLAINED)
    desk = counter(visit.actors)
    await desk.claims.statement(CUSTOMER)
    [bill] = await desk.loose.open_bills(CUSTOMER)
    payment = Payment(customer=CUSTOMER, bill=bill.id, amount=bill.owed, method="pm_visa_4242")
    await desk.company.charge("paid", CUSTOMER, payment)
    assert (await visit.arrives()).asks == ["charge"]
