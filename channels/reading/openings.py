"""What a customer wants before any question is open: which moment, or which wish."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from channels.reading.lexicon import alternation, lexicon, whole
from channels.reading.phrase import Phrase, near
from channels.reading.reader import LONGEST
from channels.reading.said import Said, Wish
from channels.reading.wishes import find_wish

_FOLDER = Path(__file__).parent / "moments"


def moment_for(text: str, *, language: str = "en") -> str | None:
    """The id of the moment that the words ask for, e.g. ``pay-bill``; None when that is not certain."""
    if len(text) > LONGEST:
        return None
    spoken = lexicon(language)
    moments = _moments(spoken.language)
    words = Phrase(text, "typed", spoken).words
    found = [moment for moment in moments if moment != "everybody" and _asks_for(moments[moment], moments, words)]
    return found[0] if len(found) == 1 else None


def wish_for(said: Said, *, language: str = "en", names: Mapping[str, str] | None = None) -> Wish | None:
    """The wish that the words are, if they are one, where no question is open."""
    return find_wish(Phrase(said.text[:LONGEST], said.way, lexicon(language)), names or {})


def _asks_for(moment: Mapping[str, Any], moments: Mapping[str, Any], words: str) -> bool:
    words = " ".join(_mended(word, moment) for word in words.split())
    everybody = moments["everybody"]
    if whole([*everybody["never"], *moment["never"]]).search(words):
        return False
    left = " ".join(whole(everybody["lead"]).sub(" ", words).split())
    if left in moment["phrases"] or whole(moment["standing"]).search(words):
        return True
    actions, objects = alternation(moment["actions"]), alternation(moment["objects"])
    between = rf"(?: \w+){{0,{moment['gap']}}}"
    return re.search(rf"\b(?:{actions})\b{between} (?:{objects})\b", words) is not None


def _mended(word: str, moment: Mapping[str, Any]) -> str:
    if word in moment["swapped"]:
        return str(moment["swapped"][word])
    return next((right for right in moment["mend"] if len(word) >= 4 and near(word, right)), word)


@cache
def _moments(language: str) -> dict[str, Any]:
    """A language's file of moments; English where it has none."""
    path = _FOLDER / f"{language}.toml"
    return tomllib.loads((path if path.is_file() else _FOLDER / "en.toml").read_text(encoding="utf-8"))
