"""Replays: would the code at hand do to the cases there are what was done?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import checked_form, field
from gateway.ops.protocols import Replays
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import Unknown

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


def replays_of(request: Request) -> Replays:
    """Raises Unknown where nothing is wired to replay with."""
    ops = parts_of(request).ops
    if ops is None or ops.replays is None:
        raise Unknown
    return ops.replays


@router.get("/replays")
async def read(request: Request) -> Response:
    """How far it is, or what the last one found."""
    run = replays_of(request).last
    response = page(request, "ops/replays.html", words_for(request), run=run)
    if run is not None and run.ended is None:
        response.headers["Refresh"] = "2"
    return response


@router.post("/replays")
async def start(request: Request, form: Form) -> Response:
    query = field(form, "query", 400).strip() or field(form, "which", 10)
    replays_of(request).start(query, here(request).person.name)
    return RedirectResponse("/ops/replays", 303)


@router.post("/replays/stop")
async def stop(request: Request, form: Form) -> Response:
    replays_of(request).stop()
    return RedirectResponse("/ops/replays", 303)
