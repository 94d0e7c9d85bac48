"""The agent writes to the customer in the case, on the channel they are on; what was typed is never lost."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from channels.preface import joined
from channels.reading import mask_remark
from database.outbox import Message
from gateway.browser import field
from gateway.desk.case import once, place
from gateway.desk.chat_panel import LONGEST
from gateway.desk.reaching import Reaching, reaching
from gateway.desk.seeing import Case, DeskCase, Form, fence_in
from gateway.desk.showing import Shown, case_page
from models.case import Because, Claim, Note, Turn
from models.people import Address, Channel
from switchboard.chatting import first_name

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)


@dataclass(frozen=True)
class Writing:
    """One line on its way: its words, masked, and where it goes."""

    text: str
    over: Channel
    to: Address | None


@router.post("/chat")
async def chat(request: Request, case: Case, form: Form) -> Response:
    """A line to the customer, by the agent's claim. Refused, it stands in the box again, and why beside it."""
    typed = field(form, "text", LONGEST + 1).strip()
    now = await _reaching(case)
    if problem := _problem(case, typed, now):
        return await case_page(request, case, Shown(error=problem, status=422, form=form))
    assert now.over is not None, "a problem otherwise"  # noqa: S101 - a type fact
    writing = Writing(mask_remark(typed), now.over, now.to)

    async def act(request_id: str) -> Turn | Because | str:
        return await said(case, form, request_id, writing)

    return await once(request, case, form, act)


async def _reaching(case: DeskCase) -> Reaching:
    rows = await case.parts.journal.rows(case.turn.case)
    return await reaching(case, rows, await case.parts.outbox.for_case(case.turn.case))


def _problem(case: DeskCase, typed: str, now: Reaching) -> str:
    """Why nothing can be sent, before the case is asked; empty where it can."""
    if case.turn.status.closed:
        return case.words.say("desk-chat-closed")
    if not typed:
        return case.words.say("desk-chat-empty")
    if len(typed) > LONGEST:
        return case.words.say("desk-chat-too-long", longest=LONGEST)
    return case.words.say(f"desk-chat-{now.problem}") if now.problem else ""


async def said(case: DeskCase, form: FormData, once_id: str, writing: Writing) -> Turn | str:
    """The case takes it or refuses it by its fence; then it is kept, and handed over."""
    parts, fence = case.parts, fence_in(form)
    agent, name = case.agent(fence), case.person.name
    turn = await parts.chats.wrote(parts.switchboard, agent, case.turn.case, once_id, writing.over, name)
    if turn.note is Note.FINISHED:
        return turn.model_copy(update={"note": Note.CLAIMED, "because": None})
    if turn.note is not None or turn.claim is None:
        return turn
    key = None if writing.over is Channel.WEB else f"chat:{once_id}"[:200]
    person = case.person.id
    await parts.chats.keep(
        turn.case, turn.claim, once_id, writing.text, writing.over, person=person, name=name, out=key
    )
    if key is not None and writing.to is not None:
        first = await parts.chats.first(turn.case, turn.claim, once_id)
        await parts.post.send(message(case, key, turn.claim, writing, writing.to, first=first))
    return f"{place(case)}#chat"


def message(case: DeskCase, key: str, claim: Claim, writing: Writing, to: Address, *, first: bool) -> Message:
    """The line as its channel carries it; the first says with whom they write, and how to go on alone."""
    name, words = first_name(claim), case.theirs
    begins = words.say("chat-begins", name=name) if first else ""
    text = joined(begins, words.say("chat-line", name=name, text=writing.text), by="\n")
    record = case.turn.case.split("/")[1]
    if writing.over is Channel.EMAIL and case.parts.mail is not None:
        letters = case.parts.mail.letters
        return letters.plain(key=key, customer=record, to=to, text=text, words=words, case=case.turn.case)
    return Message(key=key, case=case.turn.case, customer=record, channel=writing.over, to=to, body=text)
