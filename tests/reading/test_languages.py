"""A language is a file of words and a folder of moments: nothing that English has may be missing from another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from channels.reading import language_of
from channels.reading.lexicon import every_lexicon, lexicon
from channels.reading.openings import EVERYBODY, Rules, written_moments

# Tables whose keys are a language's own words, and lists that a language may do without.
OWN_WORDS = {"spelling", "homophones", "digits", "repeats", "contact.signs", "dates.spelling", "slots", "dates.which"}
MAY_BE_EMPTY = {"amount.with", "card.tens"}
OTHERS = [spoken.language for spoken in every_lexicon() if spoken.language != "en"]


def missing(english: dict[str, Any], other: dict[str, Any], path: str = "") -> Iterator[str]:
    """The paths of entries that English has and the other language has not."""
    for key, value in english.items():
        here = f"{path}{key}"
        if key not in other:
            yield from [] if path.rstrip(".") in OWN_WORDS and here != "slots.words" else [here]
        elif isinstance(value, dict):
            yield from [] if other[key] else [here]
            yield from missing(value, other[key], f"{here}.")
        elif value and other[key] in ([], "") and here not in MAY_BE_EMPTY:
            yield here


def test_there_is_another_language() -> None:
    assert "es" in OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_every_entry_is_there(language: str) -> None:
    assert list(missing(lexicon("en").words, lexicon(language).words)) == []


def test_what_is_missing_is_named() -> None:
    there = {"fillers": ["eh"], "consent": {"yes": []}}
    english = {"fillers": ["uh"], "last": ["last"], "consent": {"yes": ["yes"], "no": ["no"]}}
    assert list(missing(english, there)) == ["last", "consent.yes", "consent.no"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_moment_has_its_file(language: str) -> None:
    assert (lexicon(language).language, set(written_moments(language))) == (language, set(written_moments("en")))


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_rules_speak_of_kinds_that_there_are(language: str) -> None:
    written = written_moments(language)
    everybody = written[EVERYBODY]
    kinds = {kind for moment in written.values() for kind in moment.get("kinds", {})}
    for name, moment in written.items():
        rules = Rules.of(moment, everybody)
        used = {part for need in rules.needs for part in need} | rules.never
        assert {part for part in used if not part.startswith("=")} <= kinds, name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hola", "es"),
        ("quiero pagar mi factura", "es"),
        ("¿me puede ayudar alguien?", "es"),
        ("buenos dias", "es"),
        ("no hablo inglés", "es"),
        ("habla español?", "es"),
        ("do you have someone who speaks spanish", "es"),
        ("hello", "en"),
        ("pay my bill", "en"),
        ("I need help with my phone", "en"),
        ("I don't speak spanish", "en"),
        ("hablan inglés?", "en"),
        ("no", None),
        ("ok", None),
        ("si", None),
        ("STOP", None),
        ("2", None),
        ("", None),
        ("Maria Lopez", None),
        ("quiero upgrade my phone", None),
    ],
)
def test_the_language_is_told_from_the_words(text: str, language: str | None) -> None:
    assert language_of(text) == language
