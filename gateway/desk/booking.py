"""A call-back or a visit to a store, at a time the customer picks: with the agent on the phone, or by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from channels.wording.book import Wording
from database.bookings import Bookings
from database.customers import Customer
from database.waiting import Promise
from gateway.browser import field, nonce
from gateway.desk.case import once, place
from gateway.desk.seeing import Case, DeskCase, Form, room_of
from gateway.desk.telling import tell
from gateway.parts import Parts
from gateway.templating import page
from models.answers import Slot
from models.bookings import Booking, Kind
from models.errors import SlotTaken, Unknown

router = APIRouter(prefix="/case/{moment}/{customer}/{number:int}", include_in_schema=False)
CHOOSE_WITHIN = timedelta(days=3)
STAYS = timedelta(days=1)
SPOKEN = 2  # how many times one offers aloud


@dataclass(frozen=True)
class What:
    """What is booked: a call, or a visit to a ``store`` of that label."""

    kind: Kind
    place: str = ""
    store: str = ""

    @property
    def name(self) -> str:
        """As it stands in an address: ``call``, or the store's id."""
        return self.place or self.kind.value


def bookings_of(parts: Parts) -> Bookings:
    return Bookings(parts.database, parts.calendar.at_once)


def what_in(parts: Parts, name: str) -> What:
    """What an address names. Raises Unknown for no such store."""
    if name in {"", Kind.CALL.value}:
        return What(Kind.CALL)
    store = parts.calendar.store(name)
    if store is None:
        raise Unknown
    return What(Kind.VISIT, store.id, store.label)


def what_of(parts: Parts, booking: Booking) -> What:
    store = parts.calendar.store(booking.place)
    return What(booking.kind, booking.place, store.label if store else booking.place)


async def free(parts: Parts, customer: Customer, what: What) -> list[Slot]:
    """Times that can be had: calls in the customer's zone, visits in the store's."""
    store = parts.calendar.store(what.place)
    slots = parts.calendar.slots(store.zone if store else customer.zone, datetime.now(UTC))
    return await bookings_of(parts).free(what.kind, what.place, slots)


def by_day(words: Wording, slots: list[Slot]) -> list[tuple[date, list[Slot]]]:
    """The times day by day, as the reader's clock has them."""
    return [(day, list(of)) for day, of in groupby(slots, lambda slot: words.formats.here(slot.start).date())]


@router.get("/times")
async def times(request: Request, case: Case, what: str = "call", instead: str = "", taken: str = "") -> Response:
    """Which times there are, and how one offers them."""
    wanted = what_in(case.parts, what)
    slots = await free(case.parts, case.customer, wanted)
    offered = [spoken(case.theirs.aloud, slot) for slot in _two(slots)]
    return page(
        request, "desk/times.html", case.words, 409 if taken else 200, case=case, person=case.person, what=wanted,
        days=by_day(case.words, slots), offered=offered, instead=instead[:40], taken=bool(taken), nonce=nonce(),
        fence=None,
    )  # fmt: skip


def spoken(words: Wording, slot: Slot) -> str:
    """A time as one offers it aloud: "Monday, November 23rd, 9:00 AM"."""
    here = words.formats.here(slot.start)
    return f"{words.formats.weekday(here.date())}, {words.formats.clock(here)}"


def _two(slots: list[Slot]) -> list[Slot]:
    """Two times to offer aloud, not on the same day where that can be."""
    later = next((slot for slot in slots if slot.start.date() != slots[0].start.date()), None)
    return [slots[0], later] if later else slots[:SPOKEN]


@router.post("/book")
async def book(request: Request, case: Case, form: Form) -> Response:
    """The customer has this time; the one before is given back."""
    wanted, instead = what_in(case.parts, field(form, "what", 40)), field(form, "instead", 40)
    slots = await free(case.parts, case.customer, wanted)
    slot = next((slot for slot in slots if slot.id == field(form, "slot", 20)), None)
    again = (
        f"{case.path}/times?what={wanted.name}&instead={instead if instead.isalnum() or '_' in instead else ''}&taken=1"
    )

    async def act(request_id: str) -> str:
        if slot is None:
            return again
        try:
            booking = await bookings_of(case.parts).book(
                request_id, wanted.kind, wanted.place, slot, customer=_record(case), case=case.turn.case,
                staff=case.person.id, instead_of=instead,
            )  # fmt: skip
        except SlotTaken:
            return again
        await noted(case, request_id, "booked", booking)
        sent = await confirm(case.parts, case.customer, booking, request_id)
        await room_of(request).queue.entries(fresh=True)
        return place(case, told="booked" if sent else "booked-unwritten")

    return await once(request, case, form, act)


