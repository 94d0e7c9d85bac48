"""What is measured while a case is asked: how long each part of a turn takes, and what a lease kept out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from prometheus_client import Counter

LEASE_REFUSALS = Counter("segue_lease_refusals", "Requests that a case refused because somebody else drives it")
STAGES = ("received", "read", "answered", "rendered")


@dataclass
class Laps:
    """Marks of one turn, in seconds of ``perf_counter``. ``began``: its words were there, or its request came in."""

    began: float
    read_from: float
    asked: float | None = None
    answered: float | None = None

    def stages(self, over: float) -> dict[str, float]:
        """Seconds of each stage of a turn that is over: taken in, read, answered by the case, put into words."""
        asked = self.asked if self.asked is not None else over
        answered = self.answered if self.answered is not None else asked
        marks = (self.began, self.read_from, asked, answered, over)
        return {name: max(0.0, marks[n + 1] - marks[n]) for n, name in enumerate(STAGES)}


_laps: ContextVar[Laps | None] = ContextVar("laps", default=None)
_case: ContextVar[str] = ContextVar("case", default="")


@contextmanager
def lapped(began: float | None = None) -> Iterator[Laps]:
    """A turn whose asking is marked in the laps that are given out."""
    here = time.perf_counter()
    laps = Laps(began if began is not None else here, here)
    kept = _laps.set(laps)
    try:
        yield laps
    finally:
        _laps.reset(kept)


@contextmanager
def asking(case: str) -> Iterator[None]:
    """A case is asked. What this task logs from now on is joined by it."""
    _case.set(case)
    laps = _laps.get()
    if laps is not None and laps.asked is None:
        laps.asked = time.perf_counter()
    try:
        yield
    finally:
        if laps is not None:
            laps.answered = time.perf_counter()


def case_at_hand() -> str:
    """The case that this task asked last; empty before that."""
    return _case.get()
