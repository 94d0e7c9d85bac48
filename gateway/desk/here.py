"""An agent at their desk: available or not, at which telephone, and what is put before them at once."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from datetime import date
from typing import cast

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import RedirectResponse, Response

from channels.reading import Said, Understood, read
from database.attendance import STATES
from database.passes import digest
from database.pops import Pop
from gateway.browser import field, staff_token
from gateway.desk.screens import Bar, bar_of, screens_of
from gateway.desk.seeing import DESK, Form, room_of
from gateway.pages.live import Watcher
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import NotConfirmed
from models.questions import PhoneNumber
from models.staff import Person

router = APIRouter(include_in_schema=False)
TICK, BEAT = 0.5, 20.0


@router.get("/here")
async def place(request: Request) -> Response:
    """The same as at the top of each page, where that can't be opened; and what is before the agent."""
    return _shown(request, await bar_of(request))


@router.post("/here")
async def say(request: Request, form: Form) -> Response:
    """Available, busy or away; and where calls reach them, in any way one writes a number."""
    parts, person, wanted = parts_of(request), here(request).person, field(form, "state", 12)
    bar, words = await bar_of(request), words_for(request)
    state = wanted if wanted in STATES else bar.state
    typed = field(form, "phone", 40).strip() if "phone" in form else None
    phone = number_in(typed) if typed else typed
    if phone is None and typed:
        return _shown(request, bar, error=words.say("desk-here-no-number"), typed=typed, status=422)
    await parts.attendance.set(person.id, state, phone=phone, language=words.locale.language)
    back = field(form, "back", 200)
    safe = back == DESK or (back.startswith(f"{DESK}/") and "//" not in back and "\\" not in back)
    return RedirectResponse(back if safe else DESK, 303)


def number_in(typed: str) -> str | None:
    """The E.164 number that was meant; None where it is none."""
    number = read(PhoneNumber("number"), Said(typed, "typed"), today=date.min)
    return str(number.value) if isinstance(number, Understood) else None


def _shown(request: Request, bar: Bar, *, error: str = "", typed: str | None = None, status: int = 200) -> Response:
    request.state.bar = bar
    person = here(request).person
    return page(request, "desk/here.html", words_for(request), status, person=person, error=error, typed_phone=typed)


@router.get("/pops")
async def pops(request: Request) -> Response:
    """What is before the agent now, as a part of a page."""
    request.state.bar = await bar_of(request)
    return page(request, "desk/_pops.html", words_for(request))


@router.post("/pops/{id}/open")
async def open_(request: Request, id: str, form: Form) -> Response:
    """Go to what was put before the agent: once it is open, it is before them no more."""
    shown = {each.pop.id: each for each in await screens_of(request).shown(here(request).person.id)}
    if id not in shown:
        return RedirectResponse(DESK, 303)
    loose = await not_in_hand(request, shown[id].pop)
    return RedirectResponse(shown[id].path + ("?told=call-not-in-hand" if loose else ""), 303)


async def not_in_hand(request: Request, pop: Pop) -> bool:
    """Whether they took a call, and its case could not be claimed for them then."""
    turn = await parts_of(request).cases.turn(pop.case) if pop.kind == "call" and pop.case else None
    return turn is not None and turn.claim is None and not turn.status.closed


@router.post("/pops/{id}/later")
async def later(request: Request, id: str, form: Form) -> Response:
    """Put it away: the case stays in the queue."""
    await parts_of(request).pops.seen(id, here(request).person.id)
    return RedirectResponse(DESK, 303)


@router.get("/live")
async def live(request: Request) -> Response:
    """Server-sent events: something was put before the agent, the queue has moved. While it is open, they are there."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        return Response(status_code=406)
    watcher, holder = cast("Watcher", request.app.state.watcher), f"desk:{digest(staff_token(request))}"
    if watcher.full or watcher.enough(holder):
        return Response(status_code=503, headers={"Retry-After": "30"})
    events = _events(request, watcher, holder, here(request).person)
    return EventSourceResponse(events, ping=20, headers={"Cache-Control": "no-store"})


async def _events(request: Request, watcher: Watcher, holder: str, person: Person) -> AsyncIterator[dict[str, str]]:
    """Until the session ends. No event holds more than a mark that tells whether something has changed."""
    marks: dict[str, str] = {}
    beat = 0.0
    async with watcher.held(holder):
        while True:
            now = time.monotonic()
            try:
                if now - beat >= BEAT:
                    if await _gone(request, person):
                        yield {"event": "over", "data": ""}
                        return
                    beat = now
                for name, mark in (await _marks(request, person)).items():
                    if marks.get(name) != mark:
                        marks[name] = mark
                        yield {"event": name, "data": mark}
            except NotConfirmed:
                yield {"event": "away", "data": ""}
            await asyncio.sleep(TICK)


async def _gone(request: Request, person: Person) -> bool:
    """Whether the session has ended; while it lasts, its agent is there."""
    parts = parts_of(request)
    if await parts.staff_sessions.find(staff_token(request), active=False) is None:
        return True
    await parts.attendance.seen(person.id)
    return False


async def _marks(request: Request, person: Person) -> dict[str, str]:
    waiting = await screens_of(request).of(person.id)
    entries = await room_of(request).queue.entries()
    queue = repr([(entry.id, entry.holder, entry.reasons) for entry in entries])
    return {
        "pops": ",".join(pop.id for pop in waiting),
        "queue": hashlib.sha256(queue.encode()).hexdigest()[:12],
    }
