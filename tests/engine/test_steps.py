"""Steps: done once for an input, undone when what they stood on is gone, sealed by a final one."""

from __future__ import annotations

import asyncio

from models.case import Note, Status, Turn
from models.errors import Declined
from models.ledger import Done, Undone
from tests.engine.shop import Delivery, Shop, answers, asks, choice, given, rows, soon, status, story, text, told
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Order(Moment):
    """Reserves, asks, confirms, orders; what the shop refuses is asked again."""

    async def script(self) -> None:
        item = await self.ask(choice("item", "phone", "tablet"))
        await self.do(Shop.reserve, item, undo=Shop.release)
        card = await self.ask(choice("card", "blue", "gold"))
        await self.confirm("order", item=item, card=card)
        try:
            await self.do(Shop.order, f"{item} by {card}", final=True)
        except Declined as refusal:
            self.reject("card", because=refusal.reason)
        await self.tell("ordered")
        await self.wait_for("shipped")
        rating = await self.ask(choice("rating", "good", "bad"))
        await self.tell("thanks", {"rating": rating})


async def test_a_changed_input_undoes_the_step_and_does_it_anew_under_a_new_key() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    await given(case, item="phone")

    turn = await case.correct("item", "tablet")

    assert asks(turn) == ["card"]
    assert shop.did == [
        ("reserve", "phone", "rehearsal/Shop.reserve/1"),
        ("release", "phone", "rehearsal/undo:Shop.reserve/1"),
        ("reserve", "tablet", "rehearsal/Shop.reserve/2"),
    ]
    undone = case.case.ledger.find(Undone, "Shop.reserve")
    assert undone is not None
    assert undone.attempt == 1
    assert story(case, "did", "undid") == ["did Shop.reserve", "undid Shop.reserve", "did Shop.reserve"]


async def test_the_same_input_stands_whatever_else_changes() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    await given(case, item="phone", card="blue")

    turn = await case.correct("card", "gold")

    assert asks(turn) == ["order"]
    assert shop.did_what == ["reserve phone"]


async def test_no_answer_waits_longer_than_for_the_next_question() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)

    turn = await given(case, item="phone")

    assert asks(turn) == ["card"]
    assert not turn.working
    assert shop.did_what == ["reserve phone"]


async def test_while_a_step_takes_long_answers_and_arrivals_are_told_working_on_it() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    gate = shop.hold("reserve")
    await given(case)
    answering = await soon(case, case.answer("item", "phone"))
    await case.skips(seconds=1)
    assert not answering.done()

    await case.skips(seconds=1)
    turn = await answering
    assert turn.working
    assert asks(turn) == []

    arriving = await soon(case, case.arrive())
    await case.skips(seconds=2)
    assert (await arriving).working
    gate.set()
    assert asks(await case.arrive()) == ["card"]


async def test_in_mid_run_an_answer_is_refused_without_a_turn() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    shop.hold("reserve")
    await given(case)
    await soon(case, case.answer("item", "phone"))

    turn = await case.answer("card", "blue")

    assert turn.note is Note.SETTLING


# -- final -----------------------------------------------------------------------------------------------------


async def ordering(shop: Shop) -> tuple[Rehearsal, asyncio.Task[Turn], asyncio.Event]:
    """A case whose final step is running."""
    case = Rehearsal(Order, shop)
    gate = shop.hold("order")
    await given(case, item="phone", card="blue")
    return case, await soon(case, case.answer("order", True)), gate


async def test_while_a_final_step_runs_nothing_before_it_can_change() -> None:
    case, _, _ = await ordering(Shop())

    assert (await case.correct("card", "gold")).note is Note.SEALED
    assert (await case.correct("card", withdraw=True)).note is Note.SEALED
    turn = await case.cancel()
    assert turn.note is Note.SEALED
    assert not any(line.changeable for line in turn.answers)


