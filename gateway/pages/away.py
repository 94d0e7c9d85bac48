"""What a store's tablet shows without a line: a page that waits, and the worker that keeps it on the device."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from gateway.browser import STORE
from gateway.templating import STATIC, page, words_for

router = APIRouter(include_in_schema=False)


@router.get("/away")
async def away(request: Request) -> Response:
    """Of nobody: it is kept on the device, and comes from there when nothing else does."""
    return page(request, "store/away.html", words_for(request))


@router.get("/worker.js")
async def worker(request: Request) -> Response:
    """At the store's own address, and allowed for its first page: what it is asked for is everything below."""
    headers = {"Service-Worker-Allowed": STORE, "Cache-Control": "no-cache"}
    return FileResponse(STATIC / "store-worker.js", media_type="text/javascript", headers=headers)
