"""Who stands at a store's tablet: one of the staff whose role may serve customers there."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from database.sessions import Session
from gateway.browser import STORE, STORE_SESSION, drop_cookie, session_token
from gateway.parts import parts_of
from gateway.staff.entry import admitted
from gateway.staff.guard import here, staff_of
from gateway.staff.permissions import COUNTER
from gateway.staff.serving import GONE, elsewhere, note
from models.errors import Forbidden
from models.staff import Role

ON_STAGE = "associate"


class SignInNeeded(Exception):
    """No session, or one that is not for this case: the browser is sent to where one can sign in."""


def associate_needed(request: Request) -> None:
    """Raises SignInNeeded where nobody, or nobody any more, is signed in at this tablet."""
    if not signed_in(request):
        raise SignInNeeded


async def served_here(request: Request, session: Session) -> None:
    """Raises SignInNeeded where a colleague serves this customer: the store's first page says who, and since when."""
    if await elsewhere(request, session.customer):
        raise SignInNeeded


def signed_in(request: Request) -> bool:
    found = staff_of(request)
    return found is not None and COUNTER.reach(found.person.role) is not None


async def sign_in_on_stage(request: Request) -> Response:
    """On to the store as this machine's associate, whom nobody has to be for that."""
    person = await parts_of(request).staff.ensure(ON_STAGE, "Sam", Role.ASSOCIATE, "store")
    if person.closed_at is not None or person.role is not Role.ASSOCIATE:
        raise Forbidden
    return await admitted(request, person, "stage", RedirectResponse(STORE, 303), STORE)


async def forget(request: Request) -> Response:
    """The customer who was served has gone, and their session with them; the associate stays."""
    parts = parts_of(request)
    if token := session_token(request):
        session = await parts.sessions.find(token)
        if session is not None and await elsewhere(request, session.customer) is None:
            await note(request, here(request).person, GONE, session.customer, session.case)
        await parts.sessions.close(token)
    response = RedirectResponse(STORE, 303)
    drop_cookie(request, response, STORE_SESSION)
    return response
