"""The last upgrade-checks, for the page that shows what a deploy would do."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from database.engine import Database, now
from models.people import Frozen
from models.tables import CheckRow

KEPT = 5
_LISTED = 500


class Check(Frozen):
    """One of them; ``report`` is what ``segue ops upgrade-check --json`` prints, with the worst cases only."""

    id: str
    at: datetime
    cases: int
    hurt: int
    report: dict[str, Any]


class Checks:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def keep(self, report: dict[str, Any]) -> None:
        """Keep a report, and no more than the last few."""
        listed = [one for one in report["forecasts"] if one["kind"] != "moves-cleanly"][:_LISTED]
        values = {"id": secrets.token_hex(8), "at": now(), "cases": report["cases"], "hurt": report["hurt"]}
        await self._db.change(self._db.insert(CheckRow).values(**values, report={**report, "forecasts": listed}))
        keep = select(CheckRow.id).order_by(CheckRow.at.desc()).limit(KEPT)
        await self._db.change(delete(CheckRow).where(CheckRow.id.not_in(keep)))

    async def last(self) -> list[Check]:
        """The last few, newest first."""
        columns = (CheckRow.id, CheckRow.at, CheckRow.cases, CheckRow.hurt, CheckRow.report)
        found = await self._db.scan(select(*columns).order_by(CheckRow.at.desc()).limit(KEPT))
        return [Check(**row._mapping) for row in found]
