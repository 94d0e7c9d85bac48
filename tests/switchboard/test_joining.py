"""Two records of one person become one in the middle of a call, a text, a mail or a page, and each goes on."""

from __future__ import annotations

from database.joins import Join, Joins
from models.case import Status, Turn
from models.people import Address
from switchboard.joining import Registry, Wish
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_calls import action
from tests.gateway.visitor import Visitor
from tests.switchboard.conftest import FRIEND, Town, town

__all__ = ["town"]


def registry(town: Town) -> Registry:
    return Registry(town.parts.switchboard, Joins(town.parts.database))


async def who(town: Town, number: str) -> str:
    found = await town.parts.customers.find(Address(kind="phone", value=number))
    assert found is not None
    return found.id


async def joined(town: Town, one: str = CUSTOMER, other: str = FRIEND) -> Join:
    wish = Wish("s_ann", "Ann", "one person", "Jane", "en")
    join = await registry(town).join(await who(town, one), await who(town, other), wish)
    assert join is not None
    assert not join.due
    return join


async def both_pay(town: Town) -> tuple[Turn, Turn]:
    """Two numbers, each with a bill to pay; the first has said how much."""
    await town.says("pay my bill")
    await town.says("pay my bill", by=FRIEND)
    await town.says("40")
    return await town.turn("pay-bill"), await town.turn("pay-bill", FRIEND)


async def now(town: Town, case: str) -> Turn:
    turn = await town.parts.cases.turn(case)
    assert turn is not None
    return turn


async def test_the_case_that_is_further_stays(town: Town) -> None:
    mine, theirs = await both_pay(town)
    (pair,) = (await joined(town)).pairs
    assert (pair.goes, pair.stays, pair.apart) == (theirs.case, mine.case, "")
    gone = await now(town, theirs.case)
    assert (gone.status, gone.joined) == (Status.JOINED, mine.case)
    assert await who(town, FRIEND) == await who(town, CUSTOMER)
    assert [case.id for case in await town.parts.switchboard.open_cases(await who(town, FRIEND))] == [mine.case]
    assert await town.parts.cases.closed_for(theirs.case.split("/")[1]) == []


async def test_in_the_middle_of_a_text_the_very_same_question_takes_the_answer(town: Town) -> None:
    await town.says("pay my bill", by=FRIEND)
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    theirs = (await town.turn("pay-bill", FRIEND)).case
    (pair,) = (await joined(town)).pairs
    number = FRIEND if pair.goes == theirs else CUSTOMER
    await town.says("40", by=number)
    stays = case if pair.stays == case else theirs
    assert [line.value for line in (await now(town, stays)).answers] == [{"amount": "40.00", "currency": "USD"}]


async def test_in_the_middle_of_a_text_another_question_is_asked_and_nothing_is_taken_for_it(town: Town) -> None:
    mine, _ = await both_pay(town)
    await joined(town)
    said = await town.says("1", by=FRIEND)
    assert "later" in said
    assert [line.key for line in (await now(town, mine.case)).answers] == ["amount"]


async def test_in_the_middle_of_a_call_the_caller_hears_what_is_next(town: Town) -> None:
    mine, theirs = await both_pay(town)
    heard = await town.calls(From=FRIEND)
    assert "How much" in heard
    await joined(town)
    heard = await town.calls(action(heard), From=FRIEND, SpeechResult="twenty five dollars")
    assert "later" in heard
    await town.calls(action(heard), From=FRIEND, SpeechResult="now")
    answers = (await now(town, mine.case)).answers
    assert [line.key for line in answers] == ["amount", "when"]
    assert answers[-1].by.channel == "phone"
    assert (await now(town, theirs.case)).joined == mine.case


async def test_in_the_middle_of_a_page_it_goes_on_in_the_other_case(town: Town) -> None:
    mine, theirs = await both_pay(town)
    visitor = Visitor(town)
    await visitor.signs_in(number=FRIEND)
    assert visitor.page.url.path == f"/case/{theirs.case}"
    form = visitor.form("/answer", value="25")
    await joined(town)
    await visitor.sends("/answer", form)
    assert visitor.page.url.path == f"/case/{mine.case}"
    assert [line.key for line in (await now(town, mine.case)).answers] == ["amount"]
    await visitor.sends("/answer", value="now")
    assert [line.key for line in (await now(town, mine.case)).answers] == ["amount", "when"]


async def test_an_old_pass_leads_into_the_case_that_goes_on_and_back_again(town: Town) -> None:
    mine, theirs = await both_pay(town)
    record = theirs.case.split("/")[1]
    before = await town.parts.passes.issue_code(theirs.case, record)
    join = await joined(town)
    visitor = Visitor(town)
    await visitor.opens("/resume")
    await visitor.sends("/resume/pass", typed=before)
    assert visitor.page.url.path == f"/case/{mine.case}"
    since = await town.parts.passes.issue_code(mine.case, mine.case.split("/")[1])
    assert await registry(town).part(join.id, "Ann", "two people")
    assert await town.parts.passes.use(since, kind="code") is None
    assert "/case/" not in (await visitor.opens(f"/case/{mine.case}")).url.path
    assert await who(town, FRIEND) == record
    assert await town.asks("pay-bill") == "when"
    await town.says("25", by=FRIEND)
    assert [line.key for line in (await now(town, theirs.case)).answers] == ["amount"]
