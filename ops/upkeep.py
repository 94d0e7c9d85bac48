"""Looking after cases, as commands and pages do it: what is stuck, and repairs of one or of many."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from temporalio.client import Client

from database.audit import Audit
from database.engine import Database
from database.repairs import Repairs
from database.vault import Vault
from models.errors import NotConfirmed, NotUnderstood
from models.staff import Person
from models.upkeep import Order, Point, StuckCase, Verdict
from ops.archive import Archive
from ops.ending import Ending, Reaching
from ops.repair import Repair
from ops.resetting import Resetting
from ops.results import Results
from ops.stuck import Finder
from switchboard.line import Line

log = logging.getLogger("segue.ops")
FRESH = 10.0  # seconds for which what was found stuck is not looked for again


@dataclass
class Upkeep:
    """What ``models.upkeep.Upkeep`` promises. Jobs run in this process; any process can stop them."""

    finder: Finder
    repair: Repair
    repairs: Repairs
    audit: Audit
    _found: tuple[float, list[StuckCase]] | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def stuck(self) -> list[StuckCase]:
        """All that are stuck, longest first, as of some seconds ago."""
        async with self._looking:
            if self._found is None or time.monotonic() - self._found[0] > FRESH:
                self._found = (time.monotonic(), await self.finder.find())
            return self._found[1]

    async def try_out(self, order: Order, cases: Sequence[str]) -> list[Verdict]:
        """What the order would do to each; nothing is changed."""
        return await self.repair.try_out(order, cases)

    async def begin(self, order: Order, cases: Sequence[str], person: Person, rate: int) -> str:
        """Start to do it in the background; the job's id."""
        job = await self.repairs.make(order, cases, person, rate)
        self._start(job, order, person, rate)
        return job

    async def stop(self, job: str) -> None:
        """Nothing more is begun, whichever process does it."""
        await self.repairs.stop(job)

    async def go_on(self, job: str, person: Person) -> bool:
        """Take up a job that was stopped, or whose process has gone. What was to be supplied is gone with it."""
        found, order = await self.repairs.jobs(only=[job]), await self.repairs.order(job)
        if not found or order is None or order.action == "skip" or not await self.repairs.resume(job):
            return False
        self._start(job, order, person, found[0].rate)
        return True

    async def points(self, case: str) -> list[Point]:
        """Where a case can be put back to, newest first; none where there is no way back."""
        try:
            return await self.repair.resetting.points(case)
        except NotUnderstood:
            return []

    def shape(self, case: str, key: str) -> str:
        """What the step brings, as JSON to be filled in; empty where it is not known."""
        return self.repair.results.shape(case, key)

    async def run(self, job: str, order: Order, person: Person, rate: int) -> None:
        """Do a job to its end, or until somebody stops it; each case is noted in the audit before it is touched."""
        pause = 60 / max(1, rate)
        while (case := await self.repairs.next(job)) is not None:
            began = time.monotonic()
            note = f"{order.why} [{job}]"
            await self.audit.note(
                person,
                f"repair-{order.action}",
                customer=case.split("/")[1],
                case=case,
                note=note,
                mark=f"{job} {case}",
            )
            await self.repairs.settled(job, await self._one(order, case, job, person))
            await asyncio.sleep(max(0.0, pause - (time.monotonic() - began)))
        await self.repairs.over(job)
        self._found = None

    async def _one(self, order: Order, case: str, job: str, person: Person) -> Verdict:
        try:
            return await self.repair.do(order, case, f"{job}/{case}", person.name)
        except NotConfirmed:
            raise
        except Exception as error:
            log.exception("repair %s of a case failed", job)
            return Verdict(case=case, outcome="failed", told="error", about=type(error).__name__)

    def _start(self, job: str, order: Order, person: Person, rate: int) -> None:
        task = asyncio.create_task(self._in_background(job, order, person, rate))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_background(self, job: str, order: Order, person: Person, rate: int) -> None:
        try:
            await self.run(job, order, person, rate)
        except NotConfirmed:
            log.warning("repair %s stands still: the database does not answer", job)


def upkeep(
    client: Client, db: Database, vault: Vault, line: Line, outreach: Reaching, workflows: Sequence[type]
) -> Upkeep:
    """Everything that looking after cases needs, put together."""
    resetting = Resetting(client, line, db, Archive(db, vault), workflows)
    repair = Repair(client, line, db, resetting, Ending(client, db, outreach), Results(workflows))
    return Upkeep(Finder(db, client), repair, Repairs(db), Audit(db))
