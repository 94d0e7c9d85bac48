"""The bench's worker: wired as in production, with the bench's moments on it."""

from __future__ import annotations

import asyncio

from bench.moments import BareTurns, Turns, UnwrittenTurns
from bootstrap import wire
from settings import load
from switchboard.logs import log_as
from worker import make_current, worker_for


async def run() -> None:
    """Work until the process is ended."""
    settings = load()
    log_as(settings.log_level)
    moments = (BareTurns, Turns, UnwrittenTurns)
    async with wire(settings, works=True) as wiring, worker_for(wiring, workflows=moments):
        await make_current(wiring)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run())
