"""The live end of a case's page: an event whenever the case has moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from database.passes import digest
from gateway.browser import session_token
from gateway.pages.live import Watcher
from gateway.pages.seeing import Case

router = APIRouter(include_in_schema=False)


@router.get("/case/{moment}/{customer}/{number:int}/live")
async def live(request: Request, case: Case, since: int = 0) -> Response:
    """Server-sent events: ``moved`` with the case's sequence. The page fetches what changed itself."""
    watcher = cast("Watcher", request.app.state.watcher)
    holder = digest(session_token(request))
    if watcher.full or watcher.enough(holder):
        return Response(status_code=503, headers={"Retry-After": "30"})
    events = moved(watcher, case.turn.case, max(since, 0), holder)
    return EventSourceResponse(events, ping=20, headers={"Cache-Control": "no-store"})


async def moved(watcher: Watcher, case: str, since: int, holder: str) -> AsyncIterator[dict[str, str]]:
    # Many that ask at one time all pass the look above: here they are counted.
    if watcher.enough(holder):
        return
    async with watcher.held(holder), watcher.watch(case, since) as queue:
        yield {"event": "watching", "data": str(since)}
        while True:
            sequence = await queue.get()
            yield {"event": "moved", "id": str(sequence), "data": str(sequence)}
