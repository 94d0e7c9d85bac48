"""Who works: the workers that ask Temporal for tasks, and how many tasks wait for one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, DescribeTaskQueueResponse
from temporalio.client import Client
from temporalio.service import RPCError

from models.errors import NotConfirmed

PATIENCE = 2.0
# A worker that has nothing to do asks again after a minute at the latest.
FRESH = timedelta(seconds=75)


@dataclass(frozen=True)
class Working:
    """``workers``: when each was last seen, by its name; ``builds`` they run; ``waiting``: tasks without a worker."""

    workers: dict[str, datetime]
    builds: tuple[str, ...]
    waiting: int


async def working(client: Client, task_queue: str) -> Working:
    """Who works on the moments of a queue; :class:`NotConfirmed` where Temporal does not say."""
    try:
        async with asyncio.timeout(PATIENCE):
            described = await client.workflow_service.describe_task_queue(
                DescribeTaskQueueRequest(
                    namespace=client.namespace,
                    task_queue=TaskQueue(name=task_queue),
                    task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
                    report_stats=True,
                )
            )
    except (RPCError, TimeoutError):
        raise NotConfirmed from None
    return _read(described, datetime.now(UTC))


def _read(described: DescribeTaskQueueResponse, here: datetime) -> Working:
    workers: dict[str, datetime] = {}
    builds: set[str] = set()
    for poller in described.pollers:
        seen = poller.last_access_time.ToDatetime(tzinfo=UTC)
        if here - seen <= FRESH:
            workers[poller.identity] = max(seen, workers.get(poller.identity, seen))
            builds |= {poller.deployment_options.build_id or poller.worker_version_capabilities.build_id} - {""}
    return Working(workers, tuple(sorted(builds)), described.stats.approximate_backlog_count)
