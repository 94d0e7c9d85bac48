"""The customer's side of the chat on the page of a case: while one of the team drives it, they write to each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from channels.reading import Said
from gateway.browser import checked_form, field
from gateway.limits import limits_of
from gateway.pages.customer import once, render
from gateway.pages.seeing import Case, Seen
from models.answers import Attachment
from models.case import Because, Turn
from models.errors import NotUnderstood

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
LONGEST = 1000


@router.get("/say")
async def look(case: Case, large: str = "") -> Response:
    """Where an upload that was too large leads back to."""
    return RedirectResponse(case.path + ("?large=1" if large else ""), 303)


@router.post("/say")
async def say(request: Request, case: Case, form: Form) -> Response:
    """A line to whoever has the case. Refused, it stands in the box again, and why beside it."""
    text = field(form, "text", LONGEST).strip()
    if not text:
        return render(request, case, status=422, chat_note=case.words.say("chat-empty"), form=form)
    return await _said(request, case, form, text)


@router.post("/say/file")
async def file(request: Request, case: Case, form: Form) -> Response:
    """A picture or PDF for whoever has the case."""
    return await _said(request, case, form, "")


async def _said(request: Request, case: Seen, form: FormData, text: str) -> Response:
    claim = case.turn.claim
    if claim is None or case.in_store or not case.speaker.may_see(case.turn):
        return render(request, case, status=409, chat_note=case.words.say("chat-over-nobody"), form=form)

    if not limits_of(request).lines.allows(case.turn.case):
        return render(request, case, status=429, chat_note=case.words.say("page-too-often"), form=form)

    async def act(request_id: str) -> Turn | Because | str:
        try:
            files = await _kept(case, form, request_id)
        except NotUnderstood as error:
            return Because(code=error.reason)
        said = Said(text, "typed", attachments=files)
        chats, board = case.parts.chats, case.parts.switchboard
        turn = await chats.heard(board, case.speaker, case.turn.case, claim, request_id, said)
        return turn if turn.note is not None else f"{case.path}#chat"

    return await once(request, case, form, act)


async def _kept(case: Seen, form: FormData, request_id: str) -> tuple[Attachment, ...]:
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return ()
    content, name, kind = await sent.read(), sent.filename[:200], (sent.content_type or "")[:100]
    customer = case.session.customer
    return (await case.parts.attachments.keep(customer, case.turn.case, name, kind, content, once=request_id),)


@router.post("/alone")
async def alone(request: Request, case: Case, form: Form) -> Response:
    """They go on by themselves: the case is theirs again."""

    async def act(request_id: str) -> Turn | str:
        turn = await case.parts.switchboard.release(case.speaker, case.turn.case, request_id)
        return turn if turn.note is not None else case.path

    return await once(request, case, form, act)
