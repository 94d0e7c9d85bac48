"""What stands on a case's page of what agents do beside the question: handed on, wrapped up, booked, given."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from database.bookings import Bookings
from database.goodwill import Goodwill, Left
from database.hand_overs import HandOvers
from database.wrap_ups import WrapUps
from gateway.desk.seeing import DeskCase
from models.answers import Option
from models.bookings import Booking
from models.follow_through import Ending, Gift, HandedOnFor, HandOver, WrapUp
from models.staff import Person, Role

HOURS = (1, 4, 24, 72)


@dataclass(frozen=True)
class Handed:
    """The case was handed on, if it was; ``waits``: for whoever looks at it now."""

    given: HandOver | None = None
    waits: bool = False


@dataclass(frozen=True)
class Wrapping:
    """How it ended is still to be said by whoever looks (``open``), or was said last (``last``)."""

    open: WrapUp | None
    last: WrapUp | None
    endings: tuple[Ending, ...] = tuple(Ending)


@dataclass(frozen=True)
class Booked:
    """What the customer has booked, and which stores there are."""

    bookings: list[Booking]
    stores: list[Option]
    names: dict[str, str]


@dataclass(frozen=True)
class Giving:
    """What may still be given, and what there is to give."""

    left: Left
    beyond: bool
    costs: dict[str, object]
    gifts: tuple[Gift, ...] = tuple(Gift)


@dataclass(frozen=True)
class Passing:
    """To whom the case could go: who is there, who else there is, and the teams."""

    there: list[Person]
    others: list[Person]
    teams: list[str]
    whys: tuple[HandedOnFor, ...] = tuple(HandedOnFor)
    hours: tuple[int, ...] = HOURS


async def handed_panel(request: Request, case: DeskCase) -> Handed:
    """Until somebody has accepted it, and for them as long as they have it."""
    given = await HandOvers(case.parts.database).last(case.turn.case)
    if given is None or case.turn.status.closed or given.state == "replaced":
        return Handed()
    if given.state == "accepted" and not (case.mine and given.accepted_by == case.person.id):
        return Handed()
    waits = given.state == "waiting" and given.by != case.person.id and (not case.claim or case.mine)
    return Handed(given, waits)


async def wrap_up_panel(request: Request, case: DeskCase) -> Wrapping | None:
    books = WrapUps(case.parts.database)
    mine = [each for each in await books.of(case.person.id) if each.case == case.turn.case]
    last = await books.last(case.turn.case)
    waiting = mine[0] if mine and not case.mine else None
    return Wrapping(waiting, last) if waiting or last else None


async def booking_panel(request: Request, case: DeskCase) -> Booked | None:
    calendar, records = case.parts.calendar, await case.parts.customers.records(case.customer.id)
    found = await Bookings(case.parts.database, calendar.at_once).of(records)
    if case.turn.status.closed and not found:
        return None
    return Booked(found, calendar.places, {store.id: store.label for store in calendar.stores})


async def goodwill_panel(request: Request, case: DeskCase) -> Giving | None:
    budget = case.parts.goodwill
    left = await Goodwill(case.parts.database, budget).left(case.person.id, case.customer.id)
    return Giving(left, case.may_take_over, {gift.value: budget.cost(gift) for gift in Gift})


async def passing_panel(request: Request, case: DeskCase) -> Passing | None:
    """For whoever drives; a supervisor also hands on what a colleague has."""
    if case.turn.status.closed or not (case.mine or case.may_take_over):
        return None
    able = [p for p in await case.parts.staff.people() if p.role in {Role.AGENT, Role.SUPERVISOR} and not p.closed_at]
    there = {each.id for each in await case.parts.attendance.there()}
    others = [person for person in able if person.id != case.person.id]
    return Passing(
        [person for person in others if person.id in there],
        [person for person in others if person.id not in there],
        sorted({person.team for person in able if person.team}),
    )
