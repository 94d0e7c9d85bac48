"""What other branches leave behind, what goes out of date, and what may not stand side by side."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from models.case import Status
from models.errors import Declined
from models.money import Money
from models.questions import Amount
from tests.engine.shop import Delivery, Shop, answers, asks, choice, given, status, text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Plan(Moment):
    """Two branches, one of them with steps, a question and a confirmation of its own."""

    async def script(self) -> None:
        plan = await self.ask(choice("plan", "plain", "fancy"))
        if plan == "fancy":
            await self.do(Shop.reserve, "case", name="case", undo=Shop.release)
            await self.do(Shop.reserve, "charger", name="charger", undo=Shop.release)
            colour = await self.ask(choice("colour", "red", "green"))
            await self.confirm("terms", colour=colour)
        await self.ask(text("note"))
        if self.topic.get("order"):
            await self.do(Shop.order, plan, final=True)


def plan_case(shop: Shop, *, order: bool) -> Rehearsal:
    case = Rehearsal(Plan, shop)
    case.opening = case.opening.model_copy(update={"topic": {"order": order}})
    case._begin()
    return case


@pytest.mark.parametrize("order", [True, False])
async def test_orphans_are_undone_in_reverse_before_a_final_step_and_at_the_end(order: bool) -> None:
    shop = Shop()
    case = plan_case(shop, order=order)
    await given(case, plan="fancy", colour="red", terms=True)
    await case.correct("plan", "plain")
    assert shop.did_what == ["reserve case", "reserve charger"]

    turn = await case.answer("note", "none")

    assert turn.status is Status.FINISHED
    after = ["release charger", "release case"] + (["order plain"] if order else [])
    assert shop.did_what[2:] == after


async def test_a_branch_taken_again_finds_its_answers_but_not_its_confirmation() -> None:
    shop = Shop()
    case = plan_case(shop, order=True)
    await given(case, plan="fancy", colour="red", terms=True)
    turn = await case.correct("plan", "plain")
    assert answers(turn) == {"plan": "plain"}

    turn = await case.correct("plan", "fancy")

    assert asks(turn) == ["terms"]
    assert answers(turn) == {"plan": "fancy", "colour": "red"}
    assert shop.did_what == ["reserve case", "reserve charger"]


class Narrow(Moment):
    async def script(self) -> None:
        plan = await self.ask(choice("plan", "plain", "fancy"))
        await self.ask(choice("colour", "red", *(["gold"] if plan == "fancy" else [])))
        await self.ask(text("note"))


async def test_an_answer_that_no_longer_fits_is_asked_again_saying_why() -> None:
    case = Rehearsal(Narrow)
    await given(case, plan="fancy", colour="gold")

    turn = await case.correct("plan", "plain")

    assert asks(turn) == ["colour"]
    assert turn.question is not None
    assert turn.question.because is not None
    assert turn.question.because.code == "no-longer-fits"
    assert turn.question.because.facts == {"why": "not-an-option"}
    assert turn.question.revision > 1


# -- freshness -------------------------------------------------------------------------------------------------


class Fresh(Moment):
    async def script(self) -> None:
        price = await self.do(Shop.price, "phone", fresh=timedelta(hours=1))
        await self.ask(Amount("amount", most=Money.of(price)))
        await self.ask(choice("sure", "yes"))
        await self.do(Shop.order, "phone", final=True)


def ten(amount: str = "10") -> Money:
    return Money.of(amount)


async def test_what_was_read_is_read_again_on_resume_and_what_depends_on_it_must_still_fit() -> None:
    shop = Shop()
    case = Rehearsal(Fresh, shop, Delivery())
    shop.prices = [10, 8]
    await given(case, amount=ten())
    assert asks(await case.arrive()) == ["sure"]
    assert shop.did_what == ["price phone"]
    await case.skips(hours=2)

    turn = await case.arrive()

    assert shop.did_what == ["price phone", "price phone"]
    assert asks(turn) == ["amount"]
    assert turn.question is not None
    assert turn.question.because is not None
    assert turn.question.because.code == "no-longer-fits"


async def test_what_was_read_is_read_again_before_a_final_step() -> None:
    shop = Shop()
    case = Rehearsal(Fresh, shop, Delivery())
    shop.prices = [10, 8]
    await given(case, amount=ten())
    await case.skips(hours=2)

    turn = await case.answer("sure", "yes")

    assert asks(turn) == ["amount"]
    turn = await case.answer("amount", ten("8"))
    assert turn.status is Status.FINISHED
    assert shop.did_what == ["price phone", "price phone", "order phone"]


class TooFresh(Moment):
    async def script(self) -> None:
        await self.do(Shop.price, "phone", fresh=timedelta(seconds=-1))
        await self.do(Shop.order, "phone", final=True)


async def test_what_is_never_fresh_enough_for_a_final_step_is_stuck_and_not_read_for_ever() -> None:
    shop = Shop()

    turn = await Rehearsal(TooFresh, shop).arrive()

    assert turn.status is Status.STUCK
    assert "order phone" not in shop.did_what


class LastOne(Moment):
    """The order itself changes what was read: it took the last one."""

    async def script(self) -> None:
        price = await self.do(Shop.price, "phone", fresh=timedelta(minutes=30))
        await self.ask(choice("colour", "red", "blue"))
        try:
            await self.do(Shop.reserve, f"phone for {price}", undo=Shop.release)
        except Declined as refusal:
            self.reject("colour", because=refusal.reason)
        left = await self.do(Shop.price, "rest", name="rest", fresh=timedelta(minutes=30))
        await self.ask(choice("more", *("yes" for _ in range(left)), "no"))
        await self.wait_for("shipped")
        await self.do(Shop.order, "phone", final=True)


async def test_what_an_effect_that_stands_was_decided_on_does_not_go_stale_by_time() -> None:
    shop = Shop()
    case = Rehearsal(LastOne, shop, Delivery())
    shop.prices = [10, 1, 1, 1]
    await given(case, colour="red")
    await case.skips(hours=2)

    await case.arrive()

    assert shop.did_what == ["price phone", "reserve phone for 10", "price rest", "price rest"]
    await case.answer("more", "no")
    await case.skips(hours=2)
    await case.report("shipped")
    assert status(case) is Status.FINISHED
    assert "release" not in {what for what, _, _ in shop.did}


async def test_before_the_effect_it_goes_stale_and_after_a_refusal_it_is_read_again() -> None:
    shop = Shop()
    case = Rehearsal(LastOne, shop, Delivery())
    shop.prices = [10, 11, 12, 1]
    await given(case)
    await case.skips(hours=2)
    await case.arrive()
    shop.next["reserve"] = [Declined("sold-out")]

    turn = await case.answer("colour", "red")

    assert shop.did_what == ["price phone", "price phone", "reserve phone for 11", "price phone"]
    assert asks(turn) == ["colour"]
    await case.answer("colour", "blue")
    assert shop.did_what[-2:] == ["reserve phone for 12", "price rest"]


class Proved(Moment):
    """That somebody had to prove who they are decides nothing."""

    async def script(self) -> None:
        await self.do(Shop.price, "phone", fresh=timedelta(minutes=30))
        with self.each("verify", "possession"):
            await self.do(Shop.reserve, "a code", undo=Shop.release)
        await self.ask(choice("sure", "yes"))
        await self.do(Shop.order, "phone", final=True)


async def test_a_code_that_was_sent_keeps_nothing_from_going_stale() -> None:
    shop = Shop()
    case = Rehearsal(Proved, shop, Delivery())
    await given(case)
    await case.skips(hours=2)

    await case.answer("sure", "yes")

    assert shop.did_what.count("price phone") == 2


# -- at the same time ------------------------------------------------------------------------------------------


class AskBesideFinal(Moment):
    async def script(self) -> None:
        await asyncio.gather(self.ask(text("note")), self.do(Shop.order, "phone", final=True))


class FinalBesideAsk(Moment):
    async def script(self) -> None:
        await asyncio.gather(self.do(Shop.order, "phone", final=True), self.ask(text("note")))


class FinalBesideStep(Moment):
    async def script(self) -> None:
        await asyncio.gather(
            self.do(Shop.order, "phone", final=True), self.do(Shop.reserve, "phone", undo=Shop.release)
        )


@pytest.mark.parametrize("moment", [AskBesideFinal, FinalBesideAsk, FinalBesideStep])
async def test_nothing_stands_beside_a_final_step(moment: type[Moment]) -> None:
    shop = Shop()

    turn = await Rehearsal(moment, shop).arrive()

    assert turn.status is Status.STUCK
    assert asks(turn) == []
    assert "reserve phone" not in shop.did_what
