"""How a customer gets in from a browser: a number and a code by text, or a link that was sent."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Annotated

import phonenumbers
from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from channels.reading import Said, Understood, has_card, read
from database.cases import CaseRecord
from database.outbox import Message
from database.sessions import Session
from gateway.browser import (
    LANGUAGE,
    SESSION,
    checked_form,
    drop_cookie,
    field,
    nonce,
    session_of,
    session_token,
    set_cookie,
    token_of,
    visit_of,
)
from gateway.limits import client_of, limits_of
from gateway.pages.seeing import speaker_by
from gateway.parts import Parts, parts_of
from gateway.templating import page, words_for
from models.errors import NotConfirmed, Refusal, Unknown
from models.people import Address, Assurance, Channel
from models.questions import PhoneNumber
from models.renamed import now_called

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
SESSION_LIFETIME = timedelta(hours=8)
CODE_LIFETIME = timedelta(minutes=10)
PASS_LIFETIME = timedelta(hours=24)
DEAR = {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST}


def form_page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A page with a form for somebody who may not have a session yet."""
    return page(request, f"customer/{template}", words_for(request), status, **context)


def sign_in_page(
    request: Request,
    moment: str | None,
    status: int = 200,
    *,
    session: Session | None = None,
    note: str = "",
    error: str = "",
    number: str = "",
    code_error: str = "",
) -> Response:
    """Where somebody proves a number, or types the code of a pass."""
    return form_page(
        request,
        "sign_in.html",
        status,
        moment=moment,
        session=session,
        note=note,
        error=error,
        number=number,
        code_error=code_error,
    )


@router.get("/")
async def start(request: Request) -> Response:
    """What can be done here, and what is under way."""
    parts, session = parts_of(request), await session_of(request)
    cases = await open_cases(request, session)
    moments = sorted(parts.switchboard.moments)
    return form_page(request, "start.html", moments=moments, cases=cases, session=session, number=parts.number)


async def whole_session(request: Request) -> Session | None:
    """The session of somebody who came in by a code: a link opens its own case, and starts nothing."""
    session = await session_of(request)
    return session if session is not None and session.case is None else None


async def open_cases(request: Request, session: Session | None) -> list[CaseRecord]:
    """What is under way, as far as the session opens it."""
    cases = await parts_of(request).switchboard.open_cases(session.customer) if session else []
    return [case for case in cases if session is not None and session.case in {None, case.id}]


def known(request: Request, moment: str) -> str:
    if now_called(moment) not in parts_of(request).switchboard.moments:
        raise Unknown
    return now_called(moment)


Moment = Annotated[str, Depends(known)]


@router.get("/m/{moment}")
async def begin(request: Request, moment: Moment, note: str = "") -> Response:
    """Start a moment: at once with a session, else by proving a number."""
    session = await whole_session(request)
    return sign_in_page(request, moment, session=session, note=note)


@router.post("/m/{moment}")
async def begin_sent(request: Request, moment: Moment, form: Form) -> Response:
    session = await whole_session(request)
    if session is not None and not field(form, "number"):
        return await enter(request, session, session_token(request), moment)
    return await send_code(request, form, moment)


@router.post("/m/{moment}/code")
async def begin_code(request: Request, moment: Moment, form: Form) -> Response:
    return await take_code(request, form, moment)


@router.get("/resume")
async def resume(request: Request, left: str = "") -> Response:
    """Back to what is under way, from any browser."""
    session = await session_of(request)
    if session is not None and (session.case is None or left):
        if not left:
            return RedirectResponse("/account", 303)
        return form_page(request, "resume.html", cases=await open_cases(request, session))
    return sign_in_page(request, None)


@router.post("/resume")
async def resume_sent(request: Request, form: Form) -> Response:
    return await send_code(request, form, None)


@router.post("/resume/code")
async def resume_code(request: Request, form: Form) -> Response:
    return await take_code(request, form, None)


@router.post("/sign-out")
async def sign_out(request: Request, form: Form) -> Response:
    token = token_of(request, SESSION)
    if token:
        await parts_of(request).sessions.close(token)
    response = RedirectResponse("/", 303)
    drop_cookie(request, response, SESSION)
    return response


def purpose(request: Request) -> str:
    """A code is good only in the browser that asked for it."""
    return "web:" + hashlib.sha256(visit_of(request).encode()).hexdigest()[:16]


