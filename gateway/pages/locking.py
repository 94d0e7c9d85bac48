"""A tablet that is left alone locks; a customer whom a colleague serves is taken over, or left to them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import STORE, TABLET, checked_form, drop_cookie, field, staff_token
from gateway.pages import associates
from gateway.parts import parts_of
from gateway.staff.entry import on_tablet, safe_back
from gateway.staff.guard import here
from gateway.staff.serving import LOCKED, SERVED, at_tablet, elsewhere, note

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@router.post("/lock")
async def lock(request: Request, form: Form) -> Response:
    """The associate is signed out; the customer's session waits for the same associate, as long as it lasts."""
    person, session = here(request).person, await at_tablet(request)
    back = safe_back(field(form, "back", 200))
    if session is not None and await elsewhere(request, session.customer) is None:
        await note(request, person, LOCKED, session.customer, session.case)
    await parts_of(request).staff_sessions.close(staff_token(request))
    query = f"?{urlencode({'back': back})}" if on_tablet(back) and back != STORE else ""
    response = RedirectResponse(f"{STORE}{query}", 303)
    drop_cookie(request, response, TABLET)
    return response


@router.post("/take-over")
async def take_over(request: Request, form: Form) -> Response:
    """The customer stands here now: from now on their case is refused to the colleague's tablet."""
    associates.associate_needed(request)
    session = await at_tablet(request)
    if session is None:
        return RedirectResponse(STORE, 303)
    await note(request, here(request).person, SERVED, session.customer, session.case)
    return RedirectResponse(f"{STORE}/case/{session.case}" if session.case else f"{STORE}/customer", 303)
