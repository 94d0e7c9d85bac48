"""Log lines: plain for people, or JSON for machines; joined by case and trace, and with no words of a customer."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from opentelemetry import trace
from temporalio import activity, workflow

from switchboard.measures import case_at_hand

PLAIN = "%(asctime)s %(levelname)-7s %(name)s %(message)s"
FORMATS = ("plain", "json")
# What a line may bring along; anything else that a library adds stays where it is.
FIELDS = ("method", "route", "status", "ms")
CHATTY = ("httpx", "httpcore", "twilio", "alembic", "temporalio.activity", "temporalio.workflow")


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how bad, where from, what; the case and the trace it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        told |= _joined(record)
        if record.exc_info and record.exc_info[0] is not None:
            told |= {"error": record.exc_info[0].__name__, "stack": places(record.exc_info[2])}
        return json.dumps(told, ensure_ascii=False)


class Plainly(logging.Formatter):
    """One line an event. An error is told by its kind and its places: its words may be a customer's."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's own name
        return "\n".join([ei[0].__name__, *(f"  {place}" for place in places(ei[2]))])


def places(trail: Any) -> list[str]:
    """``file:line function`` of each call that led to an error, the innermost last."""
    frames = traceback.extract_tb(trail)[-20:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def _joined(record: logging.LogRecord) -> Mapping[str, str]:
    """``case`` and ``trace``, where there are such."""
    case = getattr(record, "case", "") or _worked_on() or case_at_hand()
    context = trace.get_current_span().get_span_context()
    found = {"case": case} if case else {}
    return found | ({"trace": format(context.trace_id, "032x")} if context.is_valid else {})


def _worked_on() -> str:
    """The case whose step or script is running here."""
    if activity.in_activity():
        return activity.info().workflow_id or ""
    return workflow.info().workflow_id if workflow.in_workflow() else ""


def log_as(level: str, form: str = "plain") -> None:
    """All logs of this process to standard error, one line an event; ``form`` is plain or json."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Plainly(PLAIN))
    logging.basicConfig(level=level, handlers=[handler])
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
