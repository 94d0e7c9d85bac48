"""Histories that outlive Temporal's retention: archived once their run is closed, and read like any others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import History
from temporalio.client import Client, WorkflowExecution, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from database.archives import Archives, Kept
from database.engine import Database
from database.vault import Vault
from models.errors import NotConfirmed, Unknown
from ops.histories import in_order, run_of, runs_on_server

log = logging.getLogger("segue.ops.archive")
CLOSED = (
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
)
_AT_ONCE = 50


class Archive:
    """What is kept of closed runs, as the histories they were."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self.kept = Archives(db, vault)

    async def keep(self, history: WorkflowHistory, run: str = "") -> bool:
        """Keep a closed run, once; False where it is still open, is no case's, or its customer was erased.

        ``run`` names the run of a history that Temporal itself was made to reset, else the history tells it.
        """
        if not history.events or history.workflow_id.count("/") != 2 or history.events[-1].event_type not in CLOSED:
            return False
        kept = Kept(
            case=history.workflow_id,
            run=run or run_of(history),
            began_at=history.events[0].event_time.ToDatetime(UTC),
            closed_at=history.events[-1].event_time.ToDatetime(UTC),
            events=len(history.events),
        )
        try:
            await self.kept.keep(kept, History(events=history.events).SerializeToString())
        except Unknown:
            return False
        return True

    async def of(self, case: str) -> list[WorkflowHistory]:
        """A case's archived runs, oldest first; none for an erased customer's."""
        found = [await self._read(kept) for kept in await self.kept.runs(case)]
        return [history for history in found if history is not None]

    async def all(self, moment: str | None = None, since: datetime | None = None) -> AsyncIterator[WorkflowHistory]:
        """All archived runs, one at a time: of a moment, or closed since then, where given."""
        async for kept in self.kept.all(moment, since):
            history = await self._read(kept)
            if history is not None:
                yield history

    async def _read(self, kept: Kept) -> WorkflowHistory | None:
        try:
            content = await self.kept.content(kept)
        except Unknown:
            return None
        return WorkflowHistory(kept.case, list(History.FromString(content).events))


def from_archive(
    archive: Archive, *, moment: str | None = None, since: datetime | None = None
) -> AsyncIterator[WorkflowHistory]:
    """The archived histories, like ``from_server`` and ``from_files`` give others."""
    return archive.all(moment, since)


async def gather(
    client: Client,
    archive: Archive,
    *,
    since: datetime | None = None,
    query: str = "",
    told: Callable[[int], None] | None = None,
) -> int:
    """Archive every closed run that is not kept yet; how many there were. Of those closed ``since`` then, where given.

    A run that retention takes away meanwhile is passed over. Any number of processes may gather at once.
    """
    conditions = ["ExecutionStatus != 'Running'", query and f"({query})"]
    if since is not None:
        conditions.append(f"CloseTime >= '{since.astimezone(UTC).isoformat()}'")
    count, page = 0, list[WorkflowExecution]()
    async for found in client.list_workflows(" AND ".join(filter(None, conditions))):
        page.append(found)
        if len(page) == _AT_ONCE:
            count, page = count + await _kept(client, archive, page), []
            if told:
                told(count)
    return count + await _kept(client, archive, page)


async def _kept(client: Client, archive: Archive, page: list[WorkflowExecution]) -> int:
    count = 0
    missing = await archive.kept.missing([(found.id, found.run_id) for found in page]) if page else set()
    for case, run in sorted(missing):
        try:
            history = await client.get_workflow_handle(case, run_id=run).fetch_history()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            continue
        count += await archive.keep(history, run)
    return count


async def keep_gathering(
    client: Client, archive: Archive, *, every: timedelta = timedelta(hours=1), first: timedelta = timedelta(minutes=1)
) -> None:
    """Archive what closes, for ever: at first all there is, then what closed since the last time it went well.

    Retention has to be longer than ``every``. What fails is tried again the next time.
    """
    since: datetime | None = None
    await asyncio.sleep(first.total_seconds())
    while True:
        began = datetime.now(UTC)
        try:
            count = await gather(client, archive, since=since)
        except (RPCError, NotConfirmed) as error:
            log.warning("histories could not be archived: %s", type(error).__name__)
        else:
            # Visibility lags behind: what closed just now may be listed only later.
            since = began - timedelta(minutes=10)
            if count:
                log.info("archived %d histories", count)
        await asyncio.sleep(every.total_seconds())


async def all_runs(client: Client, archive: Archive, case: str) -> list[WorkflowHistory]:
    """All runs of a case, oldest first: those the server still has, and those that are archived. Raises Unknown."""
    kept = {run_of(history): history for history in await archive.of(case)}
    try:
        kept |= {run_of(history): history for history in await runs_on_server(client, case)}
    except (Unknown, RPCError):
        if not kept:
            raise Unknown(f"there is no history of {case}") from None
    return in_order(kept.values())
