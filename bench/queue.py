"""Which order to serve waiting customers in: one day's arrivals played against every rule, seed by seed."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean, pstdev

from insight.priority import Waiting, Weights, place, weight

START = datetime(2030, 1, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Kind:
    """Cases of one kind: their share, what was promised, how long they take (minutes), and how they vary."""

    name: str
    share: float
    promise: float
    handling: float
    importance: float = 1.0


# A desk's day: promises by how somebody came, handling by what it is about.
DESK = (
    Kind("call or chat, handed over", 0.24, 10, 9, 1.2),
    Kind("sore case", 0.10, 15, 12, 1.5),
    Kind("text, billing", 0.26, 60, 8, 1.0),
    Kind("text, technical", 0.14, 60, 14, 1.2),
    Kind("stuck case", 0.06, 120, 18, 1.0),
    Kind("email", 0.20, 240, 8, 0.7),
)
# Promises of one order, so that importance, mood and value alone must do it.
MOMENTS = (
    Kind("bill", 0.34, 30, 6, 1.0),
    Kind("technical issue", 0.24, 30, 14, 1.4),
    Kind("billing issue", 0.16, 20, 12, 1.6),
    Kind("plan", 0.12, 45, 8, 0.8),
    Kind("device", 0.10, 60, 10, 0.7),
    Kind("welcome", 0.04, 60, 5, 0.5),
)
# Calls beside paper work: promises from two minutes to a day.
CHANNELS = (
    Kind("call or chat", 0.34, 2, 6, 1.2),
    Kind("text", 0.36, 30, 6, 1.0),
    Kind("email", 0.22, 240, 8, 0.8),
    Kind("paper work", 0.08, 1440, 15, 0.6),
)
MIXES = {"desk": DESK, "moments": MOMENTS, "channels": CHANNELS}


@dataclass(frozen=True)
class Plan:
    """``cases`` are played for each seed, the first tenth of them to warm up."""

    seeds: int = 5
    cases: int = 10_000
    agents: int = 8
    load: float = 0.97
    mix: str = "desk"


@dataclass(frozen=True)
class Job:
    """One case: when it came, how long it really takes (minutes), and what the queue knows of it."""

    came: float
    takes: float
    kind: Kind
    known: Waiting
    weight: float
    slope: float


@dataclass(frozen=True)
class Outcome:
    """What one rule made of one seed's cases. Costs are means per case, waits in promises."""

    cost: float
    breach: float
    weighted_breach: float
    longest: float
    p999: float
    mean_minutes: float


Pick = Callable[[Sequence[Job], float], int]


def arrivals(plan: Plan, seed: int) -> list[Job]:
    """A seed's cases in the order they come: the same for every rule. Poisson, gamma and log-normal throughout."""
    rng = random.Random(seed)
    kinds = MIXES[plan.mix]
    shares = [kind.share for kind in kinds]
    mean_work = sum(kind.share * kind.handling for kind in kinds)
    gap = mean_work / (plan.agents * plan.load)
    clock, jobs = 0.0, []
    for number in range(plan.cases):
        clock += rng.expovariate(1 / gap)
        kind = rng.choices(kinds, shares)[0]
        takes = rng.gammavariate(2.0, kind.handling / 2.0)
        jobs.append(_job(rng, number, clock, takes, kind))
    return jobs


def _job(rng: random.Random, number: int, came: float, takes: float, kind: Kind) -> Job:
    known = Waiting(
        case=str(number),
        since=START + timedelta(minutes=came),
        promise=timedelta(minutes=kind.promise),
        handling=timedelta(minutes=kind.handling),
        importance=kind.importance,
        value=min(rng.lognormvariate(0, 0.6), 20.0),
        mood=-rng.random() if rng.random() < 0.2 else rng.random(),
        sore=rng.random() < 0.1,
        stuck=rng.random() < 0.05,
    )
    # The cost after one promise: it grows by as much with each promise more.
    return Job(came, takes, kind, known, weight(known), place(known, known.since + known.promise).cost)


# -- the rules ------------------------------------------------------------------------------------------------


def fifo(waiting: Sequence[Job], now: float) -> int:
    return min(range(len(waiting)), key=lambda index: waiting[index].came)


