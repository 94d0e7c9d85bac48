"""What every answer carries, and the largest request the door takes: two pure ASGI middlewares."""

from __future__ import annotations

import contextlib
import sys

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.problems import problem

LARGEST_BODY = 64 * 1024
LARGEST_HISTORY = 4 * 1024 * 1024  # what Temporal's pages send to be decoded at once: Temporal's own message size
LARGEST_UPLOAD = 10 * 1024 * 1024 + LARGEST_BODY  # a file and the form around it
LARGEST_FOR_THE_STAGE = 16 * 1024 * 1024  # a picture on its way to the carrier, in base64
PUBLIC = ("/static/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs")


def safe_headers(*, framed: bool, secure: bool) -> dict[str, str]:
    """What every answer carries. ``framed`` lets our own pages frame each other, for the demonstration."""
    headers = {
        "Content-Security-Policy": policy(framed=framed),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN" if framed else "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    return headers | ({"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if secure else {})


class SafeHeaders:
    """Puts the given headers on every answer that does not say otherwise, and keeps personal pages out of caches."""

    def __init__(self, app: ASGIApp, *, headers: dict[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith(PUBLIC):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)


def policy(*, framed: bool) -> str:
    """The content security policy: only what comes from this door, nothing inline."""
    frames = "'self'" if framed else "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"font-src 'self'; form-action 'self'; base-uri 'none'; frame-src {frames}; frame-ancestors {frames}"
    )


def largest(path: str) -> int:
    """The largest body a path takes, in bytes."""
    if path.startswith("/sendgrid/inbound"):
        return sys.maxsize  # a refusal would lose the mail for good: its reader stops by itself
    if path.startswith(("/codec/", "/sendgrid/events")):
        return LARGEST_HISTORY
    if path.startswith("/stage/handset/"):
        return LARGEST_FOR_THE_STAGE
    return LARGEST_UPLOAD if is_upload(path) else LARGEST_BODY


def is_upload(path: str) -> bool:
    """Whether a file is sent there, to a question of a case."""
    return path.endswith("/file") and path.startswith(("/case/", "/store/case/", "/desk/case/", "/ops/travel/"))


class TooLarge(Exception):
    """More came than the door takes."""


class _Counted:
    """One request's body, counted as it comes."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send, self._most = receive, send, most
        self._taken = 0
        self.answered = False

    @property
    def over(self) -> bool:
        return self._taken > self._most

    async def receive(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self.over:
            raise TooLarge
        return message

    async def send(self, message: Message) -> None:
        if self.answered or not self.over:
            self.answered = True
            await self._send(message)


class BodyCap:
    """Refuses bodies over ``LARGEST_BODY`` bytes with 413, whether their length was announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        most = largest(scope["path"])
        if not announced.isdecimal() or int(announced) > most:
            await self._refuse(scope, receive, send)
            return
        body = _Counted(receive, send, most)
        # Whatever reads the body may make an answer of its own out of the error: none of that is sent.
        with contextlib.suppress(TooLarge):
            await self.app(scope, body.receive, body.send)
        if body.over and not body.answered:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: Response
        if is_upload(scope["path"]):
            answer = RedirectResponse(scope["path"].removesuffix("/file") + "?large=1", 303)
        elif scope["path"].startswith("/api/"):
            answer = problem(413, "too-large", f"At most {LARGEST_BODY} bytes are taken.")
        else:
            answer = PlainTextResponse("Too large", 413)
        await answer(scope, receive, send)
