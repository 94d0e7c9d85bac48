"""Which language somebody wants: as they say it, or as they begin in it."""

from __future__ import annotations

from functools import cache

from channels.reading import Said, language_of
from channels.reading.openings import moments_for
from channels.wording.book import FOLDER, wording


@cache
def languages() -> tuple[str, ...]:
    """Those there is wording for: each is a folder."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if (path / "front-door.ftl").is_file()))


def wanted(said: Said) -> str | None:
    """The language asked for by name, in itself or in another: "en español", "English please"."""
    plain = " ".join("".join(char if char.isalnum() else " " for char in said.text.lower()).split())
    found = [language for language in languages() if plain in _phrases(language)]
    return found[0] if len(found) == 1 else None


def begun_in(said: Said, language: str, *, unknown: bool = False) -> str | None:
    """The one other language in which the words ask for something, where in this one they do not.

    Of somebody ``unknown`` it is enough that the words can be of no other: "hola".
    """
    if moments_for(said.text, language=language):
        return None
    others = [other for other in languages() if other != language.partition("-")[0].lower()]
    found = [other for other in others if moments_for(said.text, language=other)]
    if unknown and not found and (told := language_of(said.text)) in others:
        return told
    return found[0] if len(found) == 1 else None


def warm() -> None:
    """Learn every language's openings now, and not while the first customer waits."""
    for language in languages():
        moments_for("", language=language)
    language_of("")


@cache
def _phrases(language: str) -> frozenset[str]:
    book = wording(language, "UTC")
    return frozenset(phrase.strip() for phrase in book.say("front-speak").lower().split(","))
