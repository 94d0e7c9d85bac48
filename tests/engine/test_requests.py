"""What a case takes from outside: typed, once, and never the wrong thing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError

from models.case import Answer, Note, Status
from models.errors import AlreadyAnswered
from models.people import Address, Channel
from tests.engine.shop import Delivery, Shop, answers, asks, choice, given, soon, story, text, told
from workflows.engine import seen
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Visit(Moment):
    async def script(self) -> None:
        item = await self.ask(choice("item", "phone", "tablet"))
        await self.do(Shop.reserve, item, undo=Shop.release)
        await self.do(Shop.reserve, "room", name="room", undo=Shop.release)
        await self.ask(text("note", longest=10))
        await self.tell("bye")


def raw(case: Rehearsal, request_id: str = "r-9", **more: Any) -> dict[str, Any]:
    return {"id": request_id, "by": case.by(Channel.WEB).model_dump(mode="json"), **more}


def refused(check: Any, request: Any) -> tuple[str | None, dict[str, Any]]:
    with pytest.raises(ApplicationError) as caught:
        check(request)
    assert caught.value.non_retryable
    return caught.value.type, caught.value.details[0]


# -- refusals --------------------------------------------------------------------------------------------------


async def test_a_refusal_is_typed_and_carries_the_turn() -> None:
    case = Rehearsal(Visit, Shop())
    await given(case, item="phone")
    check = case.script._check_answer

    kind, details = refused(check, raw(case, key="note", revision=1, value="far too long for it"))
    assert (kind, details["reason"], details["facts"]) == ("Unfit", "too-long", {"longest": "10"})
    assert details["turn"]["pending"][0]["question"]["key"] == "note"

    assert refused(check, raw(case, key="note", revision=7, value="hi"))[0] == "AlreadyAnswered"
    assert refused(check, raw(case, key="item", revision=1, value="phone"))[0] == "AlreadyAnswered"
    assert refused(check, raw(case, key="never", revision=1, value="hi"))[0] == "NotAsked"
    assert refused(case.script._check_correction, raw(case, key="never", value="hi"))[0] == "NotAsked"
    assert refused(case.script._check_correction, raw(case, key="item", value="bike"))[0] == "Unfit"


async def test_whatever_is_sent_is_checked_by_us_and_not_by_a_bare_error() -> None:
    case = Rehearsal(Visit, Shop())
    await case.arrive()
    script = case.script
    checks = [
        script._check_arrival, script._check_answer, script._check_correction, script._check_remark,
        script._check_leaving, script._check_cancelling, script._check_event,
    ]  # fmt: skip

    for check in checks:
        nonsense: Any
        for nonsense in (None, 7, "hello", [], {}, {"id": ""}, raw(case, surprise=1)):
            kind, details = refused(check, nonsense)
            assert (kind, details["reason"], details["turn"]) == ("Unfit", "malformed", None)


async def test_refused_requests_change_nothing() -> None:
    case = Rehearsal(Visit, Shop())
    await given(case, item="phone")
    before = case.case.state.model_dump_json()

    await case.answer("note", "far too long for it")
    await case.answer("note", "hi", revision=9)
    await case.correct("item", "bike")

    assert case.case.state.model_dump_json() == before


async def test_a_finished_case_says_so_to_everything_but_an_arrival() -> None:
    case = Rehearsal(Visit, Shop(), Delivery())
    await given(case, item="phone", note="hi")

    assert (await case.arrive()).status is Status.FINISHED
    assert (await case.answer("note", "hi", revision=1)).note is Note.FINISHED
    assert (await case.correct("note", "ho")).note is Note.FINISHED
    assert (await case.remark("and another thing")).note is Note.FINISHED
    assert (await case.cancel()).note is Note.FINISHED
    turn = await case.report("shipped")
    assert turn.note is Note.FINISHED
    assert not any(line.changeable for line in turn.answers)
    assert (await case.leave()).status is Status.FINISHED


# -- once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moved", [False, True])
async def test_the_same_request_again_changes_nothing_also_after_a_move(moved: bool) -> None:
    case = Rehearsal(Visit, Shop())
    await case.arrive(request_id="a")
    await case.answer("item", "phone", request_id="b")
    await case.correct("item", "tablet", request_id="c")
    before = len(case.case.state.unwritten) + case.case.state.sequence
    if moved:
        await case.move()

    assert asks(await case.arrive(request_id="a")) == ["note"]
    again = await case.answer("item", "phone", revision=1, request_id="b")
    assert again.note is None
    assert answers(again) == {"item": "tablet"}
    assert (await case.correct("item", "tablet", request_id="c")).note is None

    assert len(case.case.state.unwritten) + case.case.state.sequence == before


@pytest.mark.parametrize("moved", [False, True])
async def test_the_same_id_with_other_content_is_a_conflict(moved: bool) -> None:
    case = Rehearsal(Visit, Shop())
    await case.arrive(request_id="a")
    await case.answer("item", "phone", request_id="b")
    if moved:
        await case.move()

    assert (await case.answer("item", "tablet", revision=1, request_id="b")).note is Note.CONFLICT
    assert (await case.answer("note", "hi", revision=1, request_id="a")).note is Note.CONFLICT
    assert (await case.correct("item", "tablet", request_id="b")).note is Note.CONFLICT


async def test_a_refused_request_is_not_remembered() -> None:
    case = Rehearsal(Visit, Shop())
    await case.arrive()
    assert (await case.answer("item", "bike", request_id="b")).note is Note.UNFIT

    turn = await case.answer("item", "phone", request_id="b")

    assert turn.note is None
    assert asks(turn) == ["note"]


async def test_a_handler_checks_again_and_does_not_remember_what_it_refuses() -> None:
    case = Rehearsal(Visit, Shop())
    await case.arrive()
    handlers = case.script._requests
    first, second = (
        Answer(id=request, by=case.by(Channel.WEB), key="item", revision=1, value="phone") for request in ("a", "b")
    )
    handlers.check_answer(first)
    handlers.check_answer(second)

    await handlers.answer(first)
    with pytest.raises(AlreadyAnswered):
        await handlers.answer(second)

    assert "a" in case.case.state.recent
    assert "b" not in case.case.state.recent


async def test_an_event_counts_once_and_with_other_content_is_a_conflict() -> None:
    case = Rehearsal(Visit, Shop())
    await case.arrive()
    await case.report("shipped", {"n": 1}, request_id="e1")
    await case.report("shipped", {"n": 1}, request_id="e1")

    assert len(case.case.state.mailbox) == 1
    assert (await case.report("shipped", {"n": 2}, request_id="e1")).note is Note.CONFLICT


async def test_what_is_remembered_is_bounded() -> None:
    case = Rehearsal(Visit, Shop())
    for _ in range(seen.RECENT + 10):
        await case.leave()

    assert len(case.case.state.recent) == seen.RECENT


# -- coming, going, calling off --------------------------------------------------------------------------------


async def test_leaving_and_remarking_never_wait_and_never_rewind() -> None:
    shop = Shop()
    case = Rehearsal(Visit, shop)
    gate = shop.hold("reserve")
    await case.arrive()
    answering = await soon(case, case.answer("item", "phone"))
    generation = case.case.generation

    left = await asyncio.wait_for(case.leave(), 1)
    remarked = await asyncio.wait_for(case.remark("the bell is broken"), 1)

    assert left.working
    assert remarked.working
    assert case.case.generation == generation
    gate.set()
    assert asks(await answering) == ["note"]
    assert "remarked" in story(case)


async def test_cancel_refuses_all_else_and_undoes_in_reverse() -> None:
    shop = Shop()
    case = Rehearsal(Visit, shop)
    await given(case, item="phone")
    gate = shop.hold("release")
    cancelling = await soon(case, case.cancel())
    assert (await case.answer("note", "hi")).note is Note.FINISHED
    assert (await case.correct("item", "tablet")).note is Note.FINISHED
    gate.set()

    turn = await cancelling

    assert turn.status is Status.CANCELLED
    assert asks(turn) == []
    assert shop.did_what == ["reserve phone", "reserve room", "release room", "release phone"]
    assert story(case)[-4:] == ["called_off", "undid room", "undid Shop.reserve", "cancelled"]


async def test_a_cancel_that_cannot_take_everything_back_is_uncertain_until_it_can() -> None:
    shop = Shop()
    case = Rehearsal(Visit, shop)
    await given(case, item="phone")
    shop.next["release"] = [ConnectionError()]

    turn = await case.cancel()
    assert turn.status is Status.UNCERTAIN
    assert not case.case.movable
    turn = await case.arrive()

    assert turn.status is Status.CANCELLED
    assert shop.did_what[2:] == ["release room", "release room", "release phone"]
    assert shop.keys("release")[0] == shop.keys("release")[1]


async def test_presence_follows_whoever_was_there_last() -> None:
    case = Rehearsal(Visit, Shop())
    number = Address(kind="phone", value="+14155550123")
    await case.arrive(Channel.SMS, reply_to=number)
    await case.arrive(Channel.PHONE)
    await case.answer("item", "phone", Channel.SMS)

    here = case.case.visitors.here
    assert here is not None
    assert (here.channel, here.reply_to) == (Channel.SMS, number)
    assert (await case.leave(Channel.PHONE)).status is Status.OPEN
    assert (await case.leave(Channel.SMS)).status is Status.PARKED
    assert (await case.arrive(Channel.WEB)).status is Status.OPEN


async def test_a_case_is_at_rest_for_a_move_only_with_nothing_under_way() -> None:
    shop = Shop()
    case = Rehearsal(Visit, shop)
    gate = shop.hold("reserve")
    await case.arrive()
    assert case.case.movable
    answering = await soon(case, case.answer("item", "phone"))
    assert not case.case.movable
    gate.set()
    await answering
    assert case.case.movable


async def test_everything_is_carried_over_a_move() -> None:
    case = Rehearsal(Visit, Shop())
    turn = await given(case, item="phone")
    before = case.case.state.model_copy(update={"pending": []}).model_dump_json()

    await case.move()
    moved = case.case.state.model_dump_json()
    after = await case.arrive()

    assert moved == before
    assert after.pending == turn.pending
    assert answers(after) == answers(turn)
    assert told(await case.answer("note", "hi")) == ["bye"]