async def send_code(request: Request, form: FormData, moment: str | None) -> Response:
    """Text a one-time code to the number given. Whether the number is known is told to nobody."""
    typed = field(form, "number", 40)
    reading = read(PhoneNumber("number"), Said(typed, "typed"), today=date.min)
    if not isinstance(reading, Understood) or earns(str(reading.value)):
        shown = "" if has_card(typed) else typed
        return sign_in_page(request, moment, 422, error="page-number-unread", number=shown)
    number = str(reading.value)
    if not limits_of(request).sends_code(client_of(request)):
        return too_often(request, moment)
    parts, words = parts_of(request), words_for(request)
    try:
        code = await parts.codes.issue(purpose(request), number, lifetime=CODE_LIFETIME)
    except Refusal:
        return too_often(request, moment)
    to = Address(kind="phone", value=number)
    body = words.say("page-code-text", code=code)
    message = Message(
        key=f"code:{nonce()}", case=None, customer=None, channel=Channel.SMS, to=to, body=body, always=True
    )
    await parts.post.send(message)
    return form_page(request, "code.html", moment=moment, number=number, error="")


def earns(number: str) -> bool:
    """Whether somebody earns by what is sent there. Numbers of no known kind are none of those."""
    return phonenumbers.number_type(phonenumbers.parse(number)) in DEAR


def too_often(request: Request, moment: str | None) -> Response:
    return sign_in_page(request, moment, 429, error="page-too-often")


async def take_code(request: Request, form: FormData, moment: str | None) -> Response:
    """Check the code; then a new session, and straight to what the customer came for."""
    parts, number = parts_of(request), field(form, "number", 40)
    typed = "".join(char for char in field(form, "code", 40) if char.isdigit())
    if not limits_of(request).tries.allows(client_of(request)):
        return too_often(request, moment)
    found = await parts.codes.check(purpose(request), number, typed)
    if found == "used_up":
        await warned(parts, number)
    if found != "right":
        error = "page-code-wrong" if found == "wrong" else "page-code-over"
        return form_page(request, "code.html", 422, moment=moment, number=number, error=error)
    address = Address(kind="phone", value=number)
    speaker = await parts.switchboard.recognise(Channel.WEB, address, Assurance.POSSESSION)
    if chosen := token_of(request, LANGUAGE):
        await parts.customers.speaks(speaker.customer, chosen[:20])
    token = await signed_in(request, speaker.customer, None)
    session = await parts.sessions.find(token)
    if session is None:
        raise NotConfirmed
    return keep(request, await enter(request, session, token, moment), token)


async def warned(parts: Parts, number: str) -> None:
    """Whoever has the number, if it is a customer's, hears that somebody guesses their codes."""
    if customer := await parts.customers.find(Address(kind="phone", value=number)):
        await parts.conversation.front.passes.warn(customer.id)


async def signed_in(request: Request, customer: str, case: str | None) -> str:
    """A new session's token; the one this browser had before ends."""
    parts = parts_of(request)
    if before := token_of(request, SESSION):
        await parts.sessions.close(before)
    return await parts.sessions.open(customer, case, Assurance.POSSESSION, SESSION_LIFETIME)


def keep(request: Request, response: Response, token: str) -> Response:
    set_cookie(request, response, SESSION, token, int(SESSION_LIFETIME.total_seconds()))
    return response


async def enter(request: Request, session: Session, token: str, moment: str | None) -> Response:
    """To the moment asked for, or to the only case under way, or to the list of them."""
    switchboard = parts_of(request).switchboard
    speaker = speaker_by(await switchboard.speaker_of(session), session, token)
    try:
        if moment is not None:
            turn = await switchboard.start(speaker, moment, f"web:start:{nonce()}")
            return RedirectResponse(f"/case/{turn.case}", 303)
        cases = await switchboard.open_cases(session.customer)
        if len(cases) == 1:
            await switchboard.arrive(speaker, cases[0].id, f"web:arrive:{nonce()}")
            return RedirectResponse(f"/case/{cases[0].id}", 303)
    except NotConfirmed:
        return RedirectResponse(f"/m/{moment}?note=not-confirmed" if moment else "/account", 303)
    return RedirectResponse("/account", 303)
