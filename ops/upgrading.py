"""What the code at hand would do with every open case, before it is deployed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.converter import DataConverter
from temporalio.service import RPCError

from models.case import Pending
from models.errors import Unknown
from models.people import Frozen
from models.standing import Standing
from ops.findings import KINDS, Finding, findings
from ops.foreseeing import Foreseen, foresee
from ops.gathering import gathered
from ops.histories import has_begun, moment_of, run_of
from ops.parting import Parting
from ops.replaying import Played, Replaying, name_of
from workflows.moment import Moment

_PATIENCE = 5.0
_AT_ONCE = 8
_LOST = (RPCError, WorkflowQueryFailedError, WorkflowQueryRejectedError, TimeoutError)
_OVER = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
}


class Forecast(Frozen):
    """What would become of one case.

    ``moment`` is the id it goes by, ``build`` the one that plays it now (empty in a file), ``step`` what it asks now
    and ``asks`` what it would ask. ``kind`` is the worst of its ``findings``, ``moves``: whether it moves at its next
    pause; if not, something is under way and it stays on its build until that is over. ``by``: where its state is
    from, its ``worker``, a ``replay``, or its ``history`` alone. ``parting``: where its history and the code part.
    """

    case: str
    run: str
    moment: str
    build: str = ""
    step: str = ""
    status: str = ""
    kind: str
    findings: tuple[Finding, ...] = ()
    asks: tuple[str, ...] = ()
    closes: bool = False
    moves: bool = True
    by: str = ""
    parting: Parting | None = None


class Upgrading:
    """Foresees case after case. ``client``: whose workers are asked how a case stands; without one, or where none
    answers, it is replayed, and where the code can't replay it, gathered from the history.
    """

    def __init__(
        self,
        workflows: Sequence[type],
        converter: DataConverter,
        client: Client | None = None,
    ) -> None:
        self._moments: dict[str, type[Moment]] = {name_of(each): each for each in workflows}
        self._converter, self._client = converter, client
        self._replaying = Replaying(workflows, converter, frames=True)
        self._silent: set[str] = set()

    async def check(self, cases: AsyncIterator[tuple[WorkflowHistory, str]]) -> AsyncIterator[Forecast]:
        """The forecast of each open case among these, each with its build; closed runs are passed over."""
        about: dict[tuple[str, str, int], tuple[WorkflowHistory, str]] = {}

        async def open_ones() -> AsyncIterator[WorkflowHistory]:
            async for history, build in cases:
                if history.events and history.events[-1].event_type not in _OVER:
                    about[history.workflow_id, run_of(history), len(history.events)] = history, build
                    yield history

        async for played in self._replaying.play(open_ones()):
            history, build = about.pop((played.case, played.run, played.events))
            yield await self._forecast(history, played, build)

    async def _forecast(self, history: WorkflowHistory, played: Played, build: str) -> Forecast:
        moment = self._moments.get(moment_of(history))
        about: dict[str, Any] = {
            "case": played.case, "run": played.run, "moment": moment.id if moment else moment_of(history),
            "build": build, "parting": played.parting,
        }  # fmt: skip
        if moment is None:
            return Forecast(**about, kind="moment-unknown", findings=(Finding(kind="moment-unknown"),), moves=False)
        if not has_begun(history):
            return Forecast(**about, kind="moves-cleanly", by="history")
        try:
            standing, by = await self._standing(history, played, build)
            at = datetime.now(UTC) if self._client else history.events[-1].event_time.ToDatetime(UTC)
            seen = await asyncio.to_thread(foresee, moment, standing, at)
        except (ValidationError, Unknown, RuntimeError) as error:
            sealed = Finding(kind="undecodable", facts={"error": type(error).__name__})
            return Forecast(**about, kind=sealed.kind, findings=(sealed,))
        # What is under way stands in no history, so what comes of it can't be told from one.
        found = findings(moment, seen) if standing.rests or standing.exact else []
        return _told(about, by, seen, [*found, *_parted(played)])

    async def _standing(self, history: WorkflowHistory, played: Played, build: str) -> tuple[Standing, str]:
        asked = await self._asked(history.workflow_id, build)
        if asked is not None:
            return asked, "worker"
        if played.result == "fine" and played.frames and played.opening is not None:
            last = played.frames[-1]
            opening = played.opening.model_copy(update={"state": last.state})
            return Standing(opening=opening, touched=tuple(last.touched), rests=last.rests), "replay"
        return await gathered(history, self._converter), "history"

    async def _asked(self, case: str, build: str) -> Standing | None:
        """How its worker says that it stands; a build that does not answer is not asked again."""
        if self._client is None or build in self._silent:
            return None
        try:
            async with asyncio.timeout(_PATIENCE):
                told = await self._client.get_workflow_handle(case).query("standing", result_type=dict)
        except _LOST:
            self._silent.add(build)
            return None
        return Standing.model_validate(told)


def _parted(played: Played) -> list[Finding]:
    if played.result in {"fine", "empty"}:
        return []
    facts = {"result": played.result, "error": played.error}
    if (parting := played.parting) is not None:
        facts = {"event": str(parting.event), "expected": parting.expected, "got": parting.got, "line": parting.line}
    return [Finding(kind="replay-parted", facts={name: fact for name, fact in facts.items() if fact})]


def _told(about: dict[str, Any], by: str, seen: Foreseen, found: list[Finding]) -> Forecast:
    found = sorted(found, key=lambda finding: list(KINDS).index(finding.kind))
    return Forecast(
        **about,
        by=by,
        step=_step(seen.before.pending),
        status=seen.before.status.value,
        kind=found[0].kind if found else "moves-cleanly",
        findings=tuple(found),
        asks=tuple(pending.question.key for pending in seen.pending),
        closes=seen.turn.status.closed,
        moves=seen.standing.rests,
    )


def _step(pending: list[Pending]) -> str:
    return pending[0].question.key if pending else ""


async def in_files(histories: Iterable[WorkflowHistory]) -> AsyncIterator[tuple[WorkflowHistory, str]]:
    """Histories of files, of which nobody says on what build they run."""
    for history in histories:
        yield history, ""


async def open_on(client: Client, query: str = "") -> AsyncIterator[tuple[WorkflowHistory, str]]:
    """The open cases that a visibility query finds (all, where it is empty), each with its history and its build."""
    among = f"ExecutionStatus = 'Running' AND ({query})" if query else "ExecutionStatus = 'Running'"
    waiting: list[asyncio.Task[tuple[WorkflowHistory, str] | None]] = []
    try:
        async for found in client.list_workflows(among):
            if found.id.count("/") == 2:
                waiting.append(asyncio.create_task(_open_one(client, found.id)))
            if len(waiting) >= _AT_ONCE and (one := await waiting.pop(0)):
                yield one
        while waiting:
            if one := await waiting.pop(0):
                yield one
    finally:
        for task in waiting:
            task.cancel()


async def _open_one(client: Client, case: str) -> tuple[WorkflowHistory, str] | None:
    """None where it closed, or moved on, between the list and the look."""
    handle = client.get_workflow_handle(case)
    try:
        info = (await handle.describe()).raw_description.workflow_execution_info
        return await handle.fetch_history(), info.versioning_info.deployment_version.build_id
    except RPCError:
        return None


class Report:
    """Forecasts, counted by moment and step."""

    def __init__(self) -> None:
        self.forecasts: list[Forecast] = []

    def add(self, forecast: Forecast) -> None:
        self.forecasts.append(forecast)

    @property
    def kinds(self) -> dict[str, int]:
        """How many cases have each kind of finding, worst first: a case may have several."""
        counted = Counter(kind for one in self.forecasts for kind in {f.kind for f in one.findings} or {one.kind})
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def steps(self) -> dict[tuple[str, str], Counter[str]]:
        """By moment and step, how many cases of each (worst) kind."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for one in self.forecasts:
            found.setdefault((one.moment, one.step or one.status or "–"), Counter())[one.kind] += 1
        return dict(sorted(found.items()))

    def hurt(self, kinds: tuple[str, ...]) -> list[Forecast]:
        """The cases with a finding of these kinds, worst first."""
        hit = [one for one in self.forecasts if {finding.kind for finding in one.findings} & set(kinds)]
        return sorted(hit, key=lambda one: (list(KINDS).index(one.kind), one.case))

    def document(self, kinds: tuple[str, ...]) -> dict[str, Any]:
        """All of it as JSON."""
        return {
            "cases": len(self.forecasts),
            "hurt": len(self.hurt(kinds)),
            "moves": sum(one.moves for one in self.forecasts),
            "kinds": self.kinds,
            "builds": dict(Counter(one.build for one in self.forecasts if one.build)),
            "steps": [
                {"moment": moment, "step": step, "cases": dict(counted)}
                for (moment, step), counted in self.steps().items()
            ],
            "forecasts": [one.model_dump(mode="json", exclude_defaults=True) for one in self.forecasts],
        }
