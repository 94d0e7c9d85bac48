"""Where an agent begins: who waits, first the first; and somebody about whom nothing is open."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from activities.identity import masked
from database.cases import CaseRecord
from database.customers import Customer
from database.waiting import Waiting
from database.wrap_ups import WrapUps
from gateway.browser import field, nonce
from gateway.desk.booking import call_made
from gateway.desk.search import Found, people
from gateway.desk.seeing import DESK, Form, room_of
from gateway.desk.showing import FRAGMENT, reasons, since
from gateway.desk.unplaced import waiting as unplaced_waiting
from gateway.parts import Parts, parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import Unknown

__all__ = ["people", "router"]

router = APIRouter(include_in_schema=False)
SHOWN = 100


@router.get("")
async def queue(request: Request, mine: bool = False) -> Response:
    """Who waits, or (``mine``) who waits for oneself and one's team. As a fragment it is fetched every five seconds."""
    entries = await room_of(request).queue.entries()
    person = here(request).person
    entries = [entry for entry in entries if entry.is_for(person)] if mine else entries
    template = "desk/_queue.html" if FRAGMENT in request.headers else "desk/queue.html"
    shown, more = entries[:SHOWN], max(0, len(entries) - SHOWN)
    words = words_for(request)
    return page(
        request, template, words, entries=shown, more=more, since=since, reasons=reasons, person=person, mine=mine,
        unplaced=await unplaced_waiting(request),
        open_wrap_ups=len(await WrapUps(parts_of(request).database).of(person.id)),
    )  # fmt: skip


async def _with_cases(parts: Parts, customer: Customer) -> Found:
    books, cases = Waiting(parts.database), list[CaseRecord]()
    for record in await parts.customers.records(customer.id):
        cases += await books.last_of(record, 6)
    cases.sort(key=lambda case: (case.status.closed, -case.touched_at.timestamp()))
    addresses = tuple(masked(address) for address in await parts.customers.addresses(customer.id))
    return Found(customer, addresses, tuple(cases[:8]))


@router.get("/customer/{customer}")
async def somebody(request: Request, customer: str) -> Response:
    """Somebody who waits for a call about nothing that is open: who it is, what there was, and the call."""
    parts = parts_of(request)
    known = await parts.customers.get(await parts.customers.owner(customer))
    promises = await Waiting(parts.database).promised(5, customer)
    if known is None:
        raise Unknown
    found, words = await _with_cases(parts, known), words_for(request, None, known.zone)
    person = here(request).person
    return page(
        request, "desk/somebody.html", words, each=found, promises=promises, since=since, person=person, nonce=nonce(),
        moments=sorted(parts.switchboard.moments),
    )  # fmt: skip


@router.post("/customer/{customer}/called")
async def called(request: Request, customer: str, form: Form) -> Response:
    """The promised call was made: the promise is off the list."""
    parts, id = parts_of(request), field(form, "promise", 64)
    theirs = {promise.id: promise for promise in await Waiting(parts.database).promised(20, customer)}
    if id in theirs:
        await call_made(parts, theirs[id])
    await room_of(request).queue.entries(fresh=True)
    return RedirectResponse(DESK, 303)
