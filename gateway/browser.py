"""A browser and who is at it: session and visit cookies, and the proof that a form is ours."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData
from starlette.requests import HTTPConnection
from starlette.responses import Response

from database.sessions import Session
from gateway.parts import parts_of
from gateway.staff.permissions import in_place
from models.errors import Forbidden

SESSION = "segue"
VISIT = "segue-visit"
LANGUAGE = "segue-language"
STORE_SESSION = "segue-at-the-store"
STAFF = "segue-staff"
TABLET = "segue-tablet"
STORE = "/store"
CSRF = "csrf"


def in_store(connection: HTTPConnection) -> bool:
    """Whether this is the store's tablet: it has its own sign-in, session and forms."""
    path = connection.url.path
    return path == STORE or path.startswith(STORE + "/")


def session_token(connection: HTTPConnection) -> str:
    """The token of the customer's session: their own, or the one an associate has open for them."""
    return token_of(connection, STORE_SESSION if in_store(connection) else SESSION)


def staff_token(connection: HTTPConnection) -> str:
    """The token of whoever of the staff is here; a tablet has its own, so that a desk may stand beside it."""
    return token_of(connection, TABLET if in_store(connection) else STAFF)


def cookie_name(connection: HTTPConnection, name: str) -> str:
    return f"__Host-{name}" if parts_of(connection).secure else name


def token_of(connection: HTTPConnection, name: str) -> str:
    return connection.cookies.get(cookie_name(connection, name), "")


def set_cookie(
    request: Request,
    response: Response,
    name: str,
    token: str,
    seconds: int,
    *,
    samesite: Literal["lax", "strict"] = "lax",
) -> None:
    response.set_cookie(
        cookie_name(request, name),
        token,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite=samesite,
        secure=parts_of(request).secure,
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        cookie_name(request, name), path="/", httponly=True, samesite="lax", secure=parts_of(request).secure
    )


async def session_of(connection: HTTPConnection) -> Session | None:
    """The session this browser holds, if it is still good."""
    token = session_token(connection)
    return await parts_of(connection).sessions.find(token) if token else None


def visit_of(request: Request) -> str:
    """What a browser without a session is known by; made with its first form."""
    known = token_of(request, VISIT) or getattr(request.state, "visit", "")
    request.state.visit = known or secrets.token_urlsafe(24)
    return str(request.state.visit)


def csrf_of(request: Request) -> str:
    """The token a form must bring back: bound to the session, or to the visit before there is one.

    A form of staff is bound to whoever of them signed in: a customer may use the same browser, on the stage.
    """
    own = staff_token(request) if in_place(request.url.path) else token_of(request, SESSION)
    holder = own or visit_of(request)
    return hmac.new(holder.encode(), b"segue form", hashlib.sha256).hexdigest()


def remember_visit(request: Request, response: Response) -> Response:
    """Let the browser keep its visit, where a form was made for it."""
    visit = getattr(request.state, "visit", "")
    if visit and visit != token_of(request, VISIT):
        set_cookie(request, response, VISIT, visit, 24 * 3600)
    return response


def nonce() -> str:
    """One use of one form; the same form sent twice is one request."""
    return secrets.token_urlsafe(12)


async def checked_form(request: Request) -> AsyncIterator[FormData]:
    """The form of a request that came from one of our own pages, as long as it is answered. Raises Forbidden otherwise.

    Under no-referrer a browser sends ``Origin: null`` with a form, so Sec-Fetch-Site decides where it is there.
    """
    from_our_page(request)
    async with request.form(max_files=1, max_fields=40, max_part_size=64 * 1024) as form:
        sent = str(form.get(CSRF, ""))
        if not hmac.compare_digest(sent.encode(), csrf_of(request).encode()):
            raise Forbidden
        yield form


def from_our_page(request: Request) -> None:
    """Raises Forbidden where another site's page made the browser ask."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    if site is not None and site != "same-origin":
        raise Forbidden
    if site is None and origin != "null" and origin != origin_of(parts_of(request).public_url):
        raise Forbidden


def origin_of(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}"


def field(form: FormData, name: str, longest: int = 4000) -> str:
    """A field as text, cut to ``longest``; empty where it is missing."""
    value = form.get(name, "")
    return value[:longest] if isinstance(value, str) else ""
