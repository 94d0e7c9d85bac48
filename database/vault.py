"""The vault: each customer's own data key, wrapped by the master key. Destroying it erases the person."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, select, update

from database import indexing
from database.customers import opaque
from database.engine import Database, now
from models.errors import Misconfigured, Unknown
from models.tables import KeyRow

_NONCE = 12
_MOST = 10_000


@dataclass(frozen=True)
class DataKey:
    """A customer's key: 32 bytes for AES-256, never shown."""

    id: str
    secret: bytes = field(repr=False)


class Vault:
    """Keys wrapped with AES-256-GCM, bound to their customer.

    Opened keys are remembered for ``keep``; that is also how long another process still knows a destroyed one.
    """

    def __init__(self, db: Database, master_key: bytes, *older: bytes, keep: timedelta = timedelta(minutes=5)) -> None:
        """``master_key``: 32 bytes; Misconfigured for any other length. ``older`` ones open only, until all is wrapped
        anew.
        """
        if any(len(key) != 32 for key in (master_key, *older)):
            raise Misconfigured("SEGUE_MASTER_KEY must be 32 bytes.")
        self._db = db
        self._master = AESGCM(master_key)
        self._older = [AESGCM(key) for key in older]
        self._keep = keep.total_seconds()
        self._known: dict[str, tuple[float, bytes]] = {}
        self._of: dict[str, str] = {}

    async def key_of(self, customer: str) -> DataKey:
        """The customer's key, made on first use; any number at once get one. Raises Unknown for an erased customer."""
        if (id := self._of.get(customer)) and (secret := self.cached_key(id)):
            return DataKey(id, secret)
        row = await self._find(customer) or await self._make(customer)
        if row[1] is None:
            raise Unknown("this customer was erased")
        return DataKey(row[0], self._open(row[0], customer, row[1]))

    async def key(self, id: str) -> bytes | None:
        """The key's 32 bytes; None when it was destroyed or never was."""
        if secret := self.cached_key(id):
            return secret
        whole = select(KeyRow.customer, KeyRow.wrapped).where(KeyRow.id == id, KeyRow.wrapped.is_not(None))
        found = await self._db.rows(whole)
        return self._open(id, found[0].customer, found[0].wrapped) if found else None

    async def owners(self, ids: Collection[str]) -> dict[str, str]:
        """The customer of each key there is, also of a destroyed one."""
        whole = select(KeyRow.id, KeyRow.customer).where(KeyRow.id.in_(list(ids)))
        return {row.id: row.customer for row in await self._db.rows(whole)}

    def cached_key(self, id: str) -> bytes | None:
        """The key if it is at hand, without asking the database."""
        until, secret = self._known.get(id, (0.0, b""))
        return secret if until > monotonic() else None

    async def destroy(self, customer: str) -> None:
        """Leaves a tombstone, also where there was no key yet. What the key encrypted can never be read again."""
        when = now()
        grave = self._db.insert(KeyRow).values(id=opaque("k"), customer=customer, made_at=when, destroyed_at=when)
        dig = grave.on_conflict_do_update(
            index_elements=["customer"],
            set_={"wrapped": None, "destroyed_at": when},
            where=KeyRow.wrapped.is_not(None),
        )

        def work(connection: Connection) -> None:
            connection.execute(dig)
            indexing.forget(connection, customer)

        await self._db.at_once(work)
        if id := self._of.pop(customer, None):
            self._known.pop(id, None)
        await self._db.scrub()

    async def _find(self, customer: str) -> tuple[str, bytes | None] | None:
        found = await self._db.rows(select(KeyRow.id, KeyRow.wrapped).where(KeyRow.customer == customer))
        return (found[0].id, found[0].wrapped) if found else None

    async def _make(self, customer: str) -> tuple[str, bytes | None]:
        wrapped = self._wrapped(customer, secrets.token_bytes(32))
        new = self._db.insert(KeyRow).values(id=opaque("k"), customer=customer, wrapped=wrapped, made_at=now())
        await self._db.change(new.on_conflict_do_nothing(index_elements=["customer"]))
        # Rows of this table are never deleted, so ours or a faster one's is there.
        return await self._find(customer) or await self._make(customer)

    async def rewrap(self, after: str = "", limit: int = 500) -> tuple[str, int, int]:
        """Wrap the keys behind this id with the newest master key: the last id (empty at the end), seen, and wrapped.

        A key that was destroyed or wrapped meanwhile stays as it is. Raises Misconfigured for one that none opens.
        """
        query = select(KeyRow.id, KeyRow.customer, KeyRow.wrapped).where(KeyRow.wrapped.is_not(None), KeyRow.id > after)
        rows = await self._db.rows(query.order_by(KeyRow.id).limit(limit))
        due = []
        for row in rows:
            secret = _unwrapped(self._master, row.customer, row.wrapped)
            if secret is None:
                anew = self._wrapped(row.customer, self._unwrap(row.customer, row.wrapped))
                due.append(
                    update(KeyRow).where(KeyRow.id == row.id, KeyRow.wrapped == row.wrapped).values(wrapped=anew)
                )

        def work(connection: Connection) -> int:
            return sum(connection.execute(each).rowcount for each in due)

        done = await self._db.at_once(work) if due else 0
        return (rows[-1].id if len(rows) == limit else ""), len(rows), done

    def _wrapped(self, customer: str, secret: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._master.encrypt(nonce, secret, customer.encode())

    def _unwrap(self, customer: str, wrapped: bytes) -> bytes:
        for master in (self._master, *self._older):
            if (secret := _unwrapped(master, customer, wrapped)) is not None:
                return secret
        raise Misconfigured("SEGUE_MASTER_KEY does not open this database's keys: set the one they were made with.")

    def _open(self, id: str, customer: str, wrapped: bytes) -> bytes:
        secret = self._unwrap(customer, wrapped)
        while len(self._known) >= _MOST:
            self._known.pop(next(iter(self._known)))
            self._of.pop(next(iter(self._of)))
        self._known[id] = (monotonic() + self._keep, secret)
        self._of[customer] = id
        return secret


def _unwrapped(master: AESGCM, customer: str, wrapped: bytes) -> bytes | None:
    try:
        return master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], customer.encode())
    except InvalidTag:
        return None
