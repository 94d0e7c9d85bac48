"""How statements reach each database. Both lines take the same work: a function of a connection."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, Executable, Row, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from database.columns import serialise
from models.errors import Misconfigured

T = TypeVar("T")
Work = Callable[[Connection], T]
Rows = Sequence[Row[*tuple[Any, ...]]]

_BUSY_SECONDS = 5
_READERS = 4
_SETTINGS: dict[str, Any] = {
    "json_serializer": serialise,
    "json_deserializer": from_json,
    "hide_parameters": True,
    "pool_timeout": 10,
}
_ALONE: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}


class Line(Protocol):
    """``read`` runs work whose statements each stand alone, ``write`` work that is one transaction.

    ``rows`` is for a SELECT that is over at once.
    """

    engine: AsyncEngine

    async def rows(self, query: Executable, values: dict[str, Any]) -> Rows: ...

    async def read(self, work: Work[T]) -> T: ...

    async def write(self, work: Work[T]) -> T: ...

    async def scrub(self) -> None: ...

    async def compact(self) -> None: ...

    async def close(self) -> None: ...


class ServerLine:
    """PostgreSQL over asyncpg."""

    def __init__(self, address: URL) -> None:
        arguments = {"timeout": 5, "server_settings": {"application_name": "segue", "jit": "off"}}
        made = create_async_engine(
            address,
            pool_size=10,
            pool_pre_ping=True,
            skip_autocommit_rollback=True,
            connect_args=arguments,
            **_SETTINGS,
        )
        self._writer = made
        self.engine = made.execution_options(isolation_level="AUTOCOMMIT")

    async def rows(self, query: Executable, values: dict[str, Any]) -> Rows:
        return await self.read(lambda connection: connection.execute(query, values).all())

    async def read(self, work: Work[T]) -> T:
        async with self.engine.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Work[T]) -> T:
        async with self._writer.begin() as connection:
            return await connection.run_sync(work)

    async def scrub(self) -> None:
        """Nothing: PostgreSQL forgets what was overwritten when it vacuums."""

    async def compact(self) -> None:
        """Writes every table anew, without what was deleted; each is locked meanwhile."""
        async with self.engine.connect() as connection:
            await connection.exec_driver_sql("VACUUM (FULL, ANALYZE)")

    async def close(self) -> None:
        await self._writer.dispose()


class FileLine:
    """SQLite: each piece of work runs whole in a thread, writes in a single one.

    Awaiting every statement costs five times as much: 2.1 against 0.4 ms for a page of the journal. SQLite lets
    one write at a time anyway; a queue of ours is fair and wakes at once, where SQLite's own waiting sleeps up
    to 100 ms between tries. That waiting is left for other processes. A few rows are read on the spot: with its
    write-ahead file SQLite lets nobody wait who reads. ``engine`` is for readers outside.
    """

    def __init__(self, address: URL) -> None:
        settings = _SETTINGS | {"connect_args": {"isolation_level": None, "check_same_thread": False}}
        self._writer = create_engine(address.set(drivername="sqlite"), pool_size=1, max_overflow=0, **settings)
        self._reader = create_engine(
            address.set(drivername="sqlite"), pool_size=_READERS, pool_use_lifo=True, **_ALONE, **settings
        )
        self.engine = create_async_engine(address, pool_size=_READERS, **_ALONE, **settings)
        event.listen(self._writer, "connect", _prepare)
        event.listen(self._writer, "begin", _begin)
        for engine in (self._reader, self.engine.sync_engine):
            event.listen(engine, "connect", _prepare_reader)
        self._write_thread = ThreadPoolExecutor(1, "segue-write")
        self._read_threads = ThreadPoolExecutor(_READERS, "segue-read")

    async def rows(self, query: Executable, values: dict[str, Any]) -> Rows:
        return self._read(lambda connection: connection.execute(query, values).all())

    async def read(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._read_threads, self._read, work)

    async def write(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._write_thread, self._write, work)

    async def write_ahead(self) -> None:
        """Puts the file into WAL mode, for good."""
        await asyncio.get_running_loop().run_in_executor(self._write_thread, _write_ahead, self._writer)

    async def scrub(self) -> None:
        """Takes what was deleted out of the write-ahead file too."""
        pragma = "PRAGMA wal_checkpoint(TRUNCATE)"
        await asyncio.get_running_loop().run_in_executor(self._write_thread, _pragma, self._writer, pragma)

    async def compact(self) -> None:
        """Writes the file anew, without what was deleted."""
        await asyncio.get_running_loop().run_in_executor(self._write_thread, _pragma, self._writer, "VACUUM")
        await self.scrub()

    async def close(self) -> None:
        self._write_thread.shutdown()
        self._read_threads.shutdown()
        self._writer.dispose()
        self._reader.dispose()
        await self.engine.dispose()

    def _read(self, work: Work[T]) -> T:
        with self._reader.connect() as connection:
            return work(connection)

    def _write(self, work: Work[T]) -> T:
        with self._writer.begin() as connection:
            return work(connection)


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={_BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_reader(connection: Any, record: object) -> None:
    _prepare(connection, record)
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    # IMMEDIATE: a transaction that reads first and writes later is refused at once, without waiting, by SQLite.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _pragma(engine: Engine, pragma: str) -> Any:
    """A pragma outside of any transaction; its first value."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        return (cursor.execute(pragma).fetchone() or (None,))[0]
    finally:
        connection.close()


def _write_ahead(engine: Engine) -> None:
    # Two processes that switch at once are refused without the usual waiting, hence the tries.
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            if _pragma(engine, "PRAGMA journal_mode=WAL") == "wal":
                return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise
        if time.monotonic() > deadline:
            raise Misconfigured("The database file can't be put into WAL mode: it must be on a local disk.")
        time.sleep(0.05)
