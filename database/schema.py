"""Which tables a database has, and bringing them up to date."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models.errors import Misconfigured

_LOCK = 0x5E69_0E  # any number, the same in every Segue


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, made here so that no file at the root is needed."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def check(connection: Connection) -> None:
    """Raises Misconfigured unless the database has exactly the tables this Segue knows."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found == _head():
        return
    _refuse_newer(ScriptDirectory.from_config(config()), found)
    raise Misconfigured("The tables of this database are missing or older than this Segue: migrate it first.")


@cache
def _head() -> str | None:
    """The newest revision; finding it reads every migration there is."""
    return ScriptDirectory.from_config(config()).get_current_head()


def move(connection: Connection, revision: str, *, down: bool = False) -> None:
    """Moves the tables to a revision, within the connection's transaction: all of it or nothing."""
    if connection.dialect.name == "postgresql":
        # Held to the end of the transaction; whoever waits here then finds the work done.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    _refuse_newer(ScriptDirectory.from_config(config()), MigrationContext.configure(connection).get_current_revision())
    (command.downgrade if down else command.upgrade)(config(connection), revision)


def _refuse_newer(scripts: ScriptDirectory, found: str | None) -> None:
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise Misconfigured("This database was made by a newer Segue: start that one, or restore an older copy.")
