"""A random choice of cells through real Temporal, real webhooks, real pages."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from models.people import Channel
from tests.matrix import grid, real
from tests.moments.route import Route
from tests.stories import world as stage
from tests.stories.world import World

CELLS = int(os.environ.get("SEGUE_MATRIX_CELLS", "100"))
SEED = int(os.environ.get("SEGUE_MATRIX_SEED", str(int(time.time()) // 3600)))
KEY = "the-key-of-the-desk"
# These need a large bill, or an earlier payment, that nobody on this machine has.
ELSEWHERE = {"pay-bill: by itself from now on", "pay-bill: in instalments", "pay-bill: on a promise"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def machine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    digest = hashlib.sha256(KEY.encode()).hexdigest()
    given = {"SEGUE_API_KEYS": f"desk:{digest}:verified", "DESK_KEY": KEY}
    async with stage.world(tmp_path_factory.mktemp("matrix"), **given) as running:
        yield running


async def playable(world: World, store: dict[str, str]) -> list[tuple[Route, list[str], real.Ending]]:
    """The routes that a customer nobody knows can go on this machine, and how each ends without a switch."""
    found: list[tuple[Route, list[str], real.Ending]] = []
    for route in (route for moment in grid.every_moment() for route in grid.routes(moment)):
        keys = await real.before_any_wait(route)
        try:
            ending = await real.played(world, route, keys, world.number(), store, Channel.DESK, Channel.DESK, None)
        except AssertionError:
            if str(route) not in ELSEWHERE:
                raise
            continue
        found.append((route, keys, ending))
    return found


async def test_a_hundred_switches_for_real(machine: World) -> None:
    store = await real.associate(machine)
    known = {id(route): (route, keys, ending) for route, keys, ending in await playable(machine, store)}
    assert {route.moment.id for route, _, _ in known.values()} == set(grid.every_moment())
    cells = [
        grid.Cell(route, key, first, then)
        for route, keys, _ in known.values()
        for key in keys
        for first, then in grid.switches()
    ]
    free = asyncio.Semaphore(real.AT_ONCE)
    wrong: list[str] = []

    async def play(cell: grid.Cell) -> None:
        _, keys, without = known[id(cell.route)]
        async with free:
            try:
                ending = await real.played(
                    machine, cell.route, keys, machine.number(), store, cell.first, cell.then, cell.question
                )
                if ending != without:
                    wrong.append(f"{cell}: {without} became {ending}")
            except (AssertionError, KeyError) as error:
                wrong.append(f"{cell}: {type(error).__name__} {error}")

    chosen = real.chosen(cells, CELLS, SEED)
    await asyncio.gather(*(play(cell) for cell in chosen))
    again = f"{len(wrong)} of {len(chosen)} wrong; play them again with SEGUE_MATRIX_SEED={SEED}"
    assert not wrong, "\n".join([again, *wrong])
