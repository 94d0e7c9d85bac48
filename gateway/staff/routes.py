"""Every address of staff behind one guard. What is added here and not declared opens to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute

from gateway.browser import STORE
from gateway.desk import besides, case as desk_case, home, taking
from gateway.pages import customer, moving, store, terminal
from gateway.staff import entry, looking, own, people
from gateway.staff.guard import guard

BEHIND = (
    *((part.router, "/staff") for part in (entry, own, people, looking)),
    *((part.router, "/desk") for part in (home, desk_case, taking, besides)),
    *((part.router, STORE) for part in (moving, terminal, customer, store)),
)


def staff_router() -> APIRouter:
    """All of them, guarded."""
    router = APIRouter()
    for part, place in BEHIND:
        router.include_router(part, prefix=place, dependencies=[Depends(guard(place))])
    return router


def staff_routes() -> Iterator[tuple[str, str]]:
    """Each method and template there is."""
    for part, place in BEHIND:
        for route in part.routes:
            if isinstance(route, APIRoute):
                yield from ((method, place + route.path) for method in sorted(route.methods or ()))
