"""What a customer takes home from a store: a slip that is printed, or the way back by text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from database.outbox import Message
from gateway.browser import checked_form, field, nonce
from gateway.limits import limits_of
from gateway.pages.seeing import Case, Seen
from gateway.pages.slip import LINK_LIFETIME, slip_of
from gateway.templating import page
from models.people import Address, Channel

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}/slip", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
TOLD = ("texted", "too-often", "nowhere")


@router.post("")
async def slip(request: Request, case: Case, form: Form) -> Response:
    """A slip to print: the way back into this case, as a QR code and as eight characters."""
    passes = await slip_of(request, case)
    return page(request, "store/slip.html", case.words, case=case, slip=passes, nonce=nonce())


@router.post("/text")
async def text(request: Request, case: Case, form: Form) -> Response:
    """The same as a link, to the number on file and to no other."""
    return RedirectResponse(f"{case.path}?told={await texted(request, case, field(form, 'nonce', 60))}", 303)


async def texted(request: Request, case: Seen, once: str) -> str:
    customer = case.session.customer
    phone = await phone_of(case)
    if phone is None:
        return "nowhere"
    # A form that is sent again sends nothing again, and says the same.
    key = f"link:{case.turn.case}:{once}"
    if await case.parts.outbox.get(key):
        return "texted"
    if not limits_of(request).sends_link(customer):
        return "too-often"
    token = await case.parts.passes.issue(case.turn.case, customer, lifetime=LINK_LIFETIME)
    body = case.words.say("page-link-text", link=case.parts.url(f"/c/{token}"))
    message = Message(key=key, case=case.turn.case, customer=customer, channel=Channel.SMS, to=phone, body=body)
    await case.parts.post.send(message)
    return "texted"


async def phone_of(case: Seen) -> Address | None:
    known = await case.parts.customers.addresses(case.session.customer)
    return next((address for address in known if address.kind == "phone"), None)
