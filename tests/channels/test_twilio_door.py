"""The door to Twilio: whose requests are let in, and what is known after each way a request of ours can end."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from starlette.datastructures import FormData

from channels.providers.twilio import RETRYABLE, Sent, TwilioDoor
from models.errors import Uncertain, Undelivered

SID = "AC" + "a1" * 16
NUMBER, THEM = "+18005550100", "+14155552671"
HERE = Path(__file__).parent
PAYLOADS = (HERE / "payloads/index.json", HERE.parents[2] / "shared/payloads/index.json")


@contextmanager
def door(*tokens: str, url: str = "http://127.0.0.1:9", timeout: float = 2) -> Iterator[TwilioDoor]:
    opened = TwilioDoor(SID, tokens, NUMBER, api_url=url, timeout=timeout)
    try:
        yield opened
    finally:
        opened.close()


# -- signatures ----------------------------------------------------------------------------------------------

FORM = FormData([("CallSid", "CA1"), ("SpeechResult", ""), ("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "a")])
URL = "https://hooks.example.com/twilio/voice?c=pay-bill%2Fc_1&a=1"


@pytest.fixture
def checker() -> Iterator[TwilioDoor]:
    with door("old", "", "12345") as opened:
        yield opened


def filled(pairs: list[tuple[str, str]]) -> FormData:
    return FormData([*pairs])


def signature(url: str, form: list[tuple[str, str]], token: str = "12345", kind: str = "sha1") -> str:
    """Twilio's recipe written down a second time, on purpose."""
    text = url + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), getattr(hashlib, kind)).digest()).decode()


DOCUMENTED = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675310"), ("Digits", "1234"),
              ("From", "+14158675310"), ("To", "+18005551212")]  # fmt: skip


def test_the_documented_example_is_let_in(checker: TwilioDoor) -> None:
    url = "https://example.com/myapp.php?foo=1&bar=2"
    assert checker.signed(url, filled(DOCUMENTED), "L/OH5YylLD5NRKLltdqwSvS0BnU=")
    assert checker.signed(url, dict(DOCUMENTED), "L/OH5YylLD5NRKLltdqwSvS0BnU=")


def test_repeated_and_empty_fields_are_signed_too(checker: TwilioDoor) -> None:
    valid = signature(URL, FORM.multi_items())  # type: ignore[arg-type]  # only text fields
    assert checker.signed(URL, FORM, valid)
    assert not checker.signed(URL, dict(FORM), valid)
    assert not checker.signed(URL, FormData([*FORM.multi_items(), ("x", "y")]), valid)


@pytest.mark.parametrize(
    ("called", "signed"),
    [
        (URL + "#rc=2&rp=ct", URL),
        (URL.replace("//", "//user:p%40ss@"), URL),
        (URL.replace(".com/", ".com:443/"), URL),
        (URL.replace(".com/", ".com:8443/"), URL),
        (URL, URL.replace(".com/", ".com:443/")),
        (URL.replace(".com/", ".com:8443/"), URL.replace(".com/", ".com:8443/")),
        ("https://h.example/?", "https://h.example/?"),
        ("https://[::1]:8443/a@b", "https://[::1]/a@b"),
        ("wss://h.example/relay", "wss://h.example:443/relay"),
    ],
)
def test_fragments_users_and_ports_are_as_twilio_signs_them(checker: TwilioDoor, called: str, signed: str) -> None:
    assert checker.signed(called, filled(DOCUMENTED), signature(signed, DOCUMENTED))


@pytest.mark.parametrize(
    "called",
    [
        URL.replace("https", "http"),
        URL + "/",
        URL.replace("%2F", "/"),
        URL.replace("a=1", "a=2"),
        "",
        "nonsense",
        "//x",
    ],
)
def test_any_other_address_is_not_let_in(checker: TwilioDoor, called: str) -> None:
    assert not checker.signed(called, filled(DOCUMENTED), signature(URL, DOCUMENTED))


def test_every_token_is_accepted_while_they_rotate_and_an_empty_one_never(checker: TwilioDoor) -> None:
    assert checker.signed(URL, filled(DOCUMENTED), signature(URL, DOCUMENTED, "old"))
    assert not checker.signed(URL, filled(DOCUMENTED), signature(URL, DOCUMENTED, "other"))
    assert not checker.signed(URL, filled(DOCUMENTED), signature(URL, DOCUMENTED, ""))
    with door() as without:
        assert not without.signed(URL, filled(DOCUMENTED), signature(URL, DOCUMENTED, ""))


