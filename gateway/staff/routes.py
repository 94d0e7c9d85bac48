"""Every address of staff behind one guard. What is added here and not declared opens to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute

from gateway.browser import STORE
from gateway.desk import (
    besides,
    booking,
    caring,
    case as desk_case,
    chat,
    connecting,
    goodwill,
    here,
    home,
    joining,
    passing_on,
    search,
    starting,
    taking,
    unplaced,
    why,
    wrapping,
)
from gateway.desk.reasons import reason
from gateway.desk.screens import attended
from gateway.desk.seeing import DESK
from gateway.ops import (
    audit,
    cases as ops_cases,
    deploys,
    health,
    people as ops_people,
    reading,
    repairs,
    replays,
    stuck,
    travel,
)
from gateway.pages import away, customer, handing_over, locking, moving, store, taking_home, terminal
from gateway.staff import entry, looking, own, people
from gateway.staff.guard import guard

BEHIND = (
    *((part.router, "/staff") for part in (entry, own, people, looking)),
    *((part.router, "/desk") for part in (home, search, here, connecting, desk_case, taking, chat, besides)),
    *((part.router, "/desk") for part in (booking, caring, goodwill, passing_on, starting, why, wrapping)),
    *((part.router, "/desk") for part in (joining, unplaced)),
    *((part.router, "/ops") for part in (health, audit, reading, travel, replays, deploys)),
    *((part.router, "/ops") for part in (ops_cases, stuck, repairs, ops_people)),
    *((part.router, STORE) for part in (moving, terminal, customer, store, taking_home, handing_over, locking, away)),
)


def staff_router() -> APIRouter:
    """All of them, guarded."""
    router = APIRouter()
    for part, place in BEHIND:
        beside = [Depends(attended)] if place == DESK else []
        router.include_router(part, prefix=place, dependencies=[Depends(guard(place, reason)), *beside])
    return router


def staff_routes() -> Iterator[tuple[str, str]]:
    """Each method and template there is."""
    for part, place in BEHIND:
        for route in part.routes:
            if isinstance(route, APIRoute):
                yield from ((method, place + route.path) for method in sorted(route.methods or ()))
