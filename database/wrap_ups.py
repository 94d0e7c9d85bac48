"""How conversations ended, in the words of whoever had them; and which of them nobody has said yet."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import ColumnElement, select, text, update

from database.engine import Database, now
from models.follow_through import Ending, WrapUp
from models.tables import WrapUpRow
from models.tables.follow_through import OPEN_WRAP_UP

_COLUMNS = [getattr(WrapUpRow, "case_id" if name == "case" else name) for name in WrapUp.model_fields]


class WrapUps:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(self, once: str, case: str, customer: str, staff: str) -> None:
        """Somebody let go of a case: how it ended is still to be said. Once for each ``once``, one open at a time."""
        if any(each.case == case for each in await self.of(staff)):
            return
        id = f"w_{hashlib.sha256(once.encode(errors='replace')).hexdigest()[:20]}"
        new = self._db.insert(WrapUpRow).values(
            id=id, case_id=case, customer=customer, staff=staff, at=now(), ending=None, note="", done_at=None
        )
        await self._db.change(new.on_conflict_do_nothing())

    async def done(self, id: str, staff: str, ending: Ending, note: str) -> WrapUp | None:
        """How it ended; None where that is no open one of theirs."""
        this = update(WrapUpRow).where(WrapUpRow.id == id, WrapUpRow.staff == staff, text(OPEN_WRAP_UP))
        said = this.values(ending=ending.value, note=note, done_at=now())
        found = await self._db.change(said.returning(*_COLUMNS))
        return _wrap_up(found[0]) if found else None

    async def of(self, staff: str, limit: int = 50) -> list[WrapUp]:
        """What somebody has not said yet, the newest first."""
        return await self._list((WrapUpRow.staff == staff) & text(OPEN_WRAP_UP), limit)

    async def last(self, case: str) -> WrapUp | None:
        """How the case's last conversation ended."""
        found = await self._list((WrapUpRow.case_id == case) & WrapUpRow.done_at.is_not(None), 1)
        return found[0] if found else None

    async def _list(self, which: ColumnElement[bool], limit: int) -> list[WrapUp]:
        query = select(*_COLUMNS).where(which).order_by(WrapUpRow.at.desc(), WrapUpRow.id)
        return [_wrap_up(row) for row in await self._db.rows(query.limit(limit))]


def _wrap_up(row: Any) -> WrapUp:
    return WrapUp(**{"case" if name == "case_id" else name: value for name, value in row._mapping.items()})
