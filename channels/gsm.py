"""What a text message costs: the GSM 7-bit alphabet, segments, and words made to fit it."""

from __future__ import annotations

import re
import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·●▪◦", "*"),
        **dict.fromkeys("\t\u00a0\u2007\u2009\u202f\u2003\u2002\u3000", " "),
        **dict.fromkeys("\u2028\u2029\v\f", "\n"),
        "…": "...",
        "×": "x",
        "⁄": "/",
        "½": " 1/2",
        "¼": " 1/4",
        "¾": " 3/4",
        "\r": "",
    }
)
_MARKS = re.compile("[\u0300-\u036f\ufe00-\ufe0f]")
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"}


def plain(text: str) -> str:
    """The text with typography a message pays dearly for made plain; letters of other scripts stay."""
    composed = _MARKS.sub("", unicodedata.normalize("NFC", text.translate(_PLAIN)))
    return "".join(_fitting(char) for char in composed).strip()


def _fitting(char: str) -> str:
    if char in _BASIC or char in _EXTENDED:
        return char
    if unicodedata.category(char) in _DROPPED:
        return ""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", char)).translate(_PLAIN)
    return bare if bare and all(c in _BASIC or c in _EXTENDED for c in bare) else char


def segments(text: str) -> int:
    """How many segments the text is sent in: 160 septets (153 where several), or 70 (67) UTF-16 units."""
    if all(char in _BASIC or char in _EXTENDED for char in text):
        return _pack([2 if char in _EXTENDED else 1 for char in text], single=160, several=153)
    return _pack([units(char) for char in text], single=70, several=67)


def _pack(sizes: list[int], *, single: int, several: int) -> int:
    if sum(sizes) <= single:
        return 1
    count, room = 1, several
    for size in sizes:
        # Neither an escaped septet nor a surrogate pair is split over two segments.
        if size > room:
            count, room = count + 1, several
        room -= size
    return count


def units(text: str) -> int:
    """The length of a text in UTF-16 units, which is what providers count."""
    return len(text) + sum(char > "\uffff" for char in text)


def clip(text: str, limit: int) -> str:
    """The text in at most ``limit`` UTF-16 units, with dots where something was cut."""
    if units(text) <= limit:
        return text
    kept = text[: max(limit - 3, 0)]
    while units(kept) > max(limit - 3, 0):
        kept = kept[:-1]
    return (kept.rstrip() + "...")[:limit]
