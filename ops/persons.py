"""What is kept of a person, for the pages of ops."""

from __future__ import annotations

import asyncio

from temporalio.client import Client

from database.engine import Database
from database.erasure import Erasures
from database.vault import Vault
from models.erasure import Erased, Report
from ops.erasing import Erasing, Farewell
from ops.exporting import Exporting


class Persons:
    """Looked at, given to them, or erased."""

    def __init__(self, db: Database, vault: Vault, client: Client | None, farewell: Farewell | None) -> None:
        self._erasures = Erasures(db, vault)
        self._erasing = Erasing(db, vault, client, farewell)
        self._exporting = Exporting(db, vault)

    async def look(self, customer: str) -> Report:
        return await self._erasing.look(customer)

    async def names(self, customer: str, text: str) -> bool:
        return await self._erasing.names(customer, text)

    async def erase(self, customer: str, by: str, *, tell: bool = False) -> Report:
        return await self._erasing.erase(customer, by, tell=tell)

    async def zipped(self, customer: str) -> bytes:
        export = await self._exporting.export(customer)
        return await asyncio.to_thread(export.zipped)

    async def done(self, customer: str | None = None) -> list[Erased]:
        return await self._erasures.done(customer)
