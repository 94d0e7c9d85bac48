"""What is put before one of the team at once: a call, a chat, a case handed over. The case waits in the queue too."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, select, text, true, update

from database.engine import Database, now
from models.people import Frozen
from models.tables import PopRow
from models.tables.base import POPPED

Kind = Literal["call", "chat", "handed-over", "owned", "promise"]
LONGEST = timedelta(hours=12)
_COLUMNS = (PopRow.id, PopRow.staff, PopRow.kind, PopRow.case_id.label("case"), PopRow.customer, PopRow.at)


class Pop(Frozen):
    """What waits on somebody's screen, since ``at``."""

    id: str
    staff: str
    kind: Kind
    case: str | None
    customer: str
    at: datetime


class Pops:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def pop(self, person: str, kind: Kind, *, case: str | None, customer: str, once: str) -> bool:
        """Put it before somebody; True for the first of all with the same ``once``."""
        new = self._db.insert(PopRow).values(**_row(person, kind, case, customer, once))
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(PopRow.id)))

    async def waiting(self, person: str) -> list[Pop]:
        """What is before somebody now, longest first."""
        return await self._list(PopRow.staff == person)

    async def seen(self, id: str, person: str) -> None:
        """They took it, or put it away."""
        this = update(PopRow).where(PopRow.id == id, PopRow.staff == person, PopRow.seen_at.is_(None))
        await self._db.change(this.values(seen_at=now()))

    async def opened(self, person: str, *, case: str | None, customer: str) -> None:
        """They have the case open, or the customer: nothing of it needs to be put before them any more."""
        what = PopRow.case_id == case if case else PopRow.case_id.is_(None) & (PopRow.customer == customer)
        these = update(PopRow).where(PopRow.staff == person, what, text(POPPED))
        await self._db.change(these.values(seen_at=now()))

    async def offered(self, case: str) -> set[str]:
        """Before whom a case was put so far."""
        theirs = select(PopRow.staff).where(PopRow.case_id == case, PopRow.at > now() - LONGEST)
        return {row.staff for row in await self._db.rows(theirs)}

    async def all(self) -> list[Pop]:
        """What is before anybody now, longest first."""
        return await self._list(true())

    async def pass_on(self, pop: Pop, to: str) -> bool:
        """Before somebody else too, as nobody took it; True for the one server that did it."""
        return await self.pop(to, pop.kind, case=pop.case, customer=pop.customer, once=f"{pop.id}>next")

    async def taken(self, case: str, by: str) -> None:
        """Somebody drives the case: it is off everybody else's screen."""
        others = update(PopRow).where(PopRow.case_id == case, PopRow.staff != by, PopRow.seen_at.is_(None))
        await self._db.change(others.values(seen_at=now()))

    async def _list(self, which: ColumnElement[bool]) -> list[Pop]:
        query = select(*_COLUMNS).where(text(POPPED), which, PopRow.at > now() - LONGEST)
        return [Pop(**row._mapping) for row in await self._db.rows(query.order_by(PopRow.at, PopRow.id))]


def _row(person: str, kind: Kind, case: str | None, customer: str, once: str) -> dict[str, Any]:
    id = f"pop_{secrets.token_hex(8)}"
    return {
        "id": id,
        "staff": person,
        "kind": kind,
        "case_id": case,
        "customer": customer,
        "once": once,
        "at": now(),
        "seen_at": None,
    }
