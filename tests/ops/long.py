"""A long case out of a recorded one: somebody who says very many things beside the question."""

from __future__ import annotations

import base64
import copy
import json
from typing import Any

from temporalio.client import WorkflowHistory

from ops.histories import from_json
from tests.engine.record import HISTORIES

_TASK = ("WORKFLOW_TASK_SCHEDULED", "WORKFLOW_TASK_STARTED", "WORKFLOW_TASK_COMPLETED")


def long_case(events: int, moment: str = "pay-bill", name: str = "plain") -> WorkflowHistory:
    """A history of about so many events: recorded up to its first question, then remarks, one after the other."""
    told = json.loads((HISTORIES / moment / f"{name}.json").read_text("utf-8"))
    first = next(n for n, event in enumerate(told["events"]) if event["eventType"].endswith("UPDATE_COMPLETED"))
    begun, group = told["events"][: first + 1], told["events"][first + 1 : first + 7]
    assert [event["eventType"].removeprefix("EVENT_TYPE_") for event in group[:3]] == list(_TASK)
    told["events"] = begun
    number = 0
    while len(begun) < events:
        number += 1
        begun += _remarked(copy.deepcopy(group), len(begun) - first - 1, number, begun[first])
    return from_json(json.dumps(told))


def _remarked(group: list[dict[str, Any]], by: int, number: int, answered: dict[str, Any]) -> list[dict[str, Any]]:
    for event in group:
        event["eventId"] = str(int(event["eventId"]) + by)
        for attributes in (value for key, value in event.items() if key.endswith("Attributes")):
            for key in [key for key in attributes if key.endswith("EventId")]:
                attributes[key] = str(int(attributes[key]) + by)
    accepted, marker, completed = group[3:]
    told = accepted["workflowExecutionUpdateAcceptedEventAttributes"]
    request, id = told["acceptedRequest"], f"remark-{number}"
    told["protocolInstanceId"] = told["acceptedRequestMessageId"] = request["meta"]["updateId"] = id
    given = json.loads(base64.b64decode(request["input"]["args"]["payloads"][0]["data"]))
    remark = {"id": id, "by": given["by"], "text": f"remark {number}"}
    request["input"] |= {"name": "remark", "args": {"payloads": [_payload(remark)]}}
    _counted(marker, number)
    outcome = completed["workflowExecutionUpdateCompletedEventAttributes"]
    outcome["meta"]["updateId"] = id
    outcome["outcome"] = copy.deepcopy(answered["workflowExecutionUpdateCompletedEventAttributes"]["outcome"])
    return group


def _counted(marker: dict[str, Any], number: int) -> None:
    """The local activity's own number goes up with each."""
    payload = marker["markerRecordedEventAttributes"]["details"]["data"]["payloads"][0]
    told = json.loads(base64.b64decode(payload["data"]))
    told["seq"] += number - 1
    told["activity_id"] = str(int(told["activity_id"]) + number - 1)
    payload["data"] = base64.b64encode(json.dumps(told).encode()).decode()


def _payload(value: Any) -> dict[str, Any]:
    encoding = base64.b64encode(b"json/plain").decode()
    return {"metadata": {"encoding": encoding}, "data": base64.b64encode(json.dumps(value).encode()).decode()}
