"""Many histories at once: a process for each core, each replaying one history after the other."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import time
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter

from ops.histories import moment_of
from ops.replaying import Played, Replaying

# What a process needs: the moments, and what opens their payloads. It is sent to the process: a function of a module.
Code = Callable[[], AbstractAsyncContextManager[tuple[Sequence[type], DataConverter]]]
_AHEAD = 4
_PATIENCE = 60.0


@dataclass
class _Process:
    """One of the fleet, and the histories it has been given, oldest first."""

    process: BaseProcess
    pipe: Connection
    given: deque[WorkflowHistory] = field(default_factory=deque)
    since: float = 0.0

    @property
    def hangs(self) -> bool:
        return bool(self.given) and time.monotonic() - self.since > _PATIENCE

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


async def replay(
    histories: AsyncIterable[WorkflowHistory], code: Code, *, processes: int | None = None
) -> AsyncIterator[Played]:
    """Each history's result, in no order; a fixed number of histories is in memory at any time.

    ``processes``: as many as there are cores, where none is given. A history that keeps a process busy for a minute is
    ``broken`` by ``hangs``, one that kills its process by ``crashes``.
    """
    fleet = [_started(code) for _ in range(processes or os.cpu_count() or 1)]
    source, more = aiter(histories), True
    try:
        while more or any(each.given for each in fleet):
            more = more and await _fed(fleet, source)
            for number, each in enumerate(fleet):
                async for played in _results(each):
                    yield played
                if lost := _lost(each):
                    fleet[number] = _started(code)
                    fleet[number].given.extend(each.given)
                    for history in each.given:
                        _send(fleet[number], history)
                    yield lost
            await asyncio.sleep(0 if any(each.pipe.poll() for each in fleet) else 0.001)
    finally:
        for each in fleet:
            each.end()


async def _fed(fleet: list[_Process], source: AsyncIterator[WorkflowHistory]) -> bool:
    """Give each process something ahead; whether there may be more."""
    for each in fleet:
        while len(each.given) < _AHEAD:
            history = await anext(source, None)
            if history is None:
                return False
            each.given.append(history)
            _send(each, history)
    return True


def _send(each: _Process, history: WorkflowHistory) -> None:
    if len(each.given) == 1:
        each.since = time.monotonic()
    each.pipe.send_bytes(pickle.dumps((history.workflow_id, History(events=history.events).SerializeToString())))


async def _results(each: _Process) -> AsyncIterator[Played]:
    try:
        while each.given and each.pipe.poll():
            played: Played = pickle.loads(each.pipe.recv_bytes())  # noqa: S301 - from a process of our own
            each.given.popleft()
            each.since = time.monotonic()
            yield played
    except (EOFError, OSError):
        return


def _lost(each: _Process) -> Played | None:
    """What became of the history that a process hangs on, or died of."""
    error = "hangs" if each.hangs else "" if each.process.is_alive() else "crashes"
    if not error or not each.given:
        return None
    history = each.given.popleft()
    each.end()
    return Played(history.workflow_id, "", len(history.events), moment_of(history), "broken", error=error)


def _started(code: Code) -> _Process:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, code), daemon=True)
    process.start()
    there.close()
    return _Process(process, here)


def _work(pipe: Connection, code: Code) -> None:
    asyncio.run(_serve(pipe, code))


async def _serve(pipe: Connection, code: Code) -> None:
    async def received() -> AsyncIterator[WorkflowHistory]:
        while True:
            try:
                id, events = pickle.loads(await asyncio.to_thread(pipe.recv_bytes))  # noqa: S301 - our own parent
            except EOFError:
                return
            yield WorkflowHistory(id, list(History.FromString(events).events))

    async with code() as (workflows, converter):
        async for played in Replaying(workflows, converter).play(received()):
            played.pages = []
            pipe.send_bytes(pickle.dumps(played))
