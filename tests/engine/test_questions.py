"""Questions: asked once, answered by whoever comes first, confirmed exactly as shown."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from channels.wording.book import wording
from models.case import Note, Status
from models.ledger import Answered
from models.money import Money
from models.people import Channel
from models.questions import Amount, Change, Choice, Confirm, Date, Option
from tests.engine.shop import Shop, answers, asks, choice, fact, given, opening, rows, soon, story, text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Pay(Moment):
    async def script(self) -> None:
        amount = await self.ask(Amount("amount", most=Money.of(100)))
        await self.ask(text("note"))
        await self.confirm("pay", amount=amount)
        await self.ask(text("last"))


def usd(amount: int) -> dict[str, str]:
    return {"amount": str(amount), "currency": "USD"}


async def test_what_was_confirmed_and_changed_and_changed_back_is_confirmed_anew() -> None:
    case = Rehearsal(Pay)
    turn = await given(case, amount=usd(10), note="-", pay=True)
    assert asks(turn) == ["last"]

    turn = await case.correct("amount", usd(20))
    assert asks(turn) == ["pay"]
    assert turn.question is not None
    assert turn.question.because is not None
    assert turn.question.because.code == "changed"
    turn = await case.correct("amount", usd(10))

    assert asks(turn) == ["pay"]
    assert isinstance(turn.pending[0].question, Confirm)
    assert asks(await case.answer("pay", True)) == ["last"]


async def test_two_corrections_at_the_same_moment_do_not_bring_a_confirmation_back() -> None:
    case = Rehearsal(Pay)
    await given(case, amount=usd(10), note="-", pay=True)

    turns = await asyncio.gather(case.correct("amount", usd(20)), case.correct("amount", usd(10)))

    assert asks(turns[-1]) == ["pay"]


async def test_a_confirmation_stands_while_what_it_confirmed_is_the_same() -> None:
    case = Rehearsal(Pay)
    await given(case, amount=usd(10), note="-", pay=True)

    assert asks(await case.correct("note", "ring twice")) == ["last"]
    assert asks(await case.correct("amount", usd(10))) == ["last"]


async def test_a_withdrawn_answer_takes_the_confirmations_behind_it_along() -> None:
    case = Rehearsal(Pay)
    await given(case, amount=usd(10), note="-", pay=True)

    assert asks(await case.correct("amount", withdraw=True)) == ["amount"]
    assert asks(await case.answer("amount", usd(10))) == ["pay"]


async def test_no_to_a_confirmation_leads_to_what_should_change_and_never_on() -> None:
    case = Rehearsal(Pay)
    turn = await given(case, amount=usd(10), note="-", pay=False)

    assert turn.question is not None
    assert isinstance(turn.question.question, Change)
    assert turn.question.question.answers == ["amount", "note"]
    assert asks(await case.arrive()) == ["pay"]
    assert (await case.answer("pay", True)).note is Note.UNFIT
    turn = await case.answer("pay", "amount")
    assert asks(turn) == ["amount"]
    turn = await case.answer("amount", usd(30))
    assert isinstance(turn.pending[0].question, Confirm)
    assert turn.pending[0].question.values == {"amount": usd(30)}


async def test_after_no_a_correction_says_what_should_change_as_well() -> None:
    case = Rehearsal(Pay)
    await given(case, amount=usd(10), note="-", pay=False)

    turn = await case.correct("amount", usd(30))

    assert isinstance(turn.pending[0].question, Confirm)


class Beside(Moment):
    """Confirms beside a question."""

    async def script(self) -> None:
        await asyncio.gather(self.ask(text("name")), self.confirm("terms", version=3))
        await self.ask(text("last"))


async def test_a_confirmation_goes_with_an_answer_that_came_before_it_also_beside_it() -> None:
    case = Rehearsal(Beside)
    assert asks(await given(case, name="Ann", terms=True)) == ["last"]

    turn = await case.correct("name", withdraw=True)

    assert asks(turn) == ["name", "terms"]


class Priced(Moment):
    """Reads something between the confirmation and the last question."""

    async def script(self) -> None:
        amount = await self.ask(Amount("amount", most=Money.of(100)))
        await self.confirm("pay", amount=amount)
        await self.do(Shop.price, "phone")
        await self.ask(text("last"))


async def test_two_corrections_that_waited_for_the_same_moment_come_one_after_the_other() -> None:
    shop = Shop()
    case = Rehearsal(Priced, shop)
    gate = shop.hold("price")
    await given(case, amount=usd(10))
    answering = await soon(case, case.answer("pay", True))
    first = await soon(case, case.correct("amount", usd(20)))
    second = await soon(case, case.correct("amount", usd(10)))
    gate.set()

    assert (await first).note is None
    assert asks(await second) == ["pay"]
    await answering


async def test_a_correction_that_waited_while_the_case_was_called_off_is_told_so() -> None:
    shop = Shop()
    case = Rehearsal(Priced, shop)
    shop.hold("price")
    await given(case, amount=usd(10))
    await soon(case, case.answer("pay", True))
    correcting = await soon(case, case.correct("amount", usd(20)))

    assert (await case.cancel()).status is Status.CANCELLED

    assert (await correcting).note is Note.FINISHED
    assert "corrected amount" not in story(case)


# -- revisions -------------------------------------------------------------------------------------------------


class Shifting(Moment):
    async def script(self) -> None:
        plan = await self.ask(choice("plan", "small", "large", "huge"))
        most = Money.of(10 if plan == "small" else 50)
        await self.ask(Amount("amount", most=most))


async def test_a_re_run_that_asks_the_same_keeps_every_open_page_fresh() -> None:
    case = Rehearsal(Shifting)
    await given(case, plan="large")
    turn = await case.correct("plan", "huge")
    assert turn.pending[0].revision == 1

    turn = await case.answer("amount", usd(40), revision=1)

    assert turn.status is Status.FINISHED
    assert story(case, "asked") == ["asked plan", "asked amount"]


async def test_what_is_asked_differently_has_a_new_revision_and_the_old_page_is_told_so() -> None:
    case = Rehearsal(Shifting)
    await given(case, plan="large")
    turn = await case.correct("plan", "small")
    assert turn.pending[0].revision == 2

    turn = await case.answer("amount", usd(40), revision=1)

    assert turn.note is Note.ALREADY_ANSWERED
    assert asks(turn) == ["amount"]


# -- at once ---------------------------------------------------------------------------------------------------


class Several(Moment):
    async def script(self) -> None:
        name, street = await asyncio.gather(self.ask(text("name")), self.ask(text("street")))
        await self.confirm("both", name=name, street=street)


async def test_parallel_questions_stand_in_the_scripts_order_and_take_their_answers_in_any() -> None:
    case = Rehearsal(Several)
    turn = await case.arrive()
    assert asks(turn) == ["name", "street"]
    assert turn.question is turn.pending[0]

    assert asks(await case.answer("street", "1 High St")) == ["name"]
    turn = await case.answer("name", "Ann")

    assert asks(turn) == ["both"]
    assert asks(await case.correct("name", withdraw=True)) == ["name"]


async def test_two_channels_answer_at_once_and_the_first_wins() -> None:
    case = Rehearsal(Several)
    await case.arrive()

    first, second = await asyncio.gather(
        case.answer("name", "Ann", Channel.SMS), case.answer("name", "Eve", Channel.WEB, revision=1)
    )

    assert first.note is None
    assert second.note is Note.ALREADY_ANSWERED
    assert answers(second)["name"] == "Ann"


async def test_right_after_a_move_an_answer_is_taken_before_the_script_has_run() -> None:
    case = Rehearsal(Several)
    await case.arrive()
    await case.move()
    assert case.case.state.pending == []

    turn = await case.answer("street", "1 High St", revision=1)

    assert turn.note is None
    assert asks(turn) == ["name"]
    assert story(case, "asked") == ["asked name", "asked street"]


async def test_right_after_a_move_a_wrong_or_old_answer_is_refused_as_ever() -> None:
    case = Rehearsal(Several)
    await given(case, street="1 High St")
    await case.move()

    assert (await case.answer("street", "2 High St", revision=1)).note is Note.SETTLING
    await case.move()
    assert (await case.answer("name", "")).note is Note.UNFIT


async def test_no_to_a_confirmation_holds_over_a_move() -> None:
    case = Rehearsal(Pay)
    await given(case, amount=usd(10), note="-", pay=False)
    await case.move()

    assert asks(await case.answer("pay", "amount")) == ["amount"]
    await case.move()
    turn = await case.answer("amount", usd(10))
    assert isinstance(turn.pending[0].question, Confirm)


# -- known before ----------------------------------------------------------------------------------------------


class Delivered(Moment):
    async def script(self) -> None:
        street = await self.ask(text("street", fact="address"))
        await self.confirm("there", street=street)
        await self.ask(text("last"))


async def test_a_fact_is_used_instead_of_asking_and_the_timeline_says_so() -> None:
    case = Rehearsal(Delivered, opening=opening(Delivered, fact("address", "1 High St")))

    turn = await case.arrive()

    assert asks(turn) == ["there"]
    assert answers(turn) == {"street": "1 High St"}
    known = next(row for row in rows(case) if row.what == "known")
    assert known.key == "street"
    assert known.data["fact"] == "address"
    assert known.channel is Channel.SMS


async def test_a_fact_that_does_not_fit_or_is_out_of_date_is_asked() -> None:
    old = fact("address", "1 High St").model_copy(update={"until": datetime(2026, 3, 1, tzinfo=UTC)})

    for known in (fact("address", ""), old):
        case = Rehearsal(Delivered, opening=opening(Delivered, known))
        assert asks(await case.arrive()) == ["street"]


async def test_what_is_answered_becomes_a_fact_and_so_does_its_correction() -> None:
    case = Rehearsal(Delivered)
    await given(case, street="1 High St")
    assert [f.value for page in case.host.pages for f in page.facts] == ["1 High St"]

    await case.correct("street", "2 High St")

    assert [f.value for f in case.host.pages[-1].facts] == ["2 High St"]
    assert [f.value for f in case.facts] == ["2 High St"]


@pytest.mark.parametrize("known", [True, False])
async def test_what_is_withdrawn_is_asked_and_not_brought_back_by_a_fact(known: bool) -> None:
    facts = [fact("address", "1 High St")] if known else []
    case = Rehearsal(Delivered, opening=opening(Delivered, *facts))
    turn = await case.arrive() if known else await given(case, street="1 High St")
    assert asks(turn) == ["there"]

    turn = await case.correct("street", withdraw=True)

    assert asks(turn) == ["street"]


async def test_what_was_learned_but_not_written_before_a_move_is_written_after_it() -> None:
    case = Rehearsal(Delivered)
    await case.arrive()
    case.host.journal_away = True
    await case.answer("street", "1 High St")
    await case.move()
    case.host.journal_away = False

    await case.answer("there", True)

    assert [f.value for f in case.host.pages[-1].facts] == ["1 High St"]


class Offered(Moment):
    async def script(self) -> None:
        cover = await self.offer(choice("cover", "full", "basic"))
        await self.tell("chosen", {"cover": cover})
        await self.ask(text("last"))


@pytest.mark.parametrize("reply", [None, "full"])
async def test_an_offer_may_be_declined(reply: str | None) -> None:
    case = Rehearsal(Offered)
    await case.arrive()

    turn = await case.answer("cover", reply)

    assert asks(turn) == ["last"]
    assert turn.notices[0].data == {"cover": reply}


async def test_what_is_asked_may_not_be_declined() -> None:
    case = Rehearsal(Several)
    await case.arrive()

    assert (await case.answer("name", None)).note is Note.UNFIT


class Someday(Moment):
    async def script(self) -> None:
        today = self.today()
        await self.ask(Date("day", earliest=today))
        await self.ask(text("note"))


async def test_today_is_the_day_it_was_first_asked_and_the_customers() -> None:
    case = Rehearsal(Someday, clock=datetime(2026, 3, 2, 3, 0, tzinfo=UTC))
    turn = await case.arrive()
    assert turn.pending[0].question.earliest.isoformat() == "2026-03-01"  # type: ignore[union-attr]  # it is the Date
    await case.skips(days=3)

    await case.answer("day", "2026-03-01")
    await case.move()
    turn = await case.correct("day", withdraw=True)

    assert turn.pending[0].question.earliest.isoformat() == "2026-03-01"  # type: ignore[union-attr]  # as above


async def test_every_answer_says_where_it_came_from() -> None:
    case = Rehearsal(Several, Shop())
    await case.arrive(Channel.PHONE)
    await case.answer("name", "Ann", Channel.PHONE)
    turn = await case.answer("street", "1 High St", Channel.SMS)

    by: dict[str, Any] = {line.key: line.by.channel for line in turn.answers}
    assert by == {"name": Channel.PHONE, "street": Channel.SMS}
    assert [e.key for e in case.case.ledger.all(Answered)] == ["name", "street"]


async def test_an_answer_that_is_an_id_keeps_what_it_stands_for() -> None:
    class Picking(Moment):
        async def script(self) -> None:
            await self.ask(Choice("device", options=[Option(id="aurora-x2", label="Aurora X2")]))
            await self.ask(text("last"))

    case = Rehearsal(Picking)
    turn = await given(case, device="aurora-x2")
    assert [(line.value, line.shown) for line in turn.answers] == [("aurora-x2", "Aurora X2")]
    words = wording("en", "America/New_York")
    (row,) = [row for row in rows(case) if row.what == "answered"]
    assert words.story("picking", row).endswith("gave the device: Aurora X2.")
