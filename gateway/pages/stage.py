"""The demonstration: a customer's phone, browser and story side by side. There only where the carrier is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
from fastapi import APIRouter, HTTPException, Path, Request
from starlette.responses import Response, StreamingResponse

from gateway.parts import parts_of
from gateway.templating import page, words_for
from models.people import Address

router = APIRouter(prefix="/stage", include_in_schema=False)
DEFAULT_NUMBER = "+14155550123"
Number = Annotated[str, Path(pattern=r"^\+[1-9]\d{6,14}$")]
ALLOWED = re.compile(
    r"\+[1-9]\d{6,14}(/texts|/calls|/live)?|calls/[A-Za-z0-9]{1,64}(/(say|press|wait|hangup|answer|decline))?"
)
PATIENCE = httpx.Timeout(30, connect=2)


@router.get("")
async def stage(request: Request) -> Response:
    """The whole customer at one glance."""
    parts = parts_of(request)
    return page(request, "stage/stage.html", words_for(request), number=DEFAULT_NUMBER, company=parts.number)


@router.get("/handset/{path:path}")
async def look(request: Request, path: str) -> Response:
    """The carrier's view of a handset, or its stream of changes."""
    if path.endswith("/live"):
        return StreamingResponse(stream(address(request, path)), media_type="text/event-stream")
    return await forwarded(request, path, "GET")


@router.post("/handset/{path:path}")
async def act(request: Request, path: str) -> Response:
    """What the customer does with the phone. Only our own page may do it for them."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403)
    return await forwarded(request, path, "POST")


def address(request: Request, path: str) -> str:
    if not ALLOWED.fullmatch(path):
        raise HTTPException(404)
    return f"{str(parts_of(request).carrier_url).rstrip('/')}/handset/{path}"


async def forwarded(request: Request, path: str, method: str) -> Response:
    url = address(request, path)
    body, kind = await request.body(), request.headers.get("content-type", "application/json")
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.request(method, url, content=body, headers={"Content-Type": kind})
    except httpx.HTTPError:
        raise HTTPException(502) from None
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))


async def stream(url: str) -> AsyncIterator[bytes]:
    """The carrier's events as they come, until either side goes."""
    timeout = httpx.Timeout(None, connect=2)
    try:
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client, client.stream("GET", url) as answer:
            async for chunk in answer.aiter_raw():
                yield chunk
    except httpx.HTTPError:
        return


@router.get("/timeline/{number}")
async def timeline(request: Request, number: Number) -> Response:
    """The customer's story as a list, newest first; 304 while it has not grown."""
    parts = parts_of(request)
    customer = await parts.customers.find(Address(kind="phone", value=number))
    rows = await parts.journal.timeline(customer.id, 100) if customer else []
    last = rows[0] if rows else ("", None)
    tag = f'"{hashlib.sha256(f"{last[0]}/{last[1].sequence if last[1] else 0}/{len(rows)}".encode()).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304)
    words = words_for(request, customer.language if customer else None, customer.zone if customer else None)
    lines = [(case, row, words.story(case.split("/")[0], row)) for case, row in rows]
    response = page(request, "stage/_timeline.html", words, lines=lines)
    response.headers["ETag"] = tag
    return response
