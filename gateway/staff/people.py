"""Everybody who works here: their roles and teams, where they are signed in, and what they are let do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import checked_form, field
from gateway.parts import parts_of
from gateway.staff.guard import here, target_of
from gateway.staff.permissions import ADMIN
from gateway.templating import page, words_for
from models.errors import Forbidden, Unknown
from models.staff import Person, Role

router = APIRouter(prefix="/people", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


def role_in(form: FormData) -> Role:
    try:
        return Role(field(form, "role", 20))
    except ValueError:
        raise Unknown from None


@router.get("")
async def people(request: Request) -> Response:
    """Everybody for an admin; a supervisor's own team."""
    return await list_page(request)


async def list_page(request: Request, status: int = 200, *, error: str = "") -> Response:
    me = here(request).person
    everybody = me.role is Role.ADMIN
    found = await parts_of(request).staff.people(None if everybody else me.team)
    return page(
        request,
        "staff/people.html",
        words_for(request),
        status,
        me=me,
        people=found,
        roles=list(Role),
        manages=everybody,
        error=error,
    )


@router.post("")
async def add(request: Request, form: Form) -> Response:
    """A new account; its password is shown once."""
    name, sign_in = field(form, "name", 120).strip(), field(form, "sign_in", 60).strip()
    if not name or not sign_in:
        return await list_page(request, 422, error="page-staff-name-needed")
    made = await parts_of(request).staff.make(sign_in, name, role_in(form), field(form, "team", 60).strip())
    if made is None:
        return await list_page(request, 409, error="page-staff-name-taken")
    person, password = made
    await noted(request, person, f"made as {person.role.value}, team {person.team}")
    return await person_page(request, person, password=password)


@router.get("/{person}")
async def look(request: Request) -> Response:
    return await person_page(request, target_of(request))


async def person_page(request: Request, person: Person, *, password: str = "") -> Response:
    me = here(request).person
    sessions = await parts_of(request).staff_sessions.of(person.id)
    return page(
        request,
        "staff/person.html",
        words_for(request),
        me=me,
        person=person,
        sessions=sessions,
        roles=list(Role),
        manages=ADMIN.reach(me.role) is not None and me.id != person.id,
        password=password,
    )


@router.post("/{person}/sign-out")
async def sign_out(request: Request, form: Form) -> Response:
    """Everywhere, at once."""
    await parts_of(request).staff_sessions.end(target_of(request).id)
    return again(request)


@router.post("/{person}/role")
async def give(request: Request, form: Form) -> Response:
    person, role, team = other(request), role_in(form), field(form, "team", 60).strip()
    await parts_of(request).staff.give(person.id, role, team)
    await noted(request, person, f"now {role.value}, team {team}")
    return again(request)


@router.post("/{person}/password")
async def renew(request: Request, form: Form) -> Response:
    """A new password, shown once; for an account that has one here."""
    person = other(request)
    password = await parts_of(request).staff.renew(person.id)
    if password is None:
        raise Unknown
    return await person_page(request, person, password=password)


@router.post("/{person}/close")
async def close(request: Request, form: Form) -> Response:
    await parts_of(request).staff.close(other(request).id)
    return again(request)


@router.post("/{person}/reopen")
async def reopen(request: Request, form: Form) -> Response:
    await parts_of(request).staff.reopen(other(request).id)
    return again(request)


def other(request: Request) -> Person:
    """Whom it is about: nobody takes their own role away, so that there is always an admin. Raises Forbidden."""
    person = target_of(request)
    if person.id == here(request).person.id:
        raise Forbidden
    return person


def again(request: Request) -> Response:
    return RedirectResponse(f"/staff/people/{target_of(request).id}", 303)


async def noted(request: Request, person: Person, what: str) -> None:
    await parts_of(request).audit.note(here(request).person, "account", note=f"person={person.id} {what}")
