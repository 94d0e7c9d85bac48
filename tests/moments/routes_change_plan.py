"""Ways through a change of plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from activities.identity import Identity
from activities.plans import Plans
from simulators.tariffs import Tariffs
from tests.moments.papers import LoosePapers
from tests.moments.route import CODE, KnownCode, Route, actor, first
from workflows.change_plan import ChangePlan

NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)


def actors() -> list[object]:
    return [Plans(Tariffs(LoosePapers(), clock=lambda: NOON)), Identity(KnownCode())]


async def effects(given: list[object], customer: str) -> list[Any]:
    """Every change of plan, and what became of it."""
    tariffs: Tariffs = actor(given, Plans)._desk
    return await tariffs.changes(customer)


TODAY = Route(
    name="from today on",
    moment=ChangePlan,
    actors=actors,
    answers={"plan": "plus", "start": first, "verify-code": CODE, "change": True},
    effects=effects,
    passes=timedelta(days=16),
)
ROUTES = {"today": TODAY}
