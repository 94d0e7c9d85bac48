"""The handset: what a customer sees and does, and the knobs, as JSON under ``/handset``."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse, ServerSentEvent

from simulators.carrier.account import Account
from simulators.carrier.calls import Calls
from simulators.carrier.exchange import Call, Exchange, Text
from simulators.carrier.media import NewFile
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.texts import Besides, Texts
from simulators.carrier.webhooks import Answer, Webhooks, shown

LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")
Number = Annotated[str, Path(pattern=r"^(\+?[1-9]\d{6,14}|anonymous)$")]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewText(_Said):
    """``button`` is the payload of an option that was tapped, ``reply_to`` the id of the message replied to."""

    body: str = Field("", max_length=1600)
    channel: Literal["sms", "whatsapp"] = "sms"
    media: list[NewFile] = Field([], max_length=10)
    button: str | None = Field(None, max_length=256)
    reply_to: str | None = Field(None, max_length=40)


class Words(_Said):
    text: str = Field(min_length=1, max_length=4000)
    confidence: float | None = Field(default=0.93, ge=0, le=1)


class Keys(_Said):
    digits: str = Field(pattern=r"^[0-9*#]{1,64}$")


class Control:
    """Routes of the handset. A number may be given without its plus."""

    def __init__(
        self, account: Account, exchange: Exchange, texts: Texts, calls: Calls, webhooks: Webhooks, nemesis: Nemesis
    ) -> None:
        self._account = account
        self._exchange = exchange
        self._texts = texts
        self._calls = calls
        self._webhooks = webhooks
        self._nemesis = nemesis
        self.router = APIRouter(prefix="/handset")
        self._route()

    def _route(self) -> None:
        for path, method, endpoint in (
            ("", "GET", self.overview),
            ("/nemesis", "GET", self.knobs),
            ("/nemesis", "POST", self.change),
            ("/nemesis", "DELETE", self.calm),
            ("/errors", "GET", self.errors),
            ("/deliveries", "GET", self.deliveries),
            ("/calls/{sid}", "GET", self.call),
            ("/calls/{sid}/answer", "POST", self.answer),
            ("/calls/{sid}/decline", "POST", self.decline),
            ("/calls/{sid}/say", "POST", self.say),
            ("/calls/{sid}/press", "POST", self.press),
            ("/calls/{sid}/wait", "POST", self.wait),
            ("/calls/{sid}/hangup", "POST", self.hang_up),
            ("/{number}", "GET", self.state),
            ("/{number}/live", "GET", self.live),
            ("/{number}/texts", "GET", self.list_texts),
            ("/{number}/texts", "POST", self.write),
            ("/{number}/calls", "POST", self.ring),
        ):
            self.router.add_api_route(path, endpoint, methods=[method], response_model=None)

    async def overview(self) -> dict[str, Any]:
        others = sorted(self._exchange.versions.keys() - {self._account.number})
        return {"account": self._account.sid, "number": self._account.number, "numbers": others}

    async def knobs(self) -> dict[str, Any]:
        return self._nemesis.model_dump()

    async def change(self, knobs: dict[str, Any]) -> dict[str, Any]:
        """Turns the knobs given and leaves the others."""
        try:
            self._nemesis.change(knobs)
        except ValueError as error:
            raise HTTPException(422, str(error)) from None
        return self._nemesis.model_dump()

    async def calm(self) -> dict[str, Any]:
        self._nemesis.change(Nemesis().model_dump())
        return self._nemesis.model_dump()

    async def errors(self) -> list[dict[str, Any]]:
        """What the carrier's debugger would show: failed webhooks, TwiML it could not play."""
        return list(self._exchange.errors)

    async def deliveries(self) -> list[dict[str, object]]:
        """Every attempt at a webhook, oldest first."""
        return [shown(delivery) for delivery in self._webhooks.log]

    async def state(self, number: Number, after: int = -1, wait: float = 0) -> dict[str, Any]:
        """Everything about a handset; with ``after`` and ``wait``, as soon as its version is above ``after``."""
        number = _plus(number)
        if wait:
            await self._newer(number, after, min(wait, 30))
        return self._state(number)

    async def live(self, number: Number) -> EventSourceResponse:
        """The state as server-sent events, one for each version; a slow reader skips to the newest."""
        return EventSourceResponse(self._stream(_plus(number)))

    async def list_texts(self, number: Number) -> list[dict[str, Any]]:
        texts: list[dict[str, Any]] = self._state(_plus(number))["texts"]
        return texts

    async def write(self, request: Request, number: Number, new: NewText) -> dict[str, Any]:
        """The customer texts the company; answers when the webhook has."""
        base, besides = str(request.base_url).rstrip("/"), Besides(new.media, new.button, new.reply_to)
        text, answer = await self._texts.write(_plus(number), new.body, new.channel, base=base, besides=besides)
        return _text(text) | {"webhook": _webhook(answer)}

    async def ring(self, number: Number) -> dict[str, Any]:
        """The customer calls the company; answers when it is the customer's turn to speak."""
        return await self._settled(self._calls.come_in(_plus(number)))

    async def call(self, sid: str) -> dict[str, Any]:
        return _call(self._find(sid))

    async def answer(self, sid: str, machine: bool = False) -> dict[str, Any]:
        """Somebody picks up, or a ``machine`` does."""
        call = self._find(sid)
        self._calls.pick_up(call, machine=machine)
        return await self._settled(call)

    async def decline(self, sid: str) -> dict[str, Any]:
        call = self._find(sid)
        self._calls.decline(call)
        return _call(call)

    async def say(self, sid: str, words: Words) -> dict[str, Any]:
        call = self._find(sid)
        await self._calls.say(call, words.text, words.confidence)
        return await self._settled(call)

    async def press(self, sid: str, keys: Keys) -> dict[str, Any]:
        call = self._find(sid)
        await self._calls.press(call, keys.digits)
        return await self._settled(call)

    async def wait(self, sid: str) -> dict[str, Any]:
        """The customer says nothing until the company gives up waiting."""
        call = self._find(sid)
        await self._calls.be_silent(call)
        return await self._settled(call)

    async def hang_up(self, sid: str) -> dict[str, Any]:
        call = self._find(sid)
        self._calls.end(call, "completed" if call.answered else "canceled")
        return _call(call)

    def _find(self, sid: str) -> Call:
        if sid not in self._exchange.calls:
            raise HTTPException(404, "no such call")
        return self._exchange.calls[sid]

    async def _settled(self, call: Call) -> dict[str, Any]:
        await self._exchange.until(lambda: call.settled, self._account.webhook_limit + 5)
        return _call(call)

    def _state(self, number: str) -> dict[str, Any]:
        exchange = self._exchange
        return {
            "number": number,
            "version": exchange.versions[number],
            "opted_out": number in exchange.opted_out,
            "texts": [_text(text) for text in exchange.texts.values() if number in text.numbers],
            "calls": [_call(call) for call in exchange.calls.values() if call.number == number],
        }

    async def _newer(self, number: str, than: int, seconds: float) -> bool:
        return await self._exchange.until(lambda: self._exchange.versions[number] > than, seconds)

    async def _stream(self, number: str) -> AsyncIterator[ServerSentEvent]:
        seen = -1
        while True:
            if await self._newer(number, seen, 15):
                state = self._state(number)
                seen = state["version"]
                yield ServerSentEvent(data=json.dumps(state), event="state", id=str(seen))


