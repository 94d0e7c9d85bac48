"""An agent begins a case for a customer, or calls one off for them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from channels.reading import mask_remark
from database.passes import digest
from gateway.browser import STAFF, field, token_of
from gateway.desk.case import once, place, stale, standing
from gateway.desk.seeing import DESK, Case, Form
from gateway.desk.showing import Shown, case_page
from gateway.desk.taking import LEASE
from gateway.parts import parts_of
from gateway.staff.guard import here
from models.case import Note, Turn
from models.errors import Unknown
from models.people import Actor, Assurance, Channel
from switchboard.switchboard import Speaker

router = APIRouter(include_in_schema=False)
LEAST = 3


@router.post("/customer/{customer}/start")
async def start(request: Request, customer: str, form: Form) -> Response:
    """Start a moment for somebody, or go on with the one they have open; it is in the agent's hands at once."""
    parts, person = parts_of(request), here(request).person
    known = await parts.customers.get(await parts.customers.owner(customer))
    moment = field(form, "moment", 60)
    if known is None or moment not in parts.switchboard.moments:
        raise Unknown
    visit = digest(token_of(request, STAFF))[:32]
    speaker = Speaker(
        known.id, Channel.DESK, Assurance.VERIFIED, None, known.language, known.zone, actor=Actor.AGENT, visit=visit
    )
    id = f"desk:start:{known.id}:{field(form, 'nonce', 80)}"
    turn = await parts.switchboard.start(speaker, moment, id)
    await parts.switchboard.claim(
        speaker, turn.case, f"{id}/claim"[:200], holder=person.id, name=person.name, seconds=LEASE
    )
    return RedirectResponse(f"{DESK}/case/{turn.case}", 303)


@router.post("/case/{moment}/{customer}/{number:int}/call-off")
async def call_off(request: Request, case: Case, form: Form) -> Response:
    """Call the case off for the customer, with a reason that stays in the story; its steps are taken back as usual."""
    reason = mask_remark(field(form, "reason", 500).strip())
    if len(reason) < LEAST:
        return await case_page(request, case, Shown(error=case.words.say("desk-call-off-why"), status=422, form=form))

    async def act(request_id: str) -> Turn | str:
        if not case.mine or stale(case, form):
            return case.turn.model_copy(update={"note": Note.CLAIMED, "because": standing(case)})
        agent, board = case.agent(case.claim.fence if case.claim else None), case.parts.switchboard
        await board.deed(agent, case.turn.case, f"{request_id}/why"[:200], "to_be_called_off", {"because": reason})
        turn = await board.cancel(agent, case.turn.case, request_id)
        return turn if turn.note else place(case, told="called-off")

    return await once(request, case, form, act)
