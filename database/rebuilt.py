"""Two databases' journals side by side, and which runs a rebuilding has already written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import Any

from sqlalchemy import JSON, Text, cast, delete, func, select, tuple_

from database.belonging import place_of
from database.engine import Database, now
from models.people import Frozen
from models.tables import CaseRow, FactRow, JournalRow, KeyRow, RatingRow, RebuiltRow, Table

_A_PAGE = 200
# A rating comes when the case is closed: it stands in no history, and is the last that moves the case.
RATED = "rated"
_BY_RATING = frozenset({"sequence", "touched_at"})
# What histories bring about, and which rows of it: a case that has not told anything yet, or what was told beside any
# case, stands in no history.
_COMPARED: tuple[tuple[type[Table], Any], ...] = (
    (JournalRow, (JournalRow.sequence > 0) & (JournalRow.what != RATED)),
    (CaseRow, CaseRow.sequence > 0),
    (FactRow, FactRow.case_id != ""),
)


class Difference(Frozen):
    """A row that is not the same: ``column`` says where, or ``missing`` (only here) or ``new`` (only there)."""

    table: str
    key: tuple[str, ...]
    column: str


class Rebuilt:
    """Which runs are done in a database that is being rebuilt; emptied when all are."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def has(self, run: str) -> bool:
        return bool(await self._db.rows(select(RebuiltRow.run).where(RebuiltRow.run == run)))

    async def done(self, case: str, run: str) -> None:
        new = self._db.insert(RebuiltRow).values(run=run, case_id=case, at=now())
        await self._db.change(new.on_conflict_do_nothing())

    async def over(self) -> None:
        await self._db.change(delete(RebuiltRow))

    async def erased(self) -> frozenset[str]:
        """Whose journal is never written again."""
        found = await self._db.scan(select(KeyRow.customer).where(KeyRow.destroyed_at.is_not(None)))
        return frozenset(row.customer for row in found)


async def counted(db: Database) -> dict[str, int]:
    """How many rows there are to compare, by table."""
    found = {}
    for table, which in _COMPARED:
        found[table.__tablename__] = int((await db.scan(select(func.count()).select_from(table).where(which)))[0][0])
    return found


async def differences(here: Database, there: Database) -> AsyncIterator[Difference]:
    """Every row in which they differ, JSON byte by byte."""
    rated = {case for db in (here, there) for case in await _rated(db)}
    for table, which in _COMPARED:
        name = table.__tablename__
        async for mine in _pages(here, table, which):
            theirs = await _rows(there, table, mine)
            for key, row in mine.items():
                beside = _BY_RATING if table is CaseRow and key[0] in rated else frozenset[str]()
                for column in _differing(row, theirs.get(key), beside):
                    yield Difference(table=name, key=key, column=column)
        async for theirs in _pages(there, table, which):
            known = await _rows(here, table, theirs)
            for key in theirs.keys() - known.keys():
                yield Difference(table=name, key=key, column="new")


Row = dict[str, Any]
Key = tuple[str, ...]


def _differing(mine: Row, theirs: Row | None, beside: frozenset[str]) -> list[str]:
    if theirs is None:
        return ["missing"]
    return [name for name, value in mine.items() if theirs[name] != value and name not in beside]


async def _rated(db: Database) -> list[str]:
    rows = await db.scan(select(RatingRow.case_id).where(RatingRow.score.is_not(None)))
    return [row.case_id for row in rows]


def _columns(table: type[Table]) -> list[Any]:
    columns = table.__table__.columns
    return [cast(each, Text).label(each.name) if isinstance(each.type, JSON) else each for each in columns]


def _keyed(table: type[Table], rows: Collection[Any]) -> dict[Key, Row]:
    names = [column.name for column in place_of(table)]
    return {tuple(str(row._mapping[name]) for name in names): dict(row._mapping) for row in rows}


async def _pages(db: Database, table: type[Table], which: Any) -> AsyncIterator[dict[Key, Row]]:
    place = place_of(table)
    last: tuple[Any, ...] | None = None
    while True:
        query = select(*_columns(table)).where(which).order_by(*place).limit(_A_PAGE)
        rows = await db.scan(query if last is None else query.where(tuple_(*place) > tuple_(*last)))
        if rows:
            yield _keyed(table, rows)
            last = tuple(rows[-1]._mapping[column.name] for column in place)
        if len(rows) < _A_PAGE:
            return


async def _rows(db: Database, table: type[Table], like: dict[Key, Row]) -> dict[Key, Row]:
    place = place_of(table)
    keys = [tuple(row[column.name] for column in place) for row in like.values()]
    return _keyed(table, await db.scan(select(*_columns(table)).where(tuple_(*place).in_(keys))))