def test_the_newer_algorithm_is_checked_where_the_header_names_it(checker: TwilioDoor) -> None:
    newer = signature(URL, DOCUMENTED, kind="sha256")
    settings = "key=webhooks_1,algorithm=HMAC_SHA256"
    assert checker.signed(URL, filled(DOCUMENTED), newer, settings)
    assert not checker.signed(URL, filled(DOCUMENTED), newer)
    assert not checker.signed(URL, filled(DOCUMENTED), newer, "algorithm=ROT13")


def test_a_json_body_is_checked_by_its_hash(checker: TwilioDoor) -> None:
    body = b'{"a": "\xc3\xa9"}'
    wrong = f"{URL}&bodySHA256=84f95b8d9d5b8b0e9a4a6b4e3a9d1d7c"
    right = f"{URL}&bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert checker.signed(right, body, signature(right, []))
    assert checker.signed(right, body.decode(), signature(right, []))
    assert not checker.signed(right, body + b" ", signature(right, []))
    assert not checker.signed(wrong, body, signature(wrong, []))
    assert not checker.signed(URL, body, signature(URL, []))


@pytest.mark.parametrize(
    "form", [filled(DOCUMENTED), {}, None, [], b"", "text", 3, {"a": ["b"]}, {"a": None}, object()]
)
@pytest.mark.parametrize("given", [None, "", "x", "é", "\ud800", "A" * 5000])
def test_whatever_comes_is_answered_with_no(checker: TwilioDoor, form: Any, given: str | None) -> None:
    assert checker.signed(URL, form, given) is False


