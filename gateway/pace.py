"""How long turns took over the last hour, as this server saw it: kept in memory, a minute at a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MINUTES = 60
MOST = 2000  # turns of one minute; beyond that, every turn takes the place of the oldest


@dataclass
class Minute:
    """``number``: minutes of the epoch. ``turns``: seconds of each turn; ``stages``: seconds in each, altogether."""

    number: int
    turns: deque[float] = field(default_factory=lambda: deque(maxlen=MOST))
    stages: dict[str, float] = field(default_factory=dict)
    count: int = 0


@dataclass(frozen=True)
class Point:
    """A minute that has passed. ``ago`` in minutes; p50 and p95 in seconds, None without a turn."""

    ago: int
    count: int
    p50: float | None
    p95: float | None


class Pace:
    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._minutes: deque[Minute] = deque(maxlen=MINUTES)

    def took(self, channel: str, stages: Mapping[str, float]) -> None:
        """A turn is over."""
        number = int(self._clock() // 60)
        if not self._minutes or self._minutes[-1].number != number:
            self._minutes.append(Minute(number))
        minute = self._minutes[-1]
        minute.count += 1
        minute.turns.append(sum(stages.values()))
        for name, seconds in stages.items():
            minute.stages[name] = minute.stages.get(name, 0.0) + seconds

    def hour(self) -> list[Point]:
        """Sixty minutes, the oldest first."""
        here = int(self._clock() // 60)
        known = {minute.number: minute for minute in self._minutes}
        return [_point(here - number, known.get(number)) for number in range(here - MINUTES + 1, here + 1)]

    def stages(self) -> dict[str, float]:
        """What a turn of the last hour spent in each stage, in seconds, on average."""
        since = int(self._clock() // 60) - MINUTES
        recent = [minute for minute in self._minutes if minute.number > since]
        count = sum(minute.count for minute in recent)
        names = dict.fromkeys(name for minute in recent for name in minute.stages)
        return {name: sum(minute.stages.get(name, 0.0) for minute in recent) / count for name in names}

    def over_the_hour(self) -> tuple[float | None, float | None, int]:
        """p50 and p95 in seconds, and how many turns there were."""
        since = int(self._clock() // 60) - MINUTES
        turns = sorted(turn for minute in self._minutes if minute.number > since for turn in minute.turns)
        count = sum(minute.count for minute in self._minutes if minute.number > since)
        return quantile(turns, 0.5), quantile(turns, 0.95), count


def _point(ago: int, minute: Minute | None) -> Point:
    if minute is None:
        return Point(ago, 0, None, None)
    turns = sorted(minute.turns)
    return Point(ago, minute.count, quantile(turns, 0.5), quantile(turns, 0.95))


def quantile(ordered: list[float], share: float) -> float | None:
    """The value below which that share of an ordered list lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


PACE = Pace()
