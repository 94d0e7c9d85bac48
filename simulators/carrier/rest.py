"""The API the ``twilio`` client calls: messages and calls of one account."""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from simulators.carrier.account import API_VERSION, Account
from simulators.carrier.calls import CHANGING, CREATING, Calls
from simulators.carrier.checks import ApiRefusal, Form
from simulators.carrier.exchange import Call, Exchange, Text
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.texts import PARAMETERS, Texts, segments

LISTING = frozenset({"To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"})


class Rest:
    """Routes of the API. Every error is of the real one's shape."""

    def __init__(self, account: Account, exchange: Exchange, texts: Texts, calls: Calls, nemesis: Nemesis) -> None:
        self._account = account
        self._exchange = exchange
        self._texts = texts
        self._calls = calls
        self._nemesis = nemesis
        self.router = APIRouter(prefix=f"/{API_VERSION}/Accounts/{{account}}")
        for path, method, endpoint in (
            ("/Messages.json", "POST", self.send_text),
            ("/Messages.json", "GET", self.list_texts),
            ("/Messages/{sid}.json", "GET", self.fetch_text),
            ("/Calls.json", "POST", self.create_call),
            ("/Calls/{sid}.json", "GET", self.fetch_call),
            ("/Calls/{sid}.json", "POST", self.change_call),
        ):
            self.router.add_api_route(path, endpoint, methods=[method], response_model=None)

    async def send_text(self, request: Request) -> JSONResponse:
        form = await self._form(request, PARAMETERS, {"MediaUrl"})
        return await self._create(request, lambda: self._message(self._texts.send(form)))

    async def list_texts(self, request: Request) -> JSONResponse:
        self._admit(request)
        query = Form(request.url.query, LISTING)
        size, page = query.integer("PageSize", 1, 1000, 50), query.integer("Page", 0, 10_000, 0)
        found = [text for text in reversed(self._exchange.texts.values()) if _matches(text, query)]
        shown = found[page * size : (page + 1) * size]
        asked = [(name, value) for name in sorted(LISTING - {"Page", "PageToken"}) for value in query.all(name)]

        def uri(number: int) -> str:
            return f"{self._account.api}/Messages.json?{urlencode([*asked, ('Page', str(number))])}"

        return JSONResponse(
            {
                "messages": [self._message(text) for text in shown],
                "page": page,
                "page_size": size,
                "start": page * size,
                "end": page * size + max(len(shown) - 1, 0),
                "uri": uri(page),
                "first_page_uri": uri(0),
                "previous_page_uri": uri(page - 1) if page else None,
                "next_page_uri": uri(page + 1) if len(found) > (page + 1) * size else None,
            }
        )

    async def fetch_text(self, request: Request, sid: str) -> JSONResponse:
        self._admit(request)
        if sid not in self._exchange.texts:
            raise ApiRefusal(20404, status=404)
        return JSONResponse(self._message(self._exchange.texts[sid]))

    async def create_call(self, request: Request) -> JSONResponse:
        form = await self._form(request, CREATING, {"StatusCallbackEvent"})
        return await self._create(request, lambda: self._call(self._calls.go_out(form)))

    async def fetch_call(self, request: Request, sid: str) -> JSONResponse:
        self._admit(request)
        return JSONResponse(self._call(self._find(sid)))

    async def change_call(self, request: Request, sid: str) -> JSONResponse:
        form = await self._form(request, CHANGING)
        call = self._find(sid)
        self._calls.change(call, form)
        return JSONResponse(self._call(call))

    def _admit(self, request: Request) -> None:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        right = base64.b64encode(f"{self._account.sid}:{self._account.token}".encode())
        known = scheme.lower() == "basic" and secrets.compare_digest(given.encode(), right)
        if not known or request.path_params["account"] != self._account.sid:
            raise ApiRefusal(20003, status=401)

    async def _form(self, request: Request, known: frozenset[str], repeated: set[str] | None = None) -> Form:
        self._admit(request)
        if "application/x-www-form-urlencoded" not in request.headers.get("Content-Type", ""):
            raise ApiRefusal(20001, status=415, more="a form is expected")
        try:
            return Form((await request.body()).decode(), known, repeated or ())
        except UnicodeDecodeError:
            raise ApiRefusal(20001, more="not UTF-8") from None

    async def _create(self, request: Request, create: Callable[[], dict[str, Any]]) -> JSONResponse:
        """Creates something, unless, or although, the nemesis wants otherwise."""
        nemesis = self._nemesis
        if nemesis.spend("api_busy"):
            raise ApiRefusal(20429, status=429, headers={"Retry-After": "1", "Twilio-Concurrent-Requests": "101"})
        if nemesis.spend("api_error_before"):
            raise ApiRefusal(20500, status=500)
        if nemesis.spend("refuse"):
            raise ApiRefusal(nemesis.refuse_code)
        created = create()
        if nemesis.spend("api_error_after"):
            raise ApiRefusal(20500, status=500)
        if nemesis.spend("api_hang"):
            await _hang(request.is_disconnected, nemesis.hang)
        return JSONResponse(created, status_code=201)

    def _find(self, sid: str) -> Call:
        if sid not in self._exchange.calls:
            raise ApiRefusal(20404, status=404)
        return self._exchange.calls[sid]

    def _message(self, text: Text) -> dict[str, Any]:
        uri = f"{self._account.api}/Messages/{text.sid}"
        direction = {"customer": "inbound", "company": "outbound-api", "carrier": "outbound-reply"}[text.by]
        return {
            "account_sid": self._account.sid,
            "api_version": API_VERSION,
            "body": text.body,
            "date_created": _date(text.created),
            "date_sent": _date(text.sent),
            "date_updated": _date(text.updated),
            "direction": direction,
            "error_code": text.error_code,
            "error_message": "Not delivered" if text.error_code else None,
            "from": text.sender,
            "messaging_service_sid": text.service,
            "num_media": str(text.media),
            "num_segments": str(segments(text)),
            "price": None,
            "price_unit": "USD",
            "sid": text.sid,
            "status": text.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": text.to,
            "uri": f"{uri}.json",
        }

    def _call(self, call: Call) -> dict[str, Any]:
        uri = f"{self._account.api}/Calls/{call.sid}"
        length = (call.ended - call.answered).total_seconds() if call.ended and call.answered else None
        absent = ("answered_by", "caller_name", "forwarded_from", "group_sid", "phone_number_sid", "price", "trunk_sid")
        return dict.fromkeys(absent) | {
            "account_sid": self._account.sid,
            "api_version": API_VERSION,
            "date_created": _date(call.created),
            "date_updated": _date(call.ended or call.answered or call.created),
            "direction": call.direction,
            "duration": None if length is None else str(round(length)),
            "end_time": _date(call.ended),
            "from": call.caller,
            "from_formatted": call.caller,
            "parent_call_sid": call.parent,
            "price_unit": "USD",
            "queue_time": "0",
            "sid": call.sid,
            "start_time": _date(call.answered),
            "status": "queued" if call.status == "initiated" else call.status,
            "subresource_uris": {"events": f"{uri}/Events.json"},
            "to": call.called,
            "to_formatted": call.called,
            "uri": f"{uri}.json",
        }


def _date(at: datetime | None) -> str | None:
    return format_datetime(at) if at else None


def _matches(text: Text, query: Form) -> bool:
    at = (text.sent or text.created).replace(microsecond=0)
    if query.get("To") not in (None, text.to) or query.get("From") not in (None, text.sender):
        return False
    return all(
        start <= at < end
        for name in ("DateSent", "DateSent<", "DateSent>")
        for value in query.all(name)
        for start, end in [_window(name, value)]
    )


def _window(name: str, value: str) -> tuple[datetime, datetime]:
    """The instants a DateSent filter lets through, half-open; without a sign, or a time, it means the whole day."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ApiRefusal(20001, more=name) from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    day = at.replace(hour=0, minute=0, second=0)
    end = day + timedelta(days=1) if len(value) == 10 else at + timedelta(seconds=1)
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    return {"DateSent": (day, day + timedelta(days=1)), "DateSent<": (first, end), "DateSent>": (at, last)}[name]


async def _hang(gone: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Gives no answer for a while, or until the client has given up."""
    for _ in range(round(seconds / 0.05)):
        if await gone():
            return
        await asyncio.sleep(0.05)
