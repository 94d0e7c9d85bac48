"""Signing in and out: by name and password on one machine, or by the company's provider."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from database.staff import tidy
from database.staff_sessions import AWAY, LONGEST, Away
from database.tries import Limit
from gateway.browser import (
    STAFF,
    STORE,
    STORE_SESSION,
    TABLET,
    drop_cookie,
    field,
    in_store,
    set_cookie,
    staff_token,
    token_of,
)
from gateway.limits import client_of, limits_of
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.staff.permissions import in_place
from gateway.staff.provider import Provider
from gateway.staff.serving import GONE, at_tablet, note, resumes
from gateway.templating import page, words_for
from models.errors import Forbidden, NotConfirmed, Unknown
from models.staff import Person, Way

router = APIRouter(include_in_schema=False)
HOME = "/staff"
STATE = "segue-staff-state"
WRONG = Limit(5, timedelta(minutes=15), timedelta(minutes=15))
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
LOCAL = re.compile(r"/[a-z0-9][\w/.-]{0,150}")


def named(user_agent: str) -> str:
    """What somebody knows a browser by: ``Firefox, Windows``. Empty where it says neither."""
    found = [next((name for word, name in words if word in user_agent), "") for words in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in found if word)


def safe_back(back: str) -> str:
    """Where to go after signing in: an address of staff's here, and nowhere else."""
    return back if LOCAL.fullmatch(back) and in_place(back) else HOME


@router.get("/sign-in")
async def ask(request: Request, back: str = HOME) -> Response:
    return sign_in_page(request, back=safe_back(back))


def on_tablet(back: str) -> bool:
    """Whether somebody signs in at a store's tablet."""
    return back == STORE or back.startswith(STORE + "/")


def sign_in_page(request: Request, status: int = 200, *, back: str = HOME, error: str = "") -> Response:
    template = "store/sign_in.html" if on_tablet(back) else "staff/sign_in.html"
    parts = parts_of(request)
    return page(
        request,
        template,
        words_for(request),
        status,
        back=back,
        locked=back != STORE,
        error=error,
        provider=parts.provider is not None,
        shown=parts.carrier_url is not None,
    )


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """A name and a password. What is wrong with them is told to nobody."""
    form = await request.form()
    return await signed_in_by(request, field(form, "name", 254), field(form, "password", 200), field(form, "back", 200))


async def signed_in_by(request: Request, name: str, password: str, back: str) -> Response:
    """On to where they wanted to go; or the form again, the same for each way of being wrong."""
    parts, back = parts_of(request), safe_back(back)
    if not limits_of(request).sign_ins.allows(client_of(request)):
        return sign_in_page(request, 429, back=back, error="page-too-often")
    # Counted before it is looked at: of many tries at one time no more than the limit are looked at.
    subject = f"staff:{tidy(name)}"
    last = await parts.tries.failed(subject, WRONG)
    if not last and await parts.tries.locked(subject):
        return sign_in_page(request, 429, back=back, error="page-staff-locked")
    person = await parts.staff.by_password(name, password)
    if person is None:
        return sign_in_page(request, 403, back=back, error="page-staff-wrong")
    await parts.tries.forget(subject)
    return await admitted(request, person, "password", RedirectResponse(back, 303), back)


async def admitted(request: Request, person: Person, way: Way, response: Response, back: str) -> Response:
    """A new session, always: the one before ends, and so does that of the customer who was served at a tablet.

    Only whoever locked the tablet finds their customer there again.
    """
    parts, cookie = parts_of(request), TABLET if on_tablet(back) else STAFF
    browser = named(request.headers.get("user-agent", ""))
    token = await parts.staff_sessions.open(person, way, browser, instead_of=token_of(request, cookie))
    await parts.audit.note(person, "signed-in", note=way)
    set_cookie(request, response, cookie, token, int(LONGEST.total_seconds()), samesite="strict")
    if cookie == TABLET and not await resumes(request, person):
        await forget_customer(request, response)
    return response


async def forget_customer(request: Request, response: Response) -> None:
    """Whoever was served at this tablet is gone from it."""
    if before := token_of(request, STORE_SESSION):
        await parts_of(request).sessions.close(before)
    drop_cookie(request, response, STORE_SESSION)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """The session ends here and at the server; at a tablet also that of the customer who was served."""
    parts = parts_of(request)
    await parts.staff_sessions.close(staff_token(request))
    await parts.audit.note(here(request).person, "signed-out")
    tablet = in_store(request)
    if tablet and (session := await at_tablet(request)):
        await note(request, here(request).person, GONE, session.customer, session.case)
    response = RedirectResponse(STORE if tablet else f"{HOME}/sign-in", 303)
    drop_cookie(request, response, TABLET if tablet else STAFF)
    if tablet:
        await forget_customer(request, response)
    return response


def provider_of(request: Request) -> Provider:
    provider = parts_of(request).provider
    if provider is None:
        raise Unknown
    return provider


def returning(request: Request) -> str:
    return parts_of(request).url("/staff/provider/back")


@router.get("/provider")
async def leave(request: Request, back: str = HOME) -> Response:
    """Off to the company's provider."""
    if not limits_of(request).sign_ins.allows(client_of(request)):
        return sign_in_page(request, 429, error="page-too-often")
    try:
        url, state, nonce, verifier = await provider_of(request).leave(returning(request))
    except (NotConfirmed, Forbidden):
        return sign_in_page(request, 503, back=safe_back(back), error="page-staff-provider-away")
    await parts_of(request).staff_sessions.leaves(state, Away(nonce=nonce, verifier=verifier, back=safe_back(back)))
    response = RedirectResponse(url, 303)
    # Lax: the provider's own page sends the browser back.
    set_cookie(request, response, STATE, state, int(AWAY.total_seconds()))
    return response


@router.get("/provider/back")
async def back_again(request: Request, code: str = "", state: str = "") -> Response:
    """Back from the provider, in the browser that went there, once."""
    kept, parts = token_of(request, STATE), parts_of(request)
    same = bool(state) and hmac.compare_digest(kept.encode(), state.encode())
    away = await parts.staff_sessions.returns(state) if same else None
    if away is None or not code:
        return sign_in_page(request, 403, error="page-staff-provider-refused")
    try:
        vouched = await provider_of(request).back(returning(request), code, away.nonce, away.verifier)
    except Forbidden:
        return sign_in_page(request, 403, back=away.back, error="page-staff-provider-refused")
    except NotConfirmed:
        return sign_in_page(request, 503, back=away.back, error="page-staff-provider-away")
    person = await parts.staff.by_provider(vouched.issuer, vouched.subject, vouched.name, vouched.role, vouched.team)
    if person is None:
        return sign_in_page(request, 403, error="page-staff-provider-refused")
    # A page, not a redirect: one that began at another site would not bring the strict cookie along.
    onward = page(request, "staff/onward.html", words_for(request), back=away.back)
    drop_cookie(request, onward, STATE)
    return await admitted(request, person, "provider", onward, away.back)
