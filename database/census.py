"""How many there are of everything, and how old the oldest is: one look for all figures of a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, text

from database.calls import PERSON
from database.engine import Database, now
from models.case import Status
from models.people import Frozen
from models.tables import CallbackRow, CaseRow, InboxRow, JournalRow, OutboxRow, PopRow, PutThroughRow, UnplacedRow
from models.tables.base import CARED, NEEDS_A_PERSON, POPPED, UNSETTLED, WAITING

UNANSWERED_BY = (Status.WITH_A_PERSON.value, Status.STUCK.value, Status.UNCERTAIN.value)
RINGING, TALKING = timedelta(minutes=10), timedelta(hours=8)
A_DAY, MOST_FOLLOWED = timedelta(days=1), 2000


class Group(Frozen):
    """Open cases that stand at the same place. ``step`` is the key of the question they ask; None where none is."""

    moment: str
    status: str
    step: str | None
    count: int
    oldest: datetime


class Heap(Frozen):
    """How many wait, and since when the one that waits longest does."""

    count: int = 0
    oldest: datetime | None = None


class Census(Frozen):
    """``waiting``: by what for (person, call, message, cared, unplaced); ``outbox``: by state."""

    at: datetime
    cases: tuple[Group, ...]
    waiting: dict[str, Heap]
    outbox: dict[str, Heap]
    pops: Heap
    ringing: int
    talking: int

    def oldest_unanswered(self) -> dict[str, float]:
        """Seconds that the customer has waited who waits longest for us, by what for; 0 where nobody does."""
        kinds = ("message", "person", "call")
        waits = {kind: self.waiting.get(kind, Heap()).oldest for kind in kinds}
        return {kind: max(0.0, (self.at - at).total_seconds()) if at else 0.0 for kind, at in waits.items()}


class Path(Frozen):
    """One case of the last day: the questions it asked, in order, and how it stands."""

    case: str
    moment: str
    status: str
    steps: tuple[str, ...]


class Counting:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def census(self) -> Census:
        """All figures over one connection."""
        return await self._db.read(_census)

    async def paths(self) -> list[Path]:
        """The way of each case that was touched within a day, at most of the 2,000 touched last."""
        return await self._db.read(_paths)


def _census(connection: Connection) -> Census:
    here = now()
    standing = select(
        CaseRow.moment, CaseRow.status, CaseRow.step, func.count().label("count"), _least(CaseRow.touched_at)
    )
    groups = connection.execute(standing.where(CaseRow.open).group_by(CaseRow.moment, CaseRow.status, CaseRow.step))
    states = select(OutboxRow.state, func.count().label("many"), _least(OutboxRow.changed_at))
    due = OutboxRow.not_before.is_(None) | (OutboxRow.not_before <= here)
    unsettled = connection.execute(states.where(text(UNSETTLED), due).group_by(OutboxRow.state))
    called = and_(CallbackRow.called_at.is_(None), CallbackRow.reason == PERSON, CallbackRow.wanted_at <= here)
    lost = UnplacedRow.assigned_at.is_(None) & UnplacedRow.aside_at.is_(None)
    waiting = {
        "message": _heap(connection, InboxRow.received_at, text(WAITING)),
        "person": _heap(connection, CaseRow.touched_at, text(NEEDS_A_PERSON)),
        "call": _heap(connection, CallbackRow.wanted_at, called),
        "cared": _heap(connection, CaseRow.touched_at, text(CARED)),
        "unplaced": _heap(connection, UnplacedRow.received_at, lost),
    }
    through = PutThroughRow.over_at.is_(None)
    ringing = through & PutThroughRow.taken_at.is_(None) & (PutThroughRow.asked_at > here - RINGING)
    talking = through & (PutThroughRow.taken_at > here - TALKING)
    return Census(
        at=here,
        cases=tuple(Group(**row._mapping) for row in groups),
        waiting=waiting,
        outbox={row.state: Heap(count=row.many, oldest=row.oldest) for row in unsettled},
        pops=_heap(connection, PopRow.at, text(POPPED)),
        ringing=_heap(connection, PutThroughRow.asked_at, ringing).count,
        talking=_heap(connection, PutThroughRow.asked_at, talking).count,
    )


def _least(column: Any) -> ColumnElement[datetime]:
    return func.min(column, type_=column.type).label("oldest")


def _heap(connection: Connection, at: Any, which: Any) -> Heap:
    row = connection.execute(select(func.count().label("many"), _least(at)).where(which)).one()
    return Heap(count=row.many, oldest=row.oldest)


def _paths(connection: Connection) -> list[Path]:
    recent = select(CaseRow.id, CaseRow.moment, CaseRow.status).where(CaseRow.touched_at > now() - A_DAY)
    cases = connection.execute(recent.order_by(CaseRow.touched_at.desc()).limit(MOST_FOLLOWED)).all()
    steps: defaultdict[str, list[str]] = defaultdict(list)
    for some in _pieces([row.id for row in cases], 500):
        for row in connection.execute(_asked(some)):
            if row.key not in steps[row.case_id]:
                steps[row.case_id].append(row.key)
    return [Path(case=row.id, moment=row.moment, status=row.status, steps=tuple(steps[row.id])) for row in cases]


def _asked(cases: Sequence[str]) -> Select[*tuple[Any, ...]]:
    these = JournalRow.case_id.in_(cases) & (JournalRow.what == "asked") & JournalRow.key.is_not(None)
    return select(JournalRow.case_id, JournalRow.key).where(these).order_by(JournalRow.case_id, JournalRow.sequence)


def _pieces(whole: Sequence[str], size: int) -> list[Sequence[str]]:
    return [whole[n : n + size] for n in range(0, len(whole), size)]
