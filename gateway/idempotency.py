"""The API's callers and their requests: who calls, and the same request twice is one."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.responses import JSONResponse, Response

from channels.reading import mask
from gateway.metrics import DUPLICATES
from gateway.parts import parts_of
from gateway.problems import Problem, problem
from gateway.webhooks.signature import fingerprint

bearer = HTTPBearer(auto_error=False, description="An API key of the company's own app.")
TRANSIENT = {"settling", "not-confirmed"}


async def caller(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    """The name of the key that was brought. Raises 401 without a good one; every key is compared, in constant time."""
    sent = hashlib.sha256(credentials.credentials.encode()).hexdigest() if credentials else ""
    names = [
        name
        for name, kept in parts_of(request).api_keys.items()
        if hmac.compare_digest(kept.lower().encode(), sent.encode())
    ]
    if not names:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return names[0]


class Once:
    """One request to change something. ``id`` is the same for every repetition of it, ``name`` its caller's key."""

    def __init__(self, request: Request, name: str, idempotency_key: str | None) -> None:
        self.request = request
        self.name = name
        self.keyed = idempotency_key is not None
        key = idempotency_key or secrets.token_urlsafe(16)
        self.id = "api:" + hashlib.sha256(f"{name}\0{key}".encode()).hexdigest()[:40]

    async def do(self, act: Callable[[str], Awaitable[Response]]) -> Response:
        """Act, or repeat the answer of the same request; 409 where the key came with other content."""
        if not self.keyed:
            return await act(self.id)
        inbox = parts_of(self.request).inbox
        # A hash of few unknown digits can be tried out: none is made of what looks like a card.
        body = mask((await self.request.body()).decode(errors="replace"))
        content = fingerprint(self.request.method, self.request.url.path, body)
        receipt = await inbox.receive(self.id, "api", content, {})
        if not receipt.same:
            return problem(409, "conflict")
        if receipt.reply is not None:
            DUPLICATES.labels("api").inc()
            return repeated(receipt.reply)
        answer = await act(self.id)
        if final(answer):
            await inbox.done(self.id, json.dumps({"status": answer.status_code, "body": content_of(answer)}))
        return answer


async def once(
    request: Request,
    name: Annotated[str, Depends(caller)],
    idempotency_key: Annotated[
        str | None,
        Header(max_length=255, description="Repeat a request with the same key and it is done once."),
    ] = None,
) -> Once:
    """``Once`` as a FastAPI dependency; async, or each request would wait for a thread."""
    return Once(request, name, idempotency_key)


def content_of(answer: Response) -> Any:
    return json.loads(bytes(answer.body))


def final(answer: Response) -> bool:
    """Whether asking again would not give another answer."""
    return answer.status_code < 500 and content_of(answer).get("code") not in TRANSIENT


def repeated(reply: str) -> Response:
    kept = json.loads(reply)
    kind = Problem if kept["status"] >= 400 else JSONResponse
    return kind(kept["body"], kept["status"], headers={"Idempotent-Replay": "true"})
