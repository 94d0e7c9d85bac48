"""A tiny server of the company's: it answers as a test says, and keeps what came, checked by Twilio's own validator."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from twilio.request_validator import RequestValidator

from simulators.carrier import Handset

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "a1" * 16
NUMBER = "+18005550100"
CUSTOMER = "+14155552671"


@dataclass(frozen=True)
class Hook:
    """One request that came in."""

    path: str
    query: dict[str, str]
    form: dict[str, str]
    signed: bool
    token: str
    signature: str
    agent: str


Reply = str | Response | Callable[[Hook], str | Response]


class Listener:
    """``replies`` maps a path to TwiML, a response, or what makes one; anything else gets an empty ``<Response/>``."""

    def __init__(self) -> None:
        self.hooks: list[Hook] = []
        self.replies: dict[str, Reply] = {}
        self.slow: dict[str, float] = {}
        self.app = FastAPI()
        self.app.add_api_route("/{path:path}", self._take, methods=["GET", "POST"], response_model=None)

    def at(self, path: str) -> list[Hook]:
        return [hook for hook in self.hooks if hook.path == path]

    def forms(self, path: str, name: str) -> list[str | None]:
        """One parameter of every request to ``path``, in the order they came."""
        return [hook.form.get(name) for hook in self.at(path)]

    async def got(self, path: str, count: int) -> list[Hook]:
        """Waits until so many requests have come to ``path``."""
        async with asyncio.timeout(5):
            while len(self.at(path)) < count:
                await asyncio.sleep(0.005)
        return self.at(path)

    async def _take(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        signature = request.headers.get("X-Twilio-Signature", "")
        hook = Hook(
            path=request.url.path,
            query=dict(request.query_params),
            form=form,
            signed=RequestValidator(TOKEN).validate(str(request.url), form, signature),
            token=request.headers["I-Twilio-Idempotency-Token"],
            signature=signature,
            agent=request.headers["User-Agent"],
        )
        self.hooks.append(hook)
        await asyncio.sleep(self.slow.get(request.url.path, 0))
        reply = self.replies.get(request.url.path, "")
        made = reply(hook) if callable(reply) and not isinstance(reply, Response) else reply
        return made if isinstance(made, Response) else twiml(made)


def twiml(verbs: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>', media_type="text/xml")


@dataclass
class World:
    """A carrier and a company that listen on this machine; ``twilio`` is the real client."""

    carrier: str
    company: str
    listener: Listener
    twilio: Any
    phone: Handset

    async def send(self, body: str, **more: Any) -> Any:
        """The company texts the customer by the real client."""
        given = {"to": CUSTOMER, "from_": NUMBER, "status_callback": f"{self.company}/receipt?m=1"} | more
        return await asyncio.to_thread(self.twilio.messages.create, body=body, **given)

    async def ring(self, **more: Any) -> Any:
        """The company calls the customer by the real client."""
        given: dict[str, Any] = {"to": CUSTOMER, "from_": NUMBER, "status_callback": f"{self.company}/progress"}
        events = {"status_callback_event": ["initiated", "ringing", "answered", "completed"]}
        return await asyncio.to_thread(self.twilio.calls.create, **(given | events | more))
