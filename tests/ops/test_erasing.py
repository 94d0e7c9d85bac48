"""Erasing one of many: nothing of them is left anywhere, and all others go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from temporalio.client import WorkflowHistory

from database.audit import Audit
from database.belonging import KEPT, THEIRS
from database.customers import Customers
from database.engine import Database
from database.erasure import Erasures
from database.inbox import Inbox, Receipt
from database.vault import Vault
from models.errors import Unknown
from models.people import Address
from models.staff import Person, Role
from models.tables import DeedRow, Table
from ops.erasing import Erasing
from ops.replaying import Replaying
from switchboard.codec import data_converter
from tests.database.conftest import db, made_server, url
from tests.ops.crowd import NOW, Somebody, settle, traces
from workflows.catalogue import MOMENTS

__all__ = ["db", "made_server", "url"]
MASTER = bytes(range(32))
BOSS = Person(id="s_boss", sign_in="bo", name="Bo", role=Role.ADMIN, team="north", local=True, made_at=NOW)


@pytest.fixture
def vault(db: Database) -> Vault:
    return Vault(db, MASTER)


@pytest.fixture
async def audited(db: Database) -> AsyncIterator[Audit]:
    """The audit, emptied behind a test by what no trigger sees."""
    yield Audit(db)
    if db.dialect == "postgresql":
        await db.at_once(lambda connection: connection.exec_driver_sql("TRUNCATE audit"))


SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def files(db: Database) -> list[Path]:
    return sorted(Path(db.file).parent.glob("segue.db*")) if db.file else []


async def rows(db: Database) -> dict[str, int]:
    return {table.__tablename__: (await db.rows(select(func.count()).select_from(table)))[0][0] for table in THEIRS}


async def results(people: list[Somebody], vault: Vault) -> list[str]:
    async def each() -> AsyncIterator[WorkflowHistory]:
        for somebody in people:
            yield somebody.history

    replaying = Replaying(list(MOMENTS.values()), data_converter(vault))
    return [played.result async for played in replaying.play(each())]


def test_every_table_is_named() -> None:
    """A new table says whether its rows go with a person, or why they stay."""
    named = {table.__tablename__ for table in (*THEIRS, *KEPT)}
    assert named == set(Table.metadata.tables)
    assert not THEIRS.keys() & KEPT.keys()


async def test_only_the_one_is_gone(db: Database, vault: Vault, audited: Audit) -> None:
    people = await settle(db, vault, 6 if db.dialect == "postgresql" else 20)
    gone, others = people[3], [somebody for somebody in people if somebody is not people[3]]
    await audited.note(BOSS, "GET /x", customer=gone.id, note=f"asked for {gone.secret}")
    before = await rows(db)
    assert {name for name, count in before.items() if not count} == {"rebuilt"}
    assert traces(files(db), gone) or db.dialect == "postgresql"

    report = await Erasing(db, vault).erase(gone.id, "s_boss")

    assert report.left == {}
    assert report.looked_for.keys() >= {"name", "phone", "email", "words", "file"}
    after = await rows(db)
    assert {name: before[name] - after[name] for name in before} == {
        name: n // len(people) for name, n in before.items()
    }
    assert traces(files(db), gone) == {}
    assert all(traces(files(db), somebody) for somebody in others if db.file)
    assert await results([gone], vault) == ["undecodable"]
    assert set(await results(others, vault)) == {"fine"}
    [deed] = await db.rows(select(DeedRow.customer, DeedRow.note))
    assert (deed.customer, deed.note) == (gone.id, None)


@SQLITE
async def test_what_comes_late_goes_the_next_time(db: Database, vault: Vault) -> None:
    [ana] = await settle(db, vault, 1)
    await Customers(db).join(
        (other := await Customers(db).meet(Address(kind="phone", value="+12125550100"))).id, ana.id
    )
    erasing = Erasing(db, vault)
    looked = await erasing.look(other.id)
    assert looked.dry
    assert set(looked.records) == {ana.id, other.id}
    await erasing.erase(ana.id, "s_boss")
    assert await Customers(db).get(ana.id) is None
    again = await erasing.erase(ana.id, "s_boss")
    assert again.clean
    assert set(again.records) == {ana.id, other.id}
    assert [done.clean for done in await Erasures(db, vault).done(ana.id)] == [True, True]
    with pytest.raises(Unknown):
        await erasing.erase("c_nobodyatallwasthere22", "s_boss")


@SQLITE
async def test_what_comes_late_is_removed_as_well(db: Database, vault: Vault) -> None:
    """A step of the case, under way when it was ended, writes after all was removed."""
    [ana] = await settle(db, vault, 1)
    late = list[asyncio.Task[Receipt]]()

    def told(what: str) -> None:
        if what == "compacting" and not late:
            late.append(asyncio.create_task(Inbox(db).receive("twilio/SM1", "text", "f", {"From": ana.number})))

    report = await Erasing(db, vault, told=told, pauses=(0.0,)).erase(ana.id, "s_boss")

    assert (await late[0]).fresh
    assert not await Inbox(db).knows("twilio/SM1")
    assert report.left == {}
    assert traces(files(db), ana) == {}


async def test_why_somebody_was_erased_stays_when_they_are_erased_again(
    db: Database, vault: Vault, audited: Audit
) -> None:
    [ana] = await settle(db, vault, 1)
    erasing = Erasing(db, vault)
    await erasing.erase(ana.id, "s_boss")
    await audited.note(BOSS, "erase", customer=ana.id, note="ticket 2031")
    await erasing.erase(ana.id, "s_boss")
    assert [deed.note async for deed in audited.deeds(customer=ana.id)] == ["ticket 2031"]


@SQLITE
async def test_what_others_said_too_is_no_trace(db: Database, vault: Vault) -> None:
    ana, bob = await settle(db, vault, 2)
    for somebody in (ana, bob):
        await Customers(db).named(somebody.id, "Maria Garcia")

    report = await Erasing(db, vault).erase(ana.id, "s_boss")

    assert report.left == {}
    assert report.shared >= 1


@SQLITE
async def test_a_trace_in_another_file_is_told(db: Database, vault: Vault, tmp_path: Path) -> None:
    [ana] = await settle(db, vault, 1)
    other = tmp_path / "other"
    other.mkdir()
    (other / "temporal.db").write_bytes(b"\0" * 9_000_000 + f"call {ana.number} back".encode())

    report = await Erasing(db, vault, scan=(other,)).erase(ana.id, "s_boss")

    assert report.left == {"temporal.db": 1}
    assert not report.clean


async def test_the_audit_gives_up_notes_of_the_erased_alone(db: Database, audited: Audit) -> None:
    await audited.note(BOSS, "GET /x", customer="c_eve", note="kept")
    with pytest.raises(Exception, match="only added to"):
        await db.change(update(DeedRow).values(note=None))
    with pytest.raises(Exception, match="only added to"):
        await db.change(delete(DeedRow))
