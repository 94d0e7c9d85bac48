"""What ops see of cases and do about them: lists, why a case is stuck, and repairs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field, JsonValue

from models.case import Status
from models.people import Frozen
from models.staff import Person

Kind = Literal["bug", "away", "uncertain", "retrying", "task-failing", "slow", "message"]
Action = Literal["retry", "skip", "reset", "terminate"]
JobState = Literal["running", "stopping", "stopped", "done"]
Outcome = Literal["waiting", "done", "refused", "failed"]


class Wanted(Frozen):
    """Which cases to list; what is not given does not narrow. ``customer`` is a record's id, ``text`` a part of an id.

    ``before`` goes on behind the case that a page ended with: its ``touched_at`` and id.
    """

    moment: str = ""
    statuses: tuple[Status, ...] = ()
    step: str = ""
    customers: tuple[str, ...] = ()
    text: str = Field(default="", max_length=100)
    since: datetime | None = None
    open_only: bool = False
    before: tuple[datetime, str] | None = None


class StuckCase(Frozen):
    """A case that can't go on, or does not, and why.

    ``kind``: a ``bug`` of the script, a company that is ``away``, an effect or a ``message`` that is ``uncertain``, a
    step ``retrying`` without end, a workflow task that keeps ``failing``, or ``slow``: longer at a step than its
    ``usual`` seconds (P99). ``where`` is the script's ``file:line``, ``error`` a type, ``key`` the step or question.
    """

    case: str
    moment: str
    status: Status
    kind: Kind
    since: datetime
    key: str = ""
    where: str = ""
    error: str = ""
    attempts: int = 0
    usual: float = 0
    open: bool = True

    @property
    def customer(self) -> str:
        return self.case.split("/")[1]

    @property
    def suggests(self) -> Action | None:
        """The repair to think of first; None where looking on is all there is."""
        suggested: dict[Kind, Action] = {
            "away": "retry",
            "retrying": "retry",
            "uncertain": "skip",
            "bug": "retry",
            "task-failing": "reset",
        }
        return suggested.get(self.kind)


class Order(Frozen):
    """What is to be done to some cases. ``key`` and ``value``: a step and what it should have brought (``skip``).

    ``place``: the point that is gone back to (``reset``), as travel names it; empty: the last good one.
    ``word``: whether the customer is told (``terminate``).
    """

    action: Action
    why: str = Field(min_length=5, max_length=500)
    key: str = ""
    value: JsonValue = None
    place: str = Field(default="", max_length=20)
    word: bool = True


class Verdict(Frozen):
    """What a repair would do, or did, to one case. ``told`` is a code: ``ok``, or why not; ``about`` fills it."""

    case: str
    outcome: Outcome
    told: str = ""
    about: str = ""


class Job(Frozen):
    """A repair of many cases; ``idle``: it should run, but nobody does it any more."""

    id: str
    action: Action
    state: JobState
    name: str
    why: str
    rate: int
    made_at: datetime
    beat_at: datetime
    ended_at: datetime | None
    counts: dict[str, int]
    idle: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class Point(Frozen):
    """Where a case can be put back to, as travel names it (``run.event``); what it asked then, by key."""

    place: str
    at: datetime
    asks: tuple[str, ...]
    line: str = ""


class Upkeep(Protocol):
    """How ops look after cases; what stands behind the pages."""

    async def stuck(self) -> list[StuckCase]:
        """All that are stuck, longest first."""

    async def try_out(self, order: Order, cases: Sequence[str]) -> list[Verdict]:
        """What the order would do to each; nothing is changed."""

    async def begin(self, order: Order, cases: Sequence[str], person: Person, rate: int) -> str:
        """Start to do it in the background, so many cases a minute; the job's id."""

    async def stop(self, job: str) -> None:
        """Nothing more is begun, whichever process does it."""

    async def go_on(self, job: str, person: Person) -> bool:
        """Take up a job whose process has gone; False where it can't be."""

    async def points(self, case: str) -> list[Point]:
        """Where a case can be put back to, newest first."""

    def shape(self, case: str, key: str) -> str:
        """What the step brings, as JSON to be filled in; empty where it is not known."""
