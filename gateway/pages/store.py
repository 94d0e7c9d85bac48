"""The store's tablet: an associate finds the customer's case, checks who it is, and they go on together."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from channels.reading import Said, Understood, read
from database.outbox import Message
from database.sessions import Session
from gateway.browser import (
    STORE,
    STORE_SESSION,
    checked_form,
    field,
    nonce,
    session_of,
    session_token,
    set_cookie,
)
from gateway.limits import client_of, limits_of
from gateway.pages import associates
from gateway.pages.associates import SignInNeeded
from gateway.pages.ready import ready_for
from gateway.pages.seeing import Case, session_needed, speaker_at, speaker_by
from gateway.pages.sign_in import warned
from gateway.pages.typed_codes import spent
from gateway.parts import parts_of
from gateway.staff.entry import on_tablet, safe_back, sign_in_page, sign_out as staff_sign_out, signed_in_by
from gateway.staff.guard import here
from gateway.staff.serving import LIFETIME, SERVED, elsewhere, note
from gateway.templating import page, words_for
from models.errors import NotConfirmed, Refusal, SegueError, Unknown
from models.people import Actor, Address, Assurance, Channel
from models.questions import PhoneNumber
from models.staff import Why

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
CODE_LIFETIME = timedelta(minutes=10)
LOCK_AFTER = timedelta(minutes=3)
CAMERA = "camera=(self), geolocation=(), microphone=(), payment=()"
DOCUMENTS = ("driving-licence", "passport", "id-card", "other-document")


def tablet(request: Request, template: str, status: int = 200, **context: object) -> Response:
    response = page(request, f"store/{template}", words_for(request), status, **context)
    response.headers["Permissions-Policy"] = CAMERA  # passes and devices are scanned here
    return response


@router.get("")
async def home(request: Request, problem: str = "", back: str = "") -> Response:
    """Where an associate begins: signing in first, and told of a colleague who serves the customer here, if so."""
    if not associates.signed_in(request):
        wanted = safe_back(back)
        return sign_in_page(request, back=wanted if on_tablet(wanted) else STORE)
    session = await session_of(request)
    if session is not None and (other := await elsewhere(request, session.customer)):
        words = words_for(request)
        since = words.formats.clock(words.formats.here(other.at))
        return tablet(request, "busy.html", 409, name=other.name, since=since)
    return tablet(request, "home.html", typed="", error="page-store-unknown" if problem else "")


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """By name and password, as everywhere; the tablet's own session."""
    form = await request.form()
    back = safe_back(field(form, "back", 200))
    name, password = field(form, "name", 254), field(form, "password", 200)
    return await signed_in_by(request, name, password, back if on_tablet(back) else STORE)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    return await staff_sign_out(request)


@router.post("/find")
async def find(request: Request, form: Form) -> Response:
    """A pass, eight characters, or the customer's number: whichever was scanned or typed."""
    associates.associate_needed(request)
    typed = field(form, "typed", 300)
    if found := await spent(request, typed):
        return await serve(request, found.customer, found.case)
    number = read(PhoneNumber("number"), Said(typed, "typed"), today=date.min)
    if not isinstance(number, Understood):
        return tablet(request, "home.html", 422, typed=typed, error="page-store-unknown")
    return await send_code(request, str(number.value))


async def send_code(request: Request, number: str) -> Response:
    """Text the customer a code, which they read out. Whether the number is known is told to nobody."""
    parts, words, me = parts_of(request), words_for(request), here(request).person.id
    try:
        if not limits_of(request).looks.allows(me) or not limits_of(request).sends_code(client_of(request)):
            return tablet(request, "home.html", 429, typed="", error="page-too-often")
        code = await parts.codes.issue("store", number, lifetime=CODE_LIFETIME)
    except Refusal:
        return tablet(request, "home.html", 429, typed="", error="page-too-often")
    known = await parts.customers.find(Address(kind="phone", value=number))
    theirs = words_for(request, known.language, known.zone) if known else words
    message = Message(
        key=f"code:{nonce()}",
        case=None,
        customer=None,
        channel=Channel.SMS,
        to=Address(kind="phone", value=number),
        body=theirs.say("page-store-code-text", code=code),
        always=True,
    )
    await parts.post.send(message)
    return tablet(request, "code.html", number=number, error="")


@router.post("/code")
async def take_code(request: Request, form: Form) -> Response:
    """The code the customer reads from their own phone."""
    associates.associate_needed(request)
    parts, number = parts_of(request), field(form, "number", 40)
    typed = "".join(char for char in field(form, "code", 40) if char.isdigit())
    if not limits_of(request).tries.allows(client_of(request)):
        return tablet(request, "home.html", 429, typed="", error="page-too-often")
    found = await parts.codes.check("store", number, typed)
    if found == "used_up":
        await warned(parts, number)
    if found != "right":
        error = "page-code-wrong" if found == "wrong" else "page-code-over"
        return tablet(request, "code.html", 422, number=number, error=error)
    address = Address(kind="phone", value=number)
    speaker = await parts.switchboard.recognise(Channel.STORE, address, Assurance.POSSESSION)
    return await serve(request, speaker.customer, None)


