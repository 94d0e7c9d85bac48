"""How a conversation ended: one key when the case is let go of, or later from the list; never in the way of a call."""

from __future__ import annotations

import contextlib

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from channels.reading import mask_remark
from database.wrap_ups import WrapUps
from gateway.browser import field
from gateway.desk.seeing import DESK, Form
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import SegueError
from models.follow_through import Ending, WrapUp
from models.people import Actor, Assurance, Channel
from switchboard.switchboard import Speaker

router = APIRouter(include_in_schema=False)
LONGEST = 500


@router.get("/wrap-ups")
async def wrap_ups(request: Request) -> Response:
    """What one has let go of and not said a word about."""
    parts, person = parts_of(request), here(request).person
    found = [(each, await _name(request, each)) for each in await WrapUps(parts.database).of(person.id)]
    return page(request, "desk/wrap_ups.html", words_for(request), person=person, found=found, endings=list(Ending))


@router.post("/wrap-ups")
async def wrap_up(request: Request, form: Form) -> Response:
    """The code, and a note where there is one; in the case's story, if it is still being written."""
    parts, person = parts_of(request), here(request).person
    ending = next((each for each in Ending if each.value == field(form, "ending", 40)), None)
    note = mask_remark(field(form, "note", LONGEST).strip())
    done = await WrapUps(parts.database).done(field(form, "id", 40), person.id, ending, note) if ending else None
    if done is not None:
        await parts.audit.note(person, "wrapped-up", customer=done.customer, case=done.case)
        await _told(request, done)
    left = await WrapUps(parts.database).of(person.id)
    return RedirectResponse(f"{DESK}/wrap-ups" if left and field(form, "back") == "list" else DESK, 303)


async def _told(request: Request, done: WrapUp) -> None:
    """A line of the story; a closed case has its last line already, and its page shows how it ended."""
    parts = parts_of(request)
    known = await parts.customers.get(await parts.customers.owner(done.customer))
    if known is None or done.ending is None:
        return
    speaker = Speaker(known.id, Channel.DESK, Assurance.VERIFIED, None, known.language, known.zone, actor=Actor.AGENT)
    facts = {"ending": done.ending.value, "note": done.note or "none"}
    with contextlib.suppress(SegueError):
        await parts.switchboard.deed(speaker, done.case, f"wrap:{done.id}", "wrapped_up", facts)


async def _name(request: Request, each: WrapUp) -> str:
    parts = parts_of(request)
    known = await parts.customers.get(await parts.customers.owner(each.customer))
    return known.name or "" if known else ""
