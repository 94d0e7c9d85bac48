"""The wishes that stand before any question."""

from __future__ import annotations

import pytest

from channels.reading import Said, Wish, wish_for


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
