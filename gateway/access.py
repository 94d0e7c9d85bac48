"""The access log: method, route template, status and time. No raw path (a pass is in it), no address, no words."""

from __future__ import annotations

import logging
import re
import time
from contextlib import AbstractContextManager, nullcontext

from opentelemetry import trace
from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.metrics import arrived

log = logging.getLogger("segue.access")
CASE = re.compile(r"[a-z-]{1,60}/[\w-]{1,60}/\d{1,9}")
QUIET = {"/healthz", "/readyz", "/metrics"}
_tracer = trace.get_tracer("segue.gateway")


class AccessLog:
    """One line and one span per request, with the case where there is one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        arrived.set(began)
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                described(trace.get_current_span(), scope, status)
            await send(message)

        with traced(scope["method"]):
            try:
                await self.app(scope, receive, noted)
            finally:
                told(scope, status, (time.perf_counter() - began) * 1000)


def traced(method: str) -> AbstractContextManager[trace.Span]:
    """The span of a request: the one that the framework has begun, or ours."""
    begun = trace.get_current_span()
    return nullcontext(begun) if begun.is_recording() else _tracer.start_as_current_span(method, kind=SpanKind.SERVER)


def described(span: trace.Span, scope: Scope, status: int) -> None:
    """What a request's span says. It may be over with the answer's last byte, so it is told with the first."""
    if span.is_recording():
        route, case, method = template_of(scope), case_of(scope), scope["method"]
        span.update_name(f"{method} {route}")
        told = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
        span.set_attributes(told | ({"segue.case": case} if case else {}))


def told(scope: Scope, status: int, took: float) -> None:
    """The request as a line, in milliseconds."""
    route, case, method = template_of(scope), case_of(scope), scope["method"]
    if route not in QUIET:
        more = {"method": method, "route": route, "status": status, "ms": round(took), "case": case}
        log.info("%s %s %d %.0f ms%s", method, route, status, took, f" case={case}" if case else "", extra=more)


def template_of(scope: Scope) -> str:
    """The route's template, ``/c/{token}`` for ``/c/abc``."""
    return getattr(scope.get("route"), "path", None) or "(no route)"


def case_of(scope: Scope) -> str:
    """The case of a request; empty where there is none."""
    found = scope.get("path_params") or {}
    case = str(found.get("case") or "{moment}/{customer}/{number}".format_map(_Blank(found)))
    return case if CASE.fullmatch(case) else ""


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""