async def serve(request: Request, customer: str, case: str | None) -> Response:
    """A session for the customer who stands there, and on to their case, or to the list of what they can do."""
    parts = parts_of(request)
    token = await opened(request, customer, case, Assurance.POSSESSION)
    if await elsewhere(request, customer):
        return keep(request, RedirectResponse(STORE, 303), token)
    await note(request, here(request).person, SERVED, customer, case)
    cases = await parts.switchboard.open_cases(customer)
    if case is None and len(cases) == 1:
        case = cases[0].id
    session = await parts.sessions.find(token)
    with contextlib.suppress(SegueError):
        # The tablet shows the case as last written even where the arrival can't be noted now.
        if case is not None and session is not None:
            speaker = speaker_by(await parts.switchboard.speaker_of(session, Channel.STORE), session, token)
            await parts.switchboard.arrive(speaker, case, f"store:arrive:{nonce()}")
    return keep(request, RedirectResponse(f"{STORE}/case/{case}" if case else f"{STORE}/customer", 303), token)


async def opened(request: Request, customer: str, case: str | None, assurance: Assurance) -> str:
    parts = parts_of(request)
    if before := session_token(request):
        await parts.sessions.close(before)
    return await parts.sessions.open(customer, case, assurance, LIFETIME)


def keep(request: Request, response: Response, token: str) -> Response:
    set_cookie(request, response, STORE_SESSION, token, int(LIFETIME.total_seconds()))
    return response


async def served(request: Request) -> Session:
    """The customer at this tablet. Raises SignInNeeded where there is none."""
    associates.associate_needed(request)
    session = await session_of(request)
    if session is None:
        raise SignInNeeded
    await associates.served_here(request, session)
    return session


Served = Annotated[Session, Depends(served)]


@router.get("/customer")
async def customer(request: Request, session: Served, handed: str = "") -> Response:
    """What this customer has under way, what waits for them here, and what can be started."""
    return await customer_page(request, session, handed=handed)


async def customer_page(
    request: Request, session: Session, status: int = 200, *, wrong: str = "", error: str = "", handed: str = ""
) -> Response:
    """``wrong`` is the case whose device can't be handed over, ``error`` why; ``handed`` the one whose was."""
    parts = parts_of(request)
    cases = await parts.switchboard.open_cases(session.customer)
    cases = [case for case in cases if session.case in {None, case.id}]
    moments = [] if session.case else sorted(parts.switchboard.moments)
    ready = await ready_for(parts, session)
    given = {"cases": cases, "moments": moments, "session": session, "ready": ready}
    return tablet(request, "customer.html", status, wrong=wrong, error=error, handed=bool(handed), **given)


@router.post("/checked")
async def known_by_sight(request: Request, session: Served, form: Form) -> Response:
    """As ``checked``, where no case is open yet: which kind of document it was goes into the record of looks."""
    document = field(form, "document", 40)
    if document not in DOCUMENTS:
        return RedirectResponse(f"{STORE}/customer", 303)
    person, customer = here(request).person, session.customer
    await parts_of(request).audit.note(person, "id-checked", customer=customer, why=Why.PRESENT, note=document)
    token = await opened(request, customer, session.case, Assurance.VERIFIED)
    return keep(request, RedirectResponse(f"{STORE}/customer", 303), token)


@router.post("/start")
async def start(request: Request, session: Served, form: Form) -> Response:
    parts, moment = parts_of(request), field(form, "moment", 60)
    if session.case is not None or moment not in parts.switchboard.moments:
        raise Unknown
    try:
        turn = await parts.switchboard.start(await speaker_at(request, session), moment, f"store:start:{nonce()}")
    except NotConfirmed:
        return RedirectResponse(f"{STORE}/customer", 303)
    return RedirectResponse(f"{STORE}/case/{turn.case}", 303)


@router.post("/case/{moment}/{customer}/{number:int}/checked")
async def checked(request: Request, case: Case, form: Form) -> Response:
    """The associate has seen a document: from now on the customer is verified. Only which kind it was is kept."""
    parts, document = parts_of(request), field(form, "document", 40)
    if document not in DOCUMENTS:
        return RedirectResponse(f"{case.path}?note=not-asked", 303)
    session = await session_needed(request)
    token = await opened(request, session.customer, session.case, Assurance.VERIFIED)
    text = words_for(request).say(
        "page-store-checked-remark", document=words_for(request).say(f"page-store-{document}")
    )
    try:
        associate = replace(case.speaker, actor=Actor.AGENT, assurance=Assurance.VERIFIED)
        await parts.switchboard.remark(associate, case.turn.case, f"store:checked:{field(form, 'nonce', 60)}", text)
    except NotConfirmed:
        await parts.sessions.close(token)
        return RedirectResponse(f"{case.path}?note=not-confirmed", 303)
    return keep(request, RedirectResponse(case.path, 303), token)


@router.post("/done")
async def done(request: Request, form: Form) -> Response:
    """The customer has gone: the tablet forgets them."""
    return await associates.forget(request)
