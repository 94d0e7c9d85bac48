"""Cases handed on, in fields: to a person or a team, accepted or on their way back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, select, text, update

from database.engine import Database, now
from models.follow_through import HandOver
from models.tables import CaseRow, CustomerRow, HandOverRow
from models.tables.base import CLAIMED
from models.tables.follow_through import HANDED

WITHIN = timedelta(hours=12)  # no claim outlives a session
_COLUMNS = [getattr(HandOverRow, "case_id" if name == "case" else name) for name in HandOver.model_fields]


@dataclass(frozen=True)
class Driven:
    """A case that somebody has in hand, and since when."""

    case: str
    moment: str
    name: str
    since: datetime


_LAST = (
    select(*_COLUMNS)
    .where(HandOverRow.case_id == bindparam("case"))
    .order_by(HandOverRow.at.desc(), HandOverRow.id)
    .limit(1)
)
_WAITING = (
    select(*_COLUMNS)
    .where(text(HANDED))
    .order_by(HandOverRow.at, HandOverRow.id)
    .limit(bindparam("most", type_=Integer))
)
_OF = _WAITING.where(HandOverRow.customer.in_(bindparam("customers", expanding=True)))


class HandOvers:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def hand(self, given: HandOver) -> HandOver:
        """Keep it, once for its id; one of the same case that still waited is replaced."""
        values = {"case_id" if name == "case" else name: value for name, value in given.model_dump().items()}

        def work(connection: Connection) -> HandOver:
            known = connection.execute(select(*_COLUMNS).where(HandOverRow.id == given.id)).first()
            if known is None:
                before = update(HandOverRow).where(HandOverRow.case_id == given.case, text(HANDED))
                connection.execute(before.values(state="replaced"))
                connection.execute(self._db.insert(HandOverRow).values(**values))
            return _hand_over(known) if known else given

        return await self._db.at_once(work)

    async def accept(self, case: str, person: str) -> HandOver | None:
        """Somebody goes on with the case; None where nothing of it waited."""
        this = update(HandOverRow).where(HandOverRow.case_id == case, text(HANDED))
        found = await self._db.change(this.values(state="accepted", accepted_by=person).returning(*_COLUMNS))
        return _hand_over(found[0]) if found else None

    async def last(self, case: str) -> HandOver | None:
        """What was said when the case was handed on last."""
        found = await self._db.rows(_LAST, case=case)
        return _hand_over(found[0]) if found else None

    async def waiting(self, limit: int = 200) -> list[HandOver]:
        """What nobody has accepted yet, longest waiting first."""
        return await self._list(_WAITING, limit)

    async def waits_for(self, person: str, team: str, customers: Collection[str]) -> list[HandOver]:
        """What of these customers waits for that person, or for their team."""
        found = await self._list(_OF, 50, customers=list(customers))
        return [each for each in found if each.is_for(person, team, now())]

    async def driven(self) -> dict[str, list[Driven]]:
        """The open cases in hand, by the id of who has them."""
        columns = (CaseRow.id, CaseRow.moment, CaseRow.turn, CustomerRow.name)
        joined = select(*columns).join(CustomerRow, CustomerRow.id == CaseRow.customer, isouter=True)
        query = joined.where(text(CLAIMED), CaseRow.touched_at > now() - WITHIN)
        found: dict[str, list[Driven]] = {}
        for row in await self._db.rows(query.order_by(CaseRow.touched_at, CaseRow.id)):
            claim = row.turn["claim"]
            since = datetime.fromisoformat(claim["since"])
            found.setdefault(claim["holder"], []).append(Driven(row.id, row.moment, row.name or "", since))
        return found

    async def _list(self, query: Select[*tuple[Any, ...]], limit: int, **values: Any) -> list[HandOver]:
        return [_hand_over(row) for row in await self._db.rows(query, most=limit, **values)]


def _hand_over(row: Any) -> HandOver:
    return HandOver(**{"case" if name == "case_id" else name: value for name, value in row._mapping.items()})
