"""Runs moments and their steps. Start as many as needed: ``python worker.py``."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.service import RPCError

from bootstrap import DEPLOYMENT, Wiring, log_plainly, wire, worker_for
from models.errors import Misconfigured
from settings import load

log = logging.getLogger("segue.worker")


async def run(*, current: bool = False) -> None:
    """Work until stopped. ``current``: new cases start on this build, and open ones move to it at their next pause."""
    settings = load()
    log_plainly(settings.log_level)
    async with wire(settings) as wiring, worker_for(wiring):
        log.info("working as build %s", settings.build)
        if current:
            await make_current(wiring)
        await _stopped()


async def make_current(wiring: Wiring) -> None:
    """Make this build the current one; the server has to have heard of the worker first."""
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=wiring.client.namespace, deployment_name=DEPLOYMENT, build_id=wiring.settings.build
    )
    for _ in range(100):
        try:
            await wiring.client.workflow_service.set_worker_deployment_current_version(request)
        except RPCError:
            await asyncio.sleep(0.1)
        else:
            log.info("build %s is current", wiring.settings.build)
            return
    raise Misconfigured(f"Temporal would not make build {wiring.settings.build} current.")


async def _stopped() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def main() -> None:
    try:
        asyncio.run(run(current="--current" in sys.argv))
    except Misconfigured as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        with contextlib.suppress(Exception):
            sys.exit(0)


if __name__ == "__main__":
    main()
