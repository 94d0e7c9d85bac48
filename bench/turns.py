"""The measurement: latency one answer at a time, throughput with many cases in flight, events from the histories."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from time import perf_counter

from bench.caller import Caller
from bench.ground import Ground, ground
from bench.ways import Bare, Engine, Http, Journal, Place, Way

Progress = Callable[[str, float], None]
WARM_UP = 10


@dataclass(frozen=True)
class Plan:
    """How much is measured. ``answers`` are given to each case, ``cases`` are in flight for the throughput."""

    rounds: int = 3
    answers: int = 40
    cases: int = 10


@dataclass
class Measured:
    """What one way showed: milliseconds of each answer and answers per second, by round."""

    latency: list[list[float]] = field(default_factory=list)
    throughput: list[float] = field(default_factory=list)
    events: float = 0.0
    bytes: float = 0.0


async def measure(plan: Plan, progress: Progress = lambda _what, _done: None) -> dict[str, Measured]:
    """Bring a machine up, measure all ways on it, and throw it away; what each way showed, by its name."""
    progress("Starting Temporal, a worker and a server", 0)
    async with AsyncExitStack() as held:
        place = await held.enter_async_context(ground())
        ways = await _ways(place, held)
        measured = {way.name: Measured() for way in ways}
        order = random.Random(1)
        await _latency(ways, min(WARM_UP, plan.answers), order)
        for number in range(plan.rounds):
            progress("One answer at a time", number / plan.rounds / 3)
            for name, times in (await _latency(ways, plan.answers, order)).items():
                measured[name].latency.append(times)
        for number in range(plan.rounds):
            for index, way in enumerate(order.sample(ways, len(ways))):
                done = (number + index / len(ways)) / plan.rounds
                progress(f"{plan.cases} cases at a time", 1 / 3 + done * 2 / 3)
                measured[way.name].throughput.append(await _throughput(way, plan))
        for way in ways:
            measured[way.name].events, measured[way.name].bytes = await _history(way, place, plan.answers)
        progress("Done", 1)
    return measured


async def _ways(place: Ground, held: AsyncExitStack) -> list[Way]:
    caller = Caller(place.port, {"Authorization": f"Bearer {place.api_key}"})
    held.push_async_callback(caller.close)
    return [Bare(place), Engine(place), Journal(place), Http(place, caller)]


async def _latency(ways: Sequence[Way], answers: int, order: random.Random) -> dict[str, list[float]]:
    """Milliseconds of each answer. The ways take turns answer by answer, in changing order."""
    places = {way: await way.open(answers + 1) for way in ways}
    times: dict[str, list[float]] = {way.name: [] for way in ways}
    for _ in range(answers):
        for way in order.sample(list(ways), len(ways)):
            began = perf_counter()
            await way.answer(places[way])
            times[way.name].append((perf_counter() - began) * 1000)
    return times


async def _throughput(way: Way, plan: Plan) -> float:
    """Answers per second with that many cases in flight, each answering as soon as it is asked."""
    places = [await way.open(plan.answers + 1) for _ in range(plan.cases)]
    began = perf_counter()
    await asyncio.gather(*(_through(way, place, plan.answers) for place in places))
    return plan.cases * plan.answers / (perf_counter() - began)


async def _through(way: Way, place: Place, answers: int) -> None:
    for _ in range(answers):
        await way.answer(place)


async def _history(way: Way, place: Ground, answers: int) -> tuple[float, float]:
    """Events, and bytes, that an answer adds to a case's history."""
    case = await way.open(answers + 1)
    events, size = await _length(place, case.case)
    await _through(way, case, answers)
    now = await _length(place, case.case)
    return (now[0] - events) / answers, (now[1] - size) / answers


async def _length(place: Ground, case: str) -> tuple[int, int]:
    handle = place.line.client.get_workflow_handle(case)
    history = await handle.fetch_history()
    info = (await handle.describe()).raw_description.workflow_execution_info
    return len(history.events), info.history_size_bytes
