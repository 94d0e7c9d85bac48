"""The bench's server: wired as in production, and knowing the bench's moment."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace

import uvicorn

from bench.moments import Turns
from bootstrap import parts_for, wire
from gateway.app import create_app
from settings import load
from switchboard.logs import log_as


async def run(port: int) -> None:
    """Serve until the process is ended."""
    settings = load()
    log_as(settings.log_level)
    async with wire(settings) as wiring:
        parts = parts_for(wiring)
        switchboard = replace(parts.switchboard, moments=frozenset({Turns.id}))
        app = create_app(replace(parts, switchboard=switchboard))
        config = uvicorn.Config(app, host="127.0.0.1", port=port, access_log=False, log_config=None)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    asyncio.run(run(parser.parse_args().port))
