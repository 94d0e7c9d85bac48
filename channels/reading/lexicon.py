"""The words of a language, from its file, and the patterns made of them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "languages"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language's file. ``words`` is its content; patterns are compiled once and kept."""

    language: str
    words: dict[str, Any]
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def ordinal(self) -> str:
        """What may end a number that counts: ``st`` of 1st."""
        return alternation(self.words["ordinal_endings"])

    def phrases(self, path: str) -> list[str]:
        found: Any = self.words
        for part in path.split("."):
            found = found[part]
        return list(found)

    def pattern(self, *paths: str) -> re.Pattern[str]:
        """Any of the phrases under ``paths``, longest first, as whole words."""
        name = "|".join(paths)
        if name not in self._patterns:
            self._patterns[name] = whole(phrase for path in paths for phrase in self.phrases(path))
        return self._patterns[name]

    def compiled(self, expression: str) -> re.Pattern[str]:
        if expression not in self._patterns:
            self._patterns[expression] = re.compile(expression)
        return self._patterns[expression]


def alternation(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(phrases)})(?!\w)")


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of ``language`` (``es-MX`` is ``es``); English where there is no file for it."""
    name = language.partition("-")[0].lower()
    path = _FOLDER / f"{name}.toml"
    if not name.isalpha() or not path.is_file():
        return lexicon("en") if name != "en" else _load(_FOLDER / "en.toml")
    return _load(path)


@cache
def _load(path: Path) -> Lexicon:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    # What words are spelled as goes to text_to_num, which knows them with their accents.
    return Lexicon(path.stem, _folded(written) | {"spelling": written["spelling"]})


def _folded(words: Any) -> Any:
    if isinstance(words, dict):
        return {folded(key): _folded(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_folded(value) for value in words]
    return folded(words) if isinstance(words, str) else words


def folded(text: str) -> str:
    """The text without accents, character by character, as many people type and all phrases here are compared."""
    return "".join(unicodedata.normalize("NFD", c)[0] if c.isalpha() else c for c in text)


def every_lexicon() -> list[Lexicon]:
    """All languages there are, for what must be found whatever is spoken."""
    return [_load(path) for path in sorted(_FOLDER.glob("*.toml"))]
