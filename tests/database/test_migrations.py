"""The tables: made step by step, the same as the models say, by any number of processes at once."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from database.address import address_of
from database.customers import Customers
from database.engine import Database, migrate, move_tables, open_database
from database.lines import FileLine, Line, ServerLine
from database.schema import config
from models.people import Address
from models.tables import Table

ROOT = Path(__file__).resolve().parents[2]


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Table.metadata))


async def tables(url: str) -> set[str]:
    address = address_of(url)
    line: Line = FileLine(address) if address.get_backend_name() == "sqlite" else ServerLine(address)
    try:
        return set(await line.read(lambda connection: inspect(connection).get_table_names()))
    finally:
        await line.close()


async def test_models_and_migrations_agree(db: Database) -> None:
    assert await db.at_once(differences) == []


async def test_a_difference_would_be_seen(empty_url: str) -> None:
    def widen(connection: Connection) -> list[object]:
        connection.execute(text("ALTER TABLE cases ADD COLUMN surplus TEXT"))
        connection.execute(text("DROP INDEX uq_cases_one_open"))
        return differences(connection)

    await migrate(empty_url)
    db = await open_database(empty_url)
    assert len(await db.at_once(widen)) == 2
    await db.close()


async def test_up_down_and_up_again(empty_url: str) -> None:
    await migrate(empty_url)
    assert await tables(empty_url) == {*Table.metadata.tables, "alembic_version"}
    await move_tables(empty_url, "base", down=True)
    assert await tables(empty_url) == {"alembic_version"}
    await migrate(empty_url)
    db = await open_database(empty_url)
    await db.close()


async def test_migrating_again_keeps_what_is_there(db: Database, url: str) -> None:
    ada = await Customers(db).meet(Address(kind="phone", value="+12125550142"))
    await migrate(url)
    assert await Customers(db).get(ada.id) == ada


async def test_many_may_migrate_at_once(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(6)))
    await (await open_database(empty_url)).close()


async def test_processes_may_migrate_at_once(empty_url: str) -> None:
    one = f"import asyncio; from database.engine import migrate; asyncio.run(migrate({empty_url!r}))"
    command = [sys.executable, "-W", "error", "-c", one]
    started = [await asyncio.create_subprocess_exec(*command, cwd=ROOT) for _ in range(3)]
    assert [await process.wait() for process in started] == [0, 0, 0]
    await (await open_database(empty_url)).close()


async def test_a_step_that_fails_leaves_the_tables_as_they_were(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("alembic.op.create_index", broken)
    with pytest.raises(RuntimeError, match="disk is full"):
        await migrate(empty_url)
    assert await tables(empty_url) == set()


def test_steps_follow_each_other_in_one_line() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert len(scripts.get_heads()) == 1
    assert all(not step.is_branch_point for step in scripts.walk_revisions())
