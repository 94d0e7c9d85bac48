"""A sore case in an agent's care: they take it on, and they say that they have helped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.caring import TEAM
from gateway.desk.case import once, place
from gateway.desk.seeing import Case, DeskCase, Form, room_of
from models.case import Caring, Turn
from models.staff import Person

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)


@router.post("/helped")
async def helped(request: Request, case: Case, form: Form) -> Response:
    """The customer has been helped, here or elsewhere: nobody owes them anything any more."""

    async def act(request_id: str) -> Turn | str:
        caring = Caring(id=request_id, by=case.agent().provenance(), helped=True)
        return await _taken(request, case, await case.parts.switchboard.care(case.turn.case, caring), "helped")

    return await once(request, case, form, act)


@router.post("/care")
async def care(request: Request, case: Case, form: Form) -> Response:
    """Theirs from now on; what was promised the customer stands, and is promised anew where it ran out."""

    async def act(request_id: str) -> Turn | str:
        return await _taken(request, case, await cared_by(case, case.person, request_id), "taken-on")

    return await once(request, case, form, act)


async def cared_by(case: DeskCase, to: Person | str, request_id: str) -> Turn:
    """The customer is that person's to look after from now on, or that team's."""
    person = to if isinstance(to, Person) else None
    standing, now = case.turn.care, datetime.now(UTC)
    promising = case.parts.promising
    kept = standing is not None and not standing.late
    until = standing.promised_at if standing and kept else promising.until(now, case.customer.zone, there=True)
    caring = Caring(
        id=request_id,
        by=case.agent().provenance(),
        owner=person.id if person else "",
        name=person.name if person else "",
        team=person.team if person else str(to),
        signals=standing.signals if standing else (),
        minutes=max(1.0, (until - now) / timedelta(minutes=1)),
        patience=promising.patience,
        level=0 if person else TEAM,
    )
    return await case.parts.switchboard.care(case.turn.case, caring)


async def _taken(request: Request, case: Case, turn: Turn, told: str) -> Turn | str:
    await room_of(request).queue.entries(fresh=True)
    return turn if turn.note is not None else place(case, told=told)
