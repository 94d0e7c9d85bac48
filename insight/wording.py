"""What a customer's words show: that they want a person, have said it before, or are angry. Rules, no model."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")
SHOUTED = 1.0
LOUD_WORDS = 4
_LIMIT = 600  # a story is told by then, and a rule takes well under a millisecond


def wants_person(text: str) -> bool:
    """Whether a person is asked for anywhere in it; "no need for a person" is not that."""
    plain = plainly(text)
    return _rules("person").search(plain) is not None and _rules("no_person").search(plain) is None


def said_before(text: str) -> bool:
    """Whether they say that they have told us already."""
    return _rules("told").search(plainly(text)) is not None


def anger(text: str) -> float:
    """How angry it sounds: 0 not at all, 1 and more enough for a person to look at it.

    Different things found add up by their weight, and so does how loud it is.
    """
    plain = plainly(text)
    found = sum(weight * len({match[1] for match in pattern.finditer(plain)}) for weight, pattern in _angry())
    loud = 0.0 if _rules("kind").search(plain) else _loudness(text)  # joy is loud too
    return round(found + loud, 2)


def telling(text: str) -> bool:
    """Whether the words show friction by themselves, at the thresholds that are set unless somebody says otherwise."""
    return anger(text) >= 1 or wants_person(text) or said_before(text)


def plainly(text: str) -> str:
    """Lower case, no accents, no apostrophes, single spaces; punctuation is gone but for what hides a swear word."""
    bare = unicodedata.normalize("NFKD", text[:_LIMIT].casefold())
    kept = "".join(char for char in bare if not unicodedata.combining(char) and char not in "'’`")
    return " ".join(re.sub(r"[^\w*#@ ]+", " ", kept).split())


def _loudness(text: str) -> float:
    words = re.findall(r"[^\W\d_]{2,}", text)
    shouted = [word for word in words if word.isupper()]
    if len(shouted) >= LOUD_WORDS and len(shouted) > len(words) / 2:
        return SHOUTED
    marks = re.search(r"[!?]{2,}", text) is not None
    return 0.4 * bool(shouted and len(shouted) < len(words) and len(max(shouted, key=len)) > 3) + 0.4 * marks


@cache
def _files() -> tuple[dict[str, object], ...]:
    return tuple(tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml")))


@cache
def _rules(kind: str) -> re.Pattern[str]:
    lists = [patterns for file in _files() if isinstance(patterns := file[kind], list)]
    return _any([pattern for patterns in lists for pattern in patterns])


@cache
def _angry() -> tuple[tuple[float, re.Pattern[str]], ...]:
    """Each weight with what carries it. Patterns may overlap: each word is looked at as the beginning of one."""
    tables = [table for file in _files() if isinstance(table := file["anger"], dict)]
    weights = sorted({weight for table in tables for weight in table})
    return tuple((float(weight), _any([p for table in tables for p in table.get(weight, [])])) for weight in weights)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w*])(?=((?:{'|'.join(patterns)})(?![\w*])))")
