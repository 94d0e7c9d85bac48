"""How ops read histories in Temporal's own pages and by its command line, and the token that the latter needs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for

router = APIRouter(include_in_schema=False)


@router.get("/codec")
async def ask(request: Request) -> Response:
    return _shown(request)


@router.post("/codec")
async def make(request: Request) -> Response:
    """A token for the command line, shown once. It opens the codec endpoint and no page, and can be ended at /staff."""
    parts, session = parts_of(request), here(request)
    return _shown(request, await parts.staff_sessions.open(session.person, "command-line", "temporal"))


def _shown(request: Request, token: str = "") -> Response:
    parts = parts_of(request)
    endpoint, pages = parts.url("/codec"), parts.temporal_ui or ""
    return page(request, "ops/codec.html", words_for(request), endpoint=endpoint, pages=pages, token=token)
