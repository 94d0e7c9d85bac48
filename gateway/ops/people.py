"""A person's data: given to them, or erased, with a reason and in two steps."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import checked_form, field
from gateway.ops.protocols import Persons
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.staff.permissions import ADMIN
from gateway.templating import page, words_for
from models.errors import NotConfirmed, Unknown

router = APIRouter(prefix="/people", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@router.get("")
async def people(request: Request, id: str = "") -> Response:
    """Whom it is about: a customer's id, or a case's."""
    parts = id.strip()[:200].split("/")
    customer = parts[1] if len(parts) == 3 else parts[0]
    if customer and await _there(request, customer):
        return RedirectResponse(f"/ops/people/{quote(customer, safe='')}", 303)
    lately = await _persons(request).done()
    words, status = words_for(request), 404 if customer else 200
    error = "people-unknown" if customer else ""
    return page(request, "ops/people.html", words, status, lately=lately, id=id.strip()[:200], error=error)


@router.get("/{customer}")
async def person(request: Request, customer: str) -> Response:
    """What is kept of them, by counts, and what can be done."""
    return await _page(request, customer)


@router.post("/{customer}/export")
async def export(request: Request, customer: str, form: Form) -> Response:
    """Everything of theirs, as a ZIP."""
    if error := await _unfit(request, customer, reason := _reason(form)):
        return await _page(request, customer, 422, error=error, at="export", reason=reason)
    content = await _persons(request).zipped(customer)
    await parts_of(request).audit.note(here(request).person, "export", customer=customer, note=reason)
    names = {"Content-Disposition": 'attachment; filename="person.zip"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/zip", headers=names)


@router.post("/{customer}/erase")
async def erase(request: Request, customer: str, form: Form) -> Response:
    """For good; what it did is shown on the person's page from then on."""
    reason, me = _reason(form), here(request).person
    error = await _unfit(request, customer, reason)
    if not error and field(form, "typed", 200).strip() != customer:
        error = "people-type-wrong"
    if error:
        return await _page(request, customer, 422, error=error, at="erase", reason=reason)
    try:
        await _persons(request).erase(customer, me.id, tell=field(form, "tell", 5) == "yes")
    except NotConfirmed:
        return await _page(request, customer, 503, error="people-away", at="erase", reason=reason)
    # Behind it: what the audit notes of somebody goes with them, and why they went shall stay.
    await parts_of(request).audit.note(me, "erase", customer=customer, note=reason)
    return RedirectResponse(f"/ops/people/{quote(customer, safe='')}", 303)


async def _page(
    request: Request, customer: str, status: int = 200, *, error: str = "", at: str = "", reason: str = ""
) -> Response:
    report = await _persons(request).look(customer)
    done = await _persons(request).done(customer)
    return page(
        request, "ops/person.html", words_for(request), status, person=report, done=done, error=error, at=at,
        reason=reason, erases=ADMIN.reach(here(request).person.role) is not None,
    )  # fmt: skip


async def _unfit(request: Request, customer: str, reason: str) -> str:
    """What is wrong with a reason, which stays for as long as the audit does; empty where nothing is."""
    if len(reason) < 3:
        return "people-reason-needed"
    return "people-reason-personal" if await _persons(request).names(customer, reason) else ""


async def _there(request: Request, customer: str) -> bool:
    try:
        await _persons(request).look(customer)
    except Unknown:
        return False
    return True


def _reason(form: FormData) -> str:
    return field(form, "reason", 300).strip()


def _persons(request: Request) -> Persons:
    ops = parts_of(request).ops
    if ops is None or ops.people is None:
        raise Unknown
    return ops.people
