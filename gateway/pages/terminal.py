"""The pretend terminal of a store: a card is held to it, and only its token comes to us."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import checked_form, field, nonce
from gateway.pages.new_card import answered, open_question
from gateway.pages.seeing import Case, Seen
from gateway.templating import page
from models.errors import Declined

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}/terminal", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
TERMINAL = "tablet"


@router.get("")
async def look(request: Request, case: Case) -> Response:
    if open_question(case) is None:
        return RedirectResponse(case.path, 303)
    return terminal_page(request, case)


@router.post("")
async def present(request: Request, case: Case, form: Form) -> Response:
    """The card is there now: its token answers the question."""
    pending = open_question(case)
    if pending is None:
        return RedirectResponse(case.path, 303)
    try:
        method = await case.parts.back_office.present(case.session.customer, TERMINAL)
    except Declined as refusal:
        return terminal_page(request, case, 422, error=refusal.reason)
    return await answered(case, pending, method, f"store:{case.turn.case}:{field(form, 'nonce', 40)}")


def terminal_page(request: Request, case: Seen, status: int = 200, *, error: str = "") -> Response:
    return page(request, "store/terminal.html", case.words, status, case=case, nonce=nonce(), error=error)
