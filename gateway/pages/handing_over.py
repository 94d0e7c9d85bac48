"""A device that waits in the store is handed over: to whom ID was checked, with its number noted."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from channels.reading import Said, Understood, read
from gateway.browser import STORE, checked_form, field
from gateway.pages.ready import HANDED, ready_for
from gateway.pages.store import Served, customer_page
from gateway.parts import parts_of
from gateway.staff.guard import here
from models.people import Assurance
from models.questions import Digits
from models.staff import Why

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
IMEI = Digits("imei", pattern=r"\d{15}", check="luhn")
SERIAL = re.compile(r"(?=.*\d)[A-Z0-9]{6,20}")


def number_of(typed: str) -> str | None:
    """A device's number as it was scanned or typed: an IMEI, or a maker's serial number; None for neither."""
    plain = re.sub(r"[\s-]", "", typed).upper()
    if re.fullmatch(r"\d{14,16}", plain):
        known = read(IMEI, Said(plain, "typed"), today=date.min)
        return str(known.value) if isinstance(known, Understood) else None
    return plain if SERIAL.fullmatch(plain) else None


@router.post("/hand-over")
async def hand_over(request: Request, session: Served, form: Form) -> Response:
    """Noted for good: which device, to whom, by whom, and whether the old one was taken in."""
    parts, case = parts_of(request), field(form, "case", 120)
    device = next((each for each in await ready_for(parts, session) if each.case == case), None)
    if device is None:
        return RedirectResponse(f"{STORE}/customer", 303)
    if session.assurance is not Assurance.VERIFIED:
        return await customer_page(request, session, 422, wrong=case, error="page-store-hand-id")
    number = number_of(field(form, "device", 60))
    if number is None:
        return await customer_page(request, session, 422, wrong=case, error="page-store-hand-number")
    old = f"; old={'taken' if field(form, 'old', 5) else 'not-brought'}" if device.old else ""
    await parts.audit.note(
        here(request).person,
        HANDED,
        customer=case.split("/")[1],
        case=case,
        why=Why.PRESENT,
        note=f"order={device.reference}; device={number}{old}",
        mark=f"{HANDED} {case}",
    )
    return RedirectResponse(f"{STORE}/customer?handed={case}", 303)
