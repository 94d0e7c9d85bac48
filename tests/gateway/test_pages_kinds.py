"""Every kind of question as a page: asked, answered, skipped, known already, or answered with a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import JsonValue

from models.answers import Attachment
from models.questions import AnyQuestion, Digits, Email, File, PhoneNumber, Slot, Text, TimeSlot, YesNo
from tests.gateway import pretend
from tests.gateway.conftest import World
from tests.gateway.visitor import Visitor

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 200
SLOTS = [
    Slot(id="mon-9", start=datetime(2027, 1, 4, 14, tzinfo=UTC), end=datetime(2027, 1, 4, 16, tzinfo=UTC)),
    Slot(id="mon-2", start=datetime(2027, 1, 4, 19, tzinfo=UTC), end=datetime(2027, 1, 4, 21, tzinfo=UTC)),
    Slot(id="tue-9", start=datetime(2027, 1, 5, 14, tzinfo=UTC), end=datetime(2027, 1, 5, 16, tzinfo=UTC)),
]


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor(world)


def asks(monkeypatch: pytest.MonkeyPatch, *questions: AnyQuestion, known: JsonValue = None) -> None:
    """The pretend moment asks these."""
    monkeypatch.setattr(pretend, "QUESTIONS", list(questions))
    monkeypatch.setattr(pretend, "KNOWN", {questions[0].key: known} if known is not None else {})


def answered(world: World, key: str) -> Any:
    (play,) = world.switchboard.plays.values()
    return play.answers[key].value if key in play.answers else None


KINDS: list[tuple[AnyQuestion, str, str, JsonValue]] = [
    (Text("symptom"), "<textarea", "no signal at home", "no signal at home"),
    (Digits("imei", pattern=r"\d{15}", check="luhn"), 'inputmode="numeric"', "490154203237518", "490154203237518"),
    (PhoneNumber("callback"), 'type="tel"', "(415) 555-2671", "+14155552671"),
    (Email("mail"), 'type="email"', "Ana@Mail.Example", "ana@mail.example"),
    (YesNo("settled"), ">Yes</button>", "yes", True),
]


@pytest.mark.parametrize(("question", "shown", "typed", "kept"), KINDS, ids=lambda value: getattr(value, "kind", ""))
async def test_each_kind_has_its_field_and_takes_its_answer(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, question: AnyQuestion, shown: str, typed: str,
    kept: JsonValue,
) -> None:  # fmt: skip
    asks(monkeypatch, question)
    page = await visitor.signs_in()
    assert shown in page.text
    await visitor.sends("/answer", value=typed)
    assert answered(world, question.key) == kept


async def test_a_time_is_picked_from_its_day(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(monkeypatch, TimeSlot("visit", slots=SLOTS))
    page = await visitor.signs_in()
    assert page.text.count("<legend>") == 2
    assert "9:00 AM - 11:00 AM" in page.text
    await visitor.sends("/answer", value="mon-2")
    assert answered(world, "visit")["id"] == "mon-2"


async def test_an_offer_can_be_declined_with_one_button(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, Email("mail", optional=True))
    assert "No thanks" in (await visitor.signs_in()).text
    await visitor.sends("/answer", skip="1")
    (play,) = world.switchboard.plays.values()
    assert play.answers["mail"].value is None


async def test_what_we_have_is_shown_and_taken_with_one_button(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, Email("mail"), known="ana@mail.example")
    page = await visitor.signs_in()
    assert "We have ana@mail.example. Is that still right?" in page.text
    assert 'value="ana@mail.example"' in page.text
    await visitor.sends("/answer", known="1")
    assert answered(world, "mail") == "ana@mail.example"


async def test_what_we_have_can_be_replaced(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(monkeypatch, Email("mail"), known="ana@mail.example")
    await visitor.signs_in()
    await visitor.sends("/answer", value="new@mail.example")
    assert answered(world, "mail") == "new@mail.example"


async def test_nobody_takes_what_we_never_had(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(monkeypatch, Email("mail"))
    await visitor.signs_in()
    assert (await visitor.sends("/answer", known="1")).status_code == 422
    assert answered(world, "mail") is None


async def test_a_file_is_kept_sealed_and_answers_the_question(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, File("evidence"))
    assert 'enctype="multipart/form-data"' in (await visitor.signs_in()).text
    await visitor.sends_file("bill.png", PNG)
    file = Attachment.model_validate(answered(world, "evidence"))
    (play,) = world.switchboard.plays.values()
    opened = await world.parts.attachments.open(file.id, play.customer)
    assert opened is not None
    assert (opened[0].name, opened[0].type, opened[1]) == ("bill.png", "image/png", PNG)


async def test_a_file_we_do_not_take_comes_back_with_the_reason(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, File("evidence"))
    await visitor.signs_in()
    page = await visitor.sends_file("bill.png", b"#!/bin/sh\nrm -rf /")
    assert (page.status_code, "pictures and PDF" in page.text) == (422, True)
    page = await visitor.sends_file("", b"")
    assert page.status_code == 422
    assert answered(world, "evidence") is None


HOSTILE = [
    '"><script>alert(1)</script>.png',
    "../../../etc/passwd",
    "..\\..\\windows\\system32\\x.png",
    "bill\u202egnp.exe",
    "a" * 3000 + ".png",
    ".htaccess",
    "nul\x00byte.png",
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_name_does_nothing(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asks(monkeypatch, File("evidence"), YesNo("settled"))
    await visitor.signs_in()
    page = await visitor.sends_file(name, PNG)
    kept = Attachment.model_validate(answered(world, "evidence")).name
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert kept.endswith(".png")
    assert len(kept) <= 90
    assert not set(kept) & set('/\\\0<>"\u202e')


async def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, File("evidence"))
    await visitor.signs_in()
    page = await visitor.sends_file("bill.png", PNG + b"\0" * (11 * 1024 * 1024))
    assert "too large" in page.text
    assert answered(world, "evidence") is None


async def test_a_file_from_another_site_is_refused(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, File("evidence"))
    await visitor.signs_in()
    (case,) = world.switchboard.plays
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        form = visitor.form("/file")
        sent = {"file": ("bill.png", PNG, "image/png")}
        answer = await world.client.post(f"/case/{case}/file", data=form, files=sent, headers=headers)
        assert answer.status_code == 403
    answer = await world.client.post(f"/case/{case}/file", data=visitor.form("/file") | {"csrf": "0"}, files=sent)
    assert answer.status_code == 403
    assert answered(world, "evidence") is None
