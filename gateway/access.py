"""The access log: method, route template, status and time. No raw path (a pass is in it), no address, no words."""

from __future__ import annotations

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("segue.access")
CASE = re.compile(r"[a-z-]{1,60}/[\w-]{1,60}/\d{1,9}")
QUIET = {"/healthz", "/readyz", "/metrics"}


class AccessLog:
    """One line per request, with the case where there is one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            route = template_of(scope)
            if route not in QUIET:
                took = (time.perf_counter() - began) * 1000
                log.info("%s %s %d %.0f ms%s", scope["method"], route, status, took, case_of(scope))


def template_of(scope: Scope) -> str:
    """The route's template, ``/c/{token}`` for ``/c/abc``."""
    return getattr(scope.get("route"), "path", None) or "(no route)"


def case_of(scope: Scope) -> str:
    """The case of a request, as `` case=…``; empty where there is none."""
    found = scope.get("path_params") or {}
    case = str(found.get("case") or "{moment}/{customer}/{number}".format_map(_Blank(found)))
    return f" case={case}" if CASE.fullmatch(case) else ""


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""
