"""Which builds Temporal knows, how many open cases each still serves, and what was last foreseen of the next one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from temporalio.api.deployment.v1 import WorkerDeploymentInfo
from temporalio.api.enums.v1 import WorkerDeploymentVersionStatus
from temporalio.api.workflowservice.v1 import DescribeWorkerDeploymentRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from database.checks import Check, Checks
from database.engine import Database
from models.deploys import Build, Deployed
from models.errors import NotConfirmed

DEPLOYMENT = "segue"
_SHOWN = 20
_PREFIX = len("WORKER_DEPLOYMENT_VERSION_STATUS_")
_RUNNING = "ExecutionStatus = 'Running'"


class Deploys:
    def __init__(self, client: Client, db: Database, deployment: str = DEPLOYMENT) -> None:
        self._client, self._checks, self._deployment = client, Checks(db), deployment

    async def deployed(self) -> Deployed:
        """The builds as Temporal has them now. Raises NotConfirmed where it does not answer."""
        wanted = DescribeWorkerDeploymentRequest(namespace=self._client.namespace, deployment_name=self._deployment)
        try:
            async with asyncio.timeout(3):
                known = (await self._client.workflow_service.describe_worker_deployment(wanted)).worker_deployment_info
                return await self._counted(known)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return Deployed(running=await self._count(_RUNNING))
            raise NotConfirmed from None
        except TimeoutError:
            raise NotConfirmed from None

    async def checks(self) -> list[Check]:
        """The last upgrade-checks, newest first."""
        return await self._checks.last()

    async def _counted(self, known: WorkerDeploymentInfo) -> Deployed:
        lately = sorted(known.version_summaries, key=lambda each: each.create_time.ToDatetime(), reverse=True)[:_SHOWN]
        asked = (self._count(f"{_RUNNING} AND TemporalWorkerDeploymentVersion = '{_name(each)}'") for each in lately)
        running, *counts = await asyncio.gather(self._count(_RUNNING), *asked)
        builds = [_build(summary, cases) for summary, cases in zip(lately, counts, strict=True)]
        return Deployed(builds=tuple(sorted(builds, key=lambda build: build.status != "current")), running=running)

    async def _count(self, query: str) -> int:
        return (await self._client.count_workflows(query)).count


def _name(summary: WorkerDeploymentInfo.WorkerDeploymentVersionSummary) -> str:
    version = summary.deployment_version
    return f"{version.deployment_name}:{version.build_id}".replace("'", "")


def _build(summary: WorkerDeploymentInfo.WorkerDeploymentVersionSummary, cases: int) -> Build:
    status = WorkerDeploymentVersionStatus.Name(summary.status)[_PREFIX:].lower()
    changed = summary.routing_update_time if summary.HasField("routing_update_time") else summary.create_time
    since: datetime = changed.ToDatetime(UTC)
    return Build(id=summary.deployment_version.build_id, status=status, since=since, cases=cases)
