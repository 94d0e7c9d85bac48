"""The codec endpoint of Temporal's own pages: staff see what histories hold, nobody else does."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel

from gateway.limits import client_of, limits_of
from gateway.parts import Json, Parts, given
from gateway.templating import page, words_for
from models.errors import Forbidden

router = APIRouter(prefix="/codec", include_in_schema=False)
COOKIE = "segue_staff"
SECONDS = 8 * 3600


class Payloads(BaseModel):
    payloads: list[Json]


def staff(request: Request, parts: Annotated[Parts, Depends(given)]) -> Parts:
    """The parts, for whoever brings the staff token, or the cookie that it was exchanged for."""
    sent = request.headers.get("authorization", "").removeprefix("Bearer ")
    kept = request.cookies.get(COOKIE, "")
    if not parts.staff_token or not (_same(sent, parts.staff_token) or _still_good(parts, kept)):
        raise Forbidden
    return parts


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def sealed(parts: Parts, until: int) -> str:
    """The cookie that is good until then, in seconds of the epoch."""
    return f"{until}.{hmac.new(parts.staff_token.encode(), f'codec {until}'.encode(), hashlib.sha256).hexdigest()}"


def _still_good(parts: Parts, cookie: str) -> bool:
    until = cookie.partition(".")[0]
    if not re.fullmatch(r"[0-9]{1,12}", until) or int(until) <= time.time():
        return False
    return _same(cookie, sealed(parts, int(until)))


def allowed(parts: Parts) -> dict[str, str]:
    """Lets the pages of Temporal, which stand at another origin, read the answer."""
    if not parts.temporal_ui:
        return {}
    return {
        "Access-Control-Allow-Origin": parts.temporal_ui,
        "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Namespace",
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Credentials": "true",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Origin",
    }


@router.get("")
async def sign_in(request: Request) -> Response:
    """Where staff exchange their token for a cookie, so that Temporal's pages in the same browser can ask."""
    return page(request, "staff/codec.html", words_for(request), state="ask")


@router.post("")
async def signed_in(
    request: Request, parts: Annotated[Parts, Depends(given)], token: Annotated[str, Form()]
) -> Response:
    words = words_for(request)
    if not limits_of(request).staff.allows(client_of(request)):
        return page(request, "staff/codec.html", words, 429, state="wrong")
    if not parts.staff_token or not _same(token, parts.staff_token):
        return page(request, "staff/codec.html", words, 403, state="wrong")
    response = page(request, "staff/codec.html", words, state="done", endpoint=parts.url("/codec"))
    # Strict: the pages of Temporal are another origin of the same site, and nobody else's request brings it.
    response.set_cookie(
        COOKIE,
        sealed(parts, int(time.time()) + SECONDS),
        max_age=SECONDS,
        httponly=True,
        samesite="strict",
        secure=parts.secure,
        path="/codec",
    )
    return response


@router.options("/{way}")
async def preflight(parts: Annotated[Parts, Depends(given)]) -> Response:
    return Response(status_code=204, headers=allowed(parts))


@router.post("/decode")
async def decode(body: Payloads, response: Response, parts: Annotated[Parts, Depends(staff)]) -> dict[str, Any]:
    response.headers.update(allowed(parts))
    return {"payloads": await parts.codec.decode(body.payloads)}


@router.post("/encode")
async def encode(body: Payloads, response: Response, parts: Annotated[Parts, Depends(staff)]) -> dict[str, Any]:
    response.headers.update(allowed(parts))
    return {"payloads": await parts.codec.encode(body.payloads)}
