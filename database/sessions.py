"""Web sessions. Only a digest of each token is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select

from database.engine import Database, now
from database.passes import digest
from models.people import Assurance, Frozen
from models.tables import CustomerRow, SessionRow


class Session(Frozen):
    """Who a browser belongs to, and the case it came for, if any."""

    customer: str
    case: str | None
    assurance: Assurance
    expires_at: datetime


_GOOD = (
    select(
        func.coalesce(CustomerRow.joined, SessionRow.customer).label("customer"),
        SessionRow.case_id.label("case"),
        SessionRow.assurance,
        SessionRow.expires_at,
    )
    .join(CustomerRow, CustomerRow.id == SessionRow.customer, isouter=True)
    .where(SessionRow.digest == bindparam("digest"), SessionRow.expires_at > bindparam("here"))
)


async def session_of(db: Database, digest: str) -> Session | None:
    """The good session of a digest; its customer is whose record that is today."""
    found = await db.rows(_GOOD, digest=digest, here=now())
    return Session(**found[0]._mapping) if found else None


class Sessions:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def open(self, customer: str, case: str | None, assurance: Assurance, lifetime: timedelta) -> str:
        """A new session's token: 256 random bits for a cookie. It can't be read back."""
        token = secrets.token_urlsafe(32)
        new = insert(SessionRow).values(
            digest=digest(token), customer=customer, case_id=case, assurance=assurance, expires_at=now() + lifetime
        )
        await self._db.change(new)
        return token

    async def find(self, token: str) -> Session | None:
        """None when it is unknown, closed or too old."""
        return await session_of(self._db, digest(token))

    async def close(self, token: str) -> None:
        await self._db.change(delete(SessionRow).where(SessionRow.digest == digest(token)))
