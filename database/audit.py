"""What staff looked at and changed. It only grows: the database itself refuses to alter or remove any of it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
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


@dataclass(frozen=True)
class Sifting:
    """Which deeds are wanted; what is empty lets everything through. ``who`` and ``what`` are parts of words."""

    who: str = ""
    what: str = ""
    customer: str = ""
    why: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        wanted = [(DeedRow.name, self.who), (DeedRow.what, self.what)]
        found = [func.lower(column).contains(part.lower(), autoescape=True) for column, part in wanted if part.strip()]
        exact = [(DeedRow.customer, self.customer), (DeedRow.why, self.why)]
        return [*found, *(column == value for column, value in exact if value)]


@cache
def _noting(insert: Inserting) -> UpdateBase:
    return insert(DeedRow).on_conflict_do_nothing()


class Audit:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def note(
        self, person: Person, what: str, *, customer: str | None = None, case: str | None = None,
        why: Why | None = None, note: str | None = None, mark: str = "",
    ) -> None:  # fmt: skip
        """Who did what, to whom and why, now. The same ``mark`` is noted once; NotConfirmed where it can't be."""
        await self._db.change(
            _noting(self._db.insert), mark=mark or secrets.token_hex(16), at=now(), staff=person.id, name=person.name,
            role=person.role, team=person.team, what=what, customer=customer, case_id=case, why=why,
            note=note and note[:500],
        )  # fmt: skip

    async def notes(self, person: Person, what: str, each: Sequence[tuple[str, str]]) -> None:
        """The same deed to several customers, each with its own note, at once."""
        who = {"at": now(), "staff": person.id, "name": person.name, "role": person.role, "team": person.team}
        rows = [
            {"mark": secrets.token_hex(16), **who, "what": what, "customer": customer, "note": note[:500]}
            for customer, note in each
        ]
        if rows:
            await self._db.change(self._db.insert(DeedRow).values(rows))

    async def last(self, customer: str, whats: Collection[str]) -> Deed | None:
        """The newest of these deeds about a customer."""
        theirs = select(*_DEED).where(DeedRow.customer == customer, DeedRow.what.in_(whats))
        found = await self._db.rows(theirs.order_by(DeedRow.number.desc()).limit(1))
        return Deed(**found[0]._mapping) if found else None

    async def newest(self, limit: int, sifting: Sifting | None = None, *, before: int = 0) -> list[Deed]:
        """What was done last, newest first: what passes the sieve, and came before a number where one is given."""
        query = select(*_DEED).order_by(DeedRow.number.desc()).limit(limit)
        for condition in (sifting or Sifting()).conditions():
            query = query.where(condition)
        found = await self._db.scan(query.where(DeedRow.number < before) if before else query)
        return [Deed(**row._mapping) for row in found]

    async def deeds(self, *, after: int = 0, customer: str | None = None) -> AsyncIterator[Deed]:
        """Everything after a number, oldest first; of one customer, where given."""
        while True:
            query = select(*_DEED).where(DeedRow.number > after).order_by(DeedRow.number).limit(A_PAGE)
            found = await self._db.scan(query if customer is None else query.where(DeedRow.customer == customer))
            for row in found:
                yield Deed(**row._mapping)
            if len(found) < A_PAGE:
                return
            after = found[-1].number
