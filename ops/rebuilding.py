"""The journal written again, out of nothing but histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from temporalio.client import Client, WorkflowExecution, WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.service import RPCError, RPCStatusCode

from database.engine import Database
from database.indexing import Words
from database.journal import Journal
from database.rebuilt import Rebuilt
from models.journal import Page
from ops.archive import Archive
from ops.histories import files_in, from_json, in_order, run_of
from ops.replaying import Played, Replaying
from switchboard.codec import customer_of


@dataclass
class Tally:
    """What became of how many runs: ``written``, ``before`` (by a rebuilding that was broken off), ``erased``, and what
    replay says of those that could not be written: ``parted``, ``undecodable``, ``empty``, ``broken``.
    """

    runs: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    not_written: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.runs["parted"] and not self.runs["broken"]


class Rebuilding:
    """Writes into ``target``; again as often as you like, and on from where it was broken off."""

    def __init__(
        self, target: Database, workflows: Sequence[type], converter: DataConverter, words: Words | None = None
    ) -> None:
        self._replaying = Replaying(workflows, converter)
        self._journal = Journal(target, words)
        self._rebuilt = Rebuilt(target)

    async def rebuild(
        self, histories: AsyncIterator[WorkflowHistory], told: Callable[[Tally], None] = lambda _: None
    ) -> Tally:
        """All of them; the runs of a case have to come oldest first. Whoever was erased stays so."""
        tally, erased = Tally(), await self._rebuilt.erased()
        waiting: dict[tuple[str, str], WorkflowHistory] = {}

        async def due() -> AsyncIterator[WorkflowHistory]:
            async for history in histories:
                run = run_of(history)
                if customer_of(history.workflow_id) in erased:
                    tally.runs["erased"] += 1
                elif await self._rebuilt.has(run):
                    tally.runs["before"] += 1
                else:
                    waiting[history.workflow_id, run] = history
                    yield history

        async for played in self._replaying.play(due()):
            history = waiting.pop((played.case, played.run))
            if played.result == "fine":
                await self._write(played, history, tally)
            else:
                tally.runs[played.result] += 1
                tally.not_written.append(f"{played.case} {played.run}")
            told(tally)
        await self._rebuilt.over()
        return tally

    async def _write(self, played: Played, history: WorkflowHistory, tally: Tally) -> None:
        pages = _taken(played.pages, history)
        await self._journal.write_all(pages)
        await self._rebuilt.done(played.case, played.run)
        tally.runs["written"] += 1
        tally.pages += len(pages)


def _taken(pages: Sequence[Page], history: WorkflowHistory) -> list[Page]:
    """Those that the journal took: what it refused while it was away came again with the next turn."""
    each = (event.marker_recorded_event_attributes for event in history.events)
    failed = [marker.HasField("failure") for marker in each if marker.marker_name == "core_local_activity"]
    return [page for number, page in enumerate(pages) if number >= len(failed) or not failed[number]]


async def of_server(client: Client, query: str = "") -> AsyncIterator[WorkflowHistory]:
    """All histories of a query, oldest first. What retention takes away meanwhile is passed over."""
    found: list[WorkflowExecution] = [each async for each in client.list_workflows(query or None)]
    for each in sorted(found, key=lambda execution: (execution.start_time, execution.id)):
        try:
            yield await client.get_workflow_handle(each.id, run_id=each.run_id).fetch_history()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise


async def of_archive(archive: Archive) -> AsyncIterator[WorkflowHistory]:
    """All that is archived, the runs of each case oldest first."""
    chain: list[WorkflowHistory] = []
    async for history in archive.all():
        if chain and chain[0].workflow_id != history.workflow_id:
            for each in in_order(chain):
                yield each
            chain = []
        chain.append(history)
    for each in in_order(chain):
        yield each


async def of_files(paths: Iterable[Path]) -> AsyncIterator[WorkflowHistory]:
    """All of these files, oldest first. Raises NotUnderstood for one that is no history."""
    begun: list[tuple[float, Path]] = []
    for file in files_in(paths):
        history = from_json(file.read_text("utf-8"), file.stem)
        begun.append((history.events[0].event_time.ToNanoseconds() / 1e9, file))
    for _, file in sorted(begun):
        yield from_json(file.read_text("utf-8"), file.stem)


async def each_once(*sources: AsyncIterator[WorkflowHistory]) -> AsyncIterator[WorkflowHistory]:
    """One source after the other; a run that several have is given once."""
    seen: set[str] = set()
    for source in sources:
        async for history in source:
            if (run := run_of(history)) not in seen:
                seen.add(run)
                yield history
