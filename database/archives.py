"""Closed histories, compressed and sealed with their customer's own key: they outlive Temporal's retention."""

from __future__ import annotations

import asyncio
import secrets
import zlib
from collections.abc import AsyncIterator, Collection, Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, func, select, tuple_

from database.engine import Database, now
from database.vault import Vault
from models.errors import Unknown
from models.people import Frozen
from models.tables import ArchiveRow

_NONCE = 12
_AT_ONCE = 50
_META = (ArchiveRow.case_id, ArchiveRow.run, ArchiveRow.began_at, ArchiveRow.closed_at, ArchiveRow.events)


class Kept(Frozen):
    """One archived run of a case."""

    case: str
    run: str
    began_at: datetime
    closed_at: datetime
    events: int

    @property
    def moment(self) -> str:
        return self.case.split("/")[0]

    @property
    def customer(self) -> str:
        return self.case.split("/")[1]


class Archives:
    """Contents are bytes; what they hold is known to who archives."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def keep(self, kept: Kept, content: bytes) -> None:
        """Keep a run, once. Raises Unknown for an erased customer."""
        key = await self._vault.key_of(kept.customer)
        sealed = await asyncio.to_thread(_sealed, key.secret, kept, content)
        new = self._db.insert(ArchiveRow).values(
            case_id=kept.case, run=kept.run, customer=kept.customer, moment=kept.moment, began_at=kept.began_at,
            closed_at=kept.closed_at, events=kept.events, content=sealed, key_id=key.id, archived_at=now(),
        )  # fmt: skip
        await self._db.change(new.on_conflict_do_nothing())

    async def missing(self, runs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Of these (case, run), those that are not kept yet."""
        pair = tuple_(ArchiveRow.case_id, ArchiveRow.run)
        there = await self._db.scan(select(ArchiveRow.case_id, ArchiveRow.run).where(pair.in_(list(runs))))
        return set(runs) - {(row.case_id, row.run) for row in there}

    async def runs(self, case: str) -> list[Kept]:
        """The runs that are kept of a case, oldest first."""
        theirs = select(*_META).where(ArchiveRow.case_id == case).order_by(ArchiveRow.closed_at, ArchiveRow.began_at)
        return [_kept(row._mapping) for row in await self._db.scan(theirs)]

    async def content(self, kept: Kept) -> bytes:
        """What was kept. Raises Unknown where it is not there, or the customer was erased."""
        row = ArchiveRow
        one = select(row.content, row.key_id).where(row.case_id == kept.case, row.run == kept.run)
        found = await self._db.scan(one)
        secret = await self._vault.key(found[0].key_id) if found else None
        if secret is None:
            raise Unknown("this history was erased, or never kept")
        return await asyncio.to_thread(_opened, secret, kept, found[0].content)

    async def all(self, moment: str | None = None, since: datetime | None = None) -> AsyncIterator[Kept]:
        """All kept runs, by case and run; of one moment, or closed since then, where given."""
        last: Kept | None = None
        while True:
            query = select(*_META).order_by(ArchiveRow.case_id, ArchiveRow.run).limit(_AT_ONCE)
            for condition in _wanted(moment, since, last):
                query = query.where(condition)
            found = [_kept(row._mapping) for row in await self._db.scan(query)]
            for each in found:
                yield each
            if len(found) < _AT_ONCE:
                return
            last = found[-1]

    async def size(self) -> tuple[int, int]:
        """How many runs are kept, and their bytes."""
        bytes_ = func.coalesce(func.sum(func.length(ArchiveRow.content)), 0)
        found = await self._db.scan(select(func.count(), bytes_).select_from(ArchiveRow))
        return int(found[0][0]), int(found[0][1])


def _wanted(moment: str | None, since: datetime | None, last: Kept | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if moment:
        conditions.append(ArchiveRow.moment == moment)
    if since:
        conditions.append(ArchiveRow.closed_at >= since)
    if last:
        conditions.append(tuple_(ArchiveRow.case_id, ArchiveRow.run) > (last.case, last.run))
    return conditions


def _kept(row: Mapping[Any, Any]) -> Kept:
    given = dict(row)
    return Kept(case=given.pop("case_id"), **given)


def _sealed(secret: bytes, kept: Kept, content: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, zlib.compress(content, 6), f"{kept.case} {kept.run}".encode())


def _opened(secret: bytes, kept: Kept, sealed: bytes) -> bytes:
    try:
        content = AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], f"{kept.case} {kept.run}".encode())
    except InvalidTag:
        raise Unknown("this history was changed, or belongs to another key") from None
    return zlib.decompress(content)
