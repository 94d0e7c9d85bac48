"""A month in a moment: the case's one timer on a server whose clock skips ahead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from temporalio.testing import WorkflowEnvironment

from models.case import Status
from simulators.machine import temporal_binary
from tests.engine import temporal
from tests.engine.temporal import World, amount

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def skipping() -> AsyncIterator[WorkflowEnvironment]:
    binary = temporal_binary("temporal-test-server")
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=binary) as environment:
        yield environment


@pytest_asyncio.fixture(loop_scope="session")
async def world(skipping: WorkflowEnvironment, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    address = skipping.client.service_client.config.target_host
    database = tmp_path_factory.mktemp("skipping") / "segue.db"
    async with temporal.world(address, database, search_attributes=False) as wired, wired.worker(versioned=False):
        yield wired


async def test_a_silent_case_is_reminded_after_a_day_and_after_three_and_closed_after_thirty(
    world: World, skipping: WorkflowEnvironment
) -> None:
    ann = await world.somebody()
    turn = await world.answers(ann, await world.start(ann), amount("40"))
    await skipping.sleep(timedelta(hours=23))
    assert world.post.messages == {}
    assert await status(world, turn.case) is Status.PARKED

    await skipping.sleep(timedelta(hours=2))
    assert len(world.post.messages) == 1
    await skipping.sleep(timedelta(hours=48))
    assert len(world.post.messages) == 2
    turn = await world.board.arrive(ann, turn.case, world.id())
    assert turn.status is Status.OPEN
    assert turn.pending[0].question.key == "when"
    await skipping.sleep(timedelta(days=29))
    assert await status(world, turn.case) is Status.PARKED
    await skipping.sleep(timedelta(days=2))

    assert (await world.closed(turn))["status"] == "expired"
    assert [row.what for row in await world.rows(turn)][-3:] == ["reminded", "reminded", "expired"]
    assert {message.to for message in world.post.messages.values()} == {ann.reply_to}
    assert (await world.start(ann)).case.endswith("/2")


async def status(world: World, case: str) -> Status | None:
    turn = await world.board.look(case)
    return turn.status if turn else None
