"""Who of the staff serves a customer at a counter, as the audit has it: one tablet at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi import Request

from database.sessions import Session
from gateway.browser import STORE_SESSION, token_of
from gateway.parts import parts_of
from gateway.staff.guard import staff_of
from models.staff import Deed, Person, Why

SERVED, GONE, LOCKED = "customer-served", "customer-gone", "tablet-locked"
LIFETIME = timedelta(minutes=30)


async def at_tablet(request: Request) -> Session | None:
    """The customer whom this tablet is open for, whoever of the staff holds it."""
    token = token_of(request, STORE_SESSION)
    return await parts_of(request).sessions.find(token) if token else None


async def note(request: Request, person: Person, what: str, customer: str, case: str | None = None) -> None:
    """That a customer is served here from now on, is gone, or waits behind a lock."""
    await parts_of(request).audit.note(person, what, customer=customer, case=case, why=Why.PRESENT)


async def elsewhere(request: Request, customer: str) -> Deed | None:
    """Which colleague serves this customer at another tablet, and since when: whoever was last to say so."""
    last = await parts_of(request).audit.last(customer, (SERVED, GONE, LOCKED))
    found = staff_of(request)
    if last is None or found is None or last.what == GONE or last.staff == found.person.id:
        return None
    return last if last.at > datetime.now(UTC) - LIFETIME else None


async def resumes(request: Request, person: Person) -> bool:
    """Whether somebody signs in again where they locked the tablet: the customer is still theirs."""
    session = await at_tablet(request)
    if session is None:
        return False
    last = await parts_of(request).audit.last(session.customer, (SERVED, GONE, LOCKED))
    if last is None or last.what != LOCKED or last.staff != person.id:
        return False
    await note(request, person, SERVED, session.customer, session.case)
    return True
