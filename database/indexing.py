"""What the search looks in is written here, within the transaction of what it is about."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.folding import name_words, squeezed, stems
from models.journal import Row
from models.tables import CustomerRow, KeyRow, SoughtNameRow, SoughtPaperRow, SoughtTextRow, SoughtWordRow, Table

# What people write, by the names under which the journal's rows keep it.
WRITTEN = ("text", "note", "reason", "summary", "wants", "promised")
_SPREAD = 20  # bits that keep texts of the same millisecond apart
A_CHUNK = 2000


class Words:
    """Texts by their words, each as 64 bits under a key of this search's own."""

    def __init__(self, key: bytes) -> None:
        """``key``: 16 to 64 bytes."""
        self._key = key

    @classmethod
    def under(cls, master_key: bytes) -> Words:
        """With a key that is made from the master key, for nothing but this."""
        return cls(hmac.digest(master_key, b"segue search", "sha256"))

    def hashes(self, wanted: Iterable[str]) -> list[int]:
        """Of folded stems, in order."""
        return [self._hash(word) for word in wanted]

    def write(self, connection: Connection, case: str, customer: str, rows: Sequence[Row]) -> None:
        """The texts among a case's rows; again as often as you like."""
        texts, found = list[dict[str, Any]](), list[dict[str, Any]]()
        for row in rows:
            if hashes := self.hashes(stems(" ".join(written(row)))):
                id = text_id(case, row.sequence, row.at)
                texts.append({"id": id, "record": customer, "case_id": case, "sequence": row.sequence})
                found += [{"word": word, "text": id} for word in sorted(hashes)]
        if texts and connection.dialect.name == "postgresql":
            columns = {f"{name}s": [row[name] for row in rows] for rows in (texts, found) for name in rows[0]}
            connection.execute(_at_once(), columns)
        elif texts:
            connection.execute(_insert(connection, SoughtTextRow).on_conflict_do_nothing(), texts)
            connection.execute(_insert(connection, SoughtWordRow).on_conflict_do_nothing(), found)

    def _hash(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode(errors="replace"), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, signed=True)


def written(row: Row) -> list[str]:
    """What somebody wrote in their own words in this row: remarks, notes, reasons, answers to open questions."""
    if row.what in {"answered", "corrected"}:
        found = [row.data.get("shown")] if row.data.get("kind") == "text" else []
    else:
        found = [row.data.get(name) for name in WRITTEN]
    return [text for text in found if isinstance(text, str)]


def text_id(case: str, sequence: int, at: datetime) -> int:
    """Later texts have higher ids, and the same row has the same id: no sequence of the database is needed."""
    place = hashlib.blake2b(f"{case}/{sequence}".encode(errors="replace"), digest_size=4).digest()
    return int(at.timestamp() * 1000) << _SPREAD | int.from_bytes(place) >> (32 - _SPREAD)


def name(connection: Connection, record: str, name: str | None, at: datetime) -> None:
    """A customer's name is this now."""
    connection.execute(delete(SoughtNameRow).where(SoughtNameRow.record == record))
    if rows := [{"record": record, "word": word, "at": at} for word in name_words(name or "")]:
        connection.execute(insert(SoughtNameRow), rows)


def opened(connection: Connection, record: str, at: datetime) -> None:
    """A customer has opened a case: of many of the same name, whoever was here last comes first."""
    connection.execute(update(SoughtNameRow).where(SoughtNameRow.record == record).values(at=at))


def paper(connection: Connection, kind: str, id: str, record: str, body: dict[str, Any]) -> None:
    """The numbers a paper is known by."""
    numbers = sorted({squeezed(text) for text in references(body)} - {""})
    rows = [{"number": number, "kind": kind, "id": id, "record": record} for number in numbers]
    if record and rows:
        connection.execute(_insert(connection, SoughtPaperRow).on_conflict_do_nothing(), rows)


def references(body: Any) -> Iterator[str]:
    """Everything that a paper calls its reference, at any depth."""
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        if name == "reference" and isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from references(value)


def forget(connection: Connection, record: str) -> None:
    """Nothing leads to this record any more. Words go with their texts."""
    for table in (SoughtNameRow, SoughtPaperRow, SoughtTextRow):
        connection.execute(delete(table).where(table.record == record))


def present() -> ColumnElement[bool]:
    """Of a query over customers: those whose key was not destroyed."""
    return ~exists().where(KeyRow.customer == CustomerRow.id, KeyRow.destroyed_at.is_not(None))


@cache
def _at_once() -> Any:
    """Texts and words as one statement, with a list for each column: each more would be another way to the server."""
    texts = postgresql.insert(SoughtTextRow).from_select(*_lists(SoughtTextRow)).on_conflict_do_nothing()
    words = postgresql.insert(SoughtWordRow).from_select(*_lists(SoughtWordRow)).on_conflict_do_nothing()
    return words.add_cte(texts.cte("texts"))


def _lists(table: type[Table]) -> tuple[list[str], Any]:
    columns = table.__table__.columns
    lists = (bindparam(f"{column.name}s", type_=postgresql.ARRAY(column.type)) for column in columns)
    return columns.keys(), select(func.unnest(*lists).table_valued(*columns.keys()).render_derived())


def _insert(connection: Connection, table: type[Table]) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
