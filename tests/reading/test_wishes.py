"""The wishes that stand before any question."""

from __future__ import annotations

from datetime import date

import pytest

from channels.reading import Said, Understood, Wish, read, wish_for
from channels.reading.said import Way
from models.questions import Text


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "START", "start"),
        ("en", "stop", "stop"),
        ("en", "HELP", "help"),
        ("en", "agent", "person"),
        ("en", "resend the code", "resend"),
        ("es", "ALTO", "stop"),
        ("es", "STOP", "stop"),
        ("es", "AYUDA", "help"),
        ("es", "hablar con una persona", "person"),
        ("es", "no me llegó el código", "resend"),
    ],
)
def test_wishes_need_no_question(language: str, text: str, kind: str) -> None:
    wish = wish_for(Said(text, "typed"), language=language)
    assert wish is not None
    assert wish.kind == kind


def test_a_start_is_no_wish() -> None:
    assert wish_for(Said("pay my bill", "typed")) is None
    assert wish_for(Said("pagar mi factura", "typed"), language="es") is None
    assert wish_for(Said("agent please", "speech")) == Wish("person")


@pytest.mark.parametrize("text", ["no quiero hablar con una persona", "no cancele", "no me reenvíe el código"])
def test_a_wish_denied_in_spanish_is_none(text: str) -> None:
    assert wish_for(Said(text, "speech"), language="es") is None


A_PERSON = (
    "let me talk to a person",
    "Can I speak to someone please?",
    "I want a human",
    "Hi there, can I speak to someone please? Thank you",
    "I just want to talk to a person!!",
    "is there a person I can talk to",
    "I want to talk to someone from your team",
    "Good morning, somebody please",
    "Déjeme hablar con una persona",
    "Buenas tardes, ¿puedo hablar con alguien por favor?",
    "quiero un humano",
    "Necesito a una persona, por favor",
    "quiero que me atienda una persona",
)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", ["typed", "speech"])
@pytest.mark.parametrize("text", A_PERSON)
def test_a_wish_for_a_person_is_no_answer_in_ones_own_words(text: str, way: Way, language: str) -> None:
    heard = read(Text("what"), Said(text, way), today=date(2026, 3, 4), language=language)
    assert heard == Wish("person"), "also in the other language than the case speaks"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my neighbour is a person who knows about routers"),
        ("en", "I talked to a person yesterday and nothing happened"),
        ("en", "the agent told me to wait"),
        ("es", "mi vecino es una persona que sabe"),
        ("es", "ayer hablé con un agente y sigue igual"),
    ],
)
def test_a_person_in_a_story_is_an_answer(language: str, text: str) -> None:
    heard = read(Text("what"), Said(text, "typed"), today=date(2026, 3, 4), language=language)
    assert heard == Understood(text)
