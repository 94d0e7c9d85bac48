"""Web sessions. Only a digest of each token is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, select

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


def session_of(digest: str) -> Select[*tuple[Any, ...]]:
    """The good session of a digest; its customer is whose record that is today."""
    whose = func.coalesce(CustomerRow.joined, SessionRow.customer).label("customer")
    query = select(whose, SessionRow.case_id.label("case"), SessionRow.assurance, SessionRow.expires_at)
    known = query.join(CustomerRow, CustomerRow.id == SessionRow.customer, isouter=True)
    return known.where(SessionRow.digest == digest, SessionRow.expires_at > now())


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
        query = session_of(digest(token))
        found = await self._db.rows(query)
        return Session(**found[0]._mapping) if found else None

    async def close(self, token: str) -> None:
        await self._db.change(delete(SessionRow).where(SessionRow.digest == digest(token)))
