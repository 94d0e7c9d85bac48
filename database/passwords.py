"""Passwords of staff: made here, never chosen, kept as Argon2id hashes."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

LONGEST = 128  # characters; longer ones are not even looked at
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = asyncio.Semaphore(4)  # each takes 19 MB
_NOBODYS = _HASHER.hash(secrets.token_urlsafe(16))


def new_password() -> str:
    """20 characters that can be read out and typed, in groups of five: 99 random bits."""
    letters = [secrets.choice(_LETTERS) for _ in range(20)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 20, 5))


async def hashed(password: str) -> str:
    async with _AT_ONCE:
        return await asyncio.to_thread(_HASHER.hash, password)


async def matches(kept: str | None, password: str) -> bool:
    """Whether it is the one; without a ``kept`` one it takes as long, and is not."""

    def compare() -> bool:
        try:
            return _HASHER.verify(kept or _NOBODYS, password[:LONGEST]) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False

    async with _AT_ONCE:
        return await asyncio.to_thread(compare)
