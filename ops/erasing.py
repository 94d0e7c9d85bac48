"""Erasing a person: their cases ended, their key destroyed, their rows removed, and a look that nothing is left."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowFailureError
from temporalio.service import RPCError, RPCStatusCode

from database.belonging import Whose, whose
from database.engine import Database
from database.erasure import Erasures
from database.probing import Probe, files_of, found_in_file, found_in_tables
from database.vault import Vault
from models.erasure import Report
from models.errors import NotConfirmed, Unknown
from models.people import Address

PATIENCE = 10.0  # seconds for a case to end in order
PAUSES = (0.5, 2.0)  # seconds before it is removed again, where something came late
Farewell = Callable[[Sequence[Address], str, str], Awaitable[bool]]


@dataclass(frozen=True)
class Erasing:
    """``farewell`` writes the last word to a customer and tells whether it went; ``scan``: files and folders that are
    looked through as well, Temporal's own database for one.
    """

    db: Database
    vault: Vault
    client: Client | None = None
    farewell: Farewell | None = None
    scan: tuple[Path, ...] = ()
    patience: float = PATIENCE
    pauses: tuple[float, ...] = PAUSES
    told: Callable[[str], None] = field(default=lambda _: None)

    async def look(self, customer: str) -> Report:
        """What would be done. Raises Unknown where nobody of that id was ever here."""
        who = await self._whose(customer)
        running = dict.fromkeys(await self._running(who), "running")
        rows = await Erasures(self.db, self.vault).count(who)
        return Report(customer=customer, records=who.records, at=_now(), dry=True, cases=running, rows=rows)

    async def erase(self, customer: str, by: str, *, tell: bool = False) -> Report:
        """Do it, and prove it; again as often as you like. ``by`` is an id of staff's.

        Raises Unknown where nobody of that id was ever here, NotConfirmed while Temporal or the database is away:
        then it is done again from the start.
        """
        who, erasures = await self._whose(customer), Erasures(self.db, self.vault)
        self.told("gathering")
        known = await erasures.known(who)
        self.told("ending")
        cases = await self._ended(who)
        told = await self._farewell(who) if tell else None
        rows = Counter[str]()
        report = Report(
            customer=customer, records=who.records, at=_now(), told=told, cases=cases,
            looked_for=dict(Counter(probe.kind for probe in known.probes)), short=known.short,
        )  # fmt: skip
        # A step that was under way when its case ended, or a provider's notice, may write once more.
        for pause in (0.0, *self.pauses):
            await asyncio.sleep(pause)
            rows.update(await self._removed(erasures, who))
            self.told("looking")
            report = await prove(report, self.db, known.probes, self.scan)
            if report.clean or not await self._late(erasures, who, report):
                break
        report = report.model_copy(update={"rows": dict(rows)})
        kept = report.model_dump(mode="json", exclude={"id", "customer", "at"})
        id = await erasures.note(customer, by, clean=report.clean, report=kept)
        return report.model_copy(update={"id": id})

    async def _removed(self, erasures: Erasures, who: Whose) -> dict[str, int]:
        self.told("removing")
        rows = await erasures.remove(who)
        self.told("compacting")
        await self.db.compact()
        return rows

    async def _late(self, erasures: Erasures, who: Whose, report: Report) -> bool:
        """Whether what was found goes when it is removed again: rows of theirs, or what only the file still holds."""
        own = {file.name for file in files_of(self.db)}
        return bool(await erasures.count(who)) or report.left.keys() <= own

    async def names(self, customer: str, text: str) -> bool:
        """Whether a text says who this is, by anything that is known of them."""
        known = await Erasures(self.db, self.vault).known(await self._whose(customer))
        telling = {probe.data.lower() for probe in known.probes if probe.kind in {"name", "phone", "email"}}
        return any(data in text.lower().encode() for data in telling) or customer in text

    async def _whose(self, customer: str) -> Whose:
        """Also what was theirs when they were erased before: something may have come late."""
        before = await Erasures(self.db, self.vault).done(customer)
        also = tuple(str(record) for erased in before for record in erased.report.get("records", ()))
        who = await whose(self.db, customer, also=also)
        if not before and not await Erasures(self.db, self.vault).count(who):
            raise Unknown
        return who

    async def _running(self, who: Whose) -> list[str]:
        if self.client is None:
            return []
        found = set[str]()
        try:
            for record in who.records:
                query = f"SegueCustomer = '{record}' AND ExecutionStatus = 'Running'"
                found |= {each.id async for each in self.client.list_workflows(query)}
            for case in who.cases:
                if case not in found and await _runs(self.client, case):
                    found.add(case)
        except RPCError:
            raise NotConfirmed("Temporal did not answer") from None
        return sorted(found)

    async def _ended(self, who: Whose) -> dict[str, str]:
        cases = await self._running(who)
        return dict(zip(cases, await asyncio.gather(*(self._end(case) for case in cases)), strict=True))

    async def _end(self, case: str) -> str:
        """In order, with what the case itself undoes; by force where that takes too long."""
        assert self.client is not None  # noqa: S101 - a type fact
        handle = self.client.get_workflow_handle(case)
        try:
            await handle.cancel()
            await asyncio.wait_for(handle.result(), self.patience)
        except WorkflowFailureError:
            return "cancelled"
        except (RPCError, TimeoutError):
            pass
        else:
            return "cancelled"
        try:
            await handle.terminate("erased")
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise NotConfirmed("Temporal did not answer") from None
        return "terminated"

    async def _farewell(self, who: Whose) -> bool:
        return self.farewell is not None and await self.farewell(who.addresses, who.records[0], f"farewell/{_now()}")


async def prove(report: Report, db: Database, probes: set[Probe], scan: Sequence[Path] = ()) -> Report:
    """The report with what is found of these in the database, as it lies on the disk too, and in the given files."""
    own = files_of(db)
    others = [file for path in scan for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    in_files = {
        file: await asyncio.to_thread(found_in_file, file, probes) for file in [*own, *others] if _is_file(file)
    }
    hits = set().union(*in_files.values())
    wanted = probes if not own else hits
    tables = await found_in_tables(db, wanted, report.records) if wanted else None
    shared = tables.shared if tables else set()
    left = dict(tables.left) if tables else {}
    left |= {file.name: count for file, found in in_files.items() if (count := len(found - shared))}
    looked_in = {file.name: file.stat().st_size for file in in_files} or {"tables": 0}
    return report.model_copy(update={"shared": len(shared), "left": left, "looked_in": looked_in})


def _is_file(file: Path) -> bool:
    return file.is_file()


async def _runs(client: Client, case: str) -> bool:
    try:
        return (await client.get_workflow_handle(case).describe()).status is WorkflowExecutionStatus.RUNNING
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise


def _now() -> datetime:
    return datetime.now(UTC)
