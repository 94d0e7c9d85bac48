"""A case goes on with somebody else: in fields, so that nobody has to read everything, and with the driver's claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.reading import mask_remark
from database.hand_overs import HandOvers
from database.passes import digest
from gateway.browser import field
from gateway.desk.caring import cared_by
from gateway.desk.case import once, place, standing
from gateway.desk.seeing import Case, DeskCase, Form, fence_in, room_of
from gateway.desk.showing import Shown, case_page
from gateway.desk.telling import is_there, tell
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.case import Note, Turn
from models.follow_through import HandedOnFor, HandOver
from models.people import Channel
from models.staff import Person, Role

router = APIRouter(include_in_schema=False)
A_CASE = "/case/{moment}/{customer}/{number:int}"
ACCEPT = timedelta(minutes=2)
DRIVING = {Role.AGENT, Role.SUPERVISOR}
LONGEST = 500


@dataclass(frozen=True)
class Receiver:
    """Who a case is handed to: a person, or whoever of a team is first."""

    team: str
    person: Person | None = None


@router.post(f"{A_CASE}/hand-over")
async def hand_over(request: Request, case: Case, form: Form) -> Response:
    """To a person, who drives at once and is shown it; or to a team. A supervisor also hands on what others have."""
    to = await receiver(case, field(form, "to", 80))
    why = next((each for each in HandedOnFor if each.value == field(form, "why", 40)), None)
    if to is None or why is None or not field(form, "next_step").strip():
        return await case_page(
            request, case, Shown(error=case.words.say("desk-hand-incomplete"), status=422, form=form)
        )

    async def act(request_id: str) -> Turn | str:
        turn = await moved(case, form, to, request_id)
        if turn.note is not None:
            return turn
        given = await HandOvers(case.parts.database).hand(written(case, form, to, why, request_id))
        await told(case, given, request_id)
        if case.turn.care is not None:
            await cared_by(case, to.person or to.team, f"{request_id}/care")
        await room_of(request).queue.entries(fresh=True)
        return place(case, told="handed-on")

    return await once(request, case, form, act)


async def receiver(case: DeskCase, to: str) -> Receiver | None:
    """``person:…`` or ``team:…``; None for nobody who could drive a case, and for oneself."""
    kind, _, name = to.partition(":")
    staff = await case.parts.staff.people()
    able = [each for each in staff if each.role in DRIVING and each.closed_at is None]
    if kind == "person":
        found = next((each for each in able if each.id == name and each.id != case.person.id), None)
        return Receiver(found.team, found) if found else None
    return Receiver(name) if kind == "team" and any(each.team == name for each in able) else None


async def moved(case: DeskCase, form: Form, to: Receiver, request_id: str) -> Turn:
    """The claim goes over under a new fence, or back to whoever of the team takes it."""
    board, over = case.parts.switchboard, case.may_take_over and not case.mine
    if not case.mine and not over:
        return case.turn.model_copy(update={"note": Note.CLAIMED, "because": standing(case)})
    agent = case.agent(case.claim.fence if over and case.claim else fence_in(form))
    if to.person is None:
        return await board.release(agent, case.turn.case, request_id, to_team=True) if case.claim else case.turn
    return await board.claim(
        agent, case.turn.case, request_id, holder=to.person.id, name=to.person.name, seconds=ACCEPT.total_seconds(),
        over=over,
    )  # fmt: skip


def written(case: DeskCase, form: Form, to: Receiver, why: HandedOnFor, request_id: str) -> HandOver:
    """The fields of the form as they are kept."""
    at, hours = datetime.now(UTC), field(form, "hours", 4)
    words = {name: mask_remark(field(form, name, LONGEST).strip()) for name in ("tried", "promised", "next_step")}
    promised = bool(words["promised"]) and hours.isdecimal()
    return HandOver(
        id=f"h_{digest(request_id)[:20]}",
        case=case.turn.case,
        customer=case.turn.case.split("/")[1],
        by=case.person.id,
        by_name=case.person.name,
        to=to.person.id if to.person else None,
        to_name=to.person.name if to.person else None,
        team=to.team,
        why=why,
        **words,
        until=at + timedelta(hours=int(hours)) if promised else None,
        at=at,
        accept_by=at + ACCEPT,
        state="waiting",
    )


async def told(case: DeskCase, given: HandOver, request_id: str) -> None:
    """The story has it, the one who goes on sees it at once, and the customer hears who that is if they are there."""
    name = given.to_name or ""
    text = case.theirs.say("handed-on-text", to="person" if name else "team", name=name)
    here = case.claim is not None and case.claim.chat is Channel.WEB
    if here and case.claim is not None:
        # They write to each other on the page: who goes on is said there, as a line of whoever hands over.
        who = {"person": case.person.id, "name": case.person.name}
        await case.parts.chats.keep(given.case, case.claim, f"handed-on:{given.id}", text, Channel.WEB, **who, out=None)
    facts = {"to": given.to_name or given.team, "why": given.why.value, "next-step": given.next_step}
    await case.parts.switchboard.deed(case.agent(), given.case, f"{request_id}/story"[:200], "handed_on", facts)
    if given.to is not None:
        await case.parts.pops.pop(
            given.to, "handed-over", case=given.case, customer=given.customer, once=f"hand:{given.id}"
        )
    if not here and await is_there(case.parts, case.customer):
        await tell(case.parts, case.customer, given.case, f"handed-on:{given.id}", text)


@router.get("/team")
async def team(request: Request) -> Response:
    """Who of the team is there, and who has what in hand. For a supervisor, who can hand it to somebody else."""
    parts, me = parts_of(request), here(request).person
    people = [each for each in await parts.staff.people(me.team) if each.role in DRIVING and each.closed_at is None]
    driven = await HandOvers(parts.database).driven()
    there = {each.id: await parts.attendance.of(each.id) for each in people}
    return page(
        request, "desk/team.html", words_for(request), person=me, people=people, there=there, driven=driven,
        waiting=[each for each in await HandOvers(parts.database).waiting() if each.team == me.team],
    )  # fmt: skip
