"""Why somebody opens a customer or a case that nobody asked them to: one field, and it is kept."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from gateway.browser import field
from gateway.desk.seeing import DESK, Form
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import Unknown

router = APIRouter(prefix="/why", include_in_schema=False)
SHORTEST = 5  # characters of a note that says something
COMMON = ("caller", "asked", "team")


@router.get("")
async def ask(request: Request, customer: str = "", back: str = "") -> Response:
    return why_page(request, customer[:64], back[:200])


@router.post("")
async def given(request: Request, form: Form) -> Response:
    """The note is kept for good, and opens this customer to this session."""
    parts, session, words = parts_of(request), here(request), words_for(request)
    customer, back, common = field(form, "customer", 64), field(form, "back", 200), field(form, "common", 20)
    note = words.say(f"desk-why-{common}") if common in COMMON else field(form, "note", 500).strip()
    if len(note) < SHORTEST:
        return why_page(request, customer, back, 422)
    if await parts.customers.get(customer) is None:
        raise Unknown
    await parts.staff_sessions.break_glass(session.id, customer, note)
    await parts.audit.note(session.person, "break-glass", customer=customer, note=note)
    return RedirectResponse(back if back.startswith(f"{DESK}/") else f"{DESK}/customer/{customer}", 303)


def why_page(request: Request, customer: str, back: str, status: int = 200) -> Response:
    return page(
        request, "desk/why.html", words_for(request), status, customer=customer, back=back, common=COMMON,
        person=here(request).person,
    )  # fmt: skip
