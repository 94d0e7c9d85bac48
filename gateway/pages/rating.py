"""How it went, tapped on the page of a finished case: from 1 to 5, once, and changeable for a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from database.ratings import MOST, Ratings
from gateway.browser import checked_form, field
from gateway.limits import limits_of, within
from gateway.pages.seeing import Case
from models.case import Status
from models.people import Channel

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
SCORES = {str(score) for score in range(1, MOST + 1)}


@router.post("/rating")
async def rate(request: Request, case: Case, form: Annotated[FormData, Depends(checked_form)]) -> Response:
    """Keeps it; whatever is no score, or comes too late, changes nothing."""
    score = field(form, "score", 2)
    within(limits_of(request).ratings, case.turn.case)
    if score in SCORES and case.turn.status is Status.FINISHED and not case.in_store:
        await Ratings(case.parts.database).rate(case.turn.case, case.session.customer, int(score), Channel.WEB)
    return RedirectResponse(f"{case.path}#rating", 303)
