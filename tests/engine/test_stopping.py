"""A script is stopped and played again at any moment, and never notices."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import ClassVar

import pytest

from models.case import Note, Status
from models.errors import Declined
from tests.engine.shop import Shop, answers, asks, choice, fact, given, opening, rows, soon, status, story, text, told
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Stubborn(Moment):
    swallowed: ClassVar[list[str]] = []

    async def script(self) -> None:
        await self.ask(text("item"))
        try:
            await self.do(Shop.reserve, "phone", undo=Shop.release)
        except Exception as error:  # noqa: BLE001 - what the test is about
            self.swallowed.append(type(error).__name__)
        await self.tell("reserved")


async def test_a_scripts_except_does_not_swallow_a_stop() -> None:
    shop = Shop()
    case = Rehearsal(Stubborn, shop)
    gate = shop.hold("reserve")
    await case.arrive()
    answering = await soon(case, case.answer("item", "phone"))
    cancelling = await soon(case, case.cancel())
    assert not cancelling.done()
    gate.set()

    assert (await cancelling).status is Status.CANCELLED
    assert (await answering).status is Status.CANCELLED
    assert Stubborn.swallowed == []
    assert shop.did_what == ["reserve phone", "release phone"]
    assert "told reserved" not in story(case)


class Deaf(Moment):
    async def script(self) -> None:
        await self.ask(choice("size", "small", "large"))
        await self.deaf()
        await self.tell("said-after-the-stop")
        await self.ask(text("other"))

    async def deaf(self) -> None:
        with suppress(asyncio.CancelledError):
            await self.ask(text("note"))


async def test_verbs_of_a_stopped_run_do_nothing() -> None:
    case = Rehearsal(Deaf)
    await given(case, size="small")

    turn = await case.correct("size", "large")

    assert told(turn) == []
    assert asks(turn) == ["note"]
    assert (await case.cancel()).status is Status.CANCELLED


class Beside(Moment):
    """Asks for a note while it reserves."""

    async def script(self) -> None:
        item = await self.ask(choice("item", "phone", "tablet"))
        await asyncio.gather(self.ask(text("note")), self.do(Shop.reserve, item, undo=Shop.release))
        await self.ask(text("last"))


async def test_a_step_in_flight_at_a_correction_finishes_and_is_kept_before_the_script_runs_again() -> None:
    shop = Shop()
    case = Rehearsal(Beside, shop)
    gate = shop.hold("reserve")
    await given(case, item="phone")

    correcting = await soon(case, case.correct("item", "tablet"))
    assert shop.did_what == ["reserve phone"]
    gate.set()
    turn = await correcting

    assert asks(turn) == ["note"]
    assert shop.did_what == ["reserve phone", "release phone", "reserve tablet"]


async def test_a_step_in_flight_is_not_done_twice_where_its_input_stays() -> None:
    shop = Shop()
    case = Rehearsal(Beside, shop)
    gate = shop.hold("reserve")
    await given(case, item="phone")
    await case.correct("item", "phone")
    case.case.rewind()
    answering = await soon(case, case.answer("note", "ring twice"))
    gate.set()

    assert asks(await answering) == ["last"]
    assert shop.did_what == ["reserve phone"]


class Browsing(Moment):
    """Asks for a note while it reads."""

    async def script(self) -> None:
        item = await self.ask(choice("item", "phone", "tablet"))
        await asyncio.gather(self.ask(text("note")), self.do(Shop.price, item))
        await self.ask(text("last"))


async def test_a_read_in_flight_is_left_behind() -> None:
    shop = Shop()
    case = Rehearsal(Browsing, shop)
    gate = shop.hold("price")
    await given(case, item="phone")

    turn = await case.correct("item", "tablet")

    assert asks(turn) == ["note"]
    assert answers(turn) == {"item": "tablet"}
    assert shop.did_what == ["price phone", "price tablet"]
    gate.set()
    await case.answer("note", "none")
    assert asks(await case.arrive()) == ["last"]


async def test_a_read_that_was_left_behind_may_fail() -> None:
    shop = Shop()
    case = Rehearsal(Browsing, shop)
    gate = shop.hold("price")
    await given(case, item="phone")
    await case.correct("item", "tablet")
    shop.next["price"] = [ConnectionError()]
    gate.set()

    turn = await case.arrive()

    assert turn.status is Status.OPEN
    assert asks(turn) == ["note"]


class Dropping(Moment):
    """Reads something in one branch only."""

    async def script(self) -> None:
        plan = await self.ask(choice("plan", "plain", "fancy"))
        if plan == "fancy":
            await asyncio.gather(self.ask(text("note")), self.do(Shop.price, plan))
        await self.ask(text("last"))


async def test_a_read_of_a_branch_that_is_gone_may_fail() -> None:
    shop = Shop()
    case = Rehearsal(Dropping, shop)
    gate = shop.hold("price")
    shop.next["price"] = [ConnectionError()]
    await given(case, plan="fancy")
    assert asks(await case.correct("plan", "plain")) == ["last"]
    gate.set()
    await asyncio.sleep(0)
    await case.host.quiet()

    assert case.case.steps.in_flight == {}
    assert status(case) is Status.OPEN


class Twice(Moment):
    async def script(self) -> None:
        await self.ask(text("name"))
        await self.ask(text("name"))


class Recounted(Moment):
    async def script(self) -> None:
        await self.do(Shop.price, "phone")
        await self.do(Shop.price, "tablet")


@pytest.mark.parametrize("moment", [Twice, Recounted])
async def test_the_same_key_twice_raises(moment: type[Moment]) -> None:
    case = Rehearsal(moment, Shop(), opening=opening(moment))
    turn = await given(case, **({"name": "Ann"} if moment is Twice else {}))

    assert turn.status is Status.STUCK
    assert rows(case)[-1].data["error"] == "ScriptError"


class Lines(Moment):
    async def script(self) -> None:
        for line in ("42", "7"):
            with self.each("line", line):
                colour = await self.ask(text("colour"))
                await self.do(Shop.reserve, f"{line} {colour}", undo=Shop.release)
                price = await self.do(Shop.price, colour)
                dearer = await self.do(Shop.price, f"better {colour}", name="better")
                try:
                    await self.do(Shop.reserve, f"extra {price} {dearer}", name="extra", undo=Shop.release)
                except Declined as refusal:
                    self.reject("colour", because=refusal.reason)


async def test_each_names_its_own_by_the_items_id() -> None:
    shop = Shop()
    case = Rehearsal(Lines, shop)
    turn = await case.arrive()
    assert asks(turn) == ["line/42/colour"]
    turn = await case.answer("line/42/colour", "red")
    assert asks(turn) == ["line/7/colour"]

    turn = await case.correct("line/42/colour", "blue")

    assert asks(turn) == ["line/7/colour"]
    assert shop.keys("reserve")[0] == "rehearsal/line/42/Shop.reserve/1"
    assert shop.keys("reserve")[-1] == "rehearsal/line/42/Shop.reserve/2"


async def test_reject_within_each_means_the_items_own_answer() -> None:
    shop = Shop()
    case = Rehearsal(Lines, shop)
    shop.next["reserve"] = [None, None, None, Declined("sold-out")]
    await case.arrive()
    await case.answer("line/42/colour", "red")

    turn = await case.answer("line/7/colour", "green")

    assert asks(turn) == ["line/7/colour"]
    assert answers(turn) == {"line/42/colour": "red"}


class Abandoned(Moment):
    """One half of what it does at once gives up, the other is left behind."""

    async def script(self) -> None:
        await asyncio.gather(self.waiting(), self.rejecting())

    async def waiting(self) -> None:
        await self.wait_for("never")

    async def rejecting(self) -> None:
        await self.ask(text("item"))
        try:
            await self.do(Shop.reserve, "phone", undo=Shop.release)
        except Declined as refusal:
            self.reject("item", because=refusal.reason)


async def test_what_a_run_leaves_behind_does_not_make_the_next_look_settled() -> None:
    shop = Shop()
    case = Rehearsal(Abandoned, shop)
    await case.arrive()
    shop.next["reserve"] = [Declined("sold-out")]
    turn = await case.answer("item", "phone")
    assert asks(turn) == ["item"]

    assert list(case.case.watch.waiting) == ["never"]
    assert len(case.case.asking._waiters) == 1


class Circles(Moment):
    async def script(self) -> None:
        for number in range(2000):
            with self.each("round", str(number)):
                await self.ask(text("known", fact="name"))


async def test_a_run_that_hits_the_ledger_a_thousand_times_without_a_pause_is_stuck() -> None:
    turn = await Rehearsal(Circles, opening=opening(Circles, fact("name", "Ann"))).arrive()

    assert turn.status is Status.STUCK


class Buggy(Moment):
    broken: ClassVar[bool] = True

    async def script(self) -> None:
        name = await self.ask(text("name"))
        if self.broken:
            raise KeyError(name)
        await self.ask(text("street"))


async def test_a_bug_in_a_script_sets_the_case_aside_and_the_next_arrival_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = Rehearsal(Buggy)
    turn = await given(case, name="Ann Smith")
    assert turn.status is Status.STUCK
    assert not turn.working
    stuck = rows(case)[-1]
    assert stuck.what == "stuck"
    assert str(stuck.data["where"]).startswith("test_stopping.py:")
    assert "Ann" not in stuck.model_dump_json()

    assert (await case.arrive()).status is Status.STUCK
    monkeypatch.setattr(Buggy, "broken", False)
    turn = await case.arrive()

    assert turn.status is Status.OPEN
    assert asks(turn) == ["street"]


async def test_a_stuck_case_goes_on_by_itself_once_it_has_moved_to_mended_code(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Rehearsal(Buggy)
    await given(case, name="Ann")
    monkeypatch.setattr(Buggy, "broken", False)

    await case.move()
    await case.host.quiet()

    assert status(case) is Status.OPEN
    assert asks(await case.arrive()) == ["street"]


async def test_a_stuck_case_can_be_called_off() -> None:
    case = Rehearsal(Buggy)
    await given(case, name="Ann")

    turn = await case.cancel()

    assert turn.status is Status.CANCELLED
    assert (await case.answer("name", "Eve")).note is Note.FINISHED


async def test_a_bug_in_a_handler_sets_the_case_aside_instead_of_blocking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Rehearsal(Deaf)
    await case.arrive()

    async def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(case.case.chronicle, "write", broken)
    raw = {"id": "r1", "by": case.by(channel=case.case.state.presence[-1].channel).model_dump(), "text": "hello"}
    with pytest.raises(Exception, match="stuck"):
        await case.script.remark(raw)

    assert status(case) is Status.STUCK
