"""The customer's own page of a booking: choose a time, change it, give it back. By the link that was sent to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from channels.wording.book import Wording
from database.customers import Customer
from gateway.browser import checked_form, field, nonce
from gateway.desk.booking import What, bookings_of, by_day, confirm, free, what_in, what_of, when
from gateway.desk.telling import tell
from gateway.limits import client_of, limits_of, within
from gateway.parts import Parts, parts_of
from gateway.templating import page
from models.bookings import Booking, Invitation
from models.errors import SlotTaken, Unknown
from models.people import Assurance, Channel
from switchboard.switchboard import Speaker

router = APIRouter(prefix="/book/{token}", include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]


@dataclass(frozen=True)
class Invited:
    """Who a link was made for, what they may choose, and what they have chosen."""

    parts: Parts
    token: str
    invitation: Invitation
    customer: Customer
    booking: Booking | None
    words: Wording

    @property
    def what(self) -> What:
        """What is to be chosen: the invitation's, or what is booked now."""
        if self.booking is not None:
            return what_of(self.parts, self.booking)
        return what_in(self.parts, self.invitation.place)


async def invited(request: Request, token: str) -> Invited:
    """Raises Unknown for a link that opens nothing, or nothing any more."""
    parts = parts_of(request)
    found = await bookings_of(parts).invited(token)
    customer = await parts.customers.get(await parts.customers.owner(found.customer)) if found else None
    if found is None or customer is None:
        within(limits_of(request).tries, client_of(request))
        raise Unknown
    booking = await bookings_of(parts).get(found.booking) if found.booking else None
    standing = booking if booking is not None and booking.state == "booked" else None
    return Invited(parts, token, found, customer, standing, parts.words(customer.language, customer.zone))


Here = Annotated[Invited, Depends(invited)]


@router.get("")
async def look(request: Request, here: Here, taken: str = "") -> Response:
    """The free times, and what is booked."""
    slots = await free(here.parts, here.customer, here.what)
    return page(
        request, "customer/booking.html", here.words, 409 if taken else 200, token=here.token, what=here.what,
        booking=here.booking, days=by_day(here.words, slots), taken=bool(taken), nonce=nonce(),
    )  # fmt: skip


@router.post("")
async def choose(request: Request, here: Here, form: Form) -> Response:
    """This time, instead of any before. A time that is gone by now is said to be, and nothing has changed."""
    parts, books, path = here.parts, bookings_of(here.parts), f"/book/{here.token}"
    slots = await free(parts, here.customer, here.what)
    slot = next((slot for slot in slots if slot.id == field(form, "slot", 20)), None)
    if slot is None:
        return RedirectResponse(f"{path}?taken=1", 303)
    within(limits_of(request).bookings, here.customer.id)
    key, invitation = f"book:{here.token}:{field(form, 'nonce', 80)}", here.invitation
    try:
        booking = await books.book(
            key, here.what.kind, here.what.place, slot, customer=invitation.customer, case=invitation.case, staff=None,
            instead_of=here.booking.id if here.booking else "",
        )  # fmt: skip
    except SlotTaken:
        return RedirectResponse(f"{path}?taken=1", 303)
    await books.chosen(here.token, booking.id)
    await noted(here, booking, "booked")
    await confirm(parts, here.customer, booking, booking.id, here.token)
    return RedirectResponse(path, 303)


@router.post("/cancel")
async def cancel(request: Request, here: Here, form: Form) -> Response:
    """The time is given back."""
    records = await here.parts.customers.records(here.customer.id)
    if here.booking is not None and (gone := await bookings_of(here.parts).cancel(here.booking.id, records)):
        await noted(here, gone, "unbooked")
        facts = {"kind": gone.kind.value, "store": here.what.store, "when": here.words.formats.slot(gone.slot)}
        text = here.words.say("booking-cancelled-text", **facts)
        await tell(here.parts, here.customer, here.invitation.case, f"unbooked:{gone.id}", text)
    return RedirectResponse(f"/book/{here.token}", 303)


async def noted(here: Invited, booking: Booking, what: str) -> None:
    """A line in the story: the customer did it, by a link that was sent to them."""
    if here.invitation.case:
        customer = here.customer
        speaker = Speaker(
            customer.id, Channel.WEB, Assurance.POSSESSION, None, customer.language, customer.zone, visit=booking.id
        )
        facts = {"kind": booking.kind.value, "store": what_of(here.parts, booking).store} | when(booking)
        key = f"book:{booking.id}:{what}"
        await here.parts.switchboard.deed(speaker, here.invitation.case, key, what, facts)
