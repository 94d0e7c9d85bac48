"""What the wording offers to say, type or press is what the reading takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from channels import phone
from channels.picks import picks
from channels.reading import Said, Unclear, Understood, Wish, read
from models.case import Because
from tests.channels.turns import FORTY, MINIMUM, OWED, QUESTIONS, WORDS, heard, turn

TODAY = date(2026, 11, 22)


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


@pytest.mark.parametrize(
    ("kind", "way", "text", "value"),
    [
        ("amount", "typed", "1", OWED),
        ("amount", "typed", "2", MINIMUM),
        ("amount", "typed", "40", FORTY),
        ("amount", "speech", "forty dollars", FORTY),
        ("amount", "keypad", "2", MINIMUM),
        ("amount", "keypad", "40*00", FORTY),
        ("choice", "typed", "2", "later"),
        ("choice", "keypad", "1", "now"),
        ("choice", "speech", "later", "later"),
        ("yes_no", "keypad", "1", True),
        ("yes_no", "keypad", "2", False),
        ("yes_no", "typed", "YES", True),
        ("confirm", "keypad", "2", False),
        ("confirm", "speech", "yes", True),
        ("date", "keypad", "1123", "2026-11-23"),
        ("date", "speech", "November 23rd", "2026-11-23"),
        ("date", "typed", "December 31", "2026-12-31"),
        ("slot", "keypad", "2", "b"),
        ("slot", "speech", "the first one", "a"),
        ("code", "keypad", "123456", "123456"),
        ("payment_method", "typed", "2", "tok_mc"),
        ("payment_method", "keypad", "1", "tok_visa"),
        ("change", "typed", "3", "method"),
        ("change", "keypad", "1", "amount"),
    ],
)
def test_what_is_offered_is_taken(kind: str, way: Any, text: str, value: Any) -> None:
    question = QUESTIONS[kind]
    names = {key: WORDS.label("pay-bill", key) for key in ("amount", "when", "day", "method")}
    reading = read(question, Said(text, way), today=TODAY, names=names)
    assert isinstance(reading, Understood), reading
    taken: Any = question.accept(reading.value)
    expected: Any = question.accept(value.model_dump(mode="json") if hasattr(value, "model_dump") else value)
    assert taken == expected


@pytest.mark.parametrize("kind", QUESTIONS)
def test_zero_reaches_a_person_wherever_it_is_offered(kind: str) -> None:
    offered = "Press 0" in heard(phone.render(turn(QUESTIONS[kind]), WORDS, action="/", attempt=2))
    assert offered == (kind not in {"text", "email", "digits", "code", "phone_number"})
    if offered:
        assert read(QUESTIONS[kind], Said("0", "keypad"), today=TODAY) == Wish("person")


@pytest.mark.parametrize("way", ["typed", "keypad"])
def test_the_line_after_the_saved_methods_is_a_new_card(way: Any) -> None:
    question = QUESTIONS["payment_method"]
    last = len(picks(question, "pay-bill", WORDS))
    assert read(question, Said(str(last), way), today=TODAY) == Unclear(Because(code="needs-web"))


@pytest.mark.parametrize(
    ("way", "text", "kind"),
    [
        ("typed", "PERSON", "person"),
        ("typed", "CHANGE", "change"),
        ("typed", "STOP", "stop"),
        ("typed", "START", "start"),
        ("speech", "go back", "back"),
        ("speech", "a new card", None),
    ],
)
def test_the_words_that_help_names_do_what_it_says(way: Any, text: str, kind: str | None) -> None:
    reading = read(QUESTIONS["payment_method"], Said(text, way), today=TODAY)
    assert reading == (Wish(kind) if kind else Unclear(Because(code="needs-web")))  # type: ignore[arg-type]  # a WishKind
