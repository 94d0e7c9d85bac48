"""Where histories come from: the server, by a query, or files that were exported."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError

from models.errors import NotUnderstood

_DONE = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED


async def from_server(client: Client, query: str) -> AsyncIterator[WorkflowHistory]:
    """The histories of all executions that a visibility query finds, one at a time, newest first.

    What retention took away between the list and the look is passed over.
    """
    async for found in client.list_workflows(query):
        handle = client.get_workflow_handle(found.id, run_id=found.run_id)
        try:
            yield await handle.fetch_history()
        except RPCError:
            continue


def from_files(paths: Iterable[Path]) -> Iterator[WorkflowHistory]:
    """The histories of these files, and of all ``*.json`` below these folders, one at a time.

    Takes what ``temporal workflow show --output json`` and Temporal's pages export. Raises NotUnderstood for a file
    that is no history.
    """
    for path in paths:
        for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
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


def has_begun(history: WorkflowHistory) -> bool:
    """Whether any code has run yet. A Replayer waits for ever for a history in which none has."""
    return any(event.event_type == _DONE for event in history.events)
