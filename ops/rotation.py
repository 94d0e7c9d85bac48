"""Another master key: every customer's key wrapped anew, and what is derived from it made again."""

from __future__ import annotations

from collections.abc import Callable

from database.engine import Database
from database.indexing import Words
from database.rebuilding import rebuild
from database.vault import Vault


async def rotate(db: Database, vault: Vault, words: Words, told: Callable[[str, int], None]) -> int:
    """Wrap all keys with the newest master key, then hash the search's words anew; how many keys were wrapped.

    Broken off, it goes on the next time: what is wrapped anew is passed over. ``told`` is given what, and how many.
    """
    last, seen, wrapped = "", 0, 0
    while True:
        last, more, done = await vault.rewrap(last)
        seen, wrapped = seen + more, wrapped + done
        told("keys", seen)
        if not last:
            break
    await rebuild(db, words, told)
    return wrapped
