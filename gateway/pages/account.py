"""The customer's account: what is under way, what is done, how to reach them and in which language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from gateway.browser import LANGUAGE, checked_form, field, set_cookie
from gateway.pages.associates import SignInNeeded
from gateway.pages.seeing import session_needed
from gateway.pages.sign_in import whole_session
from gateway.parts import parts_of
from gateway.templating import languages, page, words_for
from models.errors import Unknown
from models.ledger import Fact
from models.people import Actor, Channel, Provenance

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
PREFERENCE = "contact-preference"
WAYS = (Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.PHONE)
A_YEAR = 365 * 24 * 3600


@router.get("/account")
async def account(request: Request, saved: str = "") -> Response:
    """Everything of one customer, for whoever came in by a code: a link opens its own case only."""
    parts, session = parts_of(request), await whole_session(request)
    if session is None:
        raise SignInNeeded
    customer = await parts.customers.get(session.customer)
    if customer is None:
        raise Unknown
    facts = {fact.name: fact.value for fact in await parts.journal.facts(session.customer)}
    addresses = await parts.customers.addresses(session.customer)
    kinds = {address.kind for address in addresses}
    return page(
        request,
        "customer/account.html",
        words_for(request, customer.language, customer.zone),
        cases=await parts.switchboard.open_cases(session.customer),
        closed=await parts.cases.closed_for(session.customer),
        moments=sorted(parts.switchboard.moments),
        ways=[way for way in WAYS if ("email" if way is Channel.EMAIL else "phone") in kinds],
        preferred=facts.get(PREFERENCE),
        addresses=addresses,
        saved=bool(saved),
        number=parts.number,
    )


@router.post("/account/contact")
async def prefer(request: Request, form: Form) -> Response:
    """How the customer likes to be reached, until they say otherwise."""
    session = await whole_session(request)
    if session is None:
        raise SignInNeeded
    way = next((way for way in WAYS if way.value == field(form, "way", 20)), None)
    if way is not None:
        by = Provenance(channel=Channel.WEB, actor=Actor.CUSTOMER, assurance=session.assurance, at=datetime.now(UTC))
        await parts_of(request).journal.learn(session.customer, Fact(name=PREFERENCE, value=way.value, by=by))
    return RedirectResponse("/account?saved=1", 303)


@router.post("/language")
async def speak(request: Request, form: Form) -> Response:
    """The language of all pages in this browser, and of the customer where one is signed in."""
    chosen = field(form, "language", 20)
    response = RedirectResponse(inside(field(form, "back", 300)), 303)
    if chosen not in languages():
        return response
    set_cookie(request, response, LANGUAGE, chosen, A_YEAR)
    try:
        session = await session_needed(request)
    except SignInNeeded:
        return response
    await parts_of(request).customers.speaks(session.customer, chosen)
    return response


def inside(place: str) -> str:
    """A place on these pages to go back to; the start, where it is anything else."""
    split = urlsplit(place)
    plain = not split.scheme and not split.netloc and place.startswith("/") and not place.startswith(("//", "/\\"))
    return place if plain and place.isprintable() else "/"
