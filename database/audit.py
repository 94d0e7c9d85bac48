"""What staff looked at and changed. It only grows: the database itself refuses to alter or remove any of it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

from sqlalchemy import select

from database.engine import Database, now
from models.staff import Deed, Person, Why
from models.tables import DeedRow

A_PAGE = 1000
_DEED = (
    DeedRow.number,
    DeedRow.at,
    DeedRow.staff,
    DeedRow.name,
    DeedRow.role,
    DeedRow.team,
    DeedRow.what,
    DeedRow.customer,
    DeedRow.case_id.label("case"),
    DeedRow.why,
    DeedRow.note,
)


class Audit:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def note(
        self, person: Person, what: str, *, customer: str | None = None, case: str | None = None,
        why: Why | None = None, note: str | None = None, mark: str = "",
    ) -> None:  # fmt: skip
        """Who did what, to whom and why, now. The same ``mark`` is noted once; NotConfirmed where it can't be."""
        new = self._db.insert(DeedRow).values(
            mark=mark or secrets.token_hex(16), at=now(), staff=person.id, name=person.name, role=person.role,
            team=person.team, what=what, customer=customer, case_id=case, why=why, note=note and note[:500],
        )  # fmt: skip
        await self._db.change(new.on_conflict_do_nothing())

    async def deeds(self, *, after: int = 0, customer: str | None = None) -> AsyncIterator[Deed]:
        """Everything after a number, oldest first; of one customer, where given."""
        while True:
            query = select(*_DEED).where(DeedRow.number > after).order_by(DeedRow.number).limit(A_PAGE)
            found = await self._db.rows(query if customer is None else query.where(DeedRow.customer == customer))
            for row in found:
                yield Deed(**row._mapping)
            if len(found) < A_PAGE:
                return
            after = found[-1].number
