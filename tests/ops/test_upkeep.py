"""Looking after real cases on a real server: found, tried again, skipped, put back, ended, archived."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio.worker import UnsandboxedWorkflowRunner

from database.audit import Audit
from database.cases import Cases
from database.repairs import Repairs
from models.case import Status, Turn
from models.staff import Person, Role
from models.upkeep import Order
from ops.archive import Archive, all_runs, gather
from ops.upkeep import Upkeep, upkeep
from switchboard.switchboard import Speaker
from tests.engine import temporal
from tests.engine.temporal import MOMENTS, World, amount
from tests.ops.faulted import pay_bill
from worker import worker_for

pytestmark = pytest.mark.asyncio(loop_scope="session")
CARD = "pm_visa_4242"
WHEN = "        when = await"
WHY = "the books say it went through"


def olu(name: str = "Olu") -> Person:
    made = {"team": "operations", "local": True, "made_at": "2026-01-01T00:00:00Z"}
    return Person.model_validate({"id": "p_olu", "sign_in": "ops", "name": name, "role": Role.OPS, **made})


def looking(world: World) -> Upkeep:
    wiring = world.wiring
    return upkeep(
        wiring.client, wiring.database, wiring.vault, wiring.line(), wiring.outreach(), tuple(MOMENTS.values())
    )


async def until(done: Callable[[], Awaitable[Any]], seconds: float = 8) -> Any:
    async with asyncio.timeout(seconds):
        while not (found := await done()):
            await asyncio.sleep(0.05)
        return found


async def repaired(world: World, order: Order, *cases: str) -> list[tuple[str, str]]:
    """The job to its end: outcome and word of each case."""
    ops = looking(world)
    job = await ops.repairs.make(order, cases, olu(), 6000)
    await ops.run(job, order, olu(), 6000)
    return [(verdict.outcome, verdict.told) for verdict in await ops.repairs.verdicts(job)]


async def paying(world: World) -> tuple[Speaker, Turn]:
    """Somebody who is asked whether to pay."""
    speaker = await world.somebody()
    turn = await world.answers(speaker, await world.start(speaker), amount("40"), "now", CARD)
    assert turn.pending[0].question.key == "pay"
    return speaker, turn


async def status(world: World, turn: Turn) -> Status:
    found = await Cases(world.wiring.database).get(turn.case)
    assert found is not None
    return found.status


async def test_a_step_whose_company_is_away_is_found_and_tried_again_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker, turn = await paying(world)
    real, away = world.wiring.company.charge, True

    async def charge(*given: Any) -> Any:
        if away:
            raise ConnectionError
        return await real(*given)

    monkeypatch.setattr(world.wiring.company, "charge", charge)
    turn = await world.answer(speaker, turn, True)
    assert turn.working
    ops = looking(world)
    seen = await until(lambda: _tried(ops, turn.case, 3))
    assert (seen.key, seen.error) == ("Billing.take_payment", "ConnectionError")

    away = False
    ((outcome, told),) = await repaired(world, Order(action="retry", why=WHY), turn.case)
    assert (outcome, told) in {("done", "hurried"), ("done", "working"), ("done", "went-on")}

    await world.closed(turn)
    assert await status(world, turn) is Status.FINISHED
    assert await world.payments(speaker) == 1
    deeds = [deed async for deed in Audit(world.wiring.database).deeds(customer=speaker.customer)]
    assert [(deed.what, deed.name, str(deed.note).startswith(WHY)) for deed in deeds] == [("repair-retry", "Olu", True)]


async def test_code_that_does_not_fit_a_case_is_found_and_code_that_fits_goes_on_with_it(
    temporal_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.stuck.MANY", 3)
    waits = pay_bill(tmp_path, WHEN, f"        await __import__('asyncio').sleep(3)\n{WHEN}")
    own = temporal.world(temporal_address, tmp_path / "segue.db", SEGUE_TASK_QUEUE="code-that-does-not-fit")
    async with own as world:
        async with world.worker(versioned=False):
            speaker = await world.somebody()
            turn = await world.answers(speaker, await world.start(speaker), amount("40"))
        unfit = worker_for(world.wiring, versioned=False, workflows=[waits], runner=UnsandboxedWorkflowRunner())
        async with unfit:
            answered = asyncio.create_task(world.answer(speaker, turn, "now"))
            (stuck,) = await until(looking(world).finder.find, 30)
        assert (stuck.case, stuck.kind, stuck.attempts >= 3) == (turn.case, "task-failing", True)
        async with world.worker(versioned=False):
            await asyncio.gather(answered, return_exceptions=True)
            await until(lambda: _asks(world, turn.case, "method"), 30)
            assert await looking(world).finder.find() == []


async def _asks(world: World, case: str, key: str) -> bool:
    turn = await Cases(world.wiring.database).turn(case)
    return bool(turn and turn.question and turn.question.question.key == key)


async def _tried(ops: Upkeep, case: str, times: int) -> Any:
    seen = await ops.finder.underway(case)
    return seen if seen is not None and seen.attempts >= times else None


async def test_a_step_is_skipped_with_a_value_and_done_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    speaker, turn = await paying(world)
    tries = 0

    async def charge(*given: Any) -> Any:
        nonlocal tries
        tries += 1
        raise ConnectionError

    monkeypatch.setattr(world.wiring.company, "charge", charge)
    turn = await world.answer(speaker, turn, True)
    receipt = {
        "reference": "R-1", "amount": amount("40"), "method": "Visa", "at": "2026-01-01T00:00:00Z", "on": None,
        "left": amount("0.00"),
    }  # fmt: skip
    wrong = Order(action="skip", why=WHY, key="Billing.take_payment", value={"reference": "R-1"})
    (would,) = await looking(world).try_out(wrong, [turn.case])
    assert (would.outcome, would.told) == ("refused", "value"), "the dry run does not promise what the case will refuse"
    assert await repaired(world, wrong, turn.case) == [("refused", "value")]

    right = wrong.model_copy(update={"value": receipt})
    (would,) = await looking(world).try_out(right, [turn.case])
    assert (would.outcome, would.told) == ("waiting", "ok")
    assert set(receipt) <= set(json.loads(looking(world).shape(turn.case, right.key)))
    assert await repaired(world, right, turn.case) == [("done", "skipped")]

    await world.closed(turn)
    before = tries
    assert [row.key for row in await world.rows(turn) if row.what in {"supplied", "did"}] == [
        "Billing.take_payment"
    ] * 2
    assert tries == before
    assert await world.payments(speaker) == 0


async def test_a_case_is_put_back_and_goes_on_with_nothing_said_or_counted_twice(world: World) -> None:
    speaker, turn = await paying(world)
    ops, before = looking(world), await world.rows(turn)
    points = await ops.points(turn.case)
    first = next(point for point in points if point.asks == ("when",))
    (would,) = await ops.try_out(Order(action="reset", why=WHY, place=first.place), [turn.case])
    assert (would.outcome, would.about) == ("waiting", f"{first.place} when")

    reset = Order(action="reset", why=WHY, place=first.place)
    assert await repaired(world, reset, turn.case) == [("done", "reset")]

    again = await world.start(speaker)
    assert [pending.question.key for pending in again.pending] == ["when"]
    rows = await world.rows(turn)
    assert rows[: len(before)] == before
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert "reset" in [row.what for row in rows[len(before) :]]
    turn = await world.answers(speaker, again, "now", CARD, True)
    assert turn.status is Status.FINISHED
    await world.closed(turn)
    runs = await all_runs(world.wiring.client, Archive(world.wiring.database, world.wiring.vault), turn.case)
    assert len(runs) == 2
    assert await repaired(world, reset, turn.case) == [("refused", "closed")]


async def test_there_is_no_way_back_behind_what_was_done(world: World) -> None:
    speaker = await world.somebody()
    turn = await world.start(speaker, "upgrade-device")
    assert turn.pending
    verdicts = await looking(world).try_out(
        Order(action="reset", why=WHY, place="1.9999"), [turn.case, "pay-bill/c_x/1"]
    )
    assert [verdict.told for verdict in verdicts] == ["no-point", "gone"]


async def test_a_case_is_ended_with_word_to_the_customer_who_can_begin_anew(world: World) -> None:
    speaker, turn = await paying(world)

    assert await repaired(world, Order(action="terminate", why=WHY), turn.case) == [("done", "ended")]

    assert await status(world, turn) is Status.CANCELLED
    assert [row.what for row in await world.rows(turn)][-2:] == ["ended", "told"]
    (told,) = [message for key, message in world.post.messages.items() if key == f"{turn.case}/reach/ended"]
    assert "closed" in told.body
    assert (await world.start(speaker)).case != turn.case
    assert await repaired(world, Order(action="terminate", why=WHY), turn.case) == [("done", "ended")]
    assert sum(key.startswith(f"{turn.case}/reach/ended") for key in world.post.messages) == 1


async def test_what_is_closed_is_archived_and_reads_as_it_was(world: World) -> None:
    speaker, turn = await paying(world)
    await world.answer(speaker, turn, True)
    await world.closed(turn)
    archive = Archive(world.wiring.database, world.wiring.vault)
    server = await world.handle(turn).fetch_history()

    await until(lambda: gather(world.wiring.client, archive, query=f"WorkflowId = '{turn.case}'"))

    (kept,) = await archive.of(turn.case)
    assert (kept.workflow_id, kept.events) == (turn.case, server.events)
    assert turn.case in {history.workflow_id async for history in archive.all(moment="pay-bill")}
    assert await gather(world.wiring.client, archive, query=f"WorkflowId = '{turn.case}'") == 0
    await world.wiring.vault.destroy(speaker.customer)
    assert await archive.of(turn.case) == []


async def test_a_job_is_stopped_from_elsewhere_and_taken_up_again(world: World) -> None:
    turns = [(await paying(world))[1] for _ in range(3)]
    ops, order = looking(world), Order(action="terminate", why=WHY, word=False)
    job = await ops.begin(order, [turn.case for turn in turns], olu(), 60)
    await until(lambda: _ended(ops, job, 1))

    await Repairs(world.wiring.database).stop(job)

    (stopped,) = await until(lambda: _in_state(ops, job, "stopped"))
    assert stopped.counts == {"done": 1, "waiting": 2}
    assert await ops.go_on(job, olu())
    assert not await ops.go_on(job, olu())
    await ops.stop(job)


async def _ended(ops: Upkeep, job: str, count: int) -> bool:
    return (await ops.repairs.jobs(only=[job]))[0].counts.get("done", 0) >= count


async def _in_state(ops: Upkeep, job: str, state: str) -> Any:
    found = await ops.repairs.jobs(only=[job])
    return found if found[0].state == state else None
