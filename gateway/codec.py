"""The codec endpoint of Temporal's own pages: staff see what histories hold, nobody else does."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from gateway.parts import Json, Parts, given
from models.errors import Forbidden

router = APIRouter(prefix="/codec", include_in_schema=False)


class Payloads(BaseModel):
    payloads: list[Json]


def staff(request: Request, parts: Annotated[Parts, Depends(given)]) -> Parts:
    """The parts, for whoever brings the staff token."""
    expected = f"Bearer {parts.staff_token}"
    sent = request.headers.get("authorization", "")
    if not parts.staff_token or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise Forbidden
    return parts


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
