"""How often somebody guessed, and who has to wait before the next try."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from database.engine import Database, now
from models.tables import TriesRow


@dataclass(frozen=True)
class Limit:
    """At most ``most`` wrong tries within ``within``; then none for ``locked``."""

    most: int
    within: timedelta
    locked: timedelta


class Tries:
    """Wrong tries by subject: an address, a network, everybody together. Only digests of subjects are kept."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def locked(self, *subjects: str) -> bool:
        """Whether any of them has to wait."""
        these = TriesRow.subject.in_([_kept(subject) for subject in subjects])
        found = await self._db.rows(select(func.count()).where(these, TriesRow.until > now()))
        return bool(found[0][0])

    async def failed(self, subject: str, limit: Limit) -> bool:
        """Counts a wrong try; True for the one that locks, and for that alone."""

        def work(connection: Connection) -> bool:
            count = self._counted(connection, _kept(subject), limit.within)
            if count != limit.most:
                return False
            lock = self._db.insert(TriesRow).values(subject=_kept(subject), count=count, since=now())
            until = {"until": now() + limit.locked}
            connection.execute(lock.on_conflict_do_update(index_elements=["subject"], set_=until))
            return True

        return await self._db.at_once(work)

    async def began(self, subject: str) -> datetime | None:
        """When the tries that count now began."""
        found = await self._db.rows(select(TriesRow.since).where(TriesRow.subject == _kept(subject)))
        return found[0].since if found else None

    async def forget(self, subject: str) -> None:
        """A right one: what went wrong before no longer counts."""
        await self._db.change(delete(TriesRow).where(TriesRow.subject == _kept(subject)))

    def _counted(self, connection: Connection, subject: str, within: timedelta) -> int:
        here: datetime = now()
        gone = delete(TriesRow).where(
            TriesRow.subject == subject,
            TriesRow.since <= here - within,
            TriesRow.until.is_(None) | (TriesRow.until <= here),
        )
        connection.execute(gone)
        new = self._db.insert(TriesRow).values(subject=subject, count=1, since=here)
        more = new.on_conflict_do_update(index_elements=["subject"], set_={"count": TriesRow.count + 1})
        return int(connection.execute(more.returning(TriesRow.count)).scalar_one())


def _kept(subject: str) -> str:
    return hashlib.sha256(subject.encode(errors="replace")).hexdigest()
