"""The engine on a real server: what an answer costs, who wins, and what is refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from models.case import Note, Status
from models.people import Channel
from tests.engine.survey import QUESTIONS
from tests.engine.temporal import World, amount

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_bill_is_paid(world: World) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)
    turn = await world.answers(ann, turn, amount("40"), "now", "pm_visa_4242", True)

    assert turn.status is Status.FINISHED
    assert [notice.key for notice in turn.notices] == ["receipt"]
    assert (await world.closed(turn))["status"] == "finished"
    assert await world.payments(ann) == 1
    rows = await world.rows(turn)
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1].what == "finished"


async def test_an_answer_costs_at_most_six_events_and_a_bit(world: World) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await world.start(ann, "survey"), *["x"] * 5)
    before = len((await world.handle(turn).fetch_history()).events)
    answered = QUESTIONS - 10
    turn = await world.answers(ann, turn, *["x"] * answered)
    after = len((await world.handle(turn).fetch_history()).events)

    assert (after - before) / answered <= 6.2


async def test_two_answers_at_once_and_one_wins(world: World) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)
    on_the_web = replace(ann, channel=Channel.WEB)

    first, second = await asyncio.gather(
        world.answer(ann, turn, amount("40")), world.answer(on_the_web, turn, amount("50"))
    )

    assert {first.note, second.note} == {None, Note.ALREADY_ANSWERED}
    lost = first if first.note else second
    won = second if first.note else first
    assert lost.answers == won.answers
    assert lost.pending[0].question.key == "when"


async def test_ten_arrivals_at_once_are_one_case(world: World) -> None:
    ann = await world.somebody()

    turns = await asyncio.gather(*(world.start(ann) for _ in range(10)))

    assert len({turn.case for turn in turns}) == 1
    assert {turn.pending[0].question.key for turn in turns} == {"amount"}
    assert len(await world.board.open_cases(ann.customer)) == 1
    asked = [row for row in await world.rows(turns[0]) if row.what == "asked"]
    assert len(asked) == 1


async def test_a_late_answer_to_a_finished_case_is_told_so_and_the_next_start_is_a_new_case(world: World) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)
    done = await world.answers(ann, turn, amount("40"), "now", "pm_visa_4242", True)
    await world.closed(turn)

    late = await world.answer(ann, turn, amount("50"))

    assert (late.note, late.status) == (Note.FINISHED, Status.FINISHED)
    assert (await world.start(ann)).case == done.case.removesuffix("/1") + "/2"


async def test_the_same_request_again_gets_the_same_and_with_other_content_a_conflict(world: World) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)
    give = world.board.answer
    first = await give(ann, turn.case, "same", "amount", 1, amount("40"))

    assert await give(ann, turn.case, "same", "amount", 1, amount("40")) == first
    assert (await give(ann, turn.case, "same", "amount", 1, amount("50"))).note is Note.CONFLICT


async def test_a_declined_method_is_asked_again_and_a_correction_leads_back_to_the_confirmation(world: World) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)
    turn = await world.answers(ann, turn, amount("40"), "now", "pm_mastercard_0002", True)
    assert turn.pending[0].question.key == "method"
    assert turn.pending[0].because is not None
    assert turn.pending[0].because.code == "insufficient-funds"
    turn = await world.answer(ann, turn, "pm_visa_4242")

    turn = await world.board.correct(ann, turn.case, world.id(), "amount", amount("50"))

    assert turn.pending[0].question.key == "pay"
    assert (await world.answer(ann, turn, True)).status is Status.FINISHED
    assert await world.payments(ann) == 1


async def test_temporals_cancel_takes_the_cases_own_way_out(world: World) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await world.start(ann), amount("40"))

    await world.handle(turn).cancel()

    assert (await world.closed(turn))["status"] == "cancelled"
    assert (await world.rows(turn))[-1].what == "cancelled"
    late = await world.board.answer(ann, turn.case, world.id(), "when", 1, "now")
    assert (late.note, late.status) == (Note.FINISHED, Status.CANCELLED)


@pytest.mark.parametrize("value", ["x" * 600 * 1024, {"amount": "1" * 600 * 1024, "currency": "USD"}])
async def test_an_answer_of_600_kib_is_refused_and_does_no_harm(world: World, value: object) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)

    refused = await world.answer(ann, turn, value)

    assert refused.note is Note.UNFIT
    turn = await world.answers(ann, turn, amount("40"), "now", "pm_visa_4242", True)
    assert turn.status is Status.FINISHED
    history = await world.handle(turn).fetch_history()
    assert max(event.ByteSize() for event in history.events) < 100_000


async def test_while_the_company_takes_long_the_customer_is_told_and_not_kept(world: World) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await world.start(ann), amount("40"), "now", "pm_visa_4242")
    world.wiring.company.delay = 1.2
    try:
        turn = await world.answer(ann, turn, True)
        assert turn.working
        assert (await world.board.correct(ann, turn.case, world.id(), "amount", amount("50"))).note is Note.SEALED
        assert (await world.closed(turn))["status"] == "finished"
    finally:
        world.wiring.company.delay = 0.0
    assert await world.payments(ann) == 1


async def test_malformed_requests_are_refused_with_a_type_and_the_case_goes_on(world: World) -> None:
    ann = await world.somebody()
    turn = await world.start(ann)
    handle = world.handle(turn)

    for nonsense in (7, "hello", {"id": "x"}):
        with pytest.raises(Exception) as caught:
            await handle.execute_update("answer", nonsense)
        assert getattr(caught.value.__cause__, "type", None) == "Unfit"

    assert (await world.answer(ann, turn, amount("40"))).note is None
