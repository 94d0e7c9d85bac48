"""From a DATABASE_URL to an address both drivers take, or to a sentence that says what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from models.errors import Misconfigured


def address_of(url: str) -> URL:
    """The URL with its async driver. Raises Misconfigured for anything but an SQLite file or PostgreSQL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Misconfigured(f"DATABASE_URL is not a database address. {_SHAPES}") from None
    match parsed.drivername.split("+")[0]:
        case "sqlite":
            return _file_of(parsed)
        case "postgresql" | "postgres":
            return _with_ssl(parsed.set(drivername="postgresql+asyncpg"))
        case other:
            raise Misconfigured(f"DATABASE_URL begins with {other}://, which Segue does not speak. {_SHAPES}")


_SHAPES = "Write sqlite:///folder/file.db or postgresql://user:password@host/database."


def _file_of(parsed: URL) -> URL:
    if parsed.database in (None, "", ":memory:"):
        raise Misconfigured("DATABASE_URL names no file: Segue reads and writes over several connections. " + _SHAPES)
    path = Path(str(parsed.database)).absolute()
    if not path.parent.is_dir():
        raise Misconfigured(
            f"The folder of the database, {path.parent}, does not exist: make it, or change DATABASE_URL."
        )
    if path.is_dir():
        raise Misconfigured(f"DATABASE_URL names a folder, {path}: add the name of a file.")
    # SQLite writes its -wal and -shm files beside the database, so the folder counts too.
    if not os.access(path.parent, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise Misconfigured(f"{path} can't be written: let this user write it and its folder, or change DATABASE_URL.")
    return parsed.set(drivername="sqlite+aiosqlite", database=str(path))


def _with_ssl(parsed: URL) -> URL:
    # libpq calls it sslmode, asyncpg ssl; people paste the address their host gives them.
    mode = parsed.query.get("sslmode")
    parsed = parsed.difference_update_query(["sslmode", "channel_binding"])
    return parsed.update_query_dict({"ssl": mode}) if mode else parsed
