"""Calls that we make about a case: who or what picked up, and what if nobody did."""

from __future__ import annotations

from starlette.datastructures import FormData, QueryParams

from gateway.parts import Parts
from gateway.webhooks.lost import missed
from gateway.webhooks.signature import text_of

NOBODY = {"busy", "no-answer", "failed"}
MACHINES = ("machine", "fax")
HANG_UP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'


async def picked_up(parts: Parts, form: FormData, query: QueryParams) -> bool:
    """Whether somebody is there to speak with; a machine gets no word of a case, its owner a text."""
    case, call = query.get("case"), text_of(form, "CallSid")
    if not case or not text_of(form, "Direction").startswith("outbound"):
        return True
    if text_of(form, "AnsweredBy").startswith(MACHINES):
        await missed(parts, call, case)
        return False
    await parts.calls.attach(call, case)
    return True


async def not_taken(parts: Parts, form: FormData, query: QueryParams) -> None:
    """The end of a call of ours that nobody took: what it was about is texted."""
    case = query.get("case")
    if case and text_of(form, "CallStatus") in NOBODY and text_of(form, "Direction").startswith("outbound"):
        await missed(parts, text_of(form, "CallSid"), case)
