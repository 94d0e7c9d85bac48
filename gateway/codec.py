"""The codec endpoint of Temporal's own pages and command line: ops who are signed in read histories, nobody else."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from gateway.browser import staff_token
from gateway.parts import Json, Parts, given, parts_of
from gateway.staff.permissions import may
from models.errors import Forbidden
from models.staff import StaffSession

router = APIRouter(prefix="/codec", include_in_schema=False)
DECODE = "/codec/decode"
LOOK = 15 * 60  # seconds: a history that is opened again, or in pages, is one look
MOST = 10_000
BEARER = "Bearer "


class Payloads(BaseModel):
    payloads: list[Json]


async def staff(request: Request) -> StaffSession:
    """Who asks: somebody signed in in this browser, from Temporal's own pages; or by the token of a command line."""
    parts, sent = parts_of(request), request.headers.get("authorization", "")
    by_token = sent.startswith(BEARER)
    token = sent.removeprefix(BEARER).strip() if by_token else staff_token(request)
    found = await parts.staff_sessions.find(token) if token else None
    if found is None or (found.way == "command-line") is not by_token:
        raise Forbidden
    if not by_token and not (parts.temporal_ui and request.headers.get("origin") == parts.temporal_ui):
        raise Forbidden  # a browser brings the cookie for any page of this site: only one of them may ask
    if not may(found.person.role, "POST", DECODE):
        raise Forbidden
    return found


def allowed(request: Request, parts: Parts) -> dict[str, str]:
    """Lets the pages of Temporal, which stand at another origin, read the answer. No other origin is told a thing."""
    if not parts.temporal_ui or request.headers.get("origin") != parts.temporal_ui:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": parts.temporal_ui,
        "Access-Control-Allow-Headers": "Content-Type, X-Namespace",
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Max-Age": "600",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Origin",
    }


@router.get("")
async def where() -> Response:
    """To the page that says how."""
    return RedirectResponse("/ops/codec", 303)


@router.options("/{way}")
async def preflight(request: Request, parts: Annotated[Parts, Depends(given)]) -> Response:
    return Response(status_code=204, headers=allowed(request, parts))


@router.post("/decode")
async def decode(
    request: Request, body: Payloads, response: Response, who: Annotated[StaffSession, Depends(staff)]
) -> dict[str, Any]:
    """Payloads in the open. Whose they are is noted first: what can't be noted is not shown."""
    parts, whole = parts_of(request), body.payloads[:MOST]
    response.headers.update(allowed(request, parts))
    for customer, count in (await parts.codec.customers(whole)).items():
        mark = f"{who.id} codec {customer} {int(time.time()) // LOOK}"
        what = f"POST {DECODE}"
        await parts.audit.note(who.person, what, customer=customer, note=f"payloads={count}", mark=mark)
    return {"payloads": await parts.codec.decode(whole)}


@router.post("/encode")
async def encode(
    request: Request, body: Payloads, response: Response, who: Annotated[StaffSession, Depends(staff)]
) -> dict[str, Any]:
    parts = parts_of(request)
    response.headers.update(allowed(request, parts))
    return {"payloads": await parts.codec.encode(body.payloads[:MOST])}
