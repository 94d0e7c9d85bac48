"""Calls that we make about a case: who asked for one, who or what picked up, and what if nobody did."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import FormData, QueryParams

from gateway.parts import Parts
from gateway.webhooks.lost import missed
from gateway.webhooks.signature import text_of
from models.errors import Unknown
from switchboard.heard import Heard
from switchboard.switchboard import Speaker

NOBODY = {"busy", "no-answer", "failed"}
MACHINES = ("machine", "fax")
HANG_UP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'


async def ring(parts: Parts, heard: Heard, speaker: Speaker) -> Heard:
    """Call whoever asked for it, now, whatever the hour: about their case, where there is one.

    Where we have no number of theirs, what comes back says so.
    """
    if heard.greeting != "calling":
        return heard
    case = heard.turn.case if heard.turn is not None and not heard.turn.status.closed else None
    here = speaker.reply_to if speaker.reply_to and speaker.reply_to.kind == "phone" else None
    if case is not None:
        try:
            outcome = await parts.outreach.call(case, here.value if here else None)
        except Unknown:
            # They write from a number that is not on file: the one that is rings.
            outcome = await parts.outreach.call(case)
        return heard if outcome == "calling" else replace(heard, greeting="call-nowhere")
    theirs = [a for a in await parts.customers.addresses(speaker.customer) if a.kind == "phone"]
    to = here or next(iter(theirs), None)
    if to is None:
        return replace(heard, greeting="call-nowhere")
    await parts.calls.callback_wanted(speaker.customer, to, "away")
    return heard


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
