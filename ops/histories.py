"""Where histories come from: the server, by a query, or files that were exported."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from models.errors import NotUnderstood, Unknown

_DONE = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
_AHEAD = 4


async def from_server(client: Client, query: str) -> AsyncIterator[WorkflowHistory]:
    """The histories of all executions that a visibility query finds, a few fetched ahead, newest first.

    What retention took away between the list and the look is passed over.
    """
    ahead: deque[asyncio.Task[WorkflowHistory | None]] = deque()
    try:
        async for found in client.list_workflows(query or None):
            ahead.append(asyncio.create_task(_fetched(client, found.id, found.run_id)))
            if len(ahead) >= _AHEAD and (history := await ahead.popleft()):
                yield history
        while ahead:
            if history := await ahead.popleft():
                yield history
    finally:
        for task in ahead:
            task.cancel()


async def _fetched(client: Client, case: str, run: str | None) -> WorkflowHistory | None:
    try:
        return await client.get_workflow_handle(case, run_id=run).fetch_history()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return None


async def runs_on_server(client: Client, case: str) -> list[WorkflowHistory]:
    """All runs of a case that the server still has, oldest first. Raises Unknown where it has none."""
    runs: list[WorkflowHistory] = []
    run: str | None = None
    while history := await _fetched(client, case, run):
        runs.append(history)
        run = run_before(history)
        if not run:
            break
    if not runs:
        raise Unknown(f"Temporal has no history of {case}")
    # One that was put back to an earlier point begins a chain of its own.
    there, quoted = {run_of(history) for history in runs}, case.replace("'", "")
    others = [found.run_id async for found in client.list_workflows(f"WorkflowId = '{quoted}'")]
    fetched = [await _fetched(client, case, run) for run in others if run not in there]
    return sorted([*runs, *filter(None, fetched)], key=_began)


def in_order(histories: Iterable[WorkflowHistory]) -> list[WorkflowHistory]:
    """The runs of one case, oldest first, whatever order they came in. Raises NotUnderstood for several cases."""
    left = {run_of(history): history for history in histories}
    if len({history.workflow_id for history in left.values()}) > 1:
        raise NotUnderstood("these are histories of several cases")
    chain = [history for history in left.values() if run_before(history) not in left]
    after = {run_before(history): history for history in left.values()}
    while chain and (following := after.get(run_of(chain[-1]))) is not None and len(chain) < len(left):
        chain.append(following)
    return chain if len(chain) == len(left) else sorted(left.values(), key=_began)


def _began(history: WorkflowHistory) -> datetime:
    return history.events[0].event_time.ToDatetime(UTC) if history.events else datetime.min.replace(tzinfo=UTC)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """These files, and all ``*.json`` below these folders."""
    return [file for path in paths for file in (sorted(path.rglob("*.json")) if path.is_dir() else [path])]


def from_files(paths: Iterable[Path]) -> Iterator[WorkflowHistory]:
    """The histories of these files, and of all ``*.json`` below these folders, one at a time.

    Takes what ``temporal workflow show --output json`` and Temporal's pages export. Raises NotUnderstood for a file
    that is no history.
    """
    for file in files_in(paths):
        yield from_json(file.read_text("utf-8"), file.stem)


def from_json(text: str, name: str = "") -> WorkflowHistory:
    """A history from its exported JSON; ``name`` is its id where it does not tell. Raises NotUnderstood."""
    try:
        told = json.loads(text)
        events = told["events"]
        id = told.get("id") or events[0]["workflowExecutionStartedEventAttributes"].get("workflowId") or name
        return WorkflowHistory.from_json(id, {"events": events})
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise NotUnderstood(f"{name} is no history: {type(error).__name__}") from None


def moment_of(history: WorkflowHistory) -> str:
    """The moment that a history is of; empty for one without a beginning."""
    first = next(iter(history.events), None)
    return first.workflow_execution_started_event_attributes.workflow_type.name if first else ""


def run_of(history: WorkflowHistory) -> str:
    """The id of the history's run; empty for one without a beginning."""
    first = next(iter(history.events), None)
    return first.workflow_execution_started_event_attributes.original_execution_run_id if first else ""


def run_before(history: WorkflowHistory) -> str:
    """The id of the run that went on in this one; empty for a case's first."""
    first = next(iter(history.events), None)
    return first.workflow_execution_started_event_attributes.continued_execution_run_id if first else ""


def has_begun(history: WorkflowHistory) -> bool:
    """Whether any code has run yet. A Replayer waits for ever for a history in which none has."""
    return any(event.event_type == _DONE for event in history.events)
