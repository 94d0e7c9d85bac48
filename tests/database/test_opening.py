"""Opening a database: what is wrong is said in a sentence, and what is away is said as away."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from database.address import address_of
from database.engine import Database, migrate, now, open_database
from database.lines import FileLine
from models.errors import Misconfigured, NotConfirmed
from models.tables import BillRow, CustomerRow


@pytest.fixture
def free_port(unused_tcp_port: int) -> int:
    return unused_tcp_port


def new_customer(db: Database, id: str = "c_ada", met_at: datetime | None = None) -> dict[str, object]:
    return {"id": id, "language": "en", "zone": "UTC", "met_at": met_at or now()}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://localhost/segue", "mysql://, which Segue does not speak"),
        ("not an address", "not a database address"),
        ("", "not a database address"),
        ("postgresql://host:port/segue", "not a database address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////no/such/folder/segue.db", "/no/such/folder, does not exist: make it"),
    ],
)
async def test_a_wrong_address_is_explained(url: str, says: str) -> None:
    for use in (open_database, migrate):
        with pytest.raises(Misconfigured, match=says):
            await use(url)


async def test_a_folder_or_another_file_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="names a folder"):
        await migrate(f"sqlite:///{tmp_path}")
    (tmp_path / "notes.txt").write_text("These are notes, and no database, however long one looks at them. " * 20)
    with pytest.raises(Misconfigured, match="file is not a database"):
        await migrate(f"sqlite:///{tmp_path / 'notes.txt'}")


async def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so the system's answer is given for it.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Misconfigured, match="can't be written: let this user write"):
        await migrate(f"sqlite:///{tmp_path / 'segue.db'}")


async def test_a_server_that_is_not_there_is_named(free_port: int) -> None:
    with pytest.raises(Misconfigured, match=rf"PostgreSQL at 127.0.0.1:{free_port} can't be reached"):
        await open_database(f"postgresql://segue:secret@127.0.0.1:{free_port}/segue")


async def test_a_server_that_refuses_us_says_why(request: pytest.FixtureRequest) -> None:
    made: str = request.getfixturevalue("made_server")
    with pytest.raises(Misconfigured, match=r'refused us \(database "nowhere" does not exist\)') as refused:
        await open_database(made.rpartition("/")[0] + "/nowhere")
    assert "class" not in str(refused.value)
    with pytest.raises(Misconfigured, match="moonshine"):
        await open_database(made + "?moonshine=1")


async def test_no_password_is_repeated(free_port: int) -> None:
    with pytest.raises(Misconfigured) as refused:
        await open_database(f"postgresql://segue:secret@127.0.0.1:{free_port}/segue")
    assert "secret" not in str(refused.value)


def test_an_address_may_be_written_as_hosts_give_it() -> None:
    given = address_of("postgres://u:p@db.example.com/segue?sslmode=require&channel_binding=require")
    assert given.drivername == "postgresql+asyncpg"
    assert given.query == {"ssl": "require"}


async def test_a_database_without_tables_is_refused(empty_url: str) -> None:
    with pytest.raises(Misconfigured, match="migrate it first"):
        await open_database(empty_url)


async def test_a_newer_database_is_refused(empty_url: str) -> None:
    await migrate(empty_url)
    db = await open_database(empty_url)
    await db.at_once(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'")))
    await db.close()
    for use in (open_database, migrate):
        with pytest.raises(Misconfigured, match="made by a newer Segue"):
            await use(empty_url)


async def test_a_database_answers(db: Database, url: str) -> None:
    await db.ping()
    assert db.url == url
    async with db.sessions() as session:
        assert (await session.scalars(select(CustomerRow.id))).all() == []


async def test_readers_outside_can_only_read_a_file(db: Database) -> None:
    if db.dialect == "sqlite":
        async with db.sessions() as session:
            with pytest.raises(OperationalError, match="readonly"):
                await session.execute(update(CustomerRow).values(zone="UTC"))


async def test_work_that_fails_leaves_nothing(db: Database) -> None:
    def work(connection: Connection) -> None:
        connection.execute(db.insert(CustomerRow).values(**new_customer(db)))
        raise KeyError("on the way")

    with pytest.raises(KeyError):
        await db.at_once(work)
    assert await db.rows(select(CustomerRow.id)) == []


async def test_a_caller_who_gives_up_blocks_nobody(db: Database) -> None:
    def work(connection: Connection) -> None:
        connection.execute(delete(CustomerRow))
        for number in range(300):
            connection.execute(db.insert(CustomerRow).values(**new_customer(db, f"c_{number}")))

    for _ in range(3):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(db.at_once(work), 0.005)
        await db.change(update(CustomerRow).values(zone="Europe/Paris"))
    assert len(await db.rows(select(CustomerRow.id))) in {0, 300}


async def test_a_wrong_statement_is_not_taken_for_an_absence(db: Database) -> None:
    await db.change(db.insert(CustomerRow).values(**new_customer(db)))
    with pytest.raises(IntegrityError) as refused:
        await db.change(db.insert(CustomerRow).values(**new_customer(db)))
    assert "Europe" not in str(refused.value)


@pytest.mark.parametrize(("state", "away"), [("53300", True), ("57P03", True), ("40P01", True), ("22012", False)])
async def test_a_server_in_trouble_is_away(request: pytest.FixtureRequest, state: str, away: bool) -> None:
    db = await open_database(request.getfixturevalue("made_server"))
    trouble = text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")
    with pytest.raises(NotConfirmed if away else DBAPIError):
        await db.at_once(lambda connection: connection.execute(trouble))
    await db.close()


async def test_a_locked_file_is_away(made_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("database.lines._BUSY_SECONDS", 0)
    db = await open_database(f"sqlite:///{made_file}")
    other = sqlite3.connect(made_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotConfirmed):
        await db.change(db.insert(CustomerRow).values(**new_customer(db)))
    await db.ping()
    other.execute("ROLLBACK")
    await db.change(update(CustomerRow).values(zone="UTC"))
    other.close()
    await db.close()


async def test_a_write_waits_for_another_process(made_file: Path) -> None:
    db = await open_database(f"sqlite:///{made_file}")
    other = sqlite3.connect(made_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.ensure_future(db.change(update(CustomerRow).values(zone="UTC")))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    other.execute("ROLLBACK")
    await asyncio.wait_for(waiting, 3)
    other.close()
    await db.close()


async def test_a_server_that_drops_us_is_met_again(request: pytest.FixtureRequest) -> None:
    url: str = request.getfixturevalue("made_server")
    db, other = await open_database(url), await open_database(url)
    drop = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = :name"
    cut = text(drop).bindparams(name=url.rpartition("/")[2])

    def work(connection: Connection) -> None:
        connection.execute(text("SELECT pg_sleep(5)"))

    asleep = asyncio.ensure_future(db.at_once(work))
    await asyncio.sleep(0.2)
    await other.at_once(lambda connection: connection.execute(cut).all())
    with pytest.raises(NotConfirmed):
        await asyncio.wait_for(asleep, 3)
    await db.ping()
    for opened in (db, other):
        await opened.close()


async def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("database.lines._pragma", lambda *_: "delete")
    monkeypatch.setattr("database.lines._BUSY_SECONDS", 0)
    line = FileLine(address_of(f"sqlite:///{tmp_path / 'segue.db'}"))
    with pytest.raises(Misconfigured, match="local disk"):
        await line.write_ahead()
    await line.close()


async def test_times_come_back_in_utc_and_naive_ones_are_refused(db: Database) -> None:
    met = datetime(2031, 3, 9, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
    await db.change(db.insert(CustomerRow).values(**new_customer(db, met_at=met)))
    [row] = await db.rows(select(CustomerRow.met_at).where(CustomerRow.met_at == met))
    assert (row.met_at, row.met_at.tzinfo) == (met, UTC)
    with pytest.raises(StatementError, match="without a zone"):
        await db.change(update(CustomerRow).values(met_at=datetime(2031, 3, 9)))  # noqa: DTZ001 - what is refused


async def test_times_are_compared_as_times(db: Database) -> None:
    hour, zone = timedelta(hours=1), timezone(timedelta(hours=9))
    for number in range(3):
        met = datetime(2031, 3, 9, number, tzinfo=UTC).astimezone(zone)
        await db.change(db.insert(CustomerRow).values(**new_customer(db, f"c_{number}", met)))
    later = select(CustomerRow.id).where(CustomerRow.met_at > datetime(2031, 3, 9, tzinfo=UTC) + hour / 2)
    assert [row.id for row in await db.rows(later.order_by(CustomerRow.met_at))] == ["c_1", "c_2"]


async def test_money_finer_than_four_decimals_is_refused_by_a_file(db: Database) -> None:
    if db.dialect == "sqlite":
        with pytest.raises(StatementError, match="four decimals"):
            await db.rows(select(BillRow.id).where(BillRow.owed > Decimal("0.00001")))
