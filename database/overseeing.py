"""Cases as ops look for them: by anything, how long each step takes, and what does not go on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text, tuple_

from database.cases import CaseRecord
from database.engine import Database, now
from models.case import Status
from models.journal import Row
from models.tables import UNSETTLED, CaseRow, JournalRow, OutboxRow
from models.upkeep import Wanted

PAGE = 50
SAMPLES = 20
_CASE = tuple(getattr(CaseRow, name) for name in CaseRecord.model_fields)
_ROW = tuple(getattr(JournalRow, name) for name in Row.model_fields)
_CLOSED = [status.value for status in Status if status.closed]
_BROKEN = [Status.STUCK.value, Status.UNCERTAIN.value]
_LATELY = timedelta(days=90)
_MOST_SPANS = 50_000


class Oversight:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def found(self, wanted: Wanted, limit: int = PAGE) -> list[CaseRecord]:
        """The cases wanted, last touched first."""
        query = select(*_CASE).order_by(CaseRow.touched_at.desc(), CaseRow.id.desc()).limit(limit)
        for condition in _conditions(wanted):
            query = query.where(condition)
        return [CaseRecord(**row._mapping) for row in await self._db.scan(query)]

    async def counts(self, wanted: Wanted) -> dict[tuple[str, str], int]:
        """How many cases are wanted, by moment and status."""
        query = select(CaseRow.moment, CaseRow.status, func.count()).group_by(CaseRow.moment, CaseRow.status)
        for condition in _conditions(wanted):
            query = query.where(condition)
        return {(row[0], row[1]): row[2] for row in await self._db.scan(query)}

    async def steps(self) -> list[tuple[str, str]]:
        """The moments and steps that open cases stand at."""
        there = select(CaseRow.moment, CaseRow.step).where(CaseRow.open, CaseRow.step.is_not(None)).distinct()
        return [(row[0], row[1]) for row in await self._db.scan(there.order_by(CaseRow.moment, CaseRow.step))]

    async def broken(self, limit: int = 10_000) -> list[tuple[CaseRecord, Row | None]]:
        """Each case that is stuck or uncertain, with the row that says why; longest first."""
        theirs = select(*_CASE).where(CaseRow.status.in_(_BROKEN)).order_by(CaseRow.touched_at).limit(limit)
        cases = [CaseRecord(**row._mapping) for row in await self._db.scan(theirs)]
        rows = await self.last({case.id for case in cases}, _BROKEN)
        return [(case, rows.get(case.id)) for case in cases]

    async def last(self, cases: Collection[str], whats: Collection[str]) -> dict[str, Row]:
        """The newest row of these words in each case that has one."""
        found: dict[str, Row] = {}
        ids = sorted(cases)
        for start in range(0, len(ids), 500):
            own = and_(JournalRow.case_id.in_(ids[start : start + 500]), JournalRow.what.in_(whats))
            newest = select(JournalRow.case_id, func.max(JournalRow.sequence)).where(own).group_by(JournalRow.case_id)
            place = tuple_(JournalRow.case_id, JournalRow.sequence)
            for row in await self._db.scan(select(JournalRow.case_id, *_ROW).where(place.in_(newest))):
                found[row.case_id] = Row.model_validate(dict(zip(Row.model_fields, row[1:], strict=True)))
        return found

    async def usual(self) -> dict[tuple[str, str], float]:
        """By moment and step: in how many seconds 99 of 100 cases went on from it, lately. Needs enough of them."""
        following = func.lead(JournalRow.at, type_=JournalRow.at.type).over(
            partition_by=JournalRow.case_id, order_by=JournalRow.sequence
        )
        moves = ("asked", "answered", "corrected", "withdrawn", "confirmed", "held", *_CLOSED)
        passed = select(
            JournalRow.case_id, JournalRow.what, JournalRow.key, JournalRow.at, following.label("then")
        ).where(JournalRow.at > now() - _LATELY, JournalRow.what.in_(moves))
        spans = passed.subquery()
        asked = (spans.c.what == "asked") & spans.c.then.is_not(None) & spans.c.key.is_not(None)
        query = select(spans.c.case_id, spans.c.key, spans.c.at, spans.c.then).where(asked)
        lengths: dict[tuple[str, str], list[float]] = defaultdict(list)
        for case, key, at, then in await self._db.scan(query.order_by(spans.c.at.desc()).limit(_MOST_SPANS)):
            lengths[case.split("/")[0], key].append((then - at).total_seconds())
        return {step: _p99(each) for step, each in lengths.items() if len(each) >= SAMPLES}

    async def standing(self, step: tuple[str, str], since: datetime, limit: int = 1000) -> list[CaseRecord]:
        """Open cases of a moment at a step in which nothing has happened since then; longest first."""
        there = and_(CaseRow.moment == step[0], CaseRow.step == step[1], CaseRow.touched_at < since, CaseRow.open)
        alone = CaseRow.status.in_([Status.OPEN.value, Status.PARKED.value])
        query = select(*_CASE).where(there, alone).order_by(CaseRow.touched_at).limit(limit)
        return [CaseRecord(**row._mapping) for row in await self._db.scan(query)]

    async def working(self, since: datetime, limit: int = 1000) -> list[CaseRecord]:
        """Open cases that were at work on a step when they last wrote, longer ago than that."""
        at_work = CaseRow.turn["working"].as_boolean()
        query = select(*_CASE).where(CaseRow.open, CaseRow.touched_at < since, at_work)
        return [
            CaseRecord(**row._mapping) for row in await self._db.scan(query.order_by(CaseRow.touched_at).limit(limit))
        ]

    async def get(self, cases: Collection[str]) -> dict[str, CaseRecord]:
        """Those of these cases that there are, by id."""
        found: dict[str, CaseRecord] = {}
        ids = sorted(cases)
        for start in range(0, len(ids), 500):
            query = select(*_CASE).where(CaseRow.id.in_(ids[start : start + 500]))
            found |= {row.id: CaseRecord(**row._mapping) for row in await self._db.scan(query)}
        return found

    async def effects(self, case: str, after: int = 0) -> list[str]:
        """The steps with an effect that stand in a case, done behind a row of its journal; in order."""
        own = (JournalRow.case_id == case) & (JournalRow.sequence > after) & JournalRow.what.in_(("did", "undid"))
        query = select(JournalRow.what, JournalRow.key, JournalRow.data).where(own).order_by(JournalRow.sequence)
        done: dict[str, None] = {}
        for what, key, data in await self._db.scan(query):
            if what == "undid":
                done.pop(key, None)
            elif not data.get("refused"):
                done[key] = None
        return list(done)

    async def uncertain_messages(self, since: datetime) -> list[tuple[str, datetime]]:
        """Cases with a message of which nobody has known since before then whether it went out."""
        row = OutboxRow
        lost = select(row.case_id, func.min(row.changed_at)).where(
            text(UNSETTLED), row.state == "uncertain", row.case_id.is_not(None), row.changed_at < since
        )
        found: list[Any] = list(await self._db.scan(lost.group_by(row.case_id)))
        return [(case, at) for case, at in found]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    given: list[tuple[Any, ColumnElement[bool]]] = [
        (wanted.moment, CaseRow.moment == wanted.moment),
        (wanted.statuses, CaseRow.status.in_([status.value for status in wanted.statuses])),
        (wanted.step, CaseRow.step == wanted.step),
        (wanted.customers, CaseRow.customer.in_(wanted.customers)),
        (wanted.text, CaseRow.id.contains(wanted.text, autoescape=True)),
    ]
    conditions = [condition for value, condition in given if value]
    if wanted.open_only:
        conditions.append(CaseRow.status.not_in(_CLOSED))
    if wanted.since is not None:
        conditions.append(CaseRow.touched_at >= wanted.since)
    if wanted.before is not None:
        at, id = wanted.before
        conditions.append(or_(CaseRow.touched_at < at, and_(CaseRow.touched_at == at, CaseRow.id < id)))
    return conditions


def _p99(lengths: list[float]) -> float:
    ordered = sorted(lengths)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
