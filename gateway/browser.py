"""A browser and who is at it: session and visit cookies, and the proof that a form is ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData
from starlette.requests import HTTPConnection
from starlette.responses import Response

from database.sessions import Session
from gateway.parts import parts_of
from models.errors import Forbidden

SESSION = "segue"
VISIT = "segue-visit"
CSRF = "csrf"


def cookie_name(connection: HTTPConnection, name: str) -> str:
    return f"__Host-{name}" if parts_of(connection).secure else name


def token_of(connection: HTTPConnection, name: str) -> str:
    return connection.cookies.get(cookie_name(connection, name), "")


def set_cookie(request: Request, response: Response, name: str, token: str, seconds: int) -> None:
    response.set_cookie(
        cookie_name(request, name),
        token,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=parts_of(request).secure,
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        cookie_name(request, name), path="/", httponly=True, samesite="lax", secure=parts_of(request).secure
    )


async def session_of(connection: HTTPConnection) -> Session | None:
    """The session this browser holds, if it is still good."""
    token = token_of(connection, SESSION)
    return await parts_of(connection).sessions.find(token) if token else None


def visit_of(request: Request) -> str:
    """What a browser without a session is known by; made with its first form."""
    known = token_of(request, VISIT) or getattr(request.state, "visit", "")
    request.state.visit = known or secrets.token_urlsafe(24)
    return str(request.state.visit)


def csrf_of(request: Request) -> str:
    """The token a form must bring back: bound to the session, or to the visit before there is one."""
    holder = token_of(request, SESSION) or visit_of(request)
    return hmac.new(holder.encode(), b"segue form", hashlib.sha256).hexdigest()


def remember_visit(request: Request, response: Response) -> Response:
    """Let the browser keep its visit, where a form was made for it."""
    visit = getattr(request.state, "visit", "")
    if visit and not token_of(request, VISIT):
        set_cookie(request, response, VISIT, visit, 24 * 3600)
    return response


def nonce() -> str:
    """One use of one form; the same form sent twice is one request."""
    return secrets.token_urlsafe(12)


async def checked_form(request: Request) -> FormData:
    """The form of a request that came from one of our own pages. Raises Forbidden otherwise.

    Under no-referrer a browser sends ``Origin: null`` with a form, so Sec-Fetch-Site decides where it is there.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    if site is not None and site != "same-origin":
        raise Forbidden
    if site is None and origin != "null" and origin != origin_of(parts_of(request).public_url):
        raise Forbidden
    form = await request.form()
    sent = str(form.get(CSRF, ""))
    if not hmac.compare_digest(sent.encode(), csrf_of(request).encode()):
        raise Forbidden
    return form


def origin_of(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def field(form: FormData, name: str, longest: int = 4000) -> str:
    """A field as text, cut to ``longest``; empty where it is missing."""
    value = form.get(name, "")
    return value[:longest] if isinstance(value, str) else ""
