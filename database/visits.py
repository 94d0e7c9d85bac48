"""Whom a pass made of a visitor: until the visit is over they speak for that customer, in that one case."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from database.engine import Database, now
from database.passes import digest
from database.sessions import Session, session_of
from models.people import Assurance
from models.tables import SessionRow


class Visits:
    """A visit that is no browser's: a call, an address that texts. Kept beside the browsers' sessions."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def joined(self, visit: str, customer: str, case: str, assurance: Assurance, lifetime: timedelta) -> None:
        """The pass that was given last counts."""
        what = {"customer": customer, "case_id": case, "assurance": assurance.value, "expires_at": now() + lifetime}
        new = self._db.insert(SessionRow).values(digest=_kept(visit), **what)
        await self._db.change(new.on_conflict_do_update(index_elements=["digest"], set_=what))

    async def find(self, visit: str) -> Session | None:
        """None where no pass was given, or too long ago."""
        return await session_of(self._db, _kept(visit))

    async def over(self, visit: str) -> None:
        await self._db.change(delete(SessionRow).where(SessionRow.digest == _kept(visit)))


def _kept(visit: str) -> str:
    # No browser's token begins like this, and no visitor's name is anybody's cookie.
    return digest(f"visit:{visit}")
