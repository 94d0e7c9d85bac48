"""Which cases are stuck, and why: by their journal, and by what Temporal knows of their steps and tasks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.client import Client
from temporalio.service import RPCError

from database.cases import CaseRecord
from database.engine import Database
from database.overseeing import Oversight
from models.case import Status
from models.journal import Row
from models.upkeep import Kind, StuckCase

MANY = 5  # tries of one step, or of one workflow task
SETTLES_WITHIN = timedelta(minutes=15)
WORKS_WITHIN = timedelta(seconds=30)
LEAST = timedelta(minutes=10)  # no question is slow sooner
_AT_ONCE = 16
_FAILING = "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'"
_WHY = re.compile(r"[A-Za-z_.]+(Error|Exception)\b")


@dataclass(frozen=True)
class Underway:
    """What Temporal knows of a running case beside its history: the step with most tries, and its workflow task."""

    attempts: int = 0
    key: str = ""
    error: str = ""
    since: datetime | None = None
    task_attempts: int = 0
    task_since: datetime | None = None


class Finder:
    def __init__(self, db: Database, client: Client) -> None:
        self._books = Oversight(db)
        self._client = client

    async def find(self) -> list[StuckCase]:
        """All stuck cases, longest first; each once, for the reason that weighs most."""
        now = datetime.now(UTC)
        broken = [_broken(case, row) for case, row in await self._books.broken()]
        found = [*broken, *await self._failing(), *await self._retrying(now), *await self._messages(now)]
        found += await self._slow(now)
        once: dict[str, StuckCase] = {}
        for each in found:
            once.setdefault(each.case, each)
        return sorted(once.values(), key=lambda each: each.since)

    async def underway(self, case: str) -> Underway | None:
        """How its steps and its workflow task go; None where it does not run."""
        try:
            raw = (await self._client.get_workflow_handle(case).describe()).raw_description
        except RPCError:
            return None
        if raw.workflow_execution_info.HasField("close_time"):
            return None
        most = max(raw.pending_activities, key=lambda pending: pending.attempt, default=None)
        seen = _activity(most)
        if not raw.HasField("pending_workflow_task"):
            return seen
        task = raw.pending_workflow_task
        return replace(seen, task_attempts=task.attempt, task_since=task.original_scheduled_time.ToDatetime(UTC))

    async def _failing(self) -> list[StuckCase]:
        """Cases whose workflow task fails again and again, as the server reports it where it can."""
        try:
            ids = [each.id async for each in self._client.list_workflows(_FAILING)]
        except RPCError:
            return []  # this server does not report it
        cases = await self._books.get(ids)
        return [each for each in await self._looked_into(cases.values()) if each.kind == "task-failing"]

    async def _retrying(self, now: datetime) -> list[StuckCase]:
        return await self._looked_into(await self._books.working(now - WORKS_WITHIN))

    async def _looked_into(self, cases: Iterable[CaseRecord]) -> list[StuckCase]:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def look(case: CaseRecord) -> StuckCase | None:
            async with gate:
                return _underway(case, await self.underway(case.id))

        return [each for each in await asyncio.gather(*(look(case) for case in cases)) if each is not None]

    async def _messages(self, now: datetime) -> list[StuckCase]:
        lost = dict(await self._books.uncertain_messages(now - SETTLES_WITHIN))
        cases = await self._books.get(lost)
        return [_stuck(case, "message", lost[case.id]) for case in cases.values()]

    async def _slow(self, now: datetime) -> list[StuckCase]:
        found: list[StuckCase] = []
        for step, usual in (await self._books.usual()).items():
            patience = max(timedelta(seconds=usual), LEAST)
            standing = await self._books.standing(step, now - patience)
            found += [_stuck(case, "slow", case.touched_at, key=step[1], usual=usual) for case in standing]
        return found


def _broken(case: CaseRecord, row: Row | None) -> StuckCase:
    data = {name: str(value) for name, value in (row.data if row else {}).items()}
    since = row.at if row else case.touched_at
    if case.status is Status.UNCERTAIN:
        return _stuck(case, "uncertain", since, key=data.get("key") or data.get("step", ""))
    if "step" in data:
        return _stuck(case, "away", since, key=data.get("key") or data["step"])
    return _stuck(case, "bug", since, where=data.get("where", ""), error=data.get("error", ""))


def _underway(case: CaseRecord, seen: Underway | None) -> StuckCase | None:
    if seen is None:
        return None
    if seen.task_attempts >= MANY:
        since = seen.task_since or case.touched_at
        return _stuck(case, "task-failing", since, attempts=seen.task_attempts)
    if seen.attempts >= MANY:
        since = seen.since or case.touched_at
        return _stuck(case, "retrying", since, key=seen.key, error=seen.error, attempts=seen.attempts)
    return None


def _activity(most: PendingActivityInfo | None) -> Underway:
    if most is None:
        return Underway()
    # The type of an error, never its words: they may hold what a customer said.
    said = _WHY.search(most.last_failure.application_failure_info.type)
    return Underway(
        attempts=most.attempt,
        key=most.activity_id.rpartition("/")[0],
        error=said.group() if said else "",
        since=most.scheduled_time.ToDatetime(UTC),
    )


def _stuck(case: CaseRecord, kind: Kind, since: datetime, **more: object) -> StuckCase:
    given = {"case": case.id, "moment": case.moment, "status": case.status, "kind": kind, "since": since} | more
    return StuckCase.model_validate(given)
