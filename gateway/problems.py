"""Problem details (RFC 9457): the form every error of the API takes. What was sent in is never repeated."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse

from models.case import Note, Turn
from models.errors import REFUSED, Refusal, Refused, SegueError

TITLES = {
    "already-answered": "That question has already been answered",
    "unfit": "The answer is not one this question takes",
    "not-asked": "No such question in this case",
    "sealed": "This can no longer be changed",
    "settling": "The case is between two questions: look again",
    "conflict": "The same idempotency key came with other content",
    "finished": "The case is closed",
    "not-confirmed": "Not confirmed in time: send the same request again",
    "unknown": "No such thing",
    "forbidden": "Not yours to see",
    "unauthorised": "An API key is needed",
    "not-understood": "The request could not be read",
    "invalid": "The request is not of the documented form",
    "too-large": "The request is too large",
}
STATUS_OF_NOTE = {cls.code: cls.status for cls in REFUSED.values()} | {Note.NOT_CONFIRMED.value: 503}


class Problem(JSONResponse):
    media_type = "application/problem+json"


def problem(status: int, code: str, detail: str = "", *, headers: dict[str, str] | None = None, **more: Any) -> Problem:
    """A problem document; ``code`` is stable, ``more`` are extension members."""
    title = TITLES.get(code) or HTTPStatus(status).phrase
    body = {"type": f"urn:segue:problem:{code}", "title": title, "status": status, "code": code}
    if detail:
        body["detail"] = detail
    return Problem({**body, **more}, status, headers=headers)


def from_error(error: SegueError) -> Problem:
    """The problem document of an error of ours: its code and status, and the turn where it carries one."""
    headers = {"Retry-After": "2"} if error.status == 503 else None
    more: dict[str, Any] = {}
    if isinstance(error, Refused) and error.turn is not None:
        more["turn"] = error.turn
    if isinstance(error, Refusal | Refused) and error.reason:
        more |= {"reason": error.reason, "facts": error.facts}
    return problem(error.status, error.code, headers=headers, **more)


def from_turn(turn: Turn) -> Problem | None:
    """The problem document of a turn whose request was not taken; None where it was."""
    if turn.note is None:
        return None
    status = STATUS_OF_NOTE[turn.note.value]
    more: dict[str, Any] = {"turn": turn.model_dump(mode="json")}
    if turn.because:
        more |= {"reason": turn.because.code, "facts": turn.because.facts}
    return problem(status, turn.note.value, headers={"Retry-After": "2"} if status == 503 else None, **more)


def from_validation(error: RequestValidationError) -> Problem:
    """Where a request is not of the documented form, without repeating what it held."""
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return problem(400, "not-understood", "The body is not JSON.")
    places = [{"at": "/".join(str(part) for part in fault["loc"]), "fault": fault["type"]} for fault in faults]
    return problem(422, "invalid", errors=places[:20])
