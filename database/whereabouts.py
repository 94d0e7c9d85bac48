"""Where a customer is this moment: with the page of their case open, or on the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from database.engine import Database, now
from models.tables import CallRow, OpenPageRow

RENEWED = timedelta(seconds=20)
# A page whose server died is believed to be open no longer than this.
BELIEVED = timedelta(seconds=50)
LONGEST_CALL = timedelta(hours=4)


@dataclass(frozen=True)
class There:
    """``page``: they have the case's page open; ``call``: they are on a call about it."""

    page: bool = False
    call: bool = False


class Whereabouts:
    """Open pages are told by the servers that hold them, so that every server knows."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def page_open(self, case: str, visit: str) -> None:
        """That page is open now. To be said again every :data:`RENEWED`."""
        new = self._db.insert(OpenPageRow).values(case_id=case, visit=visit, seen_at=now())
        again = new.on_conflict_do_update(index_elements=["case_id", "visit"], set_={"seen_at": new.excluded.seen_at})
        await self._db.change(again)

    async def page_closed(self, case: str, visit: str) -> None:
        this = (OpenPageRow.case_id == case) & (OpenPageRow.visit == visit)
        await self._db.change(delete(OpenPageRow).where(this))

    async def there(self, case: str) -> There:
        pages = select(OpenPageRow.visit).where(OpenPageRow.case_id == case, OpenPageRow.seen_at > now() - BELIEVED)
        calls = select(CallRow.sid).where(
            CallRow.case_id == case, CallRow.over.is_(False), CallRow.started_at > now() - LONGEST_CALL
        )
        return There(bool(await self._db.rows(pages.limit(1))), bool(await self._db.rows(calls.limit(1))))
