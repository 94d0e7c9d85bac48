"""Words as they are looked for: without case, accents and punctuation, and what of a text was looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

LONGEST = 4000  # of a text, in characters
MOST_WORDS = 200  # of a text
STEM = 6
_WORD = re.compile(r"[^\W_]+")
_SPOKEN = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*")
_JOINED = re.compile(r"['’ʼ`]")
# Letters that are no other letter with a mark, and yet are typed as if they were.
_ALIKE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"})

Piece = tuple[str, bool]  # a part of a text, and whether it is what was looked for


def fold(text: str) -> str:
    """Without case, accents and invisible marks: ``José`` and ``JOSE`` are one."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign) not in {"Mn", "Cf"}).translate(_ALIKE)


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in order. An apostrophe does not part a word."""
    return list(dict.fromkeys(_WORD.findall(_JOINED.sub("", fold(text)))))[:MOST_WORDS]


def name_words(name: str) -> list[str]:
    """As :func:`words`, and the parts around an apostrophe too: O'Brien is found as Brien."""
    return list(dict.fromkeys([*words(name), *_WORD.findall(fold(name))]))[:MOST_WORDS]


def stem(word: str) -> str:
    """The beginning that a folded word shares with its other forms: refund, refunds and refunded are one."""
    return word[:STEM] if len(word) > STEM else word.removesuffix("s") if len(word) > 3 else word


def stems(text: str) -> list[str]:
    """The stems of a text's words of two signs or more, each once."""
    return list(dict.fromkeys(stem(word) for word in words(text) if len(word) > 1))


def squeezed(text: str) -> str:
    """A number as it is kept: capitals and digits, without what people put between them."""
    return re.sub(r"[\s.\-–#]", "", text).upper()


def by_beginning(text: str, beginnings: Collection[str]) -> list[Piece]:
    """A name in pieces: those words are marked that begin with one of ``beginnings``."""
    return _pieces(text, lambda word: any(part.startswith(tuple(beginnings)) for part in name_words(word)))


def by_stem(text: str, wanted: Collection[str], around: int = 60) -> list[Piece]:
    """A text in pieces, cut to what stands around the first word looked for; empty where there is none."""
    pieces = _pieces(text, lambda word: any(stem(part) in wanted for part in words(word)))
    first = next((number for number, (_, hit) in enumerate(pieces) if hit), None)
    if first is None:
        return []
    before = "".join(piece for piece, _ in pieces[:first])
    start = ("…" + before[-around:].partition(" ")[2]) if len(before) > around else before
    return _cut([(start, False), *pieces[first:]], 3 * around)


def _pieces(text: str, wanted: Callable[[str], bool]) -> list[Piece]:
    text, found, done = unicodedata.normalize("NFC", text[:LONGEST]), list[Piece](), 0
    for match in _SPOKEN.finditer(text):
        if wanted(match.group()):
            found += [(text[done : match.start()], False), (match.group(), True)]
            done = match.end()
    return [piece for piece in [*found, (text[done:], False)] if piece[0]]


def _cut(pieces: list[Piece], most: int) -> list[Piece]:
    shown = list[Piece]()
    for piece, hit in pieces:
        if len(piece) > most:
            return [*shown, (piece[:most].rstrip() + "…", hit)]
        shown.append((piece, hit))
        most -= len(piece)
    return [piece for piece in shown if piece[0]]