async def test_the_seal_is_there_before_the_final_step_is_scheduled() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    await given(case, item="phone", card="blue")
    seen: list[bool] = []
    perform = case.host.perform

    async def looking(call: object) -> object:
        seen.append(case.case.sealing)
        return await perform(call)  # type: ignore[arg-type]  # handed on as it came

    case.host.perform = looking  # type: ignore[method-assign,assignment]  # looks over the host's shoulder
    await case.answer("order", True)

    assert seen[0] is True


async def test_a_correction_that_waited_while_a_final_step_began_is_refused() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    case.host.moving = True
    gate = shop.hold("order")
    await given(case, item="phone", card="blue", order=False)
    await case.answer("order", "card")
    await case.answer("card", "blue")
    await case.move()
    answering = asyncio.create_task(case.answer("order", True))
    await asyncio.sleep(0)
    correcting = asyncio.create_task(case.correct("card", "gold"))
    await case.host.quiet()
    assert case.case.sealing
    gate.set()

    assert (await correcting).note is Note.SEALED
    assert told(await answering) == ["ordered"]
    assert shop.did_what == ["reserve phone", "order phone by blue"]


async def test_success_seals_what_came_before_and_leaves_open_what_comes_after() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    await given(case, item="phone", card="blue", order=True)
    await case.report("shipped")

    turn = await case.correct("card", "gold")
    assert turn.note is Note.SEALED
    assert (await case.cancel()).note is Note.SEALED
    assert asks(turn) == ["rating"]
    turn = await case.answer("rating", "good")

    assert turn.status is Status.FINISHED
    assert shop.did_what == ["reserve phone", "order phone by blue"]


async def test_a_refusal_unseals_and_the_confirmation_is_passed_again() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    shop.next["order"] = [Declined("insufficient-funds")]
    turn = await given(case, item="phone", card="blue", order=True)

    assert asks(turn) == ["card"]
    assert turn.question is not None
    assert turn.question.because is not None
    assert turn.question.because.code == "insufficient-funds"
    assert turn.question.revision == 2
    assert answers(turn) == {"item": "phone"}
    turn = await case.correct("item", "tablet")
    assert turn.note is None
    turn = await case.answer("card", "gold")
    assert asks(turn) == ["order"]


async def test_a_refused_answer_may_be_given_again_but_only_after_a_new_confirmation_and_under_a_new_key() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    shop.next["order"] = [Declined("insufficient-funds")]
    await given(case, item="phone", card="blue", order=True)

    turn = await case.answer("card", "blue")
    assert asks(turn) == ["order"]
    assert shop.keys("order") == ["rehearsal/Shop.order/1"]
    turn = await case.answer("order", True)

    assert told(turn) == ["ordered"]
    assert shop.keys("order") == ["rehearsal/Shop.order/1", "rehearsal/Shop.order/2"]
    assert story(case, "refused", "did")[1:] == ["did Shop.order", "refused card", "did Shop.order"]


class Settling(Moment):
    """Lives with what the shop refuses."""

    async def script(self) -> None:
        try:
            await self.do(Shop.reserve, "phone", undo=Shop.release)
        except Declined as refusal:
            await self.tell("not-to-be-had", {"because": refusal.reason})
        wish = await self.ask(choice("wish", "wait", "call"))
        try:
            await self.do(Shop.reserve, wish, name="later", undo=Shop.release)
        except Declined as refusal:
            self.reject("wish", because=refusal.reason)
        await self.ask(text("last"))


async def test_a_known_refusal_comes_from_the_ledger_on_a_re_run() -> None:
    shop = Shop()
    case = Rehearsal(Settling, shop)
    shop.next["reserve"] = [Declined("sold-out")]
    turn = await case.arrive()
    assert told(turn) == ["not-to-be-had"]
    await case.answer("wish", "wait")

    turn = await case.correct("wish", "call")

    assert told(turn) == []
    assert shop.did_what == ["reserve phone", "reserve wait", "release wait", "reserve call"]


