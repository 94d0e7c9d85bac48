"""A call to the customer by the agent themselves: their own phone rings first, then the customer's."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from database.put_throughs import PutThroughs
from gateway.desk.case import once, place
from gateway.desk.seeing import Case, DeskCase, Form
from gateway.webhooks.through import HELD
from models.errors import Uncertain, Undelivered

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)


@router.post("/connect")
async def connect(request: Request, case: Case, form: Form) -> Response:
    """Ring the agent; who presses the key is connected with the customer."""

    async def act(request_id: str) -> str:
        return place(case, told=await ring(case))

    return await once(request, case, form, act)


async def ring(case: DeskCase) -> str:
    """What became of it, as the code of a sentence."""
    parts, person = case.parts, case.person
    there = await parts.attendance.of(person.id)
    if there is None or not there.phone:
        return "no-phone"
    if not any(address.kind == "phone" for address in await case.addresses()):
        return "nowhere"
    if not await parts.attendance.hold(person.id, HELD):
        return "in-a-call"
    books = PutThroughs(parts.database)
    way = await books.begin("", person.id, customer=case.customer.id, case=case.turn.case, outbound=True)
    url, progress = parts.url(f"/twilio/voice/whisper?t={way.id}"), parts.url(f"/twilio/voice/leg?t={way.id}")
    try:
        await parts.door.call(there.phone, url=url, status_callback=progress)
    except Undelivered:
        await books.end(way.id)
        await parts.attendance.let_go(person.id)
        return "not-sent"
    except Uncertain:
        return "ringing"  # it may ring all the same
    return "ringing"
