"""The app: every route, what wraps them, and what runs beside them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import cache
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from gateway import addresses, api, codec, docs, driving, health, passes, problems, unplaced
from gateway.access import AccessLog
from gateway.browser import STORE, in_store
from gateway.callbacks import Callbacks
from gateway.caring import Vigil
from gateway.desk.seeing import DESK
from gateway.headers import BodyCap, SafeHeaders, safe_headers
from gateway.limits import Limits
from gateway.pages import (
    account,
    booked,
    chat,
    customer,
    links,
    moving,
    new_card,
    one_click,
    rating,
    sign_in,
    stage,
    typed_codes,
)
from gateway.pages.associates import SignInNeeded
from gateway.pages.live import Watcher
from gateway.pages.seeing import WentOn
from gateway.parts import Parts
from gateway.sampling import Sampler
from gateway.staff.entry import HOME
from gateway.staff.guard import ReasonNeeded, StaffNeeded
from gateway.staff.permissions import PLACES, SAFE
from gateway.staff.routes import staff_router
from gateway.templating import STATIC, page, words_for
from gateway.webhooks import sendgrid, twilio
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.mail_desk import MailDesk
from gateway.webhooks.texts import TextDesk
from models.errors import SegueError

__all__ = ["Parts", "create_app"]

FORMLESS = ("/twilio/", "/codec/", "/sendgrid/")
PAGES = {403: "forbidden", 404: "unknown", 405: "unknown", 429: "too-often", 503: "not-confirmed"}


def create_app(parts: Parts) -> FastAPI:
    """The HTTP door over the given parts. Its background work lives as long as the app does."""
    app = FastAPI(
        title="Segue",
        version="1",
        description="Start a case, answer it, correct it and follow it, whatever channel the customer is on.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.parts = parts
    app.state.safe_headers = safe_headers(framed=parts.carrier_url is not None, secure=parts.secure)
    app.state.limits = Limits()
    app.state.texts = TextDesk(parts)
    app.state.calls = CallDesk(parts)
    app.state.watcher = Watcher(parts.cases)
    app.state.mails = MailDesk(parts, parts.mail) if parts.mail else None
    app.state.vigil = Vigil(parts)
    app.state.sampler = Sampler(parts)
    app.state.callbacks = Callbacks(parts, app.state.texts, app.state.calls, mails=app.state.mails)
    app.router.routes.extend(routes(staged=bool(parts.carrier_url)))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(SegueError, on_error)
    app.add_exception_handler(SignInNeeded, on_stranger)
    app.add_exception_handler(WentOn, on_went_on)
    app.add_exception_handler(StaffNeeded, on_nobody_of_staff)
    app.add_exception_handler(ReasonNeeded, on_no_reason)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(Exception, on_fault)
    # The last added is the outermost: headers and log also for what the cap refuses.
    app.add_middleware(BodyCap)
    app.add_middleware(SafeHeaders, headers=app.state.safe_headers)
    app.add_middleware(AccessLog)
    return app


@cache
def routes(*, staged: bool) -> tuple[BaseRoute, ...]:
    """Every address there is. They know no app, and putting them together takes 0.1 s: once is enough."""
    shell = FastAPI(openapi_url=None)
    for part in (
        health,
        twilio,
        api,
        docs,
        codec,
        sign_in,
        account,
        links,
        typed_codes,
        moving,
        new_card,
        chat,
        customer,
    ):
        shell.include_router(part.router)
    for part in (booked, rating, sendgrid, unplaced, one_click, passes, addresses, driving):
        shell.include_router(part.router)
    shell.include_router(staff_router())
    if staged:
        shell.include_router(stage.router)
    return tuple(shell.router.routes)


@contextlib.asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    rounds = (app.state.watcher, app.state.callbacks, app.state.vigil, app.state.sampler)
    running = [asyncio.create_task(each.run()) for each in rounds]
    yield
    await app.state.texts.finish()
    if app.state.mails is not None:
        await app.state.mails.finish()
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def on_error(request: Request, error: Exception) -> Response:
    """An error of ours, in the caller's own form."""
    assert isinstance(error, SegueError)  # noqa: S101 - registered for this class only
    if request.url.path.startswith("/api/"):
        return problems.from_error(error)
    return failed(request, error.status)


async def on_stranger(request: Request, _: Exception) -> Response:
    if request.url.path.endswith("/live"):
        return Response(status_code=401)
    return RedirectResponse(STORE if in_store(request) else "/resume", 303)


async def on_went_on(request: Request, error: Exception) -> Response:
    """To the case that this one goes on in; a page that only watches looks again by itself."""
    assert isinstance(error, WentOn)  # noqa: S101 - registered for this class only
    if request.url.path.endswith("/live"):
        return Response(status_code=410)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{STORE if in_store(request) else ''}/case/{error.case}{query}", 303)


async def on_nobody_of_staff(request: Request, _: Exception) -> Response:
    """To where staff sign in, and back here afterwards if it was only looked at."""
    if request.url.path.endswith("/live") or "x-fragment" in request.headers:
        return Response(status_code=401)
    if in_store(request):
        return RedirectResponse(STORE, 303)
    back = request.url.path if request.method == "GET" else HOME
    return RedirectResponse(f"{HOME}/sign-in?{urlencode({'back': back})}", 303)


async def on_no_reason(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReasonNeeded)  # noqa: S101 - registered for this class only
    if request.url.path.endswith("/live") or "x-fragment" in request.headers:
        return Response(status_code=401)
    if request.url.path.startswith(f"{DESK}/"):
        back = request.url.path if request.method == "GET" else str(request.url.path).rpartition("/")[0]
        return RedirectResponse(f"{DESK}/why?{urlencode({'customer': error.customer, 'back': back})}", 303)
    return RedirectResponse(f"{HOME}/customers?{urlencode({'customer': error.customer})}", 303)


async def on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    if request.url.path.startswith("/api/"):
        codes = {401: "unauthorised", 403: "forbidden", 404: "unknown", 400: "not-understood"}
        headers = dict(error.headers or {})
        return problems.problem(error.status_code, codes.get(error.status_code, "error"), headers=headers)
    return failed(request, error.status_code, dict(error.headers or {}))


async def on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    if request.url.path.startswith(("/api/", *FORMLESS)):
        return problems.from_validation(error)
    return failed(request, 404)


async def on_fault(request: Request, _: Exception) -> Response:
    """A bug: said in the caller's form, and nothing of it shown. The server logs it.

    This answer is made outside of all middleware, hence its headers here.
    """
    headers: dict[str, str] = request.app.state.safe_headers
    if request.url.path.startswith("/api/"):
        return problems.problem(500, "error", headers=headers)
    return failed(request, 500, headers)


def failed(request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
    """A page that says what went wrong and what to do; a bare line for machines."""
    headers = dict(headers or {})
    if status == 503:
        headers["Retry-After"] = "2"
    if request.url.path.startswith((*FORMLESS, "/stage/")):
        return PlainTextResponse(str(status), status, headers=headers)
    refused = status == 403 and request.method in SAFE and request.url.path.startswith(tuple(f"{at}/" for at in PLACES))
    message = "page-error-" + ("not-your-role" if refused else PAGES.get(status, "fault"))
    response = page(request, "customer/error.html", words_for(request), status, message=message)
    response.headers.update(headers)
    return response
