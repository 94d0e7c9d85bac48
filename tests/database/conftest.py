"""A database of each kind, fresh for every test."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from database.engine import Database, migrate, open_database
from models.tables import Table
from tests.aside import run_aside
from tests.database.postgres import ask, postgres_url

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def made_server() -> Iterator[str]:
    """A PostgreSQL database with all tables, to be emptied after use: ten times as fast as making one."""
    with postgres_url() as url:
        run_aside(migrate(url))
        yield url


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'segue.db'}"
    else:
        with postgres_url() as url:
            yield url


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows, of each kind. A test leaves the tables as they are."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("made_file"), tmp_path / "segue.db")
        yield f"sqlite:///{file}"
    else:
        address = request.getfixturevalue("made_server")
        yield address
        ask(address, ";".join(f"DELETE FROM {table.name}" for table in reversed(Table.metadata.sorted_tables)))


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url)
    yield opened
    await opened.close()