def samples() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each signed request on disk: the token, its entry, its body. Ours, and more where they lie beside the project."""
    for index in (path for path in PAYLOADS if path.exists()):
        listed = json.loads(index.read_text("utf-8"))
        for each in listed["requests"]:
            if "X-Twilio-Signature" in each["headers"]:
                yield listed["twilio_auth_token"], each, (index.parent / each["file"]).read_text("utf-8")


def test_every_sample_request_is_let_in_and_only_at_its_own_address() -> None:
    checked = 0
    for token, sample, body in samples():
        form = filled(parse_qsl(body, keep_blank_values=True))
        given = sample["headers"]["X-Twilio-Signature"]
        with door(token) as checker:
            assert checker.signed(sample["url"], form, given), sample["file"]
            assert not checker.signed(sample["url"].replace("hooks.", "internal."), form, given), sample["file"]
            assert not checker.signed(sample["url"], filled(parse_qsl(body + "&x=y")), given), sample["file"]
        checked += 1
    assert checked >= 4


# -- requests of ours ----------------------------------------------------------------------------------------

MESSAGE = {
    "sid": "SM" + "b2" * 16,
    "status": "queued",
    "body": "Hello",
    "date_created": "Sun, 22 Nov 2026 17:00:00 +0000",
}


class Twilio(ThreadingHTTPServer):
    """A Twilio of one answer: a status and a body, or a way to fail."""

    daemon_threads = True
    answer: tuple[int, Any] | str = (201, MESSAGE)

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.seen: list[tuple[str, str, dict[str, list[str]]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    def handle_one(self) -> None:
        server = self.server
        assert isinstance(server, Twilio)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        query = urlsplit(self.path).query
        server.seen.append((self.command, urlsplit(self.path).path, parse_qs(body or query)))
        match server.answer:
            case "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            case (int() as status, content):
                data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(data)
            case _:
                self.connection.settimeout(3)
                self.rfile.read(1)

    do_GET = do_POST = handle_one  # noqa: N815  # the names that the base calls

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base's own name
        return


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with Twilio() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def test_a_text_is_sent_with_our_receipt_address(twilio: Twilio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with door("t", url=twilio.url + "/") as twilio_door:
        sent = await twilio_door.text(THEM, "Hello", status_callback="https://s.example/status?k=1")
    assert sent == Sent("SM" + "b2" * 16, "queued")
    assert twilio.seen == [
        (
            "POST",
            f"/2010-04-01/Accounts/{SID}/Messages.json",
            {"To": [THEM], "From": [NUMBER], "Body": ["Hello"], "StatusCallback": ["https://s.example/status?k=1"]},
        )
    ]


async def test_whatsapp_has_its_own_addresses(twilio: Twilio) -> None:
    with door("t", url=twilio.url) as twilio_door:
        await twilio_door.text(THEM, "Hello", status_callback="https://s.example", whatsapp=True)
    assert twilio.seen[0][2]["To"] == [f"whatsapp:{THEM}"]
    assert twilio.seen[0][2]["From"] == [f"whatsapp:{NUMBER}"]


async def test_a_call_is_placed_and_reported_on(twilio: Twilio) -> None:
    twilio.answer = (201, {"sid": "CA" + "c3" * 16, "status": "queued"})
    with door("t", url=twilio.url) as twilio_door:
        assert (
            await twilio_door.call(THEM, url="https://s.example/v", status_callback="https://s.example/s")
            == "CA" + "c3" * 16
        )
    form = twilio.seen[0][2]
    assert form["StatusCallbackEvent"] == ["initiated", "ringing", "answered", "completed"]
    assert (form["Url"], form["To"], form["From"]) == (["https://s.example/v"], [THEM], [NUMBER])


ENDINGS: list[tuple[Any, type[Undelivered], str]] = [
    ((400, {"code": 21610, "message": "m", "status": 400}), Undelivered, "21610"),
    ((401, {"code": 20003, "message": "m", "status": 401}), Undelivered, "20003"),
    ((400, {"type": "t", "title": "t", "status": 400, "code": 21211}), Undelivered, "21211"),
    ((429, {"code": 20429, "message": "m", "status": 429}), Undelivered, "20429"),
    ((429, "slow down"), Undelivered, "20429"),
    ((307, "elsewhere"), Undelivered, "307"),
    ((500, {"code": 20500, "message": "m", "status": 500}), Uncertain, "20500"),
    ((503, "<html>"), Uncertain, "503"),
    ((408, "late"), Uncertain, "408"),
    ((201, "no json"), Uncertain, "JSONDecodeError"),
    ("reset", Uncertain, "lost"),
    ("silence", Uncertain, "ReadTimeout"),
]


@pytest.mark.parametrize(("answer", "kind", "reason"), ENDINGS)
async def test_what_is_known_after_a_request_that_failed(
    twilio: Twilio, answer: Any, kind: type[Undelivered], reason: str
) -> None:
    twilio.answer = answer
    with door("t", url=twilio.url, timeout=0.3) as twilio_door, pytest.raises(Undelivered) as failure:
        await twilio_door.text(THEM, "Hello", status_callback="https://s.example")
    assert (type(failure.value), failure.value.reason) == (kind, reason)
    assert len(twilio.seen) == 1, "a message is never sent twice by itself"
    assert THEM not in str(failure.value)


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with door("t", url=nobody) as twilio_door, pytest.raises(Undelivered) as failure:
            await twilio_door.text(THEM, "Hello", status_callback="https://s.example")
    assert type(failure.value) is Undelivered
    assert failure.value.reason in RETRYABLE


async def test_a_slow_twilio_does_not_hold_up_the_loop(twilio: Twilio) -> None:
    twilio.answer = "silence"
    with door("t", url=twilio.url, timeout=0.3) as twilio_door:
        sending = asyncio.create_task(twilio_door.text(THEM, "Hello", status_callback="https://s.example"))
        before = asyncio.get_running_loop().time()
        await asyncio.sleep(0.01)
        assert asyncio.get_running_loop().time() - before < 0.2
        with pytest.raises(Uncertain):
            await sending


SINCE = datetime(2026, 11, 22, 17, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([MESSAGE], Sent(str(MESSAGE["sid"]), "queued")),
        (
            [MESSAGE | {"body": "Sent from your Twilio trial account - Hello", "status": "sent"}],
            Sent(str(MESSAGE["sid"]), "sent"),
        ),
        ([MESSAGE | {"body": "Hello!"}, MESSAGE | {"body": None}], None),
        ([MESSAGE | {"date_created": "Sun, 22 Nov 2026 16:50:00 +0000"}], None),
        ([MESSAGE | {"date_created": None}], None),
        ([], None),
    ],
)
async def test_an_uncertain_text_is_looked_up(twilio: Twilio, messages: list[Any], found: Sent | None) -> None:
    twilio.answer = (200, {"messages": messages, "next_page_uri": None})
    with door("t", url=twilio.url) as twilio_door:
        assert await twilio_door.find_text(THEM, SINCE, "Hello ") == found
    assert (twilio.seen[0][0], twilio.seen[0][2]["To"], twilio.seen[0][2]["From"]) == ("GET", [THEM], [NUMBER])


async def test_of_two_texts_alike_the_settled_one_is_not_found_again(twilio: Twilio) -> None:
    other = MESSAGE | {"sid": "SM" + "c3" * 16}
    twilio.answer = (200, {"messages": [MESSAGE, other], "next_page_uri": None})
    with door("t", url=twilio.url) as twilio_door:
        found = await twilio_door.find_text(THEM, SINCE, "Hello", known={str(MESSAGE["sid"])})
        assert found is not None
        assert found.provider_id == other["sid"]
        both = {str(MESSAGE["sid"]), str(other["sid"])}
        assert await twilio_door.find_text(THEM, SINCE, "Hello", known=both) is None


async def test_a_look_up_that_fails_is_not_an_answer(twilio: Twilio) -> None:
    twilio.answer = (503, "")
    with door("t", url=twilio.url) as twilio_door, pytest.raises(Undelivered):
        await twilio_door.find_text(THEM, SINCE, "Hello")
