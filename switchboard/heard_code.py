"""Finding a pass in what was said or typed: "my code is K as in kilo, seven, em, four …"."""

from __future__ import annotations

import re

from database.passcode import LENGTH, SYMBOLS, normal

_CUES = {"code", "codes", "pass", "passcode", "código", "codigo", "clave", "pase"}
_FILLERS = {
    *_CUES, "my", "the", "is", "it", "its", "s", "this", "here", "a", "an", "and", "then", "please", "resume",
    "capital", "letter", "number", "space", "dash", "mi", "el", "la", "es", "y", "guion", "letra",
}  # fmt: skip
_LIKE = {"as", "like", "for", "de", "como"}
_NAMES = {
    "0": "zero oh cero", "2": "two too dos", "4": "four cuatro", "6": "six seis",
    "7": "seven siete", "9": "nine niner nueve five cinco", "8": "eight ocho", "3": "three tres",
    "A": "alpha alfa", "B": "bee bravo be", "C": "see cee charlie ce", "D": "dee delta", "E": "echo",
    "F": "foxtrot eff efe", "G": "gee golf ge", "H": "aitch haitch hotel hache", "I": "india", "J": "jay juliet jota",
    "K": "kay kilo ka", "L": "el ele lima", "M": "em mike eme", "N": "en november ene", "O": "oscar",
    "P": "pee papa pe", "Q": "cue queue quebec cu", "R": "are ar romeo erre ere", "S": "ess sierra ese",
    "T": "tee tango te", "U": "you uniform", "V": "vee victor uve", "W": "whiskey whisky doubleu uvedoble",
    "X": "ex xray equis", "Y": "why yankee wye igriega", "Z": "zee zulu zeta",
}  # fmt: skip
_SPOKEN = {name: symbol for symbol, names in _NAMES.items() for name in names.split()}
_TWO_WORDS = ((r"\bdouble (?:you|u)\b", "w"), (r"\buve doble\b", "w"), (r"\bi griega\b", "y"), (r"\bx ray\b", "x"))
_LONGEST = 300


def speaks_of_code(text: str) -> bool:
    """Whether a pass is spoken of, readable or not."""
    return bool(_CUES & set(_words(text)))


def code_in(text: str) -> str | None:
    """The pass in somebody's words, as it is kept; None where there is none, or none that checks.

    It counts where it is spoken of, or where it is all that was said.
    """
    words = _words(text)
    if len(text) > _LONGEST or not words:
        return None
    spoken_of = bool(_CUES & set(words))
    symbols = [symbol for word in _named(words) if (symbol := _symbol(word, spoken_of)) is not None]
    if not spoken_of and any(word not in _FILLERS and _symbol(word, False) is None for word in _named(words)):
        return None
    whole = "".join(symbols)
    starts = range(len(whole) - LENGTH + 1) if spoken_of else range(1 if len(whole) == LENGTH else 0)
    found = {code for start in starts if (code := normal(whole[start : start + LENGTH]))}
    return found.pop() if len(found) == 1 else None


def _words(text: str) -> list[str]:
    lowered = re.sub(r"['’]s\b", "", text.lower())
    for pattern, letter in _TWO_WORDS:
        lowered = re.sub(pattern, letter, lowered)
    return re.findall(r"[^\W_]+", lowered)


def _named(words: list[str]) -> list[str]:
    """Without what only explains a letter: "k as in kilo", "m for mike"."""
    kept: list[str] = []
    left = iter(range(len(words)))
    for at in left:
        word, after = words[at], words[at + 1 : at + 3]
        if kept and len(kept[-1]) == 1 and word in _LIKE and after:
            skipped = 2 if after[0] in {"in", "en"} and len(after) > 1 else 1
            if after[skipped - 1].startswith(kept[-1]) and len(after[skipped - 1]) > 1:
                for _ in range(skipped):
                    next(left)
                continue
        kept.append(word)
    return kept


def _symbol(word: str, spoken_of: bool) -> str | None:
    if word in _FILLERS and not (len(word) == 1 and word != "a"):
        return None
    if word in _SPOKEN:
        return _SPOKEN[word]
    if len(word) == 1 or (spoken_of and word == "for") or any(char.isdigit() for char in word):
        return "4" if word == "for" else word.upper()
    return word.upper() if all(char in SYMBOLS for char in word.upper()) else None
