"""Many histories at once: a process for each core, each replaying one history after the other."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import pickle
import signal
import socket
import threading
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from multiprocessing.process import BaseProcess
from typing import Any

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter

from models.errors import Misconfigured
from ops.replaying import Played, Replaying, unplayed

# What a process needs: the moments, and what opens their payloads. It is sent to the process: a function of a module.
Code = Callable[[], AbstractAsyncContextManager[tuple[Sequence[type], DataConverter]]]
_AHEAD = 4
_PATIENCE = 60.0
_LARGEST = 256 * 1024 * 1024
_LOST = (IncompleteReadError, ConnectionError, BrokenPipeError)


async def replay(
    histories: AsyncIterable[WorkflowHistory],
    code: Code,
    *,
    processes: int | None = None,
    patience: float = _PATIENCE,
) -> AsyncGenerator[Played, None]:
    """Each history's result, in no order; a fixed number of histories is in memory at any time.

    ``processes``: as many as there are cores, where none is given. A history that keeps a process busy for longer than
    ``patience`` seconds is ``broken`` by ``hangs``, one that kills its process by ``crashes``; the others go on in a
    new one. Raises Misconfigured where a process can't begin at all, and what the source of histories raises.
    """
    source, results = _Source(histories), asyncio.Queue[Played](64)
    lanes = [_Lane(source, results, code, patience) for _ in range(processes or os.cpu_count() or 1)]
    running = asyncio.gather(*(lane.run() for lane in lanes))
    try:
        while not running.done() or not results.empty():
            got = asyncio.ensure_future(results.get())
            await asyncio.wait((running, got), return_when=asyncio.FIRST_COMPLETED)
            if got.done():
                yield got.result()
            else:
                got.cancel()
        await running
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await running
        for lane in lanes:
            lane.end()


class _Source:
    """The histories, for several that take from them in turn."""

    def __init__(self, histories: AsyncIterable[WorkflowHistory]) -> None:
        self._source = aiter(histories)
        self._turn = asyncio.Lock()
        self.over = False

    async def next(self) -> WorkflowHistory | None:
        async with self._turn:
            history = None if self.over else await anext(self._source, None)
            self.over = history is None
            return history


class _Lane:
    """One process after the other, of which each goes on where the one before was lost."""

    def __init__(self, source: _Source, results: asyncio.Queue[Played], code: Code, patience: float) -> None:
        self._source, self._results, self._code, self._patience = source, results, code, patience
        self._given: deque[WorkflowHistory] = deque()
        self._process: BaseProcess | None = None
        self._writer: StreamWriter | None = None

    async def run(self) -> None:
        while (lost := await self._serve()) is not None:
            self.end()
            await self._results.put(lost)
        self.end()

    async def _serve(self) -> Played | None:
        """Let a process replay until there is no more (None), or it is lost: what became of the history it was at."""
        if not self._given and (first := await self._source.next()) is not None:
            self._given.append(first)
        if not self._given:
            return None
        reader, writer = await self._started()
        for history in self._given:
            _send(writer, _packed(history))
        while await self._fed(writer):
            try:
                played: Played = await asyncio.wait_for(_received(reader), self._patience)
            except TimeoutError:
                return self._lost("hangs")
            except _LOST:
                return self._lost("crashes")
            self._given.popleft()
            await self._results.put(played)
        return None

    async def _fed(self, writer: StreamWriter) -> bool:
        """Give the process something ahead. Not drained: what it has not read yet is bounded by what it was given."""
        while len(self._given) < _AHEAD and (history := await self._source.next()) is not None:
            self._given.append(history)
            _send(writer, _packed(history))
        return bool(self._given)

    def _lost(self, error: str) -> Played:
        return unplayed(self._given.popleft(), error)

    async def _started(self) -> tuple[StreamReader, StreamWriter]:
        here, there = socket.socketpair()
        context = multiprocessing.get_context("spawn")
        with there:
            self._process = context.Process(target=_work, args=(there, self._code), daemon=True)
            self._process.start()
        reader, self._writer = await asyncio.open_connection(sock=here, limit=2**20)
        try:
            if refused := await asyncio.wait_for(_received(reader), 120):
                raise Misconfigured(str(refused))
        except (TimeoutError, *_LOST):
            raise Misconfigured("A process for the replay did not begin; what it printed says why.") from None
        return reader, self._writer

    def end(self) -> None:
        """At once: what still runs in the process is of no use to anybody."""
        if self._writer is not None:
            self._writer.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._writer = None


def _packed(history: WorkflowHistory) -> bytes:
    return pickle.dumps((history.workflow_id, History(events=history.events).SerializeToString()))


def _send(writer: StreamWriter, content: bytes) -> None:
    with suppress(*_LOST):
        writer.write(len(content).to_bytes(4, "big") + content)


async def _received(reader: StreamReader) -> Any:
    size = int.from_bytes(await reader.readexactly(4), "big")
    if size > _LARGEST:
        raise ConnectionError
    return pickle.loads(await reader.readexactly(size))  # noqa: S301 - from a process of our own


def _work(connection: socket.socket, code: Code) -> None:
    # Ctrl-C goes to all; whoever started us says when to end, and where they are killed, so are we.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_with_parent, daemon=True).start()
    logging.disable(logging.CRITICAL)
    asyncio.run(_serve(connection, code))
    # Not joined: a script that hangs in its thread would keep the process for ever.
    os._exit(0)


def _with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
    os._exit(1)


async def _serve(connection: socket.socket, code: Code) -> None:
    reader, writer = await asyncio.open_connection(sock=connection, limit=2**20)

    async def received() -> AsyncIterator[WorkflowHistory]:
        while True:
            try:
                id, events = await _received(reader)
            except _LOST:
                return
            history = WorkflowHistory(id, list(History.FromString(events).events))
            if (passed := replaying.passed_over(history)) is None:
                yield history
            else:
                # At once: whoever gave it takes the results in the order in which they were given.
                _send(writer, pickle.dumps(passed))

    try:
        async with code() as (workflows, converter):
            replaying = Replaying(workflows, converter)
            _send(writer, pickle.dumps(""))
            async for played in replaying.play(received()):
                # A state may hold what does not travel, and nobody asked for it.
                _send(writer, pickle.dumps(_bare(played)))
                await writer.drain()
    except Misconfigured as error:
        _send(writer, pickle.dumps(str(error)))
        await writer.drain()


def _bare(played: Played) -> Played:
    played.opening, played.frames, played.pages, played.reached = None, [], [], []
    return played
