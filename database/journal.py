"""The journal: what happened in each case, the case as it now stands, and the facts that outlive it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, case as either, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
from database.indexing import Words
from models.case import Status
from models.journal import Page, Row
from models.ledger import Fact
from models.tables import CaseRow, FactRow, JournalRow

_ROW = (
    JournalRow.case_id,
    JournalRow.sequence,
    JournalRow.at,
    JournalRow.what,
    JournalRow.key,
    JournalRow.channel,
    JournalRow.actor,
    JournalRow.assurance,
    JournalRow.data,
)
_CLOSED = {status.value for status in Status if status.closed}


@cache
def _upserts(insert: Inserting) -> tuple[UpdateBase, UpdateBase, UpdateBase]:
    """Of rows, a case and facts. ``Journal.write`` stands on the path of every answer."""
    row, case, fact = insert(JournalRow), insert(CaseRow), insert(FactRow)
    kept = {"case_id", "sequence"}
    rows = row.on_conflict_do_update(
        index_elements=["case_id", "sequence"],
        set_={column.name: column for column in row.excluded if column.name not in kept},
    )
    moving = ("open", "status", "step", "sequence", "turn", "touched_at")
    cases = case.on_conflict_do_update(
        index_elements=["id"],
        set_={name: case.excluded[name] for name in moving}
        | {"opened_at": either((CaseRow.sequence == 0, case.excluded.opened_at), else_=CaseRow.opened_at)},
        where=case.excluded.sequence >= CaseRow.sequence,
    )
    facts = fact.on_conflict_do_update(
        index_elements=["customer", "name"],
        set_={name: fact.excluded[name] for name in ("value", "by", "at", "until", "case_id")},
        where=fact.excluded.at >= FactRow.at,
    )
    return rows, cases, facts


class Journal:
    """With ``words`` given, what people write is found by the desk's search, too."""

    def __init__(self, db: Database, words: Words | None = None) -> None:
        self._db = db
        self._words = words
        self._rows, self._case, self._facts = _upserts(db.insert)

    async def write(self, page: Page) -> None:
        """Writes a page whole or not at all; again as often as you like, in any order of pages.

        The last writer of a sequence wins; the case keeps its newest page, a fact its newest saying.
        """
        try:
            await self._write(page, _case(page))
        except IntegrityError:
            # A later case of this customer and moment already holds the open place. What happened is kept all the same.
            await self._write(page, _case(page) | {"open": False})

    async def write_all(self, pages: Sequence[Page]) -> None:
        """Pages of one case in their order, at once; as :meth:`write` does one by one."""

        def work(connection: Connection) -> None:
            for page in pages:
                self._put(connection, page, _case(page))

        try:
            await self._db.at_once(work)
        except IntegrityError:
            for page in pages:
                await self.write(page)

    async def rows(self, case: str, after: int = 0) -> list[Row]:
        """A case's rows in order, from the one behind ``after``."""
        of = select(*_ROW).where(JournalRow.case_id == case, JournalRow.sequence > after).order_by(JournalRow.sequence)
        return [row for _, row in await self._read(of)]

    async def timeline(self, customer: str | Collection[str], limit: int = 200) -> list[tuple[str, Row]]:
        """The rows over all cases of a customer, or of all records of one, each with its case's id, newest first."""
        records = {customer} if isinstance(customer, str) else set(customer)
        of = select(*_ROW).where(JournalRow.customer.in_(records))
        newest = of.order_by(JournalRow.at.desc(), JournalRow.case_id, JournalRow.sequence.desc())
        return await self._read(newest.limit(limit))

    async def stories(self, customers: Collection[str], since: datetime) -> dict[str, dict[str, list[Row]]]:
        """By customer and case, the whole story of every case in which something happened since then, in order."""
        lately = select(JournalRow.case_id).where(JournalRow.customer.in_(customers), JournalRow.at >= since)
        of = select(JournalRow.customer, *_ROW).where(JournalRow.case_id.in_(lately))
        found: dict[str, dict[str, list[Row]]] = {}
        for row in await self._db.scan(of.order_by(JournalRow.case_id, JournalRow.sequence)):
            read = Row.model_validate(dict(zip(_FIELDS, row[2:], strict=True)))
            found.setdefault(row.customer, {}).setdefault(row.case_id, []).append(read)
        return found

    async def facts(self, customer: str) -> list[Fact]:
        """What is known of a customer and still fresh, by name."""
        of = select(FactRow.name, FactRow.value, FactRow.by, FactRow.until).where(FactRow.customer == customer)
        fresh = of.where(or_(FactRow.until.is_(None), FactRow.until > now())).order_by(FactRow.name)
        return [Fact.model_validate(dict(row._mapping)) for row in await self._db.rows(fresh)]

    async def learn(self, customer: str, fact: Fact) -> None:
        """Keep what a customer told beside any case, such as how they like to be reached."""
        new = {"customer": customer, "name": fact.name, "value": fact.value, "by": fact.by.model_dump(mode="json")}
        fresh = new | {"at": fact.by.at, "until": fact.until, "case_id": ""}
        await self._db.at_once(lambda connection: connection.execute(self._facts, fresh))

    async def _write(self, page: Page, case: dict[str, Any]) -> None:
        await self._db.at_once(lambda connection: self._put(connection, page, case))

    def _put(self, connection: Connection, page: Page, case: dict[str, Any]) -> None:
        rows = [_row(page, row) for row in page.rows]
        # By name, so that two cases of one customer never wait for each other in a ring.
        facts = [_fact(page, fact) for fact in sorted(page.facts, key=lambda fact: fact.name)]
        connection.execute(self._case, case)
        if rows:
            connection.execute(self._rows, rows)
        if self._words:
            self._words.write(connection, page.case, page.customer, page.rows)
        if facts:
            connection.execute(self._facts, facts)

    async def _read(self, query: Select[*tuple[Any, ...]]) -> list[tuple[str, Row]]:
        found = await self._db.rows(query)
        return [(row.case_id, Row.model_validate(dict(zip(_FIELDS, row[1:], strict=True)))) for row in found]


_FIELDS = ("sequence", "at", "what", "key", "channel", "actor", "assurance", "data")


def _case(page: Page) -> dict[str, Any]:
    number = page.case.rpartition("/")[2]
    return {
        "id": page.case,
        "customer": page.customer,
        "moment": page.moment,
        "number": int(number) if number.isdecimal() else 0,
        "open": page.status not in _CLOSED,
        "status": page.status,
        "step": page.step,
        "sequence": page.sequence,
        "turn": page.turn,
        "opened_at": page.at,
        "touched_at": page.at,
    }


def _row(page: Page, row: Row) -> dict[str, Any]:
    return {
        "case_id": page.case,
        "sequence": row.sequence,
        "customer": page.customer,
        "at": row.at,
        "what": row.what,
        "key": row.key,
        "channel": row.channel,
        "actor": row.actor,
        "assurance": row.assurance,
        "data": row.data,
        "run": page.run,
        "update_id": page.update,
    }


def _fact(page: Page, fact: Fact) -> dict[str, Any]:
    return {
        "customer": page.customer,
        "name": fact.name,
        "value": fact.value,
        "by": fact.by,
        "at": fact.by.at,
        "until": fact.until,
        "case_id": page.case,
    }
