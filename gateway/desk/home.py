"""Where an agent begins: who waits, first the first, and the search for anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from activities.identity import masked
from channels.reading import Said, Understood, read
from database.cases import CaseRecord
from database.customers import Customer
from database.waiting import Waiting
from gateway.browser import field
from gateway.desk.seeing import DESK, Form, room_of
from gateway.desk.showing import FRAGMENT, reasons, since
from gateway.parts import Parts, parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import Unknown
from models.people import Address
from models.questions import PhoneNumber

router = APIRouter(include_in_schema=False)
MOST = 20
SHOWN = 100
LEAST = 2
CASE = re.compile(r"[a-z][a-z-]{1,40}/c_[a-z2-7]{1,40}/\d{1,9}")
RECORD = re.compile(r"c_[a-z2-7]{5,40}")


@dataclass(frozen=True)
class Found:
    """Somebody the search found: masked addresses, and their last cases."""

    customer: Customer
    addresses: tuple[str, ...]
    cases: tuple[CaseRecord, ...]


@router.get("")
async def queue(request: Request) -> Response:
    """Who waits. As a fragment it is fetched every five seconds."""
    entries = await room_of(request).queue.entries()
    template = "desk/_queue.html" if FRAGMENT in request.headers else "desk/queue.html"
    shown, more = entries[:SHOWN], max(0, len(entries) - SHOWN)
    words = words_for(request)
    person = here(request).person
    return page(request, template, words, entries=shown, more=more, since=since, reasons=reasons, person=person)


@router.post("/find")
async def find(request: Request, form: Form) -> Response:
    """By number, email, case, or the beginning of a name. Posted: who is looked for stands in no address."""
    parts, typed = parts_of(request), field(form, "typed", 200).strip()
    if CASE.fullmatch(typed) and await parts.cases.get(typed):
        return RedirectResponse(f"{DESK}/case/{typed}", 303)
    found = await people(parts, typed)
    person = here(request).person
    for each in found:
        await parts.audit.note(person, "found", customer=each.customer.id)
    if len(found) == 1 and found[0].cases and not found[0].cases[0].status.closed and _alone(found[0]):
        return RedirectResponse(f"{DESK}/case/{found[0].cases[0].id}", 303)
    words = words_for(request)
    return page(request, "desk/found.html", words, found=found, typed=typed, person=person)


def _alone(found: Found) -> bool:
    return sum(not case.status.closed for case in found.cases) == 1


async def people(parts: Parts, typed: str) -> list[Found]:
    """Whoever is meant by what was typed, at most twenty."""
    customers = await _meant(parts, typed)
    return [await _with_cases(parts, customer) for customer in customers]


async def _meant(parts: Parts, typed: str) -> list[Customer]:
    if RECORD.fullmatch(typed):
        known = await parts.customers.get(typed)
    elif "@" in typed:
        known = await parts.customers.find(Address(kind="email", value=typed))
    elif len(re.sub(r"\D", "", typed)) >= 7:
        number = read(PhoneNumber("number"), Said(typed, "typed"), today=date.min)
        value = str(number.value) if isinstance(number, Understood) else ""
        known = await parts.customers.find(Address(kind="phone", value=value)) if value else None
    else:
        return await Waiting(parts.database).named(typed, MOST) if len(typed) >= LEAST else []
    return [known] if known else []


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
    return page(request, "desk/somebody.html", words, each=found, promises=promises, since=since, person=person)


@router.post("/customer/{customer}/called")
async def called(request: Request, customer: str, form: Form) -> Response:
    """The promised call was made: the promise is off the list."""
    parts, id = parts_of(request), field(form, "promise", 64)
    theirs = {promise.id for promise in await Waiting(parts.database).promised(20, customer)}
    if id in theirs:
        await parts.calls.called_back(id)
    await room_of(request).queue.entries(fresh=True)
    return RedirectResponse(DESK, 303)
