"""Whoever asks for a language, or begins in one, is answered in it from then on."""

from __future__ import annotations

import time

import pytest

from channels.reading import language_of, moments_for
from models.people import Address
from switchboard import languages
from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_calls import action
from tests.switchboard.conftest import Town

HOME = Address(kind="phone", value=CUSTOMER)


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is wording for two languages, whatever folders there are."""
    monkeypatch.setattr(languages, "languages", lambda: ("en", "es"))


async def spoken(town: Town) -> str:
    customer = await town.parts.customers.find(HOME)
    assert customer is not None
    return customer.language


async def test_english_is_asked_for(town: Town) -> None:
    customer = await town.parts.customers.meet(HOME, language="es")
    await town.says("In English, please!")
    assert await spoken(town) == "en"
    assert customer.language == "es"


async def test_and_the_question_is_asked_again_in_it(town: Town) -> None:
    await town.parts.customers.meet(HOME, language="es")
    await town.says("quiero pagar mi factura")
    said = await town.says("English please")
    assert "From now on we will go on in English." in said
    assert "How much" in said


async def test_whoever_begins_in_a_language_is_answered_in_it(town: Town, both: None) -> None:
    await town.says("quiero pagar mi factura")
    assert await spoken(town) == "es"
    assert await town.asks("pay-bill") == "amount"


@pytest.mark.parametrize("words", ["hola", "buenas tardes, necesito ayuda con algo"])
async def test_whoever_says_hello_in_a_language_is_answered_in_it(town: Town, words: str) -> None:
    assert "qué le gustaría hacer" in (await town.says(words)).lower()
    assert await spoken(town) == "es"


@pytest.mark.parametrize("words", ["ok", "1", "pay my bill", "no"])
async def test_what_could_be_either_changes_nothing(town: Town, words: str) -> None:
    await town.says(words)
    assert await spoken(town) == "en"


async def test_an_option_is_read_by_the_name_it_was_shown_with(town: Town) -> None:
    await town.parts.customers.meet(HOME, language="es")
    await town.says("quiero pagar mi factura")
    assert "Después" in await town.says("40")
    await town.says("después")
    assert await town.asks("pay-bill") == "pay"


def test_a_server_that_starts_has_learned_every_language() -> None:
    languages.warm()
    begun = time.process_time()
    for language in languages.languages():
        moments_for("hello", language=language)
    language_of("hello there")
    assert time.process_time() - begun < 0.1


async def test_a_word_in_the_middle_changes_nothing(town: Town, both: None) -> None:
    await town.says("pay my bill")
    await town.says("quiero pagar mi factura")
    assert await spoken(town) == "en"


async def test_a_call_offers_the_other_languages_at_its_start(town: Town) -> None:
    await town.parts.customers.meet(HOME, language="es")
    heard = await town.calls()
    assert "For English, say: English." in heard
    heard = await town.calls(action(heard), SpeechResult="English.")
    assert "From now on we will speak English." in heard
    assert "For English" not in heard
    assert await spoken(town) == "en"
    heard = await town.calls(action(heard), SpeechResult="pay my bill")
    assert "How much" in heard
