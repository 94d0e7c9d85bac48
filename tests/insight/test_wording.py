"""What words show, in both languages, and what they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from insight.wording import anger, said_before, wants_person

UTTERANCES = sorted((Path(__file__).parents[1] / "reading" / "utterances").glob("*/*.jsonl"))


@pytest.mark.parametrize(
    "text",
    [
        "can I speak to someone",
        "just give me a human",
        "I'd like to talk to a real person, please",
        "quiero hablar con un asesor",
        "páseme con una persona",
    ],
)
def test_a_person_is_asked_for(text: str) -> None:
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "the agent told me so",
        "no need to talk to a person",
        "I don't want an agent",
        "no hace falta hablar con alguien",
    ],
)
def test_a_person_is_only_mentioned(text: str) -> None:
    assert not wants_person(text)


@pytest.mark.parametrize("text", ["I already told you", "as I said before", "ya se lo dije", "how many times do I"])
def test_it_was_said_before(text: str) -> None:
    assert said_before(text)


@pytest.mark.parametrize(
    "text",
    [
        "this is UNACCEPTABLE",
        "nobody ever calls me back",
        "I want my money back, you people are crooks",
        "WHERE IS MY NEW PHONE",
        "esto es una vergüenza",
        "estoy harta",
        "f**k this",
    ],
)
def test_it_sounds_angry(text: str) -> None:
    assert anger(text) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "40",
        "the internet is slow since this morning",
        "THANK YOU SO MUCH YOU ALL",
        "I'd like the red one!",
        "my name is Joker",
        "no hay señal en la cocina",
        "MUCHAS GRACIAS A TODOS USTEDES",
    ],
)
def test_it_does_not(text: str) -> None:
    assert anger(text) < 1


def test_what_others_wrote_as_answers_is_hardly_ever_taken_for_friction() -> None:
    lines = [json.loads(line) for path in UTTERANCES for line in path.read_text("utf-8").splitlines()]
    plain = [line["text"] for line in lines if "wish" not in (line.get("expect") or {})]
    assert len(plain) > 800
    wrong = [text for text in plain if anger(text) >= 1 or wants_person(text)]
    assert len(wrong) <= 0.005 * len(plain), wrong


@given(st.text(max_size=3000))
def test_any_text_at_all(text: str) -> None:
    assert anger(text) >= 0
    assert wants_person(text) in {True, False}
    assert said_before(text) in {True, False}
