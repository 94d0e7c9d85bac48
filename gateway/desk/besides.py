"""Beside the question: the customer's addresses, a pass, a call now or later, and the files."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from database.calls import PERSON
from database.outbox import Message
from database.passcode import shown as spelled
from database.waiting import Waiting
from gateway.browser import field
from gateway.desk.booking import call_made
from gateway.desk.case import once, place
from gateway.desk.seeing import Case, Form, room_of
from gateway.desk.showing import Shown, case_page
from models.errors import Unknown
from models.people import Channel

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
LINK_LIFETIME = timedelta(days=1)


@router.post("/reveal")
async def reveal(request: Request, case: Case, form: Form) -> Response:
    """The addresses in full, on this one page; that it was asked for is noted."""
    return await case_page(request, case, Shown(revealed=True))


@router.post("/code")
async def code(request: Request, case: Case, form: Form) -> Response:
    """Eight characters to read out. They are shown once."""
    if case.turn.status.closed:
        return RedirectResponse(place(case), 303)
    made = await case.parts.passes.issue_code(case.turn.case, _record(case.turn.case))
    return await case_page(request, case, Shown(code=spelled(made)))


@router.post("/link")
async def link(request: Request, case: Case, form: Form) -> Response:
    """A link to the case, texted to the number on file."""

    async def act(request_id: str) -> str:
        phone = next((a for a in await case.addresses() if a.kind == "phone"), None)
        if phone is None or case.turn.status.closed:
            return place(case, told="nowhere")
        customer = _record(case.turn.case)
        token = await case.parts.passes.issue(case.turn.case, customer, lifetime=LINK_LIFETIME)
        message = Message(
            key=f"link:{request_id}"[:200],
            case=case.turn.case,
            customer=customer,
            channel=Channel.SMS,
            to=phone,
            body=case.theirs.say("page-link-text", link=case.parts.url(f"/c/{token}")),
        )
        await case.parts.post.send(message)
        return place(case, told="sent")

    return await once(request, case, form, act)


@router.post("/call")
async def call(request: Request, case: Case, form: Form) -> Response:
    """Segue calls the customer about the case, now."""

    async def act(request_id: str) -> str:
        return place(case, told="calling" if await case.parts.outreach.call(case.turn.case) == "calling" else "nowhere")

    return await once(request, case, form, act)


@router.post("/call-back")
async def call_back(request: Request, case: Case, form: Form) -> Response:
    """Promise the customer a call by one of the team: it stands in the queue until it is made."""

    async def act(request_id: str) -> str:
        phone = next((a for a in await case.addresses() if a.kind == "phone"), None)
        if phone is None:
            return place(case, told="nowhere")
        await case.parts.calls.callback_wanted(_record(case.turn.case), phone, PERSON)
        await room_of(request).queue.entries(fresh=True)
        return place(case, told="promised")

    return await once(request, case, form, act)


@router.post("/called")
async def called(request: Request, case: Case, form: Form) -> Response:
    """A promised call was made."""

    async def act(request_id: str) -> str:
        promises = await Waiting(case.parts.database).promised(20, _record(case.turn.case))
        for promise in promises:
            if promise.id == field(form, "promise", 64):
                await call_made(case.parts, promise)
        await room_of(request).queue.entries(fresh=True)
        return place(case, told="called")

    return await once(request, case, form, act)


@router.get("/files/{file}")
async def file(case: Case, file: str) -> Response:
    """A file of this case, to be kept and not to be run. Raises Unknown for any other."""
    if file not in {kept.id for kept in await case.parts.attachments.of_case(case.turn.case)}:
        raise Unknown
    for customer in (_record(case.turn.case), case.customer.id):
        if opened := await case.parts.attachments.open(file, customer):
            name = opened[0].name.encode("ascii", "replace").decode()
            headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
            return Response(opened[1], media_type=opened[0].type, headers=headers)
    raise Unknown


def _record(case: str) -> str:
    """The record that the case began with: passes and promises are made out to that."""
    return case.split("/")[1]
