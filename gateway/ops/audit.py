"""The audit to read: who did what, to whom and why, newest first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from database.audit import Sifting
from gateway.parts import parts_of
from gateway.templating import page, words_for

router = APIRouter(include_in_schema=False)
A_PAGE = 50


@router.get("/audit")
async def read(
    request: Request, who: str = "", what: str = "", customer: str = "", why: str = "", before: int = 0
) -> Response:
    """By name, deed, customer and reason; older ones by the number of the last."""
    sifting = Sifting(who=who[:120], what=what[:200], customer=customer[:64].strip(), why=why[:40])
    found = await parts_of(request).audit.newest(A_PAGE + 1, sifting, before=max(before, 0))
    shown, words = found[:A_PAGE], words_for(request)
    older = shown[-1].number if len(found) > A_PAGE else None
    template = "ops/audit.html"
    return page(request, template, words, deeds=shown, sifting=sifting, older=older, before=before)
