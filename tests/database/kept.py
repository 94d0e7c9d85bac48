"""One SQLite database for all tests of a process that need no other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from database.engine import Database, migrate, open_database
from tests.aside import run_aside


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("made") / "made.db"
    run_aside(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def kept_database(made_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Open for as long as this process tests: it knows each statement from the second time on."""
    file = shutil.copy(made_file, tmp_path_factory.mktemp("kept") / "segue.db")
    opened = run_aside(open_database(f"sqlite:///{file}"))
    yield opened
    run_aside(opened.close())


@pytest.fixture
async def db(kept_database: Database, made_file: Path) -> Database:
    """With all tables and no rows."""
    assert kept_database.file is not None
    await kept_database.at_once(lambda _: None)  # what the test before had begun to write is written
    with closing(sqlite3.connect(made_file)) as made, closing(sqlite3.connect(kept_database.file)) as file:
        file.execute("PRAGMA synchronous=OFF")
        made.backup(file)
    return kept_database
