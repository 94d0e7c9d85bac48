"""A random choice of cells through real Temporal, real webhooks, real pages."""

from __future__ import annotations

import asyncio
import os
import time

from tests.matrix import grid, real
from tests.stories.world import World

CELLS = int(os.environ.get("SEGUE_MATRIX_CELLS", "100"))
SEED = int(os.environ.get("SEGUE_MATRIX_SEED", str(int(time.time()) // 3600)))
# These need a large bill, or an earlier payment, that nobody on this machine has.
ELSEWHERE = {"pay-bill: by itself from now on", "pay-bill: in instalments", "pay-bill: on a promise"}


async def playable() -> list[real.Play]:
    """The routes that a customer nobody knows can go on this machine."""
    every = [route for moment in grid.every_moment() for route in grid.routes(moment) if str(route) not in ELSEWHERE]
    return [real.straight(route, await real.before_any_wait(route)) for route in every]


async def test_a_hundred_switches_for_real(running: World) -> None:
    store, known = await real.associate(running), await playable()
    assert {play.route.moment.id for play in known} == set(grid.every_moment())
    free = asyncio.Semaphore(real.AT_ONCE)

    async def ended(play: real.Play) -> real.Ending:
        async with free:
            return await real.played(running, play, store)

    async def went(play: real.Play, without: asyncio.Future[real.Ending]) -> str:
        try:
            ending = await ended(play)
            return "" if ending == await without else f"{play}: {await without} became {ending}"
        except (AssertionError, KeyError) as error:
            return f"{play}: {type(error).__name__} {error}"

    chosen = real.drawn(known, CELLS, SEED)
    wanted = {str(play.route) for play in chosen}
    straight = {str(play.route): asyncio.ensure_future(ended(play)) for play in known if str(play.route) in wanted}
    said = await asyncio.gather(*(went(play, straight[str(play.route)]) for play in chosen))
    wrong = [each for each in said if each]
    again = f"{len(wrong)} of {len(chosen)} wrong; play them again with SEGUE_MATRIX_SEED={SEED}"
    assert not wrong, "\n".join([again, *wrong])
