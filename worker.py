"""Runs moments and their steps. Start as many as needed: ``python worker.py``."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError
from temporalio.worker import Worker, WorkerDeploymentConfig, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.outcomes import Outcomes
from bootstrap import Wiring, activities_of, settle, wire
from models.errors import Misconfigured
from ops.archive import Archive, keep_gathering
from ops.deploys import DEPLOYMENT
from settings import load
from switchboard.logs import log_as
from workflows.catalogue import WORKFLOWS

log = logging.getLogger("segue.worker")
# Everything but the scripts themselves: those stay in the sandbox, which keeps chance and the clock out of them.
PASSED_THROUGH = (
    "activities",
    "channels",
    "database",
    "models",
    "opentelemetry",
    "workflows.engine",
    "workflows.execution",
    "workflows.moment",
)


async def run(*, current: bool = False) -> None:
    """Work until stopped. ``current``: new cases start on this build, and open ones move to it at their next pause."""
    settings = load()
    log_as(settings.log_level, settings.log_format)
    async with wire(settings, works=True) as wiring, worker_for(wiring), archiving(wiring):
        settle()
        log.info("working as build %s", settings.build)
        if current:
            await make_current(wiring)
        await _stopped()


@contextlib.asynccontextmanager
async def archiving(wiring: Wiring) -> AsyncIterator[None]:
    """Beside the work, keep the histories of closed cases before Temporal forgets them."""
    task = asyncio.create_task(keep_gathering(wiring.client, Archive(wiring.database, wiring.vault)))
    try:
        yield
    finally:
        task.cancel()


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


def worker_for(
    wiring: Wiring,
    *,
    versioned: bool = True,
    runner: WorkflowRunner | None = None,
    workflows: Sequence[type] = WORKFLOWS,
) -> Worker:
    """A worker for all moments (or the given workflows) and all steps."""
    steps = [
        method
        for owner in activities_of(wiring)
        for name in dir(type(owner))
        if hasattr(method := getattr(owner, name), "__segue_step__")
    ]
    version = WorkerDeploymentVersion(DEPLOYMENT, wiring.settings.build)
    return Worker(
        wiring.client,
        task_queue=wiring.settings.task_queue,
        workflows=workflows,
        activities=steps,
        interceptors=[Outcomes()],
        workflow_runner=runner or sandbox(),
        max_cached_workflows=wiring.settings.cases_in_memory,
        # A killed worker's cases are taken over after this long.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        graceful_shutdown_timeout=timedelta(seconds=5),
        deployment_config=WorkerDeploymentConfig(
            version=version,
            use_worker_versioning=versioned,
            default_versioning_behavior=VersioningBehavior.PINNED if versioned else VersioningBehavior.UNSPECIFIED,
        ),
    )


def sandbox() -> SandboxedWorkflowRunner:
    """Scripts run in the sandbox; what they stand on is shared, which makes a case cheap to load."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))


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
