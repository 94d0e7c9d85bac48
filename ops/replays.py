"""Replays that are started from the page: one at a time, with how far it is and what the last one found."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError

from models.errors import Misconfigured
from models.replays import Run
from ops.fleet import Code, replay
from ops.histories import from_server
from ops.report import Report

QUERIES = {"open": "ExecutionStatus = 'Running'", "all": ""}


class Replays:
    """``processes``: one leaves the other cores to whoever is served meanwhile."""

    def __init__(self, client: Client, code: Code, *, processes: int = 1) -> None:
        self._client, self._code, self._processes = client, code, processes
        self._going: asyncio.Task[None] | None = None
        self.last: Run | None = None

    def start(self, query: str, by: str) -> bool:
        """Begin one; False while another is going on. ``query`` is a name of ``QUERIES``, or Temporal's own."""
        if self._going is not None and not self._going.done():
            return False
        self.last = Run(query=query, by=by, began=datetime.now(UTC))
        self._going = asyncio.create_task(self._run(self.last, QUERIES.get(query, query)))
        return True

    def stop(self) -> None:
        """End the one that is going on; what it has found stays."""
        if self._going is not None:
            self._going.cancel()

    async def _run(self, run: Run, query: str) -> None:
        report = Report()
        try:
            run.total = (await self._client.count_workflows(query or None)).count
            async with aclosing(
                replay(from_server(self._client, query), self._code, processes=self._processes)
            ) as playing:
                async for played in playing:
                    report.add(played)
                    run.done, run.wrong = report.total, report.wrong
        except RPCError as error:
            run.failed = error.message
        except Misconfigured as error:
            run.failed = str(error)
        except asyncio.CancelledError:
            run.stopped = True
        run.ended = datetime.now(UTC)
        run.found = report.document((run.ended - run.began).total_seconds())
