"""Making what the search looks in anew, out of the books: after an upgrade, or with another key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, tuple_

from database import indexing
from database.engine import Database, Rows
from database.indexing import Words
from models.journal import Row
from models.tables import CaseRow, CustomerRow, JournalRow, PaperRow, SoughtTextRow

A_CHUNK = 2000
_JOURNAL = [getattr(JournalRow, name) for name in Row.model_fields]


async def rebuild(db: Database, words: Words, told: Callable[[str, int], None]) -> None:
    """Names, papers, then texts, a transaction for every 2,000. It may run while everything else does, and again.

    Until it ends, texts are found in part. ``told`` is given how many rows were read of what.
    """
    await db.change(delete(SoughtTextRow))
    await _through(db, _customers, (CustomerRow.id,), _names, lambda count: told("names", count))
    await _through(db, _papers, (PaperRow.kind, PaperRow.id), _numbers, lambda count: told("papers", count))

    def texts(connection: Connection, rows: Rows) -> None:
        for row in rows:
            told_row = Row.model_validate({name: row._mapping[name] for name in Row.model_fields})
            words.write(connection, row.case_id, row.customer, [told_row])

    place = (JournalRow.case_id, JournalRow.sequence)
    await _through(db, _journal, place, texts, lambda count: told("journal", count))


async def _through(
    db: Database,
    query: Callable[[], Select[*tuple[Any, ...]]],
    place: tuple[Any, ...],
    write: Callable[[Connection, Rows], None],
    told: Callable[[int], None],
) -> None:
    last: tuple[Any, ...] | None = None
    count = 0
    while True:
        following = query() if last is None else query().where(tuple_(*place) > tuple_(*last))
        rows = await db.scan(following.order_by(*place).limit(A_CHUNK))
        if rows:
            await db.at_once(lambda connection, rows=rows: write(connection, rows))  # type: ignore[misc] # bound now
            last = tuple(rows[-1]._mapping[column.name] for column in place)
        count += len(rows)
        told(count)
        if len(rows) < A_CHUNK:
            return


def _customers() -> Select[*tuple[Any, ...]]:
    last = select(func.max(CaseRow.opened_at)).where(CaseRow.customer == CustomerRow.id).scalar_subquery()
    at = func.coalesce(last, CustomerRow.met_at, type_=CustomerRow.met_at.type).label("at")
    return select(CustomerRow.id, CustomerRow.name, at).where(CustomerRow.name.is_not(None), indexing.present())


def _names(connection: Connection, rows: Rows) -> None:
    for row in rows:
        indexing.name(connection, row.id, row.name, row.at)


def _papers() -> Select[*tuple[Any, ...]]:
    mine = select(PaperRow.kind, PaperRow.id, PaperRow.customer, PaperRow.body)
    return mine.join(CustomerRow, CustomerRow.id == PaperRow.customer).where(indexing.present())


def _numbers(connection: Connection, rows: Rows) -> None:
    for row in rows:
        indexing.paper(connection, row.kind, row.id, row.customer, row.body)


def _journal() -> Select[*tuple[Any, ...]]:
    mine = select(JournalRow.case_id, JournalRow.customer, *_JOURNAL)
    return mine.join(CustomerRow, CustomerRow.id == JournalRow.customer).where(indexing.present())
