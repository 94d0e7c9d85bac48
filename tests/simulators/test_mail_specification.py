"""Our requests to SendGrid, held against its own description, where a copy of that is at hand."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters

from channels.letters import Letters, Thread
from channels.providers.sendgrid import SendGridDoor
from channels.wording import wording
from models.case import Pending, Status, Turn
from models.people import Address
from models.questions import AnyQuestion, Choice, Confirm, Option, Text
from simulators.carrier.mail_checks import checked

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (os.environ.get("SEGUE_SPECS", ""), str(ROOT.parent / "shared" / "specs"))
FOUND = [path for folder in FOLDERS if (path := Path(folder) / "tsg_mail_v3.json").is_file()][:1]
LETTERS = Letters(b"secret", "reply.example.com", "https://segue.example")
QUESTIONS: list[AnyQuestion | None] = [
    Choice("which", options=[Option(id="a", label="A"), Option(id="b", label="Bé")]),
    Confirm("pay", values={"amount": "1"}),
    Text("why"),
    None,
]


class Asked:
    """A request as the checker reads it."""

    content_type = "application/json"
    host_url, path, method = "https://api.sendgrid.com", "/v3/mail/send", "post"

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.parameters = RequestParameters(header={"Authorization": "Bearer SG.key"})

    @property
    def full_url_pattern(self) -> str:
        return self.host_url + self.path


async def request_of(question: AnyQuestion | None, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What the real client sends for a mail about a question."""
    seen: list[bytes] = []
    door = SendGridDoor("SG.key", "Segue <segue@example.com>", [], "http://127.0.0.1:9")

    def caught(_self: object, _opener: object, request: Any, timeout: float | None = None) -> Any:
        seen.append(request.data)
        raise ConnectionRefusedError

    monkeypatch.setattr("python_http_client.client.Client._make_request", caught)
    pending = [Pending(question=question, revision=1)] if question else []
    turn = Turn(case="pay-bill/c_x/1", moment="pay-bill", status=Status.OPEN, sequence=1, pending=pending)
    words, to = wording("en", "UTC"), Address(kind="email", value="jane@home.example")
    thread = Thread("<1@home.example>", "My bill")
    letter = LETTERS.message(key="k", customer="c_x", to=to, turn=turn, words=words, thread=thread)
    extras = letter.extras
    headers = extras["headers"]
    assert isinstance(headers, Mapping)
    with pytest.raises(Exception, match="uncertain"):
        await door.mail(
            to.value, str(extras["subject"]), letter.body, str(extras["html"]), reply_to=str(extras["reply_to"]),
            headers={name: str(value) for name, value in headers.items()}, custom_args={"out": letter.key},
        )  # fmt: skip
    return seen[0]


async def test_our_requests_are_as_the_official_description_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = [await request_of(question, monkeypatch) for question in QUESTIONS]
    for body in bodies:
        mail = checked(body, frozenset({"segue@example.com"}))
        assert mail["tracking_settings"]["click_tracking"] == {"enable": False, "enable_text": False}
        assert mail["tracking_settings"]["open_tracking"] == {"enable": False}
        assert "custom_args" not in mail
    for path in FOUND:
        specification = json.loads(path.read_text("utf-8"))
        checker = OpenAPI.from_dict(specification, config=Config(spec_validator_cls=None))
        for body in bodies:
            checker.validate_request(Asked(body))
        broken = json.loads(bodies[0]) | {"from": "nobody"}
        with pytest.raises(Exception, match=r"(?i)invalid|validation"):
            checker.validate_request(Asked(json.dumps(broken).encode()))


def test_the_description_is_looked_for_where_it_lies() -> None:
    assert all(path.name == "tsg_mail_v3.json" for path in FOUND)
    assert httpx.URL(Asked(b"").full_url_pattern).path == "/v3/mail/send"
