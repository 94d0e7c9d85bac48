"""The customer's case in the browser: the pending question as a form, and everything said so far."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from channels import store, web
from channels.reading import Unclear, Understood, Wish, has_card, mask, mask_remark
from database.calls import PERSON
from gateway.browser import STORE, checked_form, field, nonce
from gateway.metrics import DUPLICATES, timed
from gateway.pages import associates
from gateway.pages.seeing import Case, Seen
from gateway.templating import page
from gateway.webhooks.signature import fingerprint
from models.answers import Attachment
from models.case import Because, Note, Pending, Turn
from models.errors import NotConfirmed, NotUnderstood
from models.questions import File

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
FRAGMENT = "x-fragment"
FIELDS = ("key", "revision", "value", "wish", "skip", "known")


@router.get("")
async def look(request: Request, case: Case, note: str = "", large: str = "") -> Response:
    """How the case stands. Looking changes nothing."""
    return render(request, case, note=note, because=Because(code="file-too-big") if large else None)


@router.post("/answer")
async def answer(request: Request, case: Case, form: Form) -> Response:
    """An answer to one question, taken once however often the form is sent."""
    return await take(request, case, form)


@router.post("/file")
async def file(request: Request, case: Case, form: Form) -> Response:
    """As ``answer``, with a file: of at most 10 MB, and known by what is in it."""
    return await take(request, case, form)


async def take(request: Request, case: Seen, form: FormData) -> Response:
    pending = asked(case.turn, field(form, "key"), field(form, "revision"))
    again = pending is None and await case.parts.inbox.knows(form_id(case, form))

    async def act(request_id: str) -> Turn | Because | str | None:
        if pending is None:
            return await taken_before(case, form, request_id) if again else note_path(case, Note.ALREADY_ANSWERED)
        try:
            attachment = await kept(case, pending, form, request_id)
        except NotUnderstood as error:
            return Because(code=error.reason)
        reading = (store if case.in_store else web).read(
            pending.question,
            {name: field(form, name) for name in ("value", "wish", "skip", "known")},
            today=case.today,
            language=case.speaker.language,
            names={line.key: case.words.label(case.turn.moment, line.key) for line in case.turn.answers},
            known=pending.known,
            attachment=attachment,
        )
        if isinstance(reading, Understood):
            key, revision = pending.question.key, pending.revision
            return await case.parts.switchboard.answer(
                case.speaker, case.turn.case, request_id, key, revision, reading.value
            )
        return await beside(case, request_id, reading, field(form, "value", 2000))

    return await once(request, case, form, act)


async def taken_before(case: Seen, form: FormData, request_id: str) -> Turn | str:
    """A form that is sent again because its reply was lost: the case knows by its id whether it was taken then."""
    revision = field(form, "revision", 9)
    if not revision.isdecimal():
        return note_path(case, Note.ALREADY_ANSWERED)
    key, board = field(form, "key"), case.parts.switchboard
    return await board.answer(case.speaker, case.turn.case, request_id, key, int(revision), None)


def form_id(case: Seen, form: FormData) -> str:
    """What a form is known by, however often it is sent."""
    return f"web:{case.turn.case}:{field(form, 'nonce', 120)}"


async def kept(case: Seen, pending: Pending, form: FormData, request_id: str) -> Attachment | None:
    """The file that came with a form, kept for the case. Raises NotUnderstood for one we don't take."""
    sent = form.get("file")
    if not isinstance(pending.question, File) or not isinstance(sent, UploadFile) or not sent.filename:
        return None
    return await case.parts.attachments.keep(
        case.session.customer,
        case.turn.case,
        sent.filename[:200],
        (sent.content_type or "")[:100],
        await sent.read(),
        once=request_id,
    )


async def beside(case: Seen, request_id: str, reading: Unclear | Wish, text: str = "") -> Turn | Because | str:
    """What was sent is no answer: a new card, a wish typed as words (who asks to be called is), or not understood."""
    if isinstance(reading, Unclear):
        cards = f"{case.path}/terminal" if case.in_store else f"{case.path}/new-card"
        return cards if reading.because.code == "needs-web" else reading.because
    if reading.kind in {"change", "back"} and reading.key:
        return await case.parts.switchboard.correct(
            case.speaker, case.turn.case, request_id, reading.key, withdraw=True
        )
    if reading.kind == "cancel":
        return f"{case.path}#call-off"
    if reading.kind == "call" and not case.in_store:
        outcome = await case.parts.outreach.call(case.turn.case)
        return Because(code="calling" if outcome == "calling" else "call-nowhere")
    if reading.kind == "person" and not case.in_store:
        return await person_wanted(case, request_id, text)
    return Because(code="no-match")


