"""Which language somebody writes or speaks, told from the words that only one of the languages has."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from channels.reading.lexicon import every_lexicon
from channels.reading.likeness import tokens
from channels.reading.openings import EVERYBODY, lessons, written_moments

_LONGEST = 600
_FEW = 3


def language_of(text: str) -> str | None:
    """The language (``en``, ``es``) of the words; None when they are too few, or as much one as another."""
    words = tokens(text[:_LONGEST])
    if (wanted := _wanted(words)) is not None:
        return wanted
    known = _known()
    counts = {language: sum(word in own for word in words) for language, (own, _) in known.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    found = next(language for language, count in counts.items() if count == best)
    if best <= 2 * second:
        return None
    settled = second == 0 and any(word in known[found][1] for word in words)
    return found if settled or (len(words) >= _FEW and best >= 2) else None


def _wanted(words: list[str]) -> str | None:
    """The one language that is asked for by its name: "habla español", "in English please"."""
    asked = {
        lexicon.language
        for lexicon in every_lexicon()
        if any(f" {name} " in f" {' '.join(words)} " for name in lexicon.phrases("language.asked"))
    }
    denied = any(word in lexicon.phrases("negations") for lexicon in every_lexicon() for word in words)
    return asked.pop() if len(asked) == 1 and not denied else None


@cache
def _known() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By language: the words that no other language has, and those that settle it alone."""
    mentioned = {lexicon.language: set(_mentioned(lexicon.language, lexicon.words)) for lexicon in every_lexicon()}
    return {
        lexicon.language: (
            frozenset(mentioned[lexicon.language]).difference(
                *(words for other, words in mentioned.items() if other != lexicon.language)
            ),
            frozenset(lexicon.phrases("language.unmistakable")),
        )
        for lexicon in every_lexicon()
    }


def _mentioned(language: str, lexicon: dict[str, Any]) -> Iterator[str]:
    """Every word of a language's examples, kinds of things, and yes, no and wishes."""
    moments = written_moments(language)
    for text, _ in lessons(moments):
        yield from tokens(text)
    for phrase in [
        *lexicon["consent"]["yes"],
        *lexicon["consent"]["no"],
        *lexicon["fillers"],
        *lexicon["wishes"]["lead"],
    ]:
        yield from tokens(phrase)
    for phrases in moments[EVERYBODY]["kinds"].values():
        for phrase in phrases:
            yield from tokens(phrase)
