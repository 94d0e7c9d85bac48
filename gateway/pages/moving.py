"""The live end of a case's page: an event whenever the case has moved."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from typing import cast

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from database.passes import digest
from database.whereabouts import RENEWED, Whereabouts
from gateway.browser import session_token
from gateway.pages.live import Watcher
from gateway.pages.seeing import Case
from models.errors import SegueError

router = APIRouter(include_in_schema=False)
_goodbyes: set[asyncio.Task[None]] = set()


@router.get("/case/{moment}/{customer}/{number:int}/live")
async def live(request: Request, case: Case, since: int = 0) -> Response:
    """Server-sent events: ``moved`` with the case's sequence. The page fetches what changed itself."""
    watcher = cast("Watcher", request.app.state.watcher)
    holder = digest(session_token(request))
    if watcher.full or watcher.enough(holder):
        return Response(status_code=503, headers={"Retry-After": "30"})
    where = None if case.in_store else Whereabouts(case.parts.database)
    events = moved(watcher, case.turn.case, max(since, 0), holder, where)
    return EventSourceResponse(events, ping=20, headers={"Cache-Control": "no-store"})


async def moved(
    watcher: Watcher, case: str, since: int, holder: str, where: Whereabouts | None = None
) -> AsyncIterator[dict[str, str]]:
    """``where``: told that the customer has this page open, as long as it is."""
    # Many that ask at one time all pass the look above: here they are counted.
    if watcher.enough(holder):
        return
    page = secrets.token_hex(12)
    try:
        async with watcher.held(holder), watcher.watch(case, since) as queue:
            yield {"event": "watching", "data": str(since)}
            while True:
                await _here(where, case, page)
                with contextlib.suppress(TimeoutError):
                    sequence = await asyncio.wait_for(queue.get(), RENEWED.total_seconds())
                    yield {"event": "moved", "id": str(sequence), "data": str(sequence)}
    finally:
        if where is not None:
            # Whoever goes cancels this stream, and all that it still waits for.
            goodbye = asyncio.create_task(_gone(where, case, page))
            _goodbyes.add(goodbye)
            goodbye.add_done_callback(_goodbyes.discard)


async def _here(where: Whereabouts | None, case: str, page: str) -> None:
    if where is not None:
        with contextlib.suppress(SegueError):
            await where.page_open(case, page)


async def _gone(where: Whereabouts, case: str, page: str) -> None:
    with contextlib.suppress(SegueError):
        await where.page_closed(case, page)
