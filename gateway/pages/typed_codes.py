"""Ways back in that are typed: eight characters somebody read out, or a link that a scanner read."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from database.passes import Pass
from gateway.browser import field
from gateway.limits import client_of, limits_of
from gateway.pages.links import let_in
from gateway.pages.sign_in import Form, sign_in_page
from gateway.parts import parts_of

router = APIRouter(include_in_schema=False)
LINK = re.compile(r"/c/([A-Za-z0-9_-]{8,64})/?$")


async def spent(request: Request, typed: str) -> Pass | None:
    """What a typed code or a scanned link opens, used up by this; None where it opens nothing."""
    parts = parts_of(request)
    if not limits_of(request).tries.allows(client_of(request)):
        return None
    scanned = LINK.search(typed.strip())
    if scanned is None:
        found = await parts.conversation.front.passes.typed(typed, ip=client_of(request))
    else:
        found = await parts.passes.use(scanned.group(1))
    record = await parts.cases.get(await parts.switchboard.onward.follow(found.case)) if found else None
    return None if record is None or record.status.closed else found


@router.post("/resume/pass")
async def typed(request: Request, form: Form) -> Response:
    """Eight characters that were read out, printed or sent: into that one case."""
    found = await spent(request, field(form, "typed", 300))
    if found is None:
        return sign_in_page(request, None, 422, code_error="page-code-typed-wrong")
    return await let_in(request, found)
