"""More than anybody would send: machines that answer each other, bodies that never end, forms of ten thousand parts."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from gateway.webhooks import sendgrid
from models.people import Address, Channel
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.mailing import DOMAIN, INBOUND, JANE, Mailing

AWAY = "I am driving now and will answer later."


async def test_two_machines_that_text_each_other_are_stopped(world: World) -> None:
    for number in range(60):
        assert (await world.texts(AWAY, f"SM{number}")).status_code == 200
    answered = len([message for message in await world.sent() if message.key.startswith("reply:")])
    assert 20 <= answered <= 40
    # Nobody else has to wait for that.
    await world.texts("pay my bill", "SM999", From="+14155550188")
    assert [message.to.value for message in await world.sent()] == ["+14155550188"]


async def test_a_stop_is_heard_in_the_middle_of_a_flood(world: World) -> None:
    for number in range(45):
        await world.texts(AWAY, f"SM{number}")
    await world.sent()
    await world.texts("STOP", "SM998")
    assert not await world.parts.post.may(Channel.SMS, Address(kind="phone", value=CUSTOMER))


async def test_bodies_that_never_end_do_not_keep_other_mail_out(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sendgrid, "READ_WITHIN", 0.3)

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"-"
            await asyncio.sleep(0.1)

    began = time.monotonic()
    slow = [asyncio.create_task(mailing.client.post(INBOUND, content=drops())) for _ in range(8)]
    await asyncio.sleep(0.05)
    assert await mailing.writes("pay my bill") == 200
    assert time.monotonic() - began < 5
    assert {answer.status_code for answer in await asyncio.gather(*slow)} <= {200, 503}
    assert "How much" in await mailing.hears()


def form(*parts: tuple[str, bytes], boundary: str = "b") -> dict[str, Any]:
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in parts
    ]
    body = b"".join(lines) + f"--{boundary}--\r\n".encode()
    return {"content": body, "headers": {"Content-Type": f"multipart/form-data; boundary={boundary}"}}


def mail(**fields: str | bytes) -> dict[str, Any]:
    plain: dict[str, str | bytes] = {
        "from": JANE, "to": f"hello@{DOMAIN}", "subject": "x", "text": "pay my bill", "dkim": "{@home.example : pass}",
        "envelope": json.dumps({"to": [f"hello@{DOMAIN}"], "from": JANE}), "headers": f"From: {JANE}",
    }  # fmt: skip
    given = plain | fields
    return form(*((name, value.encode() if isinstance(value, str) else value) for name, value in given.items()))


DEEP = "[" * 100_000
BOMBS: dict[str, dict[str, Any]] = {
    "ten thousand parts": form(*((f"p{n}", b"x") for n in range(10_000))),
    "one part of ten thousand headers": {
        "content": b"--b\r\n" + b"X-A: 1\r\n" * 10_000 + b"\r\nx\r\n--b--\r\n",
        "headers": {"Content-Type": "multipart/form-data; boundary=b"},
    },
    "a header of a megabyte": {
        "content": b"--b\r\nX-A: " + b"a" * 1_000_000 + b"\r\n\r\nx\r\n--b--\r\n",
        "headers": {"Content-Type": "multipart/form-data; boundary=b"},
    },
    "a boundary of a megabyte": form(("text", b"x"), boundary="b" * 60_000),
    "deep envelope": mail(envelope=DEEP),
    "deep charsets": mail(charsets='{"text":' + DEEP),
    "ten thousand headers": mail(headers="\n".join(f"X-{n}: {n}" for n in range(10_000))),
    "ten thousand senders": mail(**{"from": ", ".join(f"a{n}@b.example" for n in range(10_000))}),
    "ten thousand recipients": mail(
        envelope=json.dumps({"to": [f"a{n}@b.example" for n in range(10_000)], "from": JANE})
    ),
    "deep markup": mail(text="", html="<div>" * 40_000 + "pay my bill"),
    "open tags": mail(text="", html="<a " * 70_000),
    "open comments": mail(text="", html="<!--" * 50_000),
    "entities": mail(text="", html="&#x0;&amp" * 20_000),
    "rules": mail(text="_" * 200_000),
    "quotes": mail(text="> " * 100_000),
    "attributions": mail(text="On Monday\n" * 20_000),
    "spaces": mail(text=" " * 200_000 + "x"),
    "digits": mail(text="4 1" * 60_000),
    "nul and halves": mail(text=b"\x00\xed\xa0\x80\xff\xfe" * 1000, subject=b"\x00\xff"),
    "a codec that is none": mail(charsets='{"text":"zip","subject":"idna","html":"unicode_escape"}', text=b"\xff\xfe"),
    "numbers for names": mail(envelope='{"to": [1, null, {}], "from": []}', charsets='{"text": 7}'),
    "a verdict for everybody": mail(dkim="{@home.example : pass" * 5000, SPF="pass" * 5000),
}


@pytest.mark.parametrize("bomb", BOMBS)
async def test_no_mail_takes_long_or_is_refused(mailing: Mailing, bomb: str) -> None:
    began = time.monotonic()
    assert (await mailing.client.post(INBOUND, **BOMBS[bomb])).status_code == 200
    await mailing.settles()
    assert time.monotonic() - began < 4
    # The next mail is taken as ever.
    assert await mailing.writes("pay my bill", to=f"hello@{DOMAIN}", sender="ada@home.example") == 200
    assert "How much" in await mailing.hears()