def _plus(number: str) -> str:
    return number if number.startswith("+") or not number.isdecimal() else f"+{number}"


def _webhook(answer: Answer) -> dict[str, int]:
    return {"status": answer.status, "error": answer.error}


def _text(text: Text) -> dict[str, Any]:
    return {
        "sid": text.sid,
        "by": text.by,
        "channel": "whatsapp" if text.sender.startswith("whatsapp:") else "sms",
        "body": text.body,
        "links": LINK.findall(text.body),
        "options": text.options,
        "files": text.files,
        "status": text.status,
        "error": text.error_code,
        "at": text.created.isoformat(),
    }


def _call(call: Call) -> dict[str, Any]:
    listening = call.listening
    heard = [line.text for line in call.transcript[call.heard_from :] if line.who != "customer"]
    return {
        "sid": call.sid,
        "number": call.number,
        "direction": call.direction,
        "status": call.status,
        "ringing": call.status == "ringing" and call.direction != "inbound",
        "over": call.over,
        "listening": listening
        and {
            "speech": listening.speech,
            "keys": listening.keys,
            "digits": listening.digits,
            "language": listening.language,
        },
        "talking_to": call.bridge.number if call.bridge and call.connected else None,
        "heard": " ".join(heard),
        "transcript": [
            {"who": line.who, "text": line.text, "keyed": line.keyed, "at": line.at.isoformat()}
            for line in call.transcript
        ],
        "error": call.error,
        "at": call.created.isoformat(),
    }
