"""Taking a case in hand, having it while the page is open, and letting go of it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import cast

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from database.hand_overs import HandOvers
from database.passes import digest
from database.whereabouts import Whereabouts
from database.wrap_ups import WrapUps
from gateway.browser import STAFF, field, nonce, token_of
from gateway.desk.case import once, place
from gateway.desk.live_view import glance
from gateway.desk.seeing import Case, DeskCase, Form, Room, fence_in, room_of
from gateway.pages.live import Watcher
from models.case import Reach, Status, Turn
from models.errors import SegueError

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
LEASE, RENEW = 180.0, 60.0
# How soon one sees who else has come to look, in seconds.
GLANCE = 2.0


@router.post("/claim")
async def claim(request: Request, case: Case, form: Form) -> Response:
    """Take over: from now on the agent drives. A supervisor also takes it from a colleague, if the form says so."""
    over = case.may_take_over and field(form, "over") == "1"

    async def act(request_id: str) -> Turn:
        turn = await claimed(case, request_id, over=over)
        if turn.note is None:
            await HandOvers(case.parts.database).accept(turn.case, case.person.id)
        return turn

    return await once(request, case, form, act)


async def claimed(case: DeskCase, request_id: str, *, fence: int | None = None, over: bool = False) -> Turn:
    person, board = case.person, case.parts.switchboard
    return await board.claim(
        case.agent(fence), case.turn.case, request_id, holder=person.id, name=person.name, seconds=LEASE, over=over
    )


@router.post("/release")
async def release(request: Request, case: Case, form: Form) -> Response:
    """Let go. The customer goes on where it is; asked for, they are sent what is next."""

    async def act(request_id: str) -> Turn | str:
        agent = case.agent(fence_in(form))
        turn = await case.parts.switchboard.release(agent, case.turn.case, request_id)
        if turn.note is not None:
            return turn
        await case.parts.switchboard.leave(agent, case.turn.case, f"{request_id}/left"[:200])
        record = case.turn.case.split("/")[1]
        await WrapUps(case.parts.database).open(request_id, case.turn.case, record, case.person.id)
        if field(form, "ask") != "1":
            return place(case, told="released")
        if (await Whereabouts(case.parts.database).there(case.turn.case)).page:
            return place(case, told="shown")
        if case.claim is not None and case.claim.chat is not None and case.claim.chat.keeps:
            return place(case, told="sent")  # with the goodbye that the case itself says
        return place(case, told=await sent_on(case, request_id))

    return await once(request, case, form, act)


async def sent_on(case: DeskCase, request_id: str) -> str:
    """The open question goes to the customer, over the way that suits them."""
    turn = await case.parts.switchboard.look(case.turn.case)
    if turn is None or turn.question is None or turn.status not in {Status.PARKED, Status.OPEN}:
        return "released"
    reach = Reach(
        key=f"{request_id}/asking"[:200],
        kind="asking",
        customer=turn.case.split("/")[1],
        language=case.customer.language,
        zone=case.customer.zone,
        turn=turn.model_copy(update={"notices": []}),
    )
    outcome = await case.parts.outreach.reach(reach)
    return "sent" if outcome in {"sent", "later"} else "not-sent"


@router.get("/live")
async def live(request: Request, case: Case, since: int = 0) -> Response:
    """Server-sent events whenever the case has moved. While it is open, the agent who drives goes on having it."""
    watcher, holder = cast("Watcher", request.app.state.watcher), digest(token_of(request, STAFF))
    if watcher.full or watcher.enough(holder):
        return Response(status_code=503, headers={"Retry-After": "30"})
    events = moved(watcher, room_of(request), case, max(since, 0), holder)
    return EventSourceResponse(events, ping=20, headers={"Cache-Control": "no-store"})


async def moved(watcher: Watcher, room: Room, case: DeskCase, since: int, holder: str) -> AsyncIterator[dict[str, str]]:
    if watcher.enough(holder):
        return
    name, renewed = case.turn.case, time.monotonic()
    room.enters(name, case.person)
    try:
        async with watcher.held(holder), watcher.watch(name, since) as queue:
            yield {"event": "watching", "data": str(since)}
            there: tuple[list[str], int] = ([], room.turnover)
            seen = await glance(case)
            while True:
                with contextlib.suppress(TimeoutError):
                    since = await asyncio.wait_for(queue.get(), GLANCE)
                    yield {"event": "moved", "id": str(since), "data": str(since)}
                # Both are looked at: what is passed over in one round would be news in the next.
                beside = [
                    there != (there := (room.others(name, case.person), room.turnover)),
                    seen != (seen := await glance(case)),
                ]
                if any(beside):
                    yield {"event": "moved", "id": str(since), "data": str(since)}
                if time.monotonic() - renewed >= RENEW:
                    renewed = time.monotonic()
                    await renew(case)
    finally:
        room.leaves(name, case.person)


async def renew(case: DeskCase) -> None:
    """The claim lasts longer, if it is still this agent's."""
    with contextlib.suppress(SegueError):
        turn = await case.parts.switchboard.look(case.turn.case)
        if turn is not None and turn.claim is not None and turn.claim.holder == case.person.id:
            given = await HandOvers(case.parts.database).last(case.turn.case)
            if given is not None and given.state == "waiting" and given.to == case.person.id:
                return  # not accepted yet: it goes back to the team in time
            now = replace(case, turn=turn)
            await claimed(now, f"desk:renew:{nonce()}", fence=turn.claim.fence)