@router.post("/unbook")
async def unbook(request: Request, case: Case, form: Form) -> Response:
    """The time is given back, and the customer told."""

    async def act(request_id: str) -> str:
        records = await case.parts.customers.records(case.customer.id)
        booking = await bookings_of(case.parts).cancel(field(form, "booking", 40), records)
        if booking is not None:
            await noted(case, request_id, "unbooked", booking)
            text = case.theirs.say("booking-cancelled-text", **facts_of(case.parts, case.theirs, booking))
            await tell(case.parts, case.customer, case.turn.case, f"unbooked:{booking.id}", text)
        await room_of(request).queue.entries(fresh=True)
        return place(case, told="unbooked")

    return await once(request, case, form, act)


@router.post("/let-choose")
async def let_choose(request: Request, case: Case, form: Form) -> Response:
    """The customer gets a link to the free times, and picks one themselves."""
    wanted = what_in(case.parts, field(form, "what", 40))

    async def act(request_id: str) -> str:
        token = await bookings_of(case.parts).invite(
            wanted.kind, wanted.place, _record(case), case.turn.case, lifetime=CHOOSE_WITHIN
        )
        link = case.parts.url(f"/book/{token}")
        text = case.theirs.say("booking-choose-text", kind=wanted.kind.value, store=wanted.store, link=link)
        sent = await tell(case.parts, case.customer, case.turn.case, f"choose:{request_id}"[:200], text)
        return place(case, told="sent" if sent else "nowhere")

    return await once(request, case, form, act)


@router.post("/times")
async def elsewhere(case: Case, form: Form) -> Response:
    """Other times: of a store, or for a call."""
    wanted = what_in(case.parts, field(form, "what", 40))
    return RedirectResponse(f"{case.path}/times?what={wanted.name}", 303)


async def call_made(parts: Parts, promise: Promise) -> None:
    """A call that was promised or booked was made."""
    if promise.id.startswith("k_"):
        await bookings_of(parts).kept(promise.id, [promise.customer])
    else:
        await parts.calls.called_back(promise.id)


def facts_of(parts: Parts, words: Wording, booking: Booking) -> dict[str, str]:
    """What a sentence about a booking is filled with; its time in the zone of ``words``."""
    what = what_of(parts, booking)
    return {"kind": what.kind.value, "store": what.store, "when": words.formats.slot(booking.slot)}


async def confirm(parts: Parts, customer: Customer, booking: Booking, key: str, token: str = "") -> bool:
    """What was booked, in the customer's channel and zone, with a link to change it."""
    books, words = bookings_of(parts), parts.words(customer.language, customer.zone)
    if not token:
        lifetime = booking.end + STAYS - datetime.now(UTC)
        token = await books.invite(booking.kind, booking.place, booking.customer, booking.case or "", lifetime=lifetime)
        await books.chosen(token, booking.id)
    link = parts.url(f"/book/{token}")
    text = words.say("booking-text", link=link, **facts_of(parts, words, booking))
    return await tell(parts, customer, booking.case or "", f"booked:{key}"[:200], text)


async def noted(case: DeskCase, request_id: str, what: str, booking: Booking) -> None:
    """A line in the story of the case."""
    facts = {"kind": booking.kind.value, "store": what_of(case.parts, booking).store} | when(booking)
    await case.parts.switchboard.deed(case.agent(), case.turn.case, f"{request_id}/story"[:200], what, facts)


def when(booking: Booking) -> dict[str, object]:
    """A booking's time as the journal keeps it: whoever reads the story sees it in their zone."""
    return {"when": booking.start.isoformat()}


def _record(case: DeskCase) -> str:
    return case.turn.case.split("/")[1]
