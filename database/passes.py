"""Passes: single-use, expiring ways back into a case. Only a digest of each is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, select, update

from database.engine import Database, Rows, now
from database.passcode import new_code
from models.people import Frozen
from models.tables import PassRow

CODE_LIFETIME = timedelta(minutes=15)
Kind = Literal["link", "code"]


class Pass(Frozen):
    """What a pass opens, and until when. A ``link`` carries 128 bits, a ``code`` can be said on the phone."""

    case: str
    customer: str
    expires_at: datetime
    kind: str = "link"
    used: bool = False


_PASS = (PassRow.case_id.label("case"), PassRow.customer, PassRow.expires_at, PassRow.kind)


class Passes:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def issue(self, case: str, customer: str, *, lifetime: timedelta) -> str:
        """A new pass: 128 random bits, safe in a URL. It can't be read back."""
        token = secrets.token_urlsafe(16)
        await self._put(token, case, customer, lifetime, "link")
        return token

    async def issue_code(self, case: str, customer: str, *, lifetime: timedelta = CODE_LIFETIME) -> str:
        """A new pass that can be said: eight characters. The codes of the case before it are void."""
        before = (PassRow.case_id == case) & (PassRow.kind == "code") & PassRow.used_at.is_(None)
        await self._db.change(update(PassRow).where(before).values(used_at=now()))
        while True:
            code = new_code()
            if await self._put(code, case, customer, lifetime, "code"):
                return code

    async def look(self, token: str) -> Pass | None:
        """What the link would open; None when it is unknown, used, too old, or no link. Changes nothing."""
        return _first(await self._db.rows(select(*_PASS).where(_good(token, "link"))))

    async def use(self, token: str, *, kind: Kind = "link") -> Pass | None:
        """Opens it, once: of any number at once exactly one gets the pass. The case's other passes are void then.

        A ``code`` can be guessed: it is good only where tries are counted, and never as a link.
        """
        use = update(PassRow).where(_good(token, kind)).values(used_at=now()).returning(*_PASS)

        def work(connection: Connection) -> Pass | None:
            found = _first(connection.execute(use).all())
            if found is not None:
                theirs = and_(PassRow.case_id == found.case, PassRow.customer == found.customer)
                connection.execute(update(PassRow).where(theirs, PassRow.used_at.is_(None)).values(used_at=now()))
            return found

        return await self._db.at_once(work)

    async def _put(self, token: str, case: str, customer: str, lifetime: timedelta, kind: str) -> bool:
        new = self._db.insert(PassRow).values(
            digest=digest(token), case_id=case, customer=customer, expires_at=now() + lifetime, kind=kind
        )
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(PassRow.digest)))

    async def whose(self, token: str) -> Pass | None:
        """What a pass opened, used and outworn ones too: to send its owner another, never to let anybody in."""
        used = PassRow.used_at.is_not(None).label("used")
        return _first(await self._db.rows(select(*_PASS, used).where(PassRow.digest == digest(token))))


def _good(token: str, kind: Kind) -> ColumnElement[bool]:
    this = (PassRow.digest == digest(token)) & (PassRow.kind == kind)
    return and_(this, PassRow.used_at.is_(None), PassRow.expires_at > now())


def digest(token: str) -> str:
    """What is kept of a token. Its 128 bits need no salt; a code's 26 soon mean nothing."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _first(rows: Rows) -> Pass | None:
    return Pass(**rows[0]._mapping) if rows else None