async def test_rejecting_an_answer_leaves_refusals_alone_that_came_before_it() -> None:
    shop = Shop()
    case = Rehearsal(Settling, shop)
    shop.next["reserve"] = [Declined("sold-out"), Declined("nobody-free")]
    await given(case, wish="call")

    turn = await case.answer("wish", "wait")

    assert asks(turn) == ["last"]
    assert shop.did_what == ["reserve phone", "reserve call", "reserve wait"]


# -- technical failures ----------------------------------------------------------------------------------------


async def test_an_uncertain_final_step_stays_sealed_and_is_tried_again_under_the_same_key() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    shop.next["order"] = [ConnectionError(), ConnectionError()]
    turn = await given(case, item="phone", card="blue", order=True)
    assert turn.status is Status.UNCERTAIN
    assert (await case.correct("card", "gold")).note is Note.SEALED
    assert (await case.cancel()).note is Note.SEALED
    assert (await case.arrive()).status is Status.UNCERTAIN

    turn = await case.arrive()

    assert turn.status is Status.OPEN
    assert told(turn) == ["ordered"]
    assert shop.keys("order") == ["rehearsal/Shop.order/1"] * 3


async def test_an_uncertain_final_step_is_tried_again_when_nobody_comes_and_after_a_move() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop, Delivery())
    shop.next["order"] = [ConnectionError(), ConnectionError(), ConnectionError()]
    await given(case, item="phone", card="blue", order=True)
    await case.skips(minutes=16)
    assert status(case) is Status.UNCERTAIN
    await case.move()
    await case.host.quiet()
    assert status(case) is Status.UNCERTAIN

    await case.skips(minutes=16)

    assert status(case) is Status.OPEN
    assert shop.keys("order") == ["rehearsal/Shop.order/1"] * 4


async def test_an_uncertain_effect_that_could_be_undone_is_sealed_too() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    shop.next["reserve"] = [ConnectionError()]
    turn = await given(case, item="phone")
    assert turn.status is Status.UNCERTAIN
    assert (await case.correct("item", "tablet")).note is Note.SEALED
    assert (await case.cancel()).note is Note.SEALED

    turn = await case.arrive()

    assert asks(turn) == ["card"]
    assert shop.keys("reserve") == ["rehearsal/Shop.reserve/1"] * 2
    assert (await case.correct("item", "tablet")).note is None


async def test_an_undo_that_fails_is_uncertain_and_tried_again_under_the_same_key() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop)
    shop.next["release"] = [ConnectionError()]
    await given(case, item="phone")
    turn = await case.correct("item", "tablet")
    assert turn.status is Status.UNCERTAIN
    assert (await case.correct("item", "phone")).note is Note.SEALED

    turn = await case.arrive()

    assert asks(turn) == ["card"]
    assert shop.keys("release") == ["rehearsal/undo:Shop.reserve/1"] * 2
    assert shop.did_what[-1] == "reserve tablet"


class Looking(Moment):
    async def script(self) -> None:
        await self.do(Shop.price, "phone")
        await self.ask(text("name"))


async def test_a_read_that_fails_for_good_is_stuck_and_never_a_raw_error_for_the_script() -> None:
    shop = Shop()
    case = Rehearsal(Looking, shop)
    shop.next["price"] = [ConnectionError("host 10.0.0.1")]
    assert (await case.arrive()).status is Status.STUCK
    assert "10.0.0.1" not in str(rows(case))

    assert asks(await case.arrive()) == ["name"]


async def test_ending_a_case_leaves_alone_what_a_final_step_has_sealed() -> None:
    shop = Shop()
    case = Rehearsal(Order, shop, Delivery())
    await given(case, item="phone", card="blue", order=True)

    await case.skips(days=31)

    assert status(case) is Status.EXPIRED
    assert shop.did_what == ["reserve phone", "order phone by blue"]
    assert case.case.ledger.find(Done, "Shop.order") is not None
