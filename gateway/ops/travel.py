"""Travel: the case after any event of its history, beside its script, its story and its raw events."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from channels.wording.book import Wording
from gateway.browser import checked_form
from gateway.ops.protocols import Travels, Trip
from gateway.parts import parts_of
from gateway.staff.guard import here
from gateway.templating import page, words_for
from models.errors import NotUnderstood, Unknown
from models.travel import Overview, Place

router = APIRouter(include_in_schema=False)
Form = Annotated[FormData, Depends(checked_form)]
PART = "x-part"
_CASE = re.compile(r"([a-z0-9-]{1,60})/(c_[\w-]{1,60})/([0-9]{1,9})")


@router.get("/travel")
async def ask(request: Request, case: str = "", at: str = "", large: str = "", gone: str = "") -> Response:
    """Where to: a case by its id, or a file."""
    found = _CASE.search(case)
    if found is not None:
        return RedirectResponse(f"/ops/travel/{found.group(0)}" + (f"?{urlencode({'at': at})}" if at else ""), 303)
    error = "large" if large else "gone" if gone else "unknown" if case else ""
    return asked(request, error, case)


def asked(request: Request, error: str = "", typed: str = "") -> Response:
    status = {"unknown": 404, "not-history": 422, "large": 413, "gone": 404}.get(error, 200)
    return page(request, "ops/travel_ask.html", words_for(request), status, error=error, typed=typed[:200])


@router.post("/travel/file")
async def upload(request: Request, form: Form) -> Response:
    """An exported history, for the one who sent it, for as long as they look at it."""
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return asked(request, "not-history")
    try:
        name = sent.filename.rpartition(".")[0][:120]
        key = await travels_of(request).of_files({name: await sent.read()}, here(request).person.id)
    except NotUnderstood:
        return asked(request, "not-history")
    return RedirectResponse(f"/ops/travel/file/{key}", 303)


@router.get("/travel/file/{upload}")
async def through_file(request: Request, upload: str) -> Response:
    trip = travels_of(request).of_upload(upload, here(request).person.id)
    return shown(request, trip) if trip else asked(request, "gone")


@router.get("/travel/file/{upload}/payloads")
async def payloads_of_file(request: Request, upload: str, at: str = "") -> Response:
    trip = travels_of(request).of_upload(upload, here(request).person.id)
    return await opened(request, trip, at) if trip else asked(request, "gone")


@router.get("/travel/{moment}/{customer}/{number:int}")
async def through(request: Request, moment: str, customer: str, number: int, fresh: str = "") -> Response:
    """The case at a point: ``at`` (``run.event``, or an event), or ``n``; compared ``with`` another, if named."""
    case = f"{moment}/{customer}/{number}"
    try:
        trip = await travels_of(request).of_case(case, fresh=bool(fresh))
    except Unknown:
        return asked(request, "unknown", case)
    return shown(request, trip)


@router.get("/travel/{moment}/{customer}/{number:int}/payloads")
async def payloads(request: Request, moment: str, customer: str, number: int, at: str = "") -> Response:
    """What the events of a point hold: an address of its own, so that whoever looks is noted for it."""
    try:
        trip = await travels_of(request).of_case(f"{moment}/{customer}/{number}")
    except Unknown:
        return asked(request, "unknown", f"{moment}/{customer}/{number}")
    return await opened(request, trip, at)


def travels_of(request: Request) -> Travels:
    """Raises Unknown where nothing is wired to travel with."""
    ops = parts_of(request).ops
    if ops is None or ops.travels is None:
        raise Unknown
    return ops.travels


def shown(request: Request, trip: Trip) -> Response:
    """The whole page, or the part of it that moves."""
    overview, asked_for = trip.overview(), request.query_params
    number, second = _number(trip, overview, asked_for.get("at", ""), asked_for.get("n", "")), None
    words, theirs = _words(request, overview)
    if asked_for.get("with"):
        second = trip.find(asked_for["with"])
    response = page(
        request,
        "ops/_travel.html" if PART in request.headers else "ops/travel.html",
        words,
        overview=overview,
        scene=trip.scene(number, words, theirs),
        place=overview.places[number],
        marked=overview.places[second] if second is not None else None,
        changes=trip.changes(second, number, words, theirs) if second is not None else [],
        troubles=[each for each in overview.places if each.trouble],
        after=_after(overview.places, number),
        taken=datetime.fromtimestamp(trip.taken, UTC),
    )
    response.headers["Vary"] = PART
    return response


async def opened(request: Request, trip: Trip, at: str) -> Response:
    overview = trip.overview()
    number = _number(trip, overview, at, "")
    words, _ = _words(request, overview)
    held = await trip.payloads(number)
    place = overview.places[number]
    return page(request, "ops/travel_payloads.html", words, overview=overview, place=place, held=held)


def _words(request: Request, overview: Overview) -> tuple[Wording, Wording]:
    """Those of whoever looks, and the customer's."""
    return words_for(request, None, overview.zone), parts_of(request).words(overview.language, overview.zone)


def _number(trip: Trip, overview: Overview, at: str, n: str) -> int:
    if n.isdecimal() and len(n) < 7:
        return min(int(n), len(overview.places) - 1)
    found = trip.find(at) if at else None
    return overview.opens if found is None else found


def _after(places: tuple[Place, ...], number: int) -> Place | None:
    """The next trouble, round to the first."""
    troubles = [place for place in places if place.trouble and place.number != number]
    return next((place for place in troubles if place.number > number), troubles[0] if troubles else None)
