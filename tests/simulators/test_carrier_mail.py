"""The carrier carries mail: the real client through it, strictly checked; events signed; mail posted as it comes in."""

from __future__ import annotations

import asyncio
import base64
import copy
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from channels.providers.sendgrid import SendGridDoor
from gateway.webhooks.mail import InMail, opened
from models.errors import Misconfigured, Uncertain, Undelivered
from simulators.carrier import Account, create_carrier, listening
from simulators.carrier.mail_posts import Signer

KEY, FROM, DOMAIN = "SG.key", "segue@mail.example", "reply.example"
JANE = "jane@home.example"
SIGNER = Signer("5e9")


@dataclass
class Company:
    """What is behind the webhooks: it takes what is signed, ``answers`` with these statuses first."""

    door: SendGridDoor
    mails: list[InMail] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    unsigned: int = 0

    async def take(self, request: Request) -> Response:
        body = await request.body()
        names = ("X-Twilio-Email-Event-Webhook-Timestamp", "X-Twilio-Email-Event-Webhook-Signature")
        timestamp, signature = (request.headers.get(name) for name in names)
        if not self.door.signed(timestamp, body, signature):
            self.unsigned += 1
            return Response(status_code=403)
        if self.answers:
            return Response(status_code=self.answers.pop(0))
        if request.url.path.endswith("events"):
            self.events += json.loads(body)
        else:
            self.mails.append(opened(request.headers["content-type"], body))
        return Response(status_code=200)


@dataclass
class World:
    company: Company
    door: SendGridDoor
    carrier: httpx.AsyncClient

    async def sends(self, **more: Any) -> str:
        given: dict[str, Any] = {"subject": "Hello", "text": "How much?", "html": "<p>How much?</p>"} | more
        return (await self.door.mail(JANE, **given)).provider_id

    async def told(self, *names: str) -> list[dict[str, Any]]:
        async with asyncio.timeout(5):
            while [event["event"] for event in self.company.events] != list(names):
                await asyncio.sleep(0.01)
        return self.company.events

    async def box(self) -> list[dict[str, Any]]:
        found = (await self.carrier.get(f"/handset/mail/{JANE}")).json()
        return list(found["mails"])

    async def writes(self, **mail: Any) -> dict[str, Any]:
        answer = await self.carrier.post(f"/handset/mail/{JANE}", json=mail)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def knobs(self, **knobs: Any) -> None:
        assert (await self.carrier.post("/handset/nemesis", json=knobs)).status_code == 200


def account(webhooks: str) -> Account:
    return Account(
        "AC" + "0" * 32,
        "token",
        "+18005550100",
        webhooks,
        pace=0.01,
        mail_api_key=KEY,
        mail_key=SIGNER.secret,
        mail_from=FROM,
        mail_domain=DOMAIN,
    )


