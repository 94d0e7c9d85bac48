"""What is known of a person, as bytes to look for: in tables, and in files as they lie on the disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from database.columns import serialise
from database.engine import Database
from models.tables import Table

Kind = str  # name, phone, email, words or file

SHORTEST = 5  # bytes: what is shorter stands everywhere by chance
WINDOW = 24
_CHUNK = 1 << 23
_A_PAGE = 500
# Numbers, days and times that say nothing of anybody, words of a script, and ids of our own.
_PLAIN = re.compile(r"[\d\s.,:;TZ+\-/$%()]*|[a-z][a-z0-9_.~/\-]*|[a-z]+_[a-z2-7]{20}|[A-Z]{2,3}|[A-Z][a-z]+/[A-Za-z_]+")
_PARTS = re.compile(r'["\\\x00-\x1f<>&]+')
_OWNERS = ("customer", "record", "person", "case_id")
# Rows that are nobody's belong to whoever wrote or called; those of other tables are the company's or the staff's.
_NOBODYS = {"inbox", "outbox", "unplaced", "calls", "callbacks", "audit", "repairs", "erasures", "upgrade_checks"}


@dataclass(frozen=True)
class Probe:
    """Something to look for; ``own``: nobody else can have it."""

    kind: Kind
    data: bytes

    @property
    def own(self) -> bool:
        return self.kind in {"phone", "email", "file"}


@dataclass
class Known:
    """All there is to look for, and how many values were too short to tell."""

    probes: set[Probe]
    short: int = 0

    def add(self, kind: Kind, value: str) -> None:
        """A text, number or address, in the forms in which it may be written."""
        text = value.strip()
        text = text.lstrip("+") if kind == "phone" else text
        long = [part.strip() for part in _PARTS.split(text) if len(part.strip().encode()) >= SHORTEST]
        self.short += bool(text) and not long
        for part in long:
            for form in {part, json.dumps(part)[1:-1]}:
                self.probes.update(Probe(kind, data) for data in _windows(form.encode(errors="replace")))

    def add_leaves(self, value: Any) -> None:
        """What tells something among the texts of a piece of JSON."""
        for text in leaves(value):
            if not _PLAIN.fullmatch(text):
                self.add("words", text)

    def add_file(self, content: bytes) -> None:
        middle = len(content) // 2
        for at in (middle, len(content) - WINDOW):
            window = content[max(at, 0) : at + WINDOW]
            if len(set(window)) > WINDOW // 2:
                self.probes.add(Probe("file", window))


def _windows(data: bytes) -> Iterator[bytes]:
    """A long text may be cut by a page's end: any of three pieces betrays it."""
    if len(data) <= WINDOW:
        yield data
        return
    for at in {0, (len(data) - WINDOW) // 2, len(data) - WINDOW}:
        yield data[at : at + WINDOW]


def leaves(value: Any) -> Iterator[str]:
    """Every text in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)


def found_in(content: bytes, probes: Iterable[Probe]) -> set[Probe]:
    return {probe for probe in probes if probe.data in content}


def found_in_file(file: Path, probes: set[Probe]) -> set[Probe]:
    """Those that stand anywhere in a file, also in what no table refers to any more."""
    found, left, rest = set[Probe](), set(probes), b""
    with file.open("rb") as open_file:
        while left and (chunk := open_file.read(_CHUNK)):
            found |= (here := found_in(rest + chunk, left))
            left -= here
            rest = chunk[-64:]
    return found


def files_of(db: Database) -> list[Path]:
    """The files of an SQLite database; none of a server's."""
    if db.dialect != "sqlite":
        return []
    file = Path(str(db.file))
    return [each for each in (file, file.with_name(f"{file.name}-wal")) if each.exists()]


@dataclass
class Found:
    """``left``: by table, how many rows hold something of the person's; ``shared``: what others have said, too."""

    left: dict[str, int]
    shared: set[Probe]


async def found_in_tables(db: Database, probes: set[Probe], records: Iterable[str]) -> Found:
    """Every row of every table, read once; whoever a row belongs to may have the same name or words."""
    gone, found = set(records), Found({}, set())

    def work(connection: Connection) -> None:
        for table in Table.metadata.sorted_tables:
            rows = connection.execution_options(yield_per=_A_PAGE).execute(select(table))
            for page in rows.mappings().partitions(_A_PAGE):
                texts = [_text(row.values()) for row in page]
                hits = found_in(b"\n".join(texts), probes)
                for row, text in zip(page, texts, strict=True) if hits else ():
                    _judge(table.name, row, found_in(text, hits), gone, found)

    # A cursor over a server's rows needs a transaction.
    await (db.at_once if db.dialect == "postgresql" else db.read)(work)
    return found


def _judge(table: str, row: Any, hits: set[Probe], gone: set[str], found: Found) -> None:
    if not hits:
        return
    owner = next((str(row[name]) for name in _OWNERS if row.get(name)), "")
    owner = str(row["id"]) if table == "customers" else owner
    others = bool(owner) and not any(record in owner for record in gone)
    others = others or (not owner and table not in _NOBODYS)
    shared = {hit for hit in hits if others and not hit.own}
    found.shared |= shared
    if hits - shared:
        found.left[table] = found.left.get(table, 0) + 1


def _text(values: Iterable[Any]) -> bytes:
    parts = []
    for value in values:
        if isinstance(value, bytes):
            parts.append(value)
        elif isinstance(value, dict | list):
            parts.append(serialise(value).encode())
        elif isinstance(value, str):
            parts.append(value.encode(errors="replace"))
    return b"\n".join(parts)
