"""The HTTP door. Start as many as needed: ``python server.py``."""

from __future__ import annotations

import argparse
import asyncio
import sys

import uvicorn

from bootstrap import parts_for, settle, wire
from gateway.app import create_app
from models.errors import Misconfigured
from ops.sweeping import keep_sweeping
from settings import load
from switchboard.languages import warm
from switchboard.logs import log_as


async def run(host: str, port: int) -> None:
    """Serve until stopped."""
    settings = load()
    log_as(settings.log_level, settings.log_format)
    warm()
    async with wire(settings) as wiring:
        app = create_app(parts_for(wiring))
        settle()
        # The app logs its own requests, without the tokens that stand in paths.
        # Lines stay open longer than a balancer keeps them: it would use one that is being closed.
        config = uvicorn.Config(
            app, host, port, access_log=False, log_config=None, timeout_keep_alive=75, timeout_graceful_shutdown=2
        )
        sweeping = asyncio.create_task(keep_sweeping(wiring.database, settings.retention()))
        try:
            await uvicorn.Server(config).serve()
        finally:
            sweeping.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    try:
        asyncio.run(run(given.host, given.port))
    except Misconfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