@pytest.fixture
async def world() -> AsyncIterator[World]:
    company = Company(SendGridDoor(KEY, FROM, [SIGNER.public()], "http://127.0.0.1:9"))
    app = FastAPI()
    app.add_api_route("/sendgrid/{rest:path}", company.take, methods=["POST"])
    async with (
        listening(app) as webhooks,
        listening(create_carrier(account(webhooks))) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        door = SendGridDoor(KEY, f"Segue <{FROM}>", [SIGNER.public()], url, timeout=1)
        yield World(company, door, client)


async def test_a_mail_arrives_and_is_reported(world: World) -> None:
    id = await world.sends(reply_to=f"reply+x@{DOMAIN}", headers={"In-Reply-To": "<1@x>"}, custom_args={"out": "k1"})
    events = await world.told("processed", "delivered")
    assert {event["sg_message_id"].partition(".")[0] for event in events} == {id}
    assert {event["out"] for event in events} == {"k1"}
    (mail,) = await world.box()
    assert (mail["by"], mail["from"], mail["reply_to"]) == ("company", FROM, f"reply+x@{DOMAIN}")
    assert mail["status"] == "delivered"


async def test_a_customer_replies_above_the_quote(world: World) -> None:
    await world.sends(reply_to=f"reply+x@{DOMAIN}")
    await world.told("processed", "delivered")
    (mail,) = await world.box()
    picture = {"name": "../a.png", "type": "image/png", "base64": base64.b64encode(b"\x89PNG").decode()}
    sent = await world.writes(in_reply_to=mail["id"], text="40 dollars, please. Zoë", attachments=[picture])
    assert sent["webhook"] == {"status": 200, "error": 0}
    (came,) = world.company.mails
    assert (came.words, came.to, came.proved) == ("40 dollars, please. Zoë", (f"reply+x@{DOMAIN}",), True)
    assert came.subject == "Re: Hello"
    assert [(part.filename, part.content) for part in came.files] == [("../a.png", b"\x89PNG")]
    assert [one["by"] for one in await world.box()] == ["company", "customer"]


async def test_a_mail_may_be_spoofed_or_automatic(world: World) -> None:
    await world.writes(text="hello", spf="fail", dkim="fail")
    await world.writes(text="I am away", auto=True)
    assert [mail.proved for mail in world.company.mails] == [False, True]
    assert [mail.automatic for mail in world.company.mails] == [None, "auto-reply"]


async def test_a_mail_comes_again_after_503_and_is_lost_after_404(world: World) -> None:
    world.company.answers = [503, 503]
    await world.writes(text="first")
    world.company.answers = [404]
    await world.writes(text="second")
    assert [mail.words for mail in world.company.mails] == ["first"]


async def test_what_goes_wrong_on_purpose(world: World) -> None:
    await world.knobs(bounce=1)
    await world.sends()
    await world.told("processed", "bounce")
    assert await world.box() == []
    world.company.events.clear()
    await world.sends()
    (dropped,) = await world.told("dropped")
    assert dropped["reason"] == "Bounced Address"


async def test_events_come_twice_and_backwards(world: World) -> None:
    await world.knobs(duplicate=1, reorder=1)
    await world.sends()
    events = await world.told("delivered", "processed", "delivered", "processed")
    assert len({event["sg_event_id"] for event in events}) == 2


async def test_a_tampered_post_is_not_signed(world: World) -> None:
    await world.knobs(tamper=1)
    await world.sends()
    await world.told("processed", "delivered")
    assert world.company.unsigned == 1


async def test_who_unsubscribes_gets_no_more(world: World) -> None:
    await world.sends()
    await world.told("processed", "delivered")
    await world.carrier.post(f"/handset/mail/{JANE}/report", json={"event": "unsubscribe"})
    await world.told("processed", "delivered", "unsubscribe")


@pytest.mark.parametrize(
    ("knob", "error", "reason"),
    [
        ({"api_busy": 1}, Undelivered, "20429"),
        ({"api_error_before": 1}, Uncertain, "500"),
        ({"api_error_after": 1}, Uncertain, "500"),
        ({"refuse": 1}, Undelivered, "400"),
        ({"api_hang": 1, "hang": 1.5}, Uncertain, "lost"),
    ],
)
async def test_the_door_tells_not_sent_from_nobody_knows(
    world: World, knob: dict[str, float], error: type[Undelivered], reason: str
) -> None:
    await world.knobs(**knob)
    with pytest.raises(Undelivered) as caught:
        await world.sends()
    assert type(caught.value) is error
    if reason != "lost":
        assert caught.value.reason == reason


async def test_where_nobody_listens_nothing_was_sent() -> None:
    door = SendGridDoor(KEY, FROM, [], "http://127.0.0.1:9")
    with pytest.raises(Undelivered) as caught:
        await door.mail(JANE, "Hello", "text", "")
    assert type(caught.value) is Undelivered
    assert caught.value.reason == "unreachable"


async def test_a_wrong_key_is_not_let_in(world: World) -> None:
    door = SendGridDoor("SG.other", FROM, [], str(world.carrier.base_url))
    with pytest.raises(Undelivered, match="undelivered"):
        await door.mail(JANE, "Hello", "text", "")


def test_a_key_that_is_none_says_what_to_do() -> None:
    with pytest.raises(Misconfigured, match="SENDGRID_WEBHOOK_PUBLIC_KEY"):
        SendGridDoor(KEY, FROM, ["no key"])


@pytest.mark.parametrize("timestamp", [None, "", "yesterday", "0", "9" * 30])
@pytest.mark.parametrize("signature", [None, "", "AAAA", "é"])
def test_what_cannot_be_checked_is_not_signed(timestamp: str | None, signature: str | None) -> None:
    assert not SendGridDoor(KEY, FROM, [SIGNER.public()]).signed(timestamp, b"\xff\x00", signature)


# -- what the API takes -------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "personalizations": [{"to": [{"email": JANE}], "headers": {"Message-ID": "<1@x>"}, "custom_args": {"out": "k"}}],
    "from": {"email": FROM, "name": "Segue"},
    "reply_to": {"email": f"reply+x@{DOMAIN}"},
    "subject": "Hello",
    "content": [{"type": "text/plain", "value": "Hi"}, {"type": "text/html", "value": "<p>Hi</p>"}],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    mail = copy.deepcopy(GOOD)
    *way, last = path.split(".")
    place: Any = mail
    for step in way:
        place = place[int(step) if step.isdecimal() else step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return mail


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("subject", "Hello", 202),
        ("unknown", 1, 400),
        ("from", None, 400),
        ("from.email", "eve@elsewhere.example", 403),
        ("subject", None, 400),
        ("content", [], 400),
        ("content", [{"type": "text/html", "value": "x"}, {"type": "text/plain", "value": "x"}], 400),
        ("content", [{"type": "text/plain", "value": ""}], 400),
        ("personalizations", [], 400),
        ("personalizations.0.to", [], 400),
        ("personalizations.0.to", [{"email": JANE}, {"email": JANE.upper()}], 400),
        ("personalizations.0.to", [{"email": "nobody"}], 400),
        ("personalizations.0.headers", {"Subject": "x"}, 400),
        ("personalizations.0.headers", {"X-A": "a\r\nBcc: b"}, 400),
        ("personalizations.0.custom_args", {"out": 1}, 400),
        ("personalizations.0.custom_args", {"out": "x" * 10_001}, 400),
        ("reply_to_list", [{"email": JANE}], 400),
        ("categories", ["a", "a"], 400),
        ("attachments", [{"content": "%%", "filename": "a"}], 400),
        ("attachments", [{"content": "YQ=="}], 400),
        ("mail_settings", {"sandbox_mode": {"enable": True}}, 200),
    ],
)
async def test_the_api_is_strict(path: str, value: Any, status: int) -> None:
    transport = httpx.ASGITransport(create_carrier(account("http://127.0.0.1:9")))
    async with httpx.AsyncClient(transport=transport, base_url="http://carrier") as client:
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = await client.post("/v3/mail/send", json=changed(path, value), headers=headers)
    assert answer.status_code == status, answer.text
    if status == 202:
        assert answer.headers["X-Message-Id"]
    if status >= 400:
        assert set(answer.json()["errors"][0]) == {"message", "field", "help"}
