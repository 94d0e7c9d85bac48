"""Health at one look: what answers, who waits for us and how long, cases on their way, and how fast turns are."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from database.census import Census, Heap
from database.passes import digest
from gateway.browser import staff_token
from gateway.desk.showing import since
from gateway.ops.chart import chart
from gateway.ops.flow import flows
from gateway.pace import PACE
from gateway.pages.live import Watcher
from gateway.parts import parts_of
from gateway.sampling import Sampler
from gateway.staff.guard import here
from gateway.staff.permissions import may
from gateway.templating import page, stamp, words_for
from models.errors import NotConfirmed

router = APIRouter(include_in_schema=False)
TICK, BEAT = 2.0, 20.0
LAST = 8
WAITS_TOO_LONG, WAITS_LONG = 1800.0, 300.0
STALE = 60.0


@dataclass(frozen=True)
class Tile:
    """One figure: its name, how it is (good, busy, bad), and what it says: a word, a count or seconds."""

    name: str
    state: str
    figure: str = ""
    count: int | None = None
    seconds: float | None = None


def sampler_of(request: Request) -> Sampler:
    return cast("Sampler", request.app.state.sampler)


@router.get("")
async def home(request: Request) -> Response:
    """The page; it swaps its parts when the stream says that something moved."""
    sampler, parts, words = sampler_of(request), parts_of(request), words_for(request)
    await sampler.wanted()
    census = sampler.census
    audit = may(here(request).person.role, "GET", "/ops/audit")
    return page(
        request, "ops/home.html", words, tiles=tiles(sampler), verdict=verdict(sampler),
        flows=flows(sampler.paths, census.cases if census else ()), chart=chart(PACE.hour()), points=PACE.hour(),
        over=PACE.over_the_hour(), stages=PACE.stages(), working=sampler.working, since=since, waits=_waits(census),
        deeds=await parts.audit.newest(LAST) if audit else [], audit=audit, sampled=sampler.at,
    )  # fmt: skip


def tiles(sampler: Sampler) -> list[Tile]:
    """What stands in the first row: from what everything hangs on to who waits."""
    reached, census = sampler.reached, sampler.census or _nothing()
    working = sampler.working
    workers = len(working.workers) if working else 0
    longest = max(census.oldest_unanswered().values())
    uncertain = census.outbox.get("uncertain", Heap()).count
    stuck = sum(group.count for group in census.cases if group.status in {"stuck", "uncertain"})
    return [
        Tile("temporal", "good" if reached.get("temporal") else "bad", "up" if reached.get("temporal") else "away"),
        Tile("database", "good" if reached.get("database") else "bad", "up" if reached.get("database") else "away"),
        Tile("workers", "good" if workers else "bad", count=workers),
        Tile("unanswered", _by(longest, WAITS_LONG, WAITS_TOO_LONG), figure="nobody-waits", seconds=longest or None),
        Tile("stuck", _by(stuck, 1, 1), count=stuck),
        Tile("outbox", _by(uncertain, 1, 20), count=sum(heap.count for heap in census.outbox.values())),
    ]


def _by(figure: float, busy: float, bad: float) -> str:
    return "bad" if figure >= bad else "busy" if figure >= busy else "good"


def _nothing() -> Census:
    return Census(
        at=datetime.now(UTC), cases=(), waiting={}, outbox={}, pops=Heap(), ringing=0, talking=0
    )  # fmt: skip


def verdict(sampler: Sampler) -> str:
    """The worst of all figures, as one word."""
    states = {tile.state for tile in tiles(sampler)}
    return next((state for state in ("bad", "busy") if state in states), "good")


def _waits(census: Census | None) -> list[tuple[str, Heap, str]]:
    """Each kind of waiting, what it comes to, and where to see to it."""
    census = census or _nothing()
    places = {"message": "", "person": "/ops/stuck", "call": "", "cared": "", "unplaced": ""}
    rows = [(f"waiting-{kind}", census.waiting.get(kind, Heap()), place) for kind, place in places.items()]
    rows += [(f"outbox-{state}", census.outbox.get(state, Heap()), "") for state in ("pending", "sending", "uncertain")]
    return [*rows, ("pops", census.pops, ""), ("ringing", Heap(count=census.ringing), ""),
            ("talking", Heap(count=census.talking), "")]  # fmt: skip


@router.get("/live")
async def live(request: Request) -> Response:
    """Server-sent events: ``moved``, whenever what the page shows has changed; ``over`` when the session ends."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        return Response(status_code=406)
    watcher, holder = cast("Watcher", request.app.state.watcher), f"ops:{digest(staff_token(request))}"
    if watcher.full or watcher.enough(holder):
        return Response(status_code=503, headers={"Retry-After": "30"})
    return EventSourceResponse(events(request, watcher, holder), ping=20, headers={"Cache-Control": "no-store"})


async def events(request: Request, watcher: Watcher, holder: str) -> AsyncIterator[dict[str, str]]:
    """Until the session ends. No event holds more than a mark that tells whether something has changed."""
    known, beat, sampler = "", time.monotonic(), sampler_of(request)
    async with watcher.held(holder):
        while True:
            try:
                if time.monotonic() - beat >= BEAT:
                    beat = time.monotonic()
                    if await parts_of(request).staff_sessions.find(staff_token(request), active=False) is None:
                        yield {"event": "over", "data": ""}
                        return
                await sampler.wanted()
                if (mark := marked(sampler)) != known:
                    known = mark
                    yield {"event": "moved", "data": mark}
            except NotConfirmed:
                yield {"event": "away", "data": ""}
            await asyncio.sleep(TICK)


def marked(sampler: Sampler) -> str:
    """What changes when the page would: not the time of the look."""
    census = sampler.census.model_dump(exclude={"at"}) if sampler.census else None
    workers = sorted(sampler.working.workers) if sampler.working else []
    seen = (census, sampler.reached, workers, PACE.over_the_hour(), sampler.paths)
    return hashlib.sha256(stamp(seen).encode()).hexdigest()[:12]
