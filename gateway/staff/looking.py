"""Looking at a customer without a case of theirs in hand, for a reason that is kept; and the audit of all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response, StreamingResponse

from channels.reading import Said, Understood, read
from gateway.browser import checked_form, field
from gateway.parts import Parts, parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import Unknown
from models.people import Address
from models.questions import PhoneNumber

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
SHORTEST = 10  # characters of a note that says something


@router.get("/customers")
async def ask(request: Request, customer: str = "") -> Response:
    return page(request, "staff/reason.html", words_for(request), typed=customer[:64], note="", error="")


@router.post("/customers")
async def break_glass(request: Request, form: Form) -> Response:
    """Who, and why: the note is kept for good, and opens this customer to this session for half an hour."""
    parts, session = parts_of(request), here(request)
    typed, note = field(form, "customer", 254).strip(), field(form, "note", 500).strip()
    error = "page-staff-reason-short" if len(note) < SHORTEST else ""
    customer = await found(parts, typed) if not error else None
    if customer is None:
        error = error or "page-staff-reason-nobody"
        return page(request, "staff/reason.html", words_for(request), 422, typed=typed, note=note, error=error)
    await parts.staff_sessions.break_glass(session.id, customer, note)
    return RedirectResponse(f"/staff/customers/{customer}", 303)


async def found(parts: Parts, typed: str) -> str | None:
    """A customer by id, number or mail address."""
    if "@" in typed:
        known = await parts.customers.find(Address(kind="email", value=typed.casefold()))
        return known.id if known else None
    number = read(PhoneNumber("number"), Said(typed, "typed"), today=date.min)
    if isinstance(number, Understood):
        known = await parts.customers.find(Address(kind="phone", value=str(number.value)))
    else:
        known = await parts.customers.get(typed)
    return known.id if known else None


@router.get("/customers/{customer}")
async def timeline(request: Request, customer: str) -> Response:
    """Everything of one customer over all cases and channels, newest first."""
    parts = parts_of(request)
    known = await parts.customers.get(customer)
    if known is None:
        raise Unknown
    words = words_for(request, None, known.zone)
    rows = await parts.journal.timeline(await parts.customers.records(known.id), 200)
    lines = [(case, row, words.story(case.split("/")[0], row)) for case, row in rows]
    return page(request, "staff/customer.html", words, known=known, lines=lines)


@router.get("/audit.jsonl")
async def audit(request: Request, after: int = 0, customer: str | None = None) -> Response:
    """The audit as JSON lines, oldest first: all, after a number, or of one customer."""

    async def lines() -> AsyncIterator[str]:
        async for deed in parts_of(request).audit.deeds(after=max(after, 0), customer=customer):
            yield deed.model_dump_json() + "\n"

    headers = {"Content-Disposition": 'attachment; filename="audit.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)
