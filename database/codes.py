"""One-time codes: six digits, single use, few tries, few an hour."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Connection, ScalarSelect, func, literal, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from database.engine import Database, now
from models.errors import TooManyCodes
from models.tables import CodeRow

Verdict = Literal["right", "wrong", "used_up", "expired"]

TRIES = 5
AN_HOUR = 5


class Codes:
    """A code is good for one purpose and subject; a newer one for the same takes its place."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def issue(self, purpose: str, subject: str, *, lifetime: timedelta) -> str:
        """A new code, six digits. Raises TooManyCodes for the sixth of a subject within an hour."""
        code = f"{secrets.randbelow(10**6):06}"
        salt = secrets.token_bytes(16)
        row = {"subject": subject, "purpose": purpose, "salt": salt, "digest": _digest(salt, code), "tries": 0}
        new = row | {"issued_at": now(), "expires_at": now() + lifetime}
        # Nothing is inserted at the limit, and where another was issued at the same time: then look again.
        while not await self._db.change(self._next(new)):
            if (await self._db.rows(select(_lately(subject))))[0][0] >= AN_HOUR:
                raise TooManyCodes("too-many-codes")
        return code

    async def check(self, purpose: str, subject: str, code: str) -> Verdict:
        """Counts the try, then compares. A right code is right once, among any number at once."""
        theirs = select(CodeRow.number).where(CodeRow.subject == subject, CodeRow.purpose == purpose)
        latest = theirs.order_by(CodeRow.number.desc()).limit(1).scalar_subquery()
        this = (CodeRow.subject == subject) & (CodeRow.number == latest)
        good = this & CodeRow.used_at.is_(None) & (CodeRow.tries < TRIES) & (CodeRow.expires_at > now())
        trying = update(CodeRow).where(good).values(tries=CodeRow.tries + 1).returning(CodeRow.salt, CodeRow.digest)

        def work(connection: Connection) -> Verdict:
            row = connection.execute(trying).first()
            if row is None:
                spent = select(CodeRow.number).where(this, or_(CodeRow.used_at.is_not(None), CodeRow.tries >= TRIES))
                return "used_up" if connection.execute(spent).first() else "expired"
            if not hmac.compare_digest(row.digest, _digest(row.salt, code)):
                return "wrong"
            connection.execute(update(CodeRow).where(this).values(used_at=now()))
            return "right"

        return await self._db.at_once(work)

    async def void(self, purpose: str, subject: str) -> None:
        """Make all codes of this purpose worthless; issues none."""
        theirs = update(CodeRow).where(CodeRow.subject == subject, CodeRow.purpose == purpose)
        await self._db.change(theirs.where(CodeRow.used_at.is_(None)).values(used_at=now()))

    def _next(self, new: dict[str, Any]) -> ReturningInsert[*tuple[Any, ...]]:
        columns = CodeRow.__table__.columns
        count = func.coalesce(func.max(CodeRow.number), 0) + 1
        last = select(count.label("number")).where(CodeRow.subject == new["subject"]).subquery()
        values = [literal(value, columns[name].type).label(name) for name, value in new.items()]
        rows = select(last.c.number, *values).where(_lately(new["subject"]) < AN_HOUR)
        inserted = self._db.insert(CodeRow).from_select(["number", *new], rows).on_conflict_do_nothing()
        return inserted.returning(CodeRow.number)


def _lately(subject: str) -> ScalarSelect[int]:
    since = now() - timedelta(hours=1)
    count = select(func.count()).where(CodeRow.subject == subject, CodeRow.issued_at > since)
    return count.scalar_subquery()


def _digest(salt: bytes, code: str) -> bytes:
    # Six digits can be tried out whatever the hash costs; what protects them is that they soon mean nothing.
    return hashlib.sha256(salt + code.encode(errors="replace")).digest()
