"""One's own page: where one is signed in, and a new password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import STAFF, checked_form, drop_cookie, field
from gateway.limits import client_of, limits_of
from gateway.parts import parts_of
from gateway.staff.entry import HOME
from gateway.staff.guard import here
from gateway.staff.permissions import may
from gateway.templating import page, words_for

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
DOORS = {
    "desk": "/desk",
    "ops": "/ops",
    "store": "/store",
    "people": "/staff/people",
    "customers": "/staff/customers",
    "audit": "/staff/audit.jsonl",
}


@router.get("")
async def home(request: Request) -> Response:
    return await home_page(request)


async def home_page(request: Request, status: int = 200, *, error: str = "") -> Response:
    session = here(request)
    doors = {
        name: path
        for name, path in DOORS.items()
        if may(session.person.role, "GET", path)
        or (name == "store" and may(session.person.role, "POST", "/store/find"))
    }
    sessions = await parts_of(request).staff_sessions.of(session.person.id)
    return page(
        request,
        "staff/home.html",
        words_for(request),
        status,
        me=session.person,
        current=session.id,
        sessions=sessions,
        doors=doors,
        error=error,
    )


@router.post("/sessions/{session}/end")
async def end(request: Request, session: str, form: Form) -> Response:
    """One of one's own; another's is not there."""
    mine = here(request)
    await parts_of(request).staff_sessions.end(mine.person.id, session)
    return RedirectResponse(HOME, 303)


@router.post("/password")
async def renew(request: Request, form: Form) -> Response:
    """A new password, made here and shown once, for the present one. Every session ends."""
    parts, me = parts_of(request), here(request).person
    if not limits_of(request).sign_ins.allows(client_of(request)):
        return await home_page(request, 429, error="page-too-often")
    if not me.local or await parts.staff.by_password(me.sign_in, field(form, "password", 200)) is None:
        return await home_page(request, 422, error="page-staff-wrong")
    password = await parts.staff.renew(me.id)
    response = page(request, "staff/password.html", words_for(request), password=password, me=me)
    drop_cookie(request, response, STAFF)
    return response
