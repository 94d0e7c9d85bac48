"""The way into the database: open it, bring its tables up to date, read and write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.sql.dml import UpdateBase

from database import schema
from database.address import address_of
from database.lines import FileLine, Line, Rows, ServerLine, Work
from models.errors import Misconfigured, NotConfirmed
from models.tables import Table

__all__ = ["Database", "Inserting", "Rows", "migrate", "now", "open_database"]

T = TypeVar("T")
Inserting = Callable[[type[Table]], postgresql.Insert]

_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# Classes of SQLSTATE: no connection, read-only since a failover, rolled back, short of resources, locked, shut down.
_POSTGRES_AWAY = ("08", "25006", "40", "53", "55P03", "57")


def now() -> datetime:
    return datetime.now(UTC)


class Database:
    """An open database. Repositories take it; ``close`` it when the process ends.

    Everything raises NotConfirmed while the database does not answer. ``sessions`` is for readers outside the
    repositories (insight) and only reads. ``insert`` makes an INSERT that knows ON CONFLICT; both dialects spell it
    alike.
    """

    def __init__(self, url: str, line: Line) -> None:
        self.url = url
        self._line = line
        self.dialect = line.engine.dialect.name
        self.insert: Inserting = cast(Inserting, (postgresql if self.dialect == "postgresql" else sqlite).insert)
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(line.engine, expire_on_commit=False)

    @property
    def file(self) -> str | None:
        """The file of an SQLite database."""
        return address_of(self.url).database if self.dialect == "sqlite" else None

    async def rows(self, query: Select[*tuple[Any, ...]], **values: Any) -> Rows:
        """All rows of one SELECT that finds its few by an index, ``values`` in the places it keeps for them.

        SQLite answers on the spot: by way of a thread the same costs two to six times as much. A SELECT that is made
        once and for all costs a third of one that is made for each call.
        """
        with _reached():
            return await self._line.rows(query, values)

    async def scan(self, query: Select[*tuple[Any, ...]], **values: Any) -> Rows:
        """All rows of one SELECT that may look through many, or give large ones: others need not wait for it."""
        return await self.read(lambda connection: connection.execute(query, values).all())

    async def read(self, work: Work[T]) -> T:
        """Several SELECTs over one connection; work that may run in a thread. Each sees what is there at its time."""
        with _reached():
            return await self._line.read(work)

    async def change(self, statement: UpdateBase, **values: Any) -> Rows:
        """One INSERT, UPDATE or DELETE with these values, committed; the rows it returns."""
        return await self.at_once(lambda connection: _returned(connection.execute(statement, values)))

    async def at_once(self, work: Work[T]) -> T:
        """Work that is one transaction: committed when it returns, undone when it raises. It may run in a thread."""
        with _reached():
            return await self._line.write(work)

    async def ping(self) -> None:
        """Returns when the database answers, else raises NotConfirmed."""
        with _reached():
            await self._line.read(lambda connection: connection.execute(text("SELECT 1")).all())

    async def scrub(self) -> None:
        """Overwrites what was deleted, as far as this database can."""
        with _reached():
            await self._line.scrub()

    async def compact(self) -> None:
        """Writes everything anew, so that no file holds anything deleted any more. Writers wait meanwhile."""
        with _reached():
            await self._line.compact()

    async def close(self) -> None:
        await self._line.close()


def _returned(result: CursorResult[*tuple[Any, ...]]) -> Rows:
    return result.all() if result.returns_rows else []


async def open_database(url: str) -> Database:
    """Opens a migrated database.

    ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or ``postgresql://user:password@host/database``
    (``sslmode`` is understood). Raises Misconfigured with a sentence that says what to do.
    """
    address = address_of(url)
    line = await _line(address)
    try:
        with _configured(address):
            await line.read(schema.check)
    except BaseException:
        await line.close()
        raise
    return Database(url, line)


async def migrate(url: str) -> None:
    """Brings the tables up to date. Any number of processes may do so at once. Raises as :func:`open_database`."""
    await move_tables(url, "head")


async def move_tables(url: str, revision: str, *, down: bool = False) -> None:
    """Moves the tables to a revision; ``down`` to an earlier one (``base``: no tables, and no data)."""
    address = address_of(url)
    line = await _line(address)
    try:
        with _configured(address):
            await line.write(lambda connection: schema.move(connection, revision, down=down))
    finally:
        await line.close()


async def _line(address: URL) -> Line:
    if address.get_backend_name() == "postgresql":
        return ServerLine(address)
    line = FileLine(address)
    try:
        with _configured(address):
            await line.write_ahead()
    except BaseException:
        await line.close()
        raise
    return line


@contextmanager
def _configured(address: URL) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError, TypeError) as error:
        cause = getattr(error, "orig", None) or error
        # asyncpg's words come wrapped as "<class '…'>: words"; only the words are for people.
        reason = str(cause).split(">: ", 1)[-1].splitlines()[0].rstrip(".") if str(cause) else type(cause).__name__
        if address.get_backend_name() == "sqlite":
            raise Misconfigured(f"{address.database} can't be used as an SQLite database: {reason}.") from None
        place = f"{address.host or 'the local socket'}:{address.port or 5432}"
        raise Misconfigured(
            f"PostgreSQL at {place} can't be reached or refused us ({reason}): start it, or correct DATABASE_URL."
        ) from None


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (PoolTimeout, OSError) as error:
        raise NotConfirmed("the database did not answer") from error
    except DBAPIError as error:
        if error.connection_invalidated or _away(error):
            raise NotConfirmed("the database did not answer") from error
        raise


def _away(error: DBAPIError) -> bool:
    """Whether the database was busy, full or gone, rather than asked something wrong."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_AWAY
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return state.startswith(_POSTGRES_AWAY) or isinstance(error, OperationalError | InterfaceError)
