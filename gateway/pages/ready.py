"""Devices that wait in a store for the customer who ordered them."""

from __future__ import annotations

from dataclasses import dataclass

from database.sessions import Session
from gateway.parts import Parts

READY, HANDED = "waiting-for-you", "device-handed-over"


@dataclass(frozen=True)
class Ready:
    """A device that is there for a customer, by the case it was ordered in; ``old`` is what they give for it."""

    case: str
    device: str
    reference: str
    branch: str
    old: str


async def ready_for(parts: Parts, session: Session) -> list[Ready]:
    """What was ordered for pick-up, has come, and was not handed over yet."""
    if session.case is not None:
        return []
    records = await parts.customers.records(session.customer)
    handed = {deed.case for id in records async for deed in parts.audit.deeds(customer=id) if deed.what == HANDED}
    found = []
    for case in [case for id in records for case in await parts.cases.closed_for(id) if case.id not in handed]:
        turn = await parts.cases.turn(case.id)
        for notice in turn.notices if turn else []:
            if notice.key == READY:
                said = {name: str(notice.data.get(name) or "") for name in ("device", "reference", "branch", "old")}
                found.append(Ready(case=case.id, **said))
    return found
