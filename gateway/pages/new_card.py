"""The pretend processor's own page. A card number passes through to it and is nowhere kept, logged or shown again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import checked_form, csrf_of, field, nonce
from gateway.pages.seeing import Case, Seen
from gateway.templating import page
from models.case import Pending
from models.errors import Declined, NotConfirmed
from models.questions import Method, PaymentMethod

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}/new-card", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@router.get("")
async def look(request: Request, case: Case) -> Response:
    if open_question(case) is None:
        return RedirectResponse(case.path, 303)
    return card_page(request, case)


@router.post("")
async def take(request: Request, case: Case, form: Form) -> Response:
    """Card in, token out, and back to the case with it."""
    pending = open_question(case)
    if pending is None:
        return RedirectResponse(case.path, 303)
    number, expiry = field(form, "card", 40), field(form, "expiry", 10)
    try:
        method = await case.parts.back_office.tokenise(case.session.customer, number, expiry)
    except Declined as refusal:
        return card_page(request, case, 422, error=refusal.reason)
    return await answered(case, pending, method, f"web:{case.turn.case}:{field(form, 'nonce', 40)}")


async def answered(case: Seen, pending: Pending, method: Method, request_id: str) -> Response:
    """The token answers the question it was taken for, and the customer is back in the case."""
    key, revision = pending.question.key, pending.revision
    try:
        await case.parts.switchboard.answer(
            case.speaker, case.turn.case, request_id, key, revision, method.model_dump()
        )
    except NotConfirmed:
        return RedirectResponse(f"{case.path}?note=not-confirmed", 303)
    return RedirectResponse(case.path, 303)


def open_question(case: Seen) -> Pending | None:
    """The question a new card answers, if it is still asked."""
    for pending in case.turn.pending:
        if isinstance(pending.question, PaymentMethod) and pending.question.new:
            return pending
    return None


def card_page(request: Request, case: Seen, status: int = 200, *, error: str = "") -> Response:
    return page(
        request,
        "customer/new_card.html",
        case.words,
        status,
        case=case,
        csrf=csrf_of(request),
        nonce=nonce(),
        error=error,
    )
