"""Whose turn it is: waiting cases in the order of what their waiting costs. Values in, order out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import Field

from models.people import Frozen


class Reason(StrEnum):
    """Why a case stands where it stands, as an agent reads it."""

    STARVING = "starving"  # waits so long that nothing else counts
    URGENT = "urgent"
    PERSON = "person"  # asked for a person
    UNHAPPY = "unhappy"
    PROMISE = "promise"  # waits longer than it was promised
    STUCK = "stuck"
    VALUE = "value"


class Waiting(Frozen):
    """A case that waits for a person since ``since``.

    ``promise`` is how long it should wait at most, ``handling`` how long such a case takes. ``importance`` is that of
    its moment (1 is ordinary) and ``value`` the customer's over the median customer's. ``mood`` goes from -1 (angry)
    to 1. ``sore`` says that it shows friction. ``urgent`` is what law or safety puts first.
    """

    case: str
    since: datetime
    promise: timedelta = Field(default=timedelta(hours=4), gt=timedelta())
    handling: timedelta = Field(default=timedelta(minutes=8), gt=timedelta())
    importance: float = Field(default=1.0, gt=0)
    value: float = Field(default=1.0, ge=0)
    mood: float = Field(default=0.0, ge=-1, le=1)
    sore: bool = False
    asked_for_person: bool = False
    stuck: bool = False
    urgent: bool = False


class Place(Frozen):
    """A case in the queue: ``reasons`` say why first, weightiest first; ``cost`` is what the next hour of waiting
    costs for each hour of work it takes; ``waited`` is in promises: at 1 the promise runs out.
    """

    case: str
    cost: float
    waited: float
    reasons: tuple[Reason, ...] = ()


class Weights(Frozen):
    """How much counts. ``guard``: who waited that many promises goes before everybody who did not."""

    mood: float = 2.0
    sore: float = 1.5
    person: float = 1.5
    stuck: float = 1.25
    least: float = 0.5
    most_importance: float = 2.0
    most_value: float = 3.0
    high_value: float = 2.0
    unhappy: float = -0.3
    guard: float = 10.0


def order(waiting: Iterable[Waiting], at: datetime, weights: Weights | None = None) -> list[Place]:
    """Who is first at that time: those the guard lets through, longest waiting first, then by cost of waiting.

    The cost of waiting grows with the square of the promises waited, so its rate grows with the wait: an hour costs
    importance x mood x value x waited / promise, over the work it takes (the generalised c-mu rule). Equal costs:
    longest waiting first.
    """
    weights = weights or Weights()
    ranked = [(_rank(case, at, weights), case) for case in waiting]
    ranked.sort(key=lambda pair: pair[0])
    return [place(case, at, weights) for _, case in ranked]


def place(case: Waiting, at: datetime, weights: Weights | None = None) -> Place:
    """One case's cost, how long it waited, and why."""
    weights = weights or Weights()
    waited = _waited(case, at)
    return Place(
        case=case.case, cost=_cost(case, waited, weights), waited=waited, reasons=_reasons(case, waited, weights)
    )


def weight(case: Waiting, weights: Weights | None = None) -> float:
    """How much a case counts beside an ordinary one: importance, mood, friction and value, each within its bounds."""
    weights = weights or Weights()
    importance = _within(case.importance, weights.least, weights.most_importance)
    value = _within(case.value, weights.least, weights.most_value)
    felt = 1 + weights.mood * max(0.0, -case.mood)
    marks = ((case.sore, weights.sore), (case.asked_for_person, weights.person), (case.stuck, weights.stuck))
    for marked, factor in marks:
        felt *= factor if marked else 1.0
    return importance * value * felt


def _cost(case: Waiting, waited: float, weights: Weights) -> float:
    promise, handling = case.promise / timedelta(hours=1), case.handling / timedelta(hours=1)
    return weight(case, weights) * waited / (promise * handling)


def _waited(case: Waiting, at: datetime) -> float:
    return max(0.0, (at - case.since) / case.promise)


def _rank(case: Waiting, at: datetime, weights: Weights) -> tuple[int, float, datetime, str]:
    waited = _waited(case, at)
    if case.urgent or waited >= weights.guard:
        return (0 if case.urgent else 1, -waited, case.since, case.case)
    return (2, -_cost(case, waited, weights), case.since, case.case)


def _reasons(case: Waiting, waited: float, weights: Weights) -> tuple[Reason, ...]:
    true = {
        Reason.URGENT: case.urgent,
        Reason.STARVING: waited >= weights.guard,
        Reason.PERSON: case.asked_for_person,
        Reason.UNHAPPY: case.sore or case.mood <= weights.unhappy,
        Reason.PROMISE: waited >= 1,
        Reason.STUCK: case.stuck,
        Reason.VALUE: case.value >= weights.high_value,
    }
    return tuple(reason for reason, holds in true.items() if holds)


def _within(number: float, least: float, most: float) -> float:
    return min(max(number, least), most)