def earliest_deadline(waiting: Sequence[Job], now: float) -> int:
    return min(range(len(waiting)), key=lambda index: waiting[index].came + waiting[index].kind.promise)


def additive(waiting: Sequence[Job], now: float) -> int:
    """Points for each thing that counts, added up, each in standard deviations of what waits now."""
    columns = (
        [job.known.importance for job in waiting],
        [max(0.0, -job.known.mood) for job in waiting],
        [min(job.known.value, 3.0) for job in waiting],
        [(now - job.came) / job.kind.promise for job in waiting],
    )
    points = [0.0] * len(waiting)
    for column in columns:
        middle, spread = fmean(column), pstdev(column) or 1.0
        points = [sum_ + (number - middle) / spread for sum_, number in zip(points, column, strict=True)]
    return max(range(len(waiting)), key=points.__getitem__)


def cost_of_waiting(guard: float) -> Pick:
    """The queue's own order, :func:`insight.priority.order`: its first, found without sorting the rest."""

    def pick(waiting: Sequence[Job], now: float) -> int:
        best, chosen = (-1, -math.inf), 0
        for index, job in enumerate(waiting):
            waited = (now - job.came) / job.kind.promise
            rank = (1, waited) if waited >= guard else (0, waited * job.slope)
            if rank > best:
                best, chosen = rank, index
        return chosen

    return pick


RULES: dict[str, Pick] = {
    "first come, first served": fifo,
    "earliest deadline": earliest_deadline,
    "points added up": additive,
    "cost of waiting, no guard": cost_of_waiting(math.inf),
    "cost of waiting": cost_of_waiting(Weights().guard),
}
OURS = "cost of waiting"


# -- the play -------------------------------------------------------------------------------------------------


def play(jobs: Sequence[Job], agents: int, pick: Pick) -> list[float]:
    """How long each job waited, in minutes, in the order they came. Nobody is interrupted."""
    waits = [0.0] * len(jobs)
    free = [0.0] * agents
    heapq.heapify(free)
    waiting: list[Job] = []
    following = 0
    while following < len(jobs) or waiting:
        now = heapq.heappop(free)
        if not waiting:
            now = max(now, jobs[following].came)
        while following < len(jobs) and jobs[following].came <= now:
            waiting.append(jobs[following])
            following += 1
        chosen = pick(waiting, now)
        waiting[chosen], waiting[-1] = waiting[-1], waiting[chosen]
        job = waiting.pop()
        waits[int(job.known.case)] = now - job.came
        heapq.heappush(free, now + job.takes)
    return waits


def outcome(jobs: Sequence[Job], waits: Sequence[float]) -> Outcome:
    """What it cost: the weight of each case times the square of the promises it waited, without the warm-up."""
    counted = list(zip(jobs, waits, strict=True))[len(jobs) // 10 :]
    promises = sorted(wait / job.kind.promise for job, wait in counted)
    late = [job.weight for job, wait in counted if wait > job.kind.promise]
    return Outcome(
        cost=fmean(job.weight * (wait / job.kind.promise) ** 2 for job, wait in counted),
        breach=len(late) / len(counted),
        weighted_breach=sum(late) / sum(job.weight for job, _ in counted),
        longest=promises[-1],
        p999=promises[int(len(promises) * 0.999)],
        mean_minutes=fmean(wait for _, wait in counted),
    )


def measure(plan: Plan, progress: Callable[[str, float], None] | None = None) -> dict[str, list[Outcome]]:
    """Every rule on the same arrivals, seed by seed."""
    found: dict[str, list[Outcome]] = {name: [] for name in RULES}
    for seed, jobs in _days(plan):
        for number, (name, pick) in enumerate(RULES.items()):
            if progress:
                progress(f"seed {seed}: {name}", (seed + number / len(RULES)) / plan.seeds)
            found[name].append(outcome(jobs, play(jobs, plan.agents, pick)))
    if progress:
        progress("Done", 1.0)
    return found


def _days(plan: Plan) -> Iterator[tuple[int, list[Job]]]:
    for seed in range(plan.seeds):
        yield seed, arrivals(plan, seed)
