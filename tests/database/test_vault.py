"""Customers' keys: one each, wrapped, and gone for good once destroyed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from database.engine import Database
from database.vault import Vault
from models.errors import Misconfigured, Unknown
from models.tables import KeyRow

MASTER = bytes(range(32))


@pytest.fixture
def vault(db: Database) -> Vault:
    return Vault(db, MASTER)


async def test_a_customer_has_one_key(vault: Vault, db: Database) -> None:
    made = await asyncio.gather(*(Vault(db, MASTER).key_of("c_ada") for _ in range(16)))
    key = await vault.key_of("c_ada")
    assert set(made) == {key}
    assert len(key.secret) == 32
    assert await vault.key(key.id) == await Vault(db, MASTER).key(key.id) == vault.cached_key(key.id) == key.secret
    assert (await vault.key_of("c_eve")).secret != key.secret


async def test_a_key_shows_itself_nowhere(vault: Vault, db: Database) -> None:
    key = await vault.key_of("c_ada")
    assert repr(key) == f"DataKey(id='{key.id}')"
    [row] = await db.rows(select(KeyRow.wrapped))
    assert key.secret not in row.wrapped


async def test_a_destroyed_key_leaves_a_tombstone_only(vault: Vault, db: Database) -> None:
    key = await vault.key_of("c_ada")
    await vault.destroy("c_ada")
    await vault.destroy("c_ada")
    assert vault.cached_key(key.id) is None
    assert await vault.key(key.id) is None
    with pytest.raises(Unknown):
        await vault.key_of("c_ada")
    [row] = await db.rows(select(KeyRow.id, KeyRow.wrapped, KeyRow.destroyed_at))
    assert (row.id, row.wrapped) == (key.id, None)
    assert row.destroyed_at is not None


async def test_who_was_erased_before_any_key_never_gets_one(vault: Vault) -> None:
    await vault.destroy("c_ada")
    with pytest.raises(Unknown):
        await vault.key_of("c_ada")


async def test_nothing_of_a_destroyed_key_stays_in_the_files(vault: Vault, db: Database) -> None:
    await vault.key_of("c_ada")
    [row] = await db.rows(select(KeyRow.wrapped))
    files = list(Path(db.url.removeprefix("sqlite:///")).parent.glob("segue.db*")) if db.dialect == "sqlite" else []
    assert any(row.wrapped in file.read_bytes() for file in files) == (db.dialect == "sqlite")
    await vault.destroy("c_ada")
    assert not any(row.wrapped in file.read_bytes() for file in files)


async def test_a_key_opens_for_its_own_customer_only(vault: Vault, db: Database) -> None:
    key = await vault.key_of("c_ada")
    await db.change(update(KeyRow).values(customer="c_eve"))
    with pytest.raises(Misconfigured):
        await Vault(db, MASTER).key(key.id)


async def test_another_process_forgets_a_destroyed_key_in_time(db: Database) -> None:
    here, there = Vault(db, MASTER), Vault(db, MASTER, keep=timedelta(0))
    key = await there.key_of("c_ada")
    assert there.cached_key(key.id) is None
    await here.destroy("c_ada")
    assert await there.key(key.id) is None


async def test_a_wrong_master_key_is_named(vault: Vault, db: Database) -> None:
    key = await vault.key_of("c_ada")
    with pytest.raises(Misconfigured, match="32 bytes"):
        Vault(db, b"short")
    with pytest.raises(Misconfigured, match="SEGUE_MASTER_KEY"):
        await Vault(db, bytes(32)).key(key.id)


async def test_no_such_key_is_none(vault: Vault) -> None:
    assert vault.cached_key("k_none") is None
    assert await vault.key("k_none") is None
