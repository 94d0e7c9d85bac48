"""The ledger as the engine uses it: found by type and key, kept in order."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TypeVar

from pydantic_core import to_jsonable_python

from models.ledger import Answered, Confirmed, Dated, Done, Entry, Taken, Told, Undone

E = TypeVar("E", Answered, Confirmed, Done, Dated, Taken, Told, Undone)


def as_json(value: Any) -> Any:
    """A value as the JSON it is kept as."""
    return to_jsonable_python(value)


def fingerprint(value: Any) -> str:
    """The same for the same content, however it was built; 16 hex digits."""
    text = json.dumps(as_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Ledger:
    """A view on the list of entries in a case's state; one entry for each type and key."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._at = {(type(e), e.key): e for e in entries}

    def find(self, kind: type[E], key: str) -> E | None:
        entry = self._at.get((kind, key))
        return entry if isinstance(entry, kind) else None

    def put(self, entry: Entry) -> None:
        """Append, or replace the entry of the same type and key where it stands."""
        old = self._at.get((type(entry), entry.key))
        if old is None:
            self.entries.append(entry)
        else:
            self.entries[self.index(old)] = entry
        self._at[type(entry), entry.key] = entry

    def drop(self, entry: Entry) -> None:
        del self.entries[self.index(entry)]
        del self._at[type(entry), entry.key]

    def rename(self, entry: Entry, key: str) -> None:
        """Have an entry stand where it stands, under another key."""
        renamed = entry.model_copy(update={"key": key})
        self.entries[self.index(entry)] = self._at[type(entry), key] = renamed
        del self._at[type(entry), entry.key]

    def index(self, entry: Entry) -> int:
        return next(i for i, e in enumerate(self.entries) if e is entry)

    def all(self, kind: type[E]) -> list[E]:
        return [e for e in self.entries if type(e) is kind]
