"""Codes of eight characters that survive a bad line: none looks or sounds like another, and the last one checks."""

from __future__ import annotations

import secrets

SYMBOLS = "024679HKMPRWY"  # thirteen, a prime: so one weighted sum finds what a sum alone would miss
LENGTH = 8
LEAST_LETTERS = 2
# What is heard or read instead of the one of its kind that there is.
MEANT = str.maketrans({**dict.fromkeys("BCDEGTVZ3", "P"), **dict.fromkeys("NFSLX", "M"), "A": "K", "J": "K"})
MEANT |= str.maketrans({"O": "0", "Q": "0", "8": "H", "I": "Y", "5": "9", "U": "W"})


def new_code() -> str:
    """Seven characters by chance, and one that checks them; never digits alone, which other numbers are."""
    while True:
        body = "".join(secrets.choice(SYMBOLS) for _ in range(LENGTH - 1))
        code = body + check_character(body)
        if _letters(code) >= LEAST_LETTERS:
            return code


def check_character(body: str) -> str:
    """One that changes with any single character, and when any two different ones change places."""
    return SYMBOLS[-sum((place + 2) * SYMBOLS.index(symbol) for place, symbol in enumerate(body)) % len(SYMBOLS)]


def normal(written: str) -> str | None:
    """The code as it is kept, from how it was written or heard; None where it can't be one."""
    code = "".join(char for char in written.upper() if char.isalnum()).translate(MEANT)
    if len(code) != LENGTH or any(char not in SYMBOLS for char in code) or _letters(code) < LEAST_LETTERS:
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def shown(code: str) -> str:
    """Grouped, as people read it out: ``K7M4 92HP``."""
    return f"{code[:4]} {code[4:]}"


def _letters(code: str) -> int:
    return sum(char.isalpha() for char in code)