async def person_wanted(case: Seen, request_id: str, text: str) -> Because:
    """Who asks for a person, in whatever field, has one of the team call; the question stays open."""
    board, said = case.parts.switchboard, mask_remark(text)
    await board.remark(case.speaker, case.turn.case, f"{request_id}/person"[:200], said, "person")
    addresses = await case.parts.customers.addresses(case.session.customer)
    to = next((each for kind in ("phone", "email") for each in addresses if each.kind == kind), None)
    if to is not None:
        await case.parts.calls.callback_wanted(case.session.customer, to, PERSON)
    return Because(code="person")


@router.post("/correct")
async def correct(request: Request, case: Case, form: Form) -> Response:
    """Take an answer back, to be asked anew. What does not depend on it stands."""

    async def act(request_id: str) -> Turn:
        key = field(form, "key")
        return await case.parts.switchboard.correct(case.speaker, case.turn.case, request_id, key, withdraw=True)

    return await once(request, case, form, act)


@router.post("/cancel")
async def cancel(request: Request, case: Case, form: Form) -> Response:
    async def act(request_id: str) -> Turn:
        return await case.parts.switchboard.cancel(case.speaker, case.turn.case, request_id)

    return await once(request, case, form, act)


@router.post("/leave")
async def leave(request: Request, case: Case, form: Form) -> Response:
    """Keep the place and go: the case goes on over any channel."""

    async def act(request_id: str) -> str:
        await case.parts.switchboard.leave(case.speaker, case.turn.case, request_id)
        return STORE if case.in_store else "/resume?left=1"

    left = await once(request, case, form, act)
    return await associates.forget(request) if left.headers.get("location") == STORE else left


Act = Callable[[str], Awaitable[Turn | Because | str | None]]


async def once(request: Request, case: Seen, form: FormData, act: Act) -> Response:
    """Do what a form asks for, once for its nonce; then show the case, or the form again saying why not."""
    id = form_id(case, form)
    content = fingerprint(*(f"{name}={mask(field(form, name))}" for name in FIELDS), file_name(form))
    try:
        receipt = await case.parts.inbox.receive(id, "form", content, {})
        if receipt.same and receipt.reply is not None:
            DUPLICATES.labels("form").inc()
            return RedirectResponse(receipt.reply, 303)
        if not receipt.same:
            return RedirectResponse(note_path(case, Note.ALREADY_ANSWERED), 303)
        with timed("web"):
            outcome = await act(id)
    except NotConfirmed:
        return render(request, case, status=503, note=Note.NOT_CONFIRMED.value, form=form)
    note = outcome.note if isinstance(outcome, Turn) else None
    because = outcome.because if isinstance(outcome, Turn) and note is Note.UNFIT else outcome
    if isinstance(because, Because):
        return render(request, case, status=422, because=because, form=form)
    place = outcome if isinstance(outcome, str) else note_path(case, note)
    await case.parts.inbox.done(id, place)
    return RedirectResponse(place, 303)


def file_name(form: FormData) -> str:
    sent = form.get("file")
    return f"{sent.filename}/{sent.size}" if isinstance(sent, UploadFile) else ""


def asked(turn: Turn, key: str, revision: str) -> Pending | None:
    """The open question a form answers, if it is still the one."""
    return next((p for p in turn.pending if p.question.key == key and str(p.revision) == revision), None)


def note_path(case: Seen, note: Note | None) -> str:
    return case.path + (f"?{urlencode({'note': note.value})}" if note else "")


def render(
    request: Request,
    case: Seen,
    *,
    status: int = 200,
    because: Because | None = None,
    note: str = "",
    form: FormData | None = None,
    chat_note: str = "",
) -> Response:
    """The page of a case, or only its moving part. A form that could not be taken comes back as it was filled."""
    turn = case.turn.model_copy(update={"note": Note(note)}) if note in set(Note) else case.turn
    unconfirmed = form is not None and because is None and not chat_note
    typed = field(form, "value", 2000) if form is not None else ""
    if has_card(typed):
        typed = ""
    door = "store" if case.in_store else "customer"
    response = page(
        request,
        f"{door}/_case.html" if request.headers.get(FRAGMENT) else f"{door}/case.html",
        case.words,
        status,
        case=case,
        turn=turn,
        view=case.view(turn, because),
        # A form that may have been taken keeps its nonce, so that sending it again is the same request.
        nonce=field(form, "nonce").partition(".")[0] if form is not None and unconfirmed else nonce(),
        typed=typed,
        typed_key=field(form, "key") if form is not None else "",
        chat_note=chat_note,
        chat_typed=mask_remark(field(form, "text", 2000)) if form is not None else "",
    )
    response.headers["Vary"] = FRAGMENT
    if status == 503:
        response.headers["Retry-After"] = "2"
    return response
