"""Every request of ours to Twilio, as the real client sends it, against the official description where there is one."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from channels.providers.twilio import Content, TwilioDoor
from simulators.carrier import Account, create_carrier, listening
from simulators.carrier.contents import content_sid
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN

# Twilio's own files are not ours to pass on: they lie beside the repository, or where SPECS says.
SPECS = Path(os.environ.get("SPECS") or Path(__file__).parents[3] / "shared/specs")
SPEC = SPECS / "twilio_api_v2010.json"
HOST = "https://api.twilio.com"


@dataclass(frozen=True)
class Exchanged:
    """One request and its answer, as they were on the line."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer: bytes


@dataclass
class Tapped:
    """The line to the carrier, listened in on."""

    behind: FastAPI
    heard: list[Exchanged] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, answer, status = bytearray(), bytearray(), [0]

        async def taking() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def giving(message: Message) -> None:
            status[0] = message.get("status", status[0])
            answer.extend(message.get("body", b""))
            await send(message)

        await self.behind(scope, taking, giving)
        if scope["type"] == "http":
            headers = {name.decode().title(): value.decode() for name, value in scope["headers"]}
            query = scope["query_string"].decode()
            self.heard.append(
                Exchanged(scope["method"], scope["path"], query, headers, bytes(body), status[0], bytes(answer))
            )


@asynccontextmanager
async def line() -> AsyncIterator[tuple[Tapped, TwilioDoor]]:
    tapped = Tapped(create_carrier(Account(ACCOUNT, TOKEN, NUMBER, webhooks="http://127.0.0.1:9", pace=0.01)))
    app = FastAPI()
    app.mount("/", tapped)
    async with listening(app) as url:
        door = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=url)
        yield tapped, door
        door.close()


async def everything_we_ask(door: TwilioDoor) -> None:
    back = "https://segue.example/twilio/messages/status?out=a%2Fb"
    await door.text(CUSTOMER, "How much? 🙏 €", status_callback=back)
    await door.text(CUSTOMER, "How much?", status_callback=back, whatsapp=True)
    for name, variables in (
        ("reminder", {"1": "Not finished yet. “Sí”", "2": "https://segue.example/c/x"}),
        ("buttons-2", {"1": "Now?", "2": "Yes", "3": "a/b/1 k 1 Yes", "4": "No", "5": "a/b/1 k 1 No"}),
    ):
        content = Content(content_sid(name), variables)
        await door.text(CUSTOMER, "in words", status_callback=back, whatsapp=True, content=content)
    url = "https://segue.example/twilio/voice?case=pay-bill%2Fc_1%2F1"
    await door.call(CUSTOMER, url=url, status_callback=url)
    await door.call(CUSTOMER, url=url, status_callback=url, to_a_person=True)
    await door.find_text(CUSTOMER, datetime.now(UTC), "How much?")
    await door.find_text(CUSTOMER, datetime.now(UTC), "How much?", whatsapp=True)


@cache
def described() -> Any:
    """The official description, made ready to check by; None where it is not here."""
    if not SPEC.exists():
        return None
    from openapi_core import Config, OpenAPI  # half a second that only this needs

    return OpenAPI.from_dict(json.loads(SPEC.read_text("utf-8")), config=Config(spec_validator_cls=None))


def faults(told: Exchanged) -> list[str]:
    """What the official description has against a request of ours and the carrier's answer to it."""
    from openapi_core.exceptions import OpenAPIError  # as above
    from openapi_core.testing import MockRequest, MockResponse  # as above

    kind = told.headers.get("Content-Type", "")
    request = MockRequest(
        HOST, told.method.lower(), told.path, args=parse_qs(told.query), headers=told.headers,
        data=told.body, content_type=kind.split(";")[0] or "application/x-www-form-urlencoded",
    )  # fmt: skip
    response = MockResponse(told.answer, status_code=told.status)
    checks: list[Callable[[], Any]] = [
        lambda: described().validate_request(request),
        lambda: described().validate_response(request, response),
    ]
    found: list[str] = []
    for check in checks:
        try:
            check()
        except OpenAPIError as error:
            found.append(f"{told.method} {told.path}: {error} {error.__cause__}")
    return found + [f"{told.path}: {name} is no parameter" for name in strangers(told)]


def strangers(told: Exchanged) -> set[str]:
    """Parameters that the description does not know: the validator lets them pass."""
    paths = json.loads(SPEC.read_text("utf-8"))["paths"]
    operation = paths[told.path.replace(ACCOUNT, "{AccountSid}")][told.method.lower()]
    if told.method == "GET":
        given, known = dict(parse_qsl(told.query)), {each["name"] for each in operation["parameters"]}
    else:
        schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        given, known = dict(parse_qsl(told.body.decode(), keep_blank_values=True)), set(schema["properties"])
    return set(given) - known


async def test_every_request_of_ours_is_one_that_twilio_describes() -> None:
    async with line() as (tapped, door):
        await everything_we_ask(door)
    assert [told.status for told in tapped.heard] == [201] * 6 + [200] * 2
    if described() is not None:
        assert [fault for told in tapped.heard for fault in faults(told)] == []


async def test_what_twilio_does_not_describe_is_noticed() -> None:
    async with line() as (tapped, door):
        await door.call(CUSTOMER, url="https://x.example/", status_callback="https://x.example/")
    [told] = tapped.heard
    if described() is not None:
        for body in (b"From=%2B18005550100", told.body + b"&Timeout=soon", told.body + b"&Colour=red"):
            assert faults(Exchanged(**{**vars(told), "body": body}))
        assert faults(Exchanged(**{**vars(told), "answer": b'{"sid": "nonsense"}'}))
