"""Stands before every address of staff: who is it, may they, did our own page send it; and notes it."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable
from typing import cast

from fastapi import Request
from starlette.requests import HTTPConnection

from gateway.browser import CSRF, csrf_of, from_our_page, in_store, session_of, staff_token
from gateway.parts import parts_of
from gateway.staff.permissions import SAFE, Need, Reach, need_of
from models.errors import Forbidden, Unknown
from models.staff import Person, StaffSession, Why

LOOK = 15 * 60  # seconds: a page that stays open, and fetches itself again, is one look
UNTRACED = ("/live", "/sign-in")


class ReasonNeeded(Exception):
    """A look at a customer without a case of theirs in hand, and without a note that says why."""

    def __init__(self, customer: str) -> None:
        super().__init__("reason needed")
        self.customer = customer


class StaffNeeded(Exception):
    """Nobody, or nobody any more, is signed in here: on to where one can."""


# Why somebody may see a customer, by what else is known there (the case they have, the queue); None: nothing says so.
Known = Callable[[Request, StaffSession, str, str | None], Awaitable[Why | None]]


async def nothing(request: Request, found: StaffSession, customer: str, case: str | None) -> Why | None:
    return None


def guard(place: str, known: Known = nothing) -> Callable[[Request], Awaitable[None]]:
    """The guard, as a dependency of every route below ``place``."""

    async def stand(request: Request) -> None:
        # FastAPI tells a route's path from the start, or, where it includes routers late, from its own router on.
        path = str(request.scope["route"].path)
        await hold(request, path if path.startswith(place) else place + path, known)

    return stand


async def hold(request: Request, template: str, known: Known = nothing) -> None:
    """What is declared for this route is held: StaffNeeded, Forbidden, or Unknown for another team's things."""
    need = need_of(request.method, template)
    if need is None:
        raise Forbidden
    found = await signed_in(request)
    if not need.everybody:
        await _admitted(request, need, found)
    if request.method not in SAFE:
        await _proved(request)
    if found is not None and not need.everybody:
        await _noted(request, template, need, found, known)


async def signed_in(request: Request) -> StaffSession | None:
    """The session of whoever asks. What a page fetches by itself keeps nobody signed in."""
    token = staff_token(request)
    active = "x-fragment" not in request.headers and not request.url.path.endswith("/live")
    found = await parts_of(request).staff_sessions.find(token, active=active) if token else None
    if found is not None and found.way == "command-line":
        found = None  # its token lies in a shell: it opens the codec endpoint, and no page
    request.state.staff = found
    return found


def staff_of(connection: HTTPConnection) -> StaffSession | None:
    """Who is signed in, as the guard found it."""
    return cast("StaffSession | None", getattr(connection.state, "staff", None))


def here(request: Request) -> StaffSession:
    """Who is signed in, behind the guard."""
    found = staff_of(request)
    if found is None:
        raise StaffNeeded
    return found


def target_of(request: Request) -> Person:
    """The person of the address, whom the guard found within reach."""
    return cast("Person", request.state.target)


async def _admitted(request: Request, need: Need, found: StaffSession | None) -> None:
    if found is None:
        raise StaffNeeded
    reach = need.reach(found.person.role)
    if reach is None:
        raise Forbidden
    if id := request.path_params.get("person"):
        target = await parts_of(request).staff.get(str(id))
        if target is None or (reach is Reach.TEAM and target.team != found.person.team):
            raise Unknown
        request.state.target = target


async def _proved(request: Request) -> None:
    """The request came from a page of ours, made for this session: a field of the form, or a header."""
    from_our_page(request)
    sent = request.headers.get("x-csrf", "")
    if not sent:
        form = await request.form(max_files=1, max_fields=40, max_part_size=64 * 1024)
        sent = str(form.get(CSRF, ""))
    if not hmac.compare_digest(sent.encode(), csrf_of(request).encode()):
        raise Forbidden


async def _noted(request: Request, template: str, need: Need, found: StaffSession, known: Known) -> None:
    """Before it happens: what can't be noted is not done."""
    path = request.url.path
    customer, case = await _concerned(request)
    safe = request.method in SAFE
    if safe and not (customer or need.look):
        return
    target = request.path_params.get("person")
    why, note = await _reason(request, found, customer, case, known)
    if need.reason and customer and why is None:
        raise ReasonNeeded(customer)
    if path.endswith(UNTRACED):
        return
    what = f"{request.method} {template}"
    mark = f"{found.id} {customer} {case} {target} {what} {int(time.time()) // LOOK}" if safe else ""
    await parts_of(request).audit.note(
        found.person,
        what,
        customer=customer,
        case=case,
        why=why,
        note=note or (f"person={target}" if target else None),
        mark=mark,
    )


async def _concerned(request: Request) -> tuple[str | None, str | None]:
    """The customer and the case a request is about: of its address, or who stands at this tablet."""
    given = request.path_params
    customer = str(given["customer"]) if "customer" in given else None
    if customer and {"moment", "number"} <= set(given):
        return customer, f"{given['moment']}/{customer}/{given['number']}"
    if customer is None and in_store(request):
        session = await session_of(request)
        return (session.customer, session.case) if session else (None, None)
    return customer, None


async def _reason(
    request: Request, found: StaffSession, customer: str | None, case: str | None, known: Known
) -> tuple[Why | None, str | None]:
    if customer is None:
        return None, None
    if in_store(request):
        return Why.PRESENT, None
    sessions = parts_of(request).staff_sessions
    if (why := await known(request, found, customer, case)) is not None:
        await sessions.had_reason(found.id, customer, why)
        return why, None
    if (note := await sessions.glass(found.id, customer)) is not None:
        return Why.BREAK_GLASS, note
    # What was opened for a reason stays open for a while: a case that has just left the queue, or was let go of.
    return await sessions.reason(found.id, customer), None
