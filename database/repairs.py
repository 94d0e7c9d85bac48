"""Repairs of cases: what is to be done, what was, and the word that stops it in whichever process does it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import func, select, update

from database.customers import opaque
from database.engine import Database, now
from models.staff import Person
from models.tables import RepairedRow, RepairRow
from models.upkeep import Job, Order, Verdict

IDLE = timedelta(seconds=90)
_AT_ONCE = 500
_JOB = tuple(
    getattr(RepairRow, name)
    for name in ("id", "action", "state", "name", "why", "rate", "made_at", "beat_at", "ended_at")
)


class Repairs:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def make(self, order: Order, cases: Sequence[str], person: Person, rate: int) -> str:
        """Note what is to be done, before any of it; the job's id. A supplied value is not kept here."""
        id, when = opaque("j"), now()
        kept = order.model_dump(mode="json", include={"key", "place", "word"})
        job = {"id": id, "action": order.action, "state": "running", "why": order.why, "rate": rate, "options": kept}
        who = {"staff": person.id, "name": person.name, "made_at": when, "beat_at": when}
        await self._db.change(self._db.insert(RepairRow).values(**job, **who))
        waiting = {"repair": id, "outcome": "waiting", "told": ""}
        rows = [
            {**waiting, "case_id": case, "number": number, "customer": case.split("/")[1]}
            for number, case in enumerate(dict.fromkeys(cases))
        ]
        for start in range(0, len(rows), _AT_ONCE):
            await self._db.change(self._db.insert(RepairedRow).values(rows[start : start + _AT_ONCE]))
        return id

    async def next(self, job: str) -> str | None:
        """The next case, for as long as nobody has said stop; each call shows that the job is being done."""
        beat = update(RepairRow).where(RepairRow.id == job, RepairRow.state == "running").values(beat_at=now())
        if not await self._db.change(beat.returning(RepairRow.id)):
            return None
        waiting = select(RepairedRow.case_id).where(RepairedRow.repair == job, RepairedRow.outcome == "waiting")
        found = await self._db.rows(waiting.order_by(RepairedRow.number).limit(1))
        return found[0][0] if found else None

    async def settled(self, job: str, verdict: Verdict) -> None:
        """What came of one case."""
        one = update(RepairedRow).where(RepairedRow.repair == job, RepairedRow.case_id == verdict.case)
        told = f"{verdict.told} {verdict.about}".strip()
        await self._db.change(one.values(outcome=verdict.outcome, told=told[:300], at=now()))

    async def stop(self, job: str) -> None:
        """Whoever does it begins nothing more."""
        running = update(RepairRow).where(RepairRow.id == job, RepairRow.state == "running")
        await self._db.change(running.values(state="stopping"))

    async def over(self, job: str) -> None:
        """It has come to its end, or to a stop."""
        when = now()
        for state, then in (("running", "done"), ("stopping", "stopped")):
            ended = update(RepairRow).where(RepairRow.id == job, RepairRow.state == state)
            await self._db.change(ended.values(state=then, ended_at=when, beat_at=when))

    async def resume(self, job: str) -> bool:
        """Take up what nobody does any more, or what was stopped; only one gets it."""
        idle = (RepairRow.state.in_(("running", "stopping")) & (RepairRow.beat_at < now() - IDLE)) | (
            RepairRow.state == "stopped"
        )
        taken = update(RepairRow).where(RepairRow.id == job, idle).values(state="running", beat_at=now(), ended_at=None)
        return bool(await self._db.change(taken.returning(RepairRow.id)))

    async def order(self, job: str) -> Order | None:
        """What was ordered, without a supplied value."""
        found = await self._db.rows(
            select(RepairRow.action, RepairRow.why, RepairRow.options).where(RepairRow.id == job)
        )
        return Order(action=found[0].action, why=found[0].why, **found[0].options) if found else None

    async def jobs(self, limit: int = 50, only: Collection[str] = ()) -> list[Job]:
        """The newest first, with how many cases came to what."""
        query = select(*_JOB).order_by(RepairRow.made_at.desc()).limit(limit)
        found = await self._db.rows(query.where(RepairRow.id.in_(only)) if only else query)
        counted = select(RepairedRow.repair, RepairedRow.outcome, func.count()).group_by(
            RepairedRow.repair, RepairedRow.outcome
        )
        counts: dict[str, dict[str, int]] = {}
        for job, outcome, count in await self._db.scan(counted.where(RepairedRow.repair.in_([f.id for f in found]))):
            counts.setdefault(job, {})[outcome] = count
        idle = now() - IDLE
        return [
            Job(
                **row._mapping,
                counts=counts.get(row.id, {}),
                idle=row.state in {"running", "stopping"} and row.beat_at < idle,
            )
            for row in found
        ]

    async def verdicts(self, job: str, limit: int = 500) -> list[Verdict]:
        """What came of each case, those with trouble first."""
        order = (RepairedRow.outcome.in_(("done", "waiting")), RepairedRow.number)
        query = select(RepairedRow.case_id, RepairedRow.outcome, RepairedRow.told).where(RepairedRow.repair == job)
        found = await self._db.scan(query.order_by(*order).limit(limit))
        return [_verdict(*row) for row in found]

    async def of_case(self, case: str) -> list[tuple[Job, Verdict]]:
        """What was done to one case, newest first."""
        theirs = select(RepairedRow.repair, RepairedRow.outcome, RepairedRow.told).where(RepairedRow.case_id == case)
        verdicts = {row[0]: _verdict(case, row[1], row[2]) for row in await self._db.rows(theirs)}
        return [(job, verdicts[job.id]) for job in await self.jobs(only=list(verdicts))] if verdicts else []


def _verdict(case: str, outcome: str, told: str) -> Verdict:
    code, _, about = told.partition(" ")
    return Verdict.model_validate({"case": case, "outcome": outcome, "told": code, "about": about})
