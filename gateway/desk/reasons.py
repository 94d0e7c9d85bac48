"""Why somebody at the desk may see a customer: the case is theirs, it was given to them, or it waits in the queue."""

from __future__ import annotations

from fastapi import Request

from database.hand_overs import HandOvers
from gateway.desk.seeing import room_of
from gateway.parts import parts_of
from models.staff import StaffSession, Why


async def reason(request: Request, found: StaffSession, customer: str, case: str | None) -> Why | None:
    """What lets them look without a note; None where nothing does."""
    parts, person = parts_of(request), found.person
    turn = await parts.cases.turn(case) if case else None
    # A claim ends with a row of its own: as long as the journal has it, it stands, however often it was renewed.
    if turn is not None and turn.claim is not None and turn.claim.holder == person.id:
        return Why.CASE
    care = getattr(turn, "care", None)
    if care is not None and care.owner == person.id:
        return Why.CASE
    records = {customer, *await parts.customers.records(await parts.customers.owner(customer))}
    if await HandOvers(parts.database).waits_for(person.id, person.team, records):
        return Why.HANDED_OVER
    if any(pop.customer in records for pop in await parts.pops.waiting(person.id)):
        return Why.HANDED_OVER
    queue = room_of(request).queue
    # Who began to wait since the last look is not turned away for it.
    for fresh in (False, True):
        if any(entry.customer in records for entry in await queue.entries(fresh=fresh)):
            return Why.QUEUE
    return None
