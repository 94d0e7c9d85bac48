"""Where a history and the code at hand part: loudly, as Temporal sees it, or quietly, in what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter

from models.case import Turn
from models.people import Frozen

_EVENT = re.compile(r"HistoryEvent\(id: (\d+), (\w+)\)")
_SAID = re.compile(r"Nondeterminism error: ([^\"]+)")
_PARTS = {
    EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
}
_MADE = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: "update accepted",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED: "update completed",
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: "activity",
    EventType.EVENT_TYPE_MARKER_RECORDED: "local activity",
    EventType.EVENT_TYPE_TIMER_STARTED: "timer",
    EventType.EVENT_TYPE_TIMER_CANCELED: "timer cancelled",
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: "search attributes",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: "end",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED: "failure",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: "new run",
}


class Parting(Frozen):
    """Where they part.

    ``event`` is the number of the first event that the code does not bring about, ``expected`` what it is and ``got``
    what the code does there instead, ``line`` where the script stands then (``pay_bill.py:41``), ``asks`` the keys of
    what it asks there. ``quiet``: Temporal sees no difference, but the code answers an update otherwise than it was.
    """

    event: int | None
    expected: str
    got: str
    line: str
    asks: tuple[str, ...] = ()
    quiet: bool = False


# The number of an event, what it is, and what the code at hand does there.
Apart = tuple[int | None, str, str]


def loud(said: str, history: WorkflowHistory, task: int, commands: Sequence[WorkflowCommand]) -> Apart:
    """The first event of the task (by its started event) that no command stands for: number, kind, what came instead.

    ``said`` is Temporal's own word for it, used where the commands tell no difference.
    """
    ours = [made for command in commands if (made := _command(command))]
    for event, got in zip_longest(_events(history, task), ours):
        kind = _kind(event) if event is not None else "nothing"
        if kind != (got or "nothing"):
            return (event.event_id if event is not None else None, kind, got or "nothing")
    found, told = _EVENT.search(said), _SAID.search(said)
    event_id, kind = (int(found.group(1)), found.group(2)) if found else (None, "")
    return event_id, kind, told.group(1) if told else said[:200]


def _events(history: WorkflowHistory, task: int) -> Iterator[HistoryEvent]:
    """The events that a workflow task brought about: those behind it, up to the next that the world did."""
    for event in history.events:
        if event.event_id <= task:
            continue
        if event.event_type in _MADE:
            yield event
        elif event.event_type is not EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return


def made_by_code(event: HistoryEvent) -> bool:
    """Whether a workflow task brought this event about, and not the world."""
    return event.event_type in _MADE


def _kind(event: HistoryEvent) -> str:
    kind = _MADE.get(event.event_type, EventType.Name(event.event_type))
    if event.HasField("activity_task_scheduled_event_attributes"):
        return f"{kind} {event.activity_task_scheduled_event_attributes.activity_type.name}"
    return kind


def _command(command: WorkflowCommand) -> str:
    """What a command will be in a history; empty for what leaves no event of its own."""
    which = command.WhichOneof("variant")
    if which == "update_response":
        response = command.update_response.WhichOneof("response")
        return {"accepted": "update accepted", "completed": "update completed", "rejected": "update rejected"}[
            response or "rejected"
        ]
    if which == "schedule_activity":
        return f"activity {command.schedule_activity.activity_type}"
    return {
        "schedule_local_activity": "local activity",
        "start_timer": "timer",
        "cancel_timer": "timer cancelled",
        "upsert_workflow_search_attributes": "search attributes",
        "complete_workflow_execution": "end",
        "fail_workflow_execution": "failure",
        "continue_as_new_workflow_execution": "new run",
    }.get(which or "", "")


@dataclass(frozen=True)
class Answered:
    """What the code answers an update: a payload before any codec, or the kind of a failure; and from where."""

    answer: Payload | str
    line: str
    asks: tuple[str, ...]


async def quiet(
    history: WorkflowHistory, answered: Mapping[str, Answered], converter: DataConverter
) -> tuple[Apart, Answered] | None:
    """The first update that the code answers otherwise than it was answered then; ``answered`` by the update's id."""
    for event in history.events:
        if not event.HasField("workflow_execution_update_completed_event_attributes"):
            continue
        told = event.workflow_execution_update_completed_event_attributes
        now = answered.get(told.meta.update_id)
        if now is None:
            continue
        then: Payload | str = told.outcome.failure.application_failure_info.type
        if told.outcome.HasField("success"):
            (then,) = await _opened(list(told.outcome.success.payloads), converter)
        if isinstance(then, Payload) and isinstance(now.answer, Payload) and then.data == now.answer.data:
            continue
        if (before := _gist(then)) != (after := _gist(now.answer)):
            return (event.event_id, before, after), now
    return None


async def _opened(payloads: list[Payload], converter: DataConverter) -> list[Payload]:
    return list(await converter.payload_codec.decode(payloads)) if converter.payload_codec else payloads


def _gist(answer: Payload | str) -> str:
    """What a customer would notice of a turn: where it stands, what it asks, what it has been told."""
    if isinstance(answer, str):
        return answer
    try:
        turn = Turn.model_validate_json(answer.data)
    except ValidationError:
        return "unreadable"
    asks = ", ".join(f"{pending.question.key} (revision {pending.revision})" for pending in turn.pending)
    known = ", ".join(line.key for line in turn.answers)
    told = ", ".join(notice.key for notice in turn.notices)
    note = f", {turn.note.value}" if turn.note else ""
    return f"{turn.status.value}{note}; asks {asks or 'nothing'}; knows {known or 'nothing'}; told {told or 'nothing'}"
