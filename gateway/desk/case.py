"""The case in an agent's hands: what they fill in for the customer, what they correct, and how it moves by itself."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from channels import web
from channels.reading import Reading, Unclear, Understood, mask_remark
from gateway.browser import field
from gateway.desk.seeing import Case, DeskCase, Form, fence_in
from gateway.desk.showing import Shown, case_page, with_note
from gateway.metrics import DUPLICATES, timed
from gateway.pages.customer import FIELDS, asked, file_name
from gateway.webhooks.signature import fingerprint
from models.answers import Attachment
from models.case import Because, Note, Pending, Turn
from models.errors import NotConfirmed, NotUnderstood
from models.questions import File

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
TOLD = re.compile(r"[a-z][a-z-]{1,30}")

Act = Callable[[str], Awaitable[Turn | Because | str]]


@router.get("")
async def look(request: Request, case: Case, note: str = "", told: str = "") -> Response:
    """Everything of the case. Looking changes nothing, and is noted."""
    said = TOLD.fullmatch(told) and case.words.has(f"desk-told-{told}")
    shown = Shown(told=case.words.say(f"desk-told-{told}") if said else "")
    return await case_page(request, with_note(case, Note(note)) if note in set(Note) else case, shown)


@router.post("/answer")
async def answer(request: Request, case: Case, form: Form) -> Response:
    """An answer that the agent fills in for the customer, by their claim."""
    return await take(request, case, form)


@router.post("/file")
async def file(request: Request, case: Case, form: Form) -> Response:
    return await take(request, case, form)


async def take(request: Request, case: DeskCase, form: Form) -> Response:
    pending = asked(case.turn, field(form, "key"), field(form, "revision"))

    async def act(request_id: str) -> Turn | Because | str:
        if pending is None:
            late = case.turn.model_copy(update={"note": Note.CLAIMED, "because": standing(case)})
            return late if stale(case, form) else place(case, note=Note.ALREADY_ANSWERED)
        try:
            reading = await read(case, pending, form, request_id)
        except NotUnderstood as error:
            return Because(code=error.reason)
        if isinstance(reading, Understood):
            speaker, key, revision = case.agent(fence_in(form)), pending.question.key, pending.revision
            return await case.parts.switchboard.answer(
                speaker, case.turn.case, request_id, key, revision, reading.value
            )
        if isinstance(reading, Unclear):
            needs_web = reading.because.code == "needs-web"
            return Because(code="card-elsewhere") if needs_web else reading.because
        return Because(code="no-match")

    return await once(request, case, form, act)


async def read(case: DeskCase, pending: Pending, form: Form, request_id: str) -> Reading:
    """What the form says to the question. Raises NotUnderstood for a file we don't take."""
    return web.read(
        pending.question,
        {name: field(form, name) for name in ("value", "skip", "known")},
        today=case.today,
        language=case.words.locale.language,
        names={line.key: case.words.label(case.turn.moment, line.key) for line in case.turn.answers},
        known=pending.known,
        attachment=await kept(case, pending, form, request_id),
    )


async def kept(case: DeskCase, pending: Pending, form: Form, request_id: str) -> Attachment | None:
    sent = form.get("file")
    if not isinstance(pending.question, File) or not isinstance(sent, UploadFile) or not sent.filename:
        return None
    name, kind = sent.filename[:200], (sent.content_type or "")[:100]
    content = await sent.read()
    return await case.parts.attachments.keep(case.customer.id, case.turn.case, name, kind, content, once=request_id)


def stale(case: DeskCase, form: Form) -> bool:
    """Whether the form was made under another claim than the one that stands."""
    return (case.claim.fence if case.claim else None) != fence_in(form)


def standing(case: DeskCase) -> Because:
    claim = case.claim
    facts = {"name": claim.name, "since": claim.since.isoformat()} if claim else {}
    return Because(code="claimed", facts=facts)


@router.post("/correct")
async def correct(request: Request, case: Case, form: Form) -> Response:
    """Take an answer back, with a reason that stays in the story; it is asked again, and filled in here."""
    key, reason = field(form, "key", 200), field(form, "reason", 500).strip()
    if len(reason) < 3:
        return await case_page(request, case, Shown(error=case.words.say("desk-reason-needed"), status=422))

    async def act(request_id: str) -> Turn:
        speaker, board = case.agent(fence_in(form)), case.parts.switchboard
        turn = await board.correct(speaker, case.turn.case, request_id, key, withdraw=True)
        if turn.note is None:
            label = case.words.label(case.turn.moment, key)
            text = case.words.say("desk-correction-remark", label=label, reason=mask_remark(reason))
            await board.remark(speaker, case.turn.case, f"{request_id}/why"[:200], text)
        return turn

    return await once(request, case, form, act)


@router.post("/note")
async def note(request: Request, case: Case, form: Form) -> Response:
    """A note for colleagues, in the story of the case. It needs no claim."""
    text = mask_remark(field(form, "text", 2000).strip())
    if not text:
        return await case_page(request, case, Shown(error=case.words.say("desk-note-empty"), status=422))

    async def act(request_id: str) -> str:
        turn = await case.parts.switchboard.remark(case.agent(), case.turn.case, request_id, text)
        return place(case, note=turn.note) if turn.note else place(case, told="noted")

    return await once(request, case, form, act)


async def once(request: Request, case: DeskCase, form: Form, act: Act) -> Response:
    """Do what a form asks for, once for its nonce; then show the case, or say who has it and since when."""
    id = f"desk:{case.turn.case}:{field(form, 'nonce', 80)}"
    content = fingerprint(*(f"{name}={field(form, name)}" for name in (*FIELDS, "reason", "text")), file_name(form))
    try:
        receipt = await case.parts.inbox.receive(id, "form", content, {})
        if receipt.same and receipt.reply is not None:
            DUPLICATES.labels("form").inc()
            return RedirectResponse(receipt.reply, 303)
        if not receipt.same:
            return RedirectResponse(place(case, note=Note.ALREADY_ANSWERED), 303)
        with timed("desk"):
            outcome = await act(id)
    except NotConfirmed:
        return await case_page(request, with_note(case, Note.NOT_CONFIRMED), Shown(status=503, form=form))
    if isinstance(outcome, Turn) and outcome.note is Note.CLAIMED:
        return await case_page(request, case, Shown(error=who_has_it(case, outcome.because), status=409, form=form))
    because = outcome if isinstance(outcome, Because) else None
    if isinstance(outcome, Turn) and outcome.note is Note.UNFIT:
        because = outcome.because or Because(code="no-match")
    if because is not None:
        return await case_page(request, case, Shown(because=because, status=422, form=form))
    where = (
        outcome if isinstance(outcome, str) else place(case, note=outcome.note if isinstance(outcome, Turn) else None)
    )
    await case.parts.inbox.done(id, where)
    return RedirectResponse(where, 303)


def who_has_it(case: DeskCase, because: Because | None) -> str:
    """Why nothing was changed: who has the case and since when, or that nobody has."""
    facts = because.facts if because else {}
    if not facts.get("since"):
        return case.words.say("desk-not-yours")
    at = case.words.formats.clock(case.words.formats.here(datetime.fromisoformat(facts["since"])))
    return case.words.say("desk-claimed", name=facts.get("name") or "?", since=at)


def place(case: DeskCase, *, note: Note | None = None, told: str = "") -> str:
    """Where the case is shown, with what came of the last thing done."""
    said = {"note": note.value} if note else {"told": told} if told else {}
    return case.path + (f"?{urlencode(said)}" if said else "")
