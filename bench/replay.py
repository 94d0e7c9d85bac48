"""How fast histories are replayed: ours beside Temporal's plain Replayer, on the same histories in the same run."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing import active_children
from pathlib import Path
from time import perf_counter

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from models.errors import Misconfigured
from ops.fleet import replay
from ops.histories import from_files
from ops.replaying import Replaying
from workflows.catalogue import WORKFLOWS

RECORDED = Path(__file__).resolve().parent.parent / "tests" / "histories"
BARE = "pay-bill/c_bare/1"
# As a worker has it: only the scripts themselves are in the sandbox.
SHARED = (
    "activities",
    "channels",
    "database",
    "models",
    "workflows.engine",
    "workflows.execution",
    "workflows.moment",
)
SANDBOX = SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*SHARED))
PAGE = os.sysconf("SC_PAGE_SIZE")

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Plan:
    """``histories`` in the long run; in each of ``rounds`` every way replays ``batch``, the sandboxed one a tenth."""

    histories: int = 20_000
    rounds: int = 5
    batch: int = 300
    processes: int = os.cpu_count() or 1
    files: Path = RECORDED


@dataclass
class Measured:
    """Histories a second by way and round; in the long run megabytes over time, and what became of its histories."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    memory: list[tuple[int, float]] = field(default_factory=list)
    results: dict[str, int] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    long_rate: float = 0.0
    load: tuple[float, float] = (0.0, 0.0)


@asynccontextmanager
async def code() -> AsyncIterator[tuple[Sequence[type], DataConverter]]:
    """What the processes replay with."""
    yield WORKFLOWS, pydantic_data_converter


def recorded(files: Path) -> list[WorkflowHistory]:
    """The histories of all moments. Misconfigured where there are none."""
    found = list(from_files([files])) if files.exists() else []
    if not found:
        raise Misconfigured(f"There are no histories in {files}. Give a folder with --files.")
    return found


async def many(found: Sequence[WorkflowHistory], count: int, bare: int | None = None) -> AsyncIterator[WorkflowHistory]:
    """So many of them over and over, each a case of its own; at number ``bare`` one that holds only its first event."""
    for number in range(count):
        history = found[number % len(found)]
        if number == bare:
            yield WorkflowHistory(BARE, history.events[:1])
        yield WorkflowHistory(f"{history.workflow_id}{number}", history.events)


async def measure(plan: Plan, progress: Progress = lambda _what, _done: None) -> Measured:
    """All ways in turn, in changing order, then the long run."""
    found, measured, order = recorded(plan.files), Measured(), random.Random(1)
    began = os.getloadavg()[0]
    plain, sandboxed, ours = _plain(UnsandboxedWorkflowRunner()), _plain(SANDBOX), _ours()
    ways: dict[str, Callable[[], AsyncIterator[None]]] = {
        "plain": lambda: plain(many(found, plan.batch)),
        "plain, sandboxed": lambda: sandboxed(many(found, max(plan.batch // 10, 3))),
        "ours": lambda: ours(many(found, plan.batch)),
        "ours, all cores": lambda: _fleet(many(found, plan.batch * plan.processes), plan.processes),
    }
    for name in ("plain", "ours"):
        await _rate(ways[name]())
    for number in range(plan.rounds):
        for index, name in enumerate(order.sample(list(ways), len(ways))):
            progress(name, (number + index / len(ways)) / plan.rounds / 2)
            measured.rates.setdefault(name, []).append(await _rate(ways[name]()))
    await _long(plan, found, measured, progress)
    measured.load = (began, os.getloadavg()[0])
    return measured


async def _rate(replayed: AsyncIterator[None]) -> float:
    """Histories a second, from the first that is done to the last: processes have begun by then."""
    count, first = 0, 0.0
    async for _ in replayed:
        first = first or perf_counter()
        count += 1
    return (count - 1) / (perf_counter() - first)


def _plain(runner: WorkflowRunner) -> Callable[[AsyncIterator[WorkflowHistory]], AsyncIterator[None]]:
    replayer = Replayer(workflows=WORKFLOWS, data_converter=pydantic_data_converter, workflow_runner=runner)

    async def through(histories: AsyncIterator[WorkflowHistory]) -> AsyncIterator[None]:
        async with replayer.workflow_replay_iterator(histories) as results:
            async for result in results:
                if result.replay_failure:
                    raise result.replay_failure
                yield

    return through


def _ours() -> Callable[[AsyncIterator[WorkflowHistory]], AsyncIterator[None]]:
    replaying = Replaying(WORKFLOWS, pydantic_data_converter)

    async def through(histories: AsyncIterator[WorkflowHistory]) -> AsyncIterator[None]:
        async for _ in replaying.play(histories):
            yield

    return through


async def _fleet(histories: AsyncIterator[WorkflowHistory], processes: int) -> AsyncIterator[None]:
    async for _ in replay(histories, code, processes=processes):
        yield


async def _long(plan: Plan, found: Sequence[WorkflowHistory], measured: Measured, progress: Progress) -> None:
    """Everything once, on all cores: is memory flat, and is the one that never began named and passed over?"""
    source, done, began = many(found, plan.histories, bare=plan.histories // 2), 0, 0.0
    every = max(plan.histories // 40, 1)
    async for played in replay(source, code, processes=plan.processes):
        began = began or perf_counter()
        done += 1
        measured.results[played.result] = measured.results.get(played.result, 0) + 1
        if played.result != "fine":
            measured.named.append(f"{played.case}: {played.result}")
        if done % every == 0:
            measured.memory.append((done, _megabytes()))
            progress(f"{done:,} histories", 0.5 + done / plan.histories / 2)
        await asyncio.sleep(0)
    measured.long_rate = (done - 1) / (perf_counter() - began)


def _megabytes() -> float:
    """Resident memory of this process and those it started; 0 where the system does not tell."""
    pids = [os.getpid(), *(child.pid for child in active_children())]
    try:
        pages = (int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) for pid in pids)
        return sum(pages) * PAGE / 1e6
    except OSError:
        return 0.0
