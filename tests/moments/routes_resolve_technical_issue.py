"""Ways through a technical problem: an outage, a check that helps, a visit, two visits, and a person in the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from activities.network import Network
from models.case import Event
from models.network import Result
from simulators.network import NetworkDesk
from tests.moments.papers import LoosePapers
from tests.moments.route import Route, actor, first
from workflows.resolve_technical_issue import ResolveTechnicalIssue

NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)


def actors() -> list[object]:
    return [Network(NetworkDesk(LoosePapers(), clock=lambda: NOON))]


def desk_of(given: list[object]) -> NetworkDesk:
    desk: NetworkDesk = actor(given, Network)._desk
    return desk


def before(finds: Result, *, outage: bool = False) -> Callable[[list[object], str], Awaitable[None]]:
    """The customer lives in a street of their own, where tests find this."""

    async def settled(given: list[object], customer: str) -> None:
        desk = desk_of(given)
        await desk.settle(customer, f"{customer} Street")
        await desk.set_line(customer, finds)
        if outage:
            await desk.declare_outage(f"{customer} Street")

    return settled


async def effects(given: list[object], customer: str) -> list[Any]:
    """How every ticket stands, and every visit."""
    desk = desk_of(given)
    return [await desk.tickets(customer), [stands for _, stands in await desk.visits(customer)]]


async def outage_ends(given: list[object], customer: str) -> Event:
    desk = desk_of(given)
    outage = await desk.outage(customer)
    assert outage is not None
    return await desk.end_outage(outage.id)


async def technician_leaves(given: list[object], customer: str) -> Event:
    return await desk_of(given).leave(customer)


async def sees_fault_again(given: list[object], customer: str) -> Event:
    return await desk_of(given).see_fault_again(customer)


OUTAGE = Route(
    name="an outage, and it works when that is over",
    moment=ResolveTechnicalIssue,
    actors=actors,
    before=before("clear", outage=True),
    answers={"symptom": "No internet since noon", "restored": True},
    events=(("outage-over", outage_ends),),
    effects=effects,
)
HELPED = Route(
    name="a check helps, and it lasts",
    moment=ResolveTechnicalIssue,
    actors=actors,
    before=before("clear"),
    answers={"symptom": "The wifi is gone", "check-helped": True, "check-lasting": True},
    events=(("check-a-day-later", sees_fault_again),),
    effects=effects,
)
VISITED = Route(
    name="a technician mends it",
    moment=ResolveTechnicalIssue,
    actors=actors,
    before=before("fault"),
    answers={
        "symptom": "All my calls drop",
        "check-helped": False,
        "visit-slot": first,
        "visit-lasting": True,
    },
    events=(("visit-slot", technician_leaves), ("visit-a-day-later", sees_fault_again)),
    effects=effects,
)
AFTER_ALL = Route(
    name="an outage ends, and a technician mends the rest",
    moment=ResolveTechnicalIssue,
    actors=actors,
    before=before("fault", outage=True),
    answers={
        "symptom": "It does funny things",
        "restored": False,
        "check-helped": False,
        "visit-slot": first,
        "visit-lasting": True,
    },
    events=(("outage-over", outage_ends), ("visit-slot", technician_leaves), ("visit-a-day-later", sees_fault_again)),
    effects=effects,
)
ROUTES = {"outage": OUTAGE, "helped": HELPED, "visited": VISITED, "after-all": AFTER_ALL}
