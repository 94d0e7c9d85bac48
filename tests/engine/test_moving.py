"""A case moves: to a new run, to another worker, out of memory and back, onto a new build."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory

import worker
from bootstrap import Wiring
from models.case import Note, Status, Turn
from models.people import Channel
from switchboard.switchboard import Speaker
from tests.engine import temporal
from tests.engine.survey import QUESTIONS
from tests.engine.temporal import World, amount
from workflows.engine import temporal_host

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def own(address: str, folder: Path, **settings: Any) -> AsyncIterator[World]:
    """A world with a task queue of its own, and no worker yet."""
    given = {"SEGUE_TASK_QUEUE": folder.name} | settings
    async with temporal.world(address, folder / "segue.db", **given) as world:
        yield world


async def runs(world: World, turn: Turn) -> list[WorkflowHistory]:
    """The histories of all runs of a case, first to last."""
    histories = [await world.handle(turn).fetch_history()]
    while True:
        started = histories[0].events[0].workflow_execution_started_event_attributes
        if not started.continued_execution_run_id:
            return histories
        handle = world.wiring.client.get_workflow_handle(turn.case, run_id=started.continued_execution_run_id)
        histories.insert(0, await handle.fetch_history())


# -- to a new run, with everybody talking ----------------------------------------------------------------------


async def talk(world: World, speaker: Speaker, turn: Turn, name: str) -> list[str]:
    """Remark, arrive and leave without a pause; returns what was remarked."""
    said = []
    for number in range(12):
        text = f"{name} {number}"
        await world.board.remark(speaker, turn.case, world.id(), text)
        said.append(text)
        await world.board.arrive(speaker, turn.case, world.id())
        await world.board.leave(speaker, turn.case, world.id())
    return said


async def correct(world: World, speaker: Speaker, turn: Turn) -> dict[str, str]:
    """Change early answers without a pause; returns what stands."""
    stands = {}
    for number in range(12):
        key, value = f"q{number % 2}", f"changed {number}"
        corrected = await world.board.correct(speaker, turn.case, world.id(), key, value)
        assert corrected.note is None
        stands[key] = value
    return stands


async def answer_all(world: World, speaker: Speaker, turn: Turn) -> dict[str, str]:
    """Answer what is asked until it is only to be confirmed; every second request is sent twice."""
    stands = {}
    while turn.pending[0].question.kind != "confirm":
        pending = turn.pending[0]
        key, request = pending.question.key, world.id()
        send = [world.board.answer(speaker, turn.case, request, key, pending.revision, f"to {key}") for _ in range(2)]
        first, second = await asyncio.gather(*send)
        assert (first.note, second.note) == (None, None)
        stands[key] = f"to {key}"
        turn = first
    return stands


async def test_moving_on_in_the_middle_of_traffic_loses_nothing_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporal_host, "UPDATES_PER_RUN", 10)
    ann = await world.somebody()
    desk, web = replace(ann, channel=Channel.DESK), replace(ann, channel=Channel.WEB)
    turn = await world.answers(ann, await world.start(ann, "survey"), "to q0", "to q1")

    answered, corrected, *remarks = await asyncio.gather(
        answer_all(world, ann, turn),
        correct(world, desk, turn),
        talk(world, web, turn, "web"),
        talk(world, desk, turn, "desk"),
    )
    turn = await world.board.arrive(ann, turn.case, world.id())
    done = await world.answer(ann, turn, True)

    assert done.status is Status.FINISHED
    await world.closed(turn)
    stands = {line.key: line.value for line in turn.answers}
    assert stands == answered | corrected
    assert len(stands) == QUESTIONS
    assert len(await runs(world, turn)) >= 8
    rows = await world.rows(turn)
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    said = Counter(str(row.data["text"]) for row in rows if row.what == "remarked")
    assert said == Counter(text for talked in remarks for text in talked)
    assert max(Counter(row.key for row in rows if row.what in {"asked", "answered"}).values()) == 2


async def test_a_bill_is_paid_once_though_the_case_moves_before_every_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporal_host, "UPDATES_PER_RUN", 1)
    ann = await world.somebody()
    turn = await world.start(ann)
    turn = await world.answers(ann, turn, amount("40"), "now", "pm_mastercard_0002", True, "pm_visa_4242", True)

    assert turn.status is Status.FINISHED
    await world.closed(turn)
    assert await world.payments(ann) == 1
    assert len(await runs(world, turn)) >= 6


async def test_an_id_with_other_content_is_a_conflict_also_in_the_next_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(temporal_host, "UPDATES_PER_RUN", 1)
    ann = await world.somebody()
    turn = await world.start(ann)
    give = world.board.answer
    await give(ann, turn.case, "same", "amount", 1, amount("40"))
    await give(ann, turn.case, world.id(), "when", 1, "now")

    assert (await give(ann, turn.case, "same", "amount", 1, amount("50"))).note is Note.CONFLICT
    again = await give(ann, turn.case, "same", "amount", 1, amount("40"))
    assert again.note is None
    assert again.pending[0].question.key == "method"


# -- to another worker -----------------------------------------------------------------------------------------


async def test_another_worker_goes_on_where_one_stopped(temporal_address: str, tmp_path: Path) -> None:
    async with own(temporal_address, tmp_path) as world:
        ann = await world.somebody()
        async with world.worker(versioned=False):
            turn = await world.answers(ann, await world.start(ann), amount("40"), "now")
        answering = asyncio.create_task(world.answer(ann, turn, "pm_visa_4242"))
        await asyncio.sleep(0.2)
        assert not answering.done()
        async with world.worker(versioned=False):
            turn = await world.answer(ann, await answering, True)
            assert turn.status is Status.FINISHED
        assert await world.payments(ann) == 1


async def test_a_worker_without_memory_plays_a_whole_case(temporal_address: str, tmp_path: Path) -> None:
    async with own(temporal_address, tmp_path, SEGUE_CASES_IN_MEMORY=0) as world, world.worker(versioned=False):
        ann = await world.somebody()
        turn = await world.answers(ann, await world.start(ann), amount("40"), "now", "pm_mastercard_0002", True)
        turn = await world.board.correct(ann, turn.case, world.id(), "amount", amount("50"))
        turn = await world.answers(ann, turn, "pm_visa_4242", True)

        assert turn.status is Status.FINISHED
        assert await world.payments(ann) == 1


# -- onto a new build ------------------------------------------------------------------------------------------


async def build_of(world: World, turn: Turn) -> str:
    """The build a case is pinned to."""
    info = (await world.handle(turn).describe()).raw_description.workflow_execution_info
    return info.versioning_info.deployment_version.build_id


async def test_a_case_stays_on_its_build_and_moves_to_the_current_one_at_its_next_pause(
    temporal_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "DEPLOYMENT", tmp_path.name)
    async with own(temporal_address, tmp_path, SEGUE_BUILD="a") as old:
        ann = await old.somebody()
        async with old.worker():
            await worker.make_current(old.wiring)
            turn = await old.answers(ann, await old.start(ann), amount("40"))
            assert await build_of(old, turn) == "a"
            new = replace(old, wiring=on_build(old.wiring, "b"))
            async with new.worker():
                await worker.make_current(new.wiring)
                assert await build_of(new, turn) == "a"

                turn = await new.answer(ann, turn, "now")
                turn = await arriving_until_on(new, ann, turn, "b")

                assert {line.key: line.value for line in turn.answers} == {"amount": amount("40"), "when": "now"}
                turn = await new.answers(ann, turn, "pm_visa_4242", True)
                assert turn.status is Status.FINISHED
                assert len(await runs(new, turn)) == 2


async def arriving_until_on(world: World, speaker: Speaker, turn: Turn, build: str) -> Turn:
    """The server tells its task queues of a new build when it comes to it."""
    for _ in range(100):
        turn = await world.board.arrive(speaker, turn.case, world.id())
        if await build_of(world, turn) == build:
            return turn
        await asyncio.sleep(0.05)
    raise AssertionError(f"{turn.case} never came to build {build}")


def on_build(wiring: Wiring, build: str) -> Wiring:
    return replace(wiring, settings=wiring.settings.model_copy(update={"build": build}))
