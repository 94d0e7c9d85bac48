"""The pretend telecom's network desk: areas with outages, tests, tickets, and technicians who come."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.answers import Slot
from models.case import Event
from models.errors import SlotTaken
from models.network import Booking, Check, Finding, Outage, Result, Ticket, Trouble, Visit, Wanted
from simulators.papers import Paper, Papers

AREAS = ("Northside", "Riverside", "Old Town", "Harbor")
ZONE = ZoneInfo("America/New_York")
WINDOWS = ((8, 12), (13, 17))
OFFERED = 3
# Without letters and digits that sound or look alike when a reference is read aloud.
_ALPHABET = "23456789ACEFGHJKLMNPQRTUVWXYZ"

CHECKS = {
    "calls": ("airplane", "test-mobile", "restart"),
    "signal": ("airplane", "restart", "test-mobile"),
    "slow": ("closer", "restart", "test-line"),
    "internet": ("restart", "cables", "test-line"),
    "anything": ("restart", "test-line"),
}
# The first kind that has one of its stems in the words; English and Spanish, without accents.
STEMS = {
    "calls": r"\bcall|voicemail|\bllamada|\bllamar|\bdial|hang up|se corta",
    "signal": r"signal|\bservice|\bbars?\b|reception|coverage|senal|servicio|cobertura|\bsim\b",
    "slow": r"slow|\blag|buffer|speed|lent|veloc|tarda",
    "internet": r"internet|wi-? ?fi|router|modem|online|connect|web|page|stream|\btv\b|conexion|conect|red\b",
}
RESULTS: tuple[Result, ...] = ("clear", "mended", "fault")
_PLAIN = str.maketrans("áéíóúüñ", "aeiouun")


def _kind(symptom: str) -> str:
    """What the words are about; ``anything`` where nobody knows."""
    words = symptom.lower().translate(_PLAIN)
    return next((kind for kind, stems in STEMS.items() if re.search(stems, words)), "anything")


class NetworkDesk:
    """The ``NetworkDesk`` that Segue runs with on one machine. ``technicians`` is how many there are in an area.

    A network test takes ``test_seconds`` and finds for every line something of its own, unless :meth:`set_line` says
    otherwise; while ``tests_may_end`` is cleared, none ends.
    """

    def __init__(
        self,
        papers: Papers,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        technicians: int = 3,
        test_seconds: float = 4.0,
    ) -> None:
        self._papers = papers
        self._clock = clock
        self._technicians = technicians
        self.test_seconds = test_seconds
        self.tests_may_end = asyncio.Event()
        self.tests_may_end.set()

    # -- the network ------------------------------------------------------------------------------------------

    async def area(self, customer: str) -> str:
        paper = await self._papers.paper("area", customer)
        return str(paper["area"]) if paper else AREAS[_number("area", customer) % len(AREAS)]

    async def settle(self, customer: str, area: str) -> None:
        """Where the customer lives, once and for all."""
        await self._papers.put_once("area", customer, customer, {"area": area})

    async def outage(self, customer: str) -> Outage | None:
        known = await self._papers.papers("outage", _place(await self.area(customer)))
        return next((Outage.model_validate(each["outage"]) for each in reversed(known) if not each["over"]), None)

    async def declare_outage(self, area: str, hours: float | None = None) -> Outage:
        """From now on whoever lives in the ``area`` is told of it; ``hours`` is how long it should take."""
        now = self._clock()
        number = len(await self._papers.papers("outage", _place(area))) + 1
        expected = None if hours is None else now + timedelta(hours=hours)
        outage = Outage(id=f"outage_{_digest(area, str(number))}", area=area, since=now, expected=expected)
        body = {"outage": outage.model_dump(mode="json"), "over": False}
        await self._papers.put_once("outage", outage.id, _place(area), body)
        return outage

    async def end_outage(self, id: str) -> Event:
        """What every case that waits for it is to be told. Any number of times; :class:`Unknown` for no such outage."""
        await self._papers.change("outage", id, lambda paper: {**paper, "over": True})
        return Event(id=f"over:{id}", name="outage-over", about=id)

    async def knows(self, symptom: str) -> bool:
        return _kind(symptom) != "anything"

    async def checks(self, trouble: Trouble) -> list[Check]:
        kind = _kind(trouble.symptom)
        return [Check(id=id, test=id.startswith("test-")) for id in CHECKS[kind]]

    async def test(self, customer: str, check: str) -> Finding:
        line = await self._papers.paper("line", customer) or {
            "result": RESULTS[_number(customer, check) % len(RESULTS)],
            "seconds": self.test_seconds,
        }
        await asyncio.sleep(line["seconds"])
        await self.tests_may_end.wait()
        return Finding(check=check, result=line["result"])

    async def set_line(self, customer: str, result: Result, seconds: float = 0) -> None:
        """What every test of this customer's line finds, and how long it takes."""
        await self._papers.put_once("line", customer, customer, {"result": result, "seconds": seconds})

    # -- tickets ----------------------------------------------------------------------------------------------

    async def open_ticket(self, key: str, trouble: Trouble) -> Ticket:
        id, number = f"ticket_{_digest(key)}", _number("ticket", key)
        reference = "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(6))
        ticket = Ticket(id=id, customer=trouble.customer, reference=reference)
        body = {"ticket": ticket.model_dump(mode="json"), "symptom": trouble.symptom, "status": "open"}
        await self._papers.put_once("ticket", id, trouble.customer, body)
        return ticket

    async def withdraw_ticket(self, ticket: Ticket) -> None:
        await self._papers.change("ticket", ticket.id, lambda paper: _moved(paper, "open", "withdrawn"))

    async def close_ticket(self, ticket: Ticket) -> None:
        await self._papers.change("ticket", ticket.id, lambda paper: _moved(paper, "open", "closed"))

    async def tickets(self, customer: str) -> list[str]:
        """How the customer's tickets stand, oldest first: open, withdrawn or closed."""
        return [paper["status"] for paper in await self._papers.papers("ticket", customer)]

    # -- visits -----------------------------------------------------------------------------------------------

    async def slots(self, wanted: Wanted) -> list[Slot]:
        customer = wanted.ticket.customer
        own = [paper for paper in await self._papers.papers("visit", customer) if paper["status"] == "booked"]
        mine = [_visit(p).slot for p in own if (p["ticket"], p["name"]) == (wanted.ticket.id, wanted.visit)]
        free = await self._free(await self.area(customer))
        return sorted({slot.id: slot for slot in [*free, *mine]}.values(), key=lambda slot: slot.start)

    async def book(self, key: str, booking: Booking) -> Visit:
        ticket, slot = booking.wanted.ticket, booking.slot
        visit = Visit(id=f"visit_{_digest(key)}", reference=ticket.reference, slot=slot)
        await self._papers.put_once("slot", slot.id, "", {"visits": []})
        await self._papers.change("slot", slot.id, lambda paper: self._with(paper, visit))
        body = {"visit": visit.model_dump(mode="json"), "ticket": ticket.id, "name": booking.wanted.visit}
        await self._papers.put_once("visit", visit.id, ticket.customer, {**body, "status": "booked"})
        return visit

    async def cancel_visit(self, visit: Visit) -> None:
        paper = await self._papers.change("visit", visit.id, lambda paper: _moved(paper, "booked", "cancelled"))
        if paper["status"] == "cancelled":
            await self._papers.change("slot", visit.slot.id, lambda paper: _without(paper, visit))

    async def end_visit(self, visit: Visit) -> None:
        await self._papers.change("visit", visit.id, lambda paper: _moved(paper, "booked", "over"))

    async def visits(self, customer: str) -> list[tuple[Visit, str]]:
        """The customer's visits, oldest first, each with how it stands: booked, cancelled or over."""
        return [(_visit(paper), paper["status"]) for paper in await self._papers.papers("visit", customer)]

    async def see_fault_again(self, customer: str) -> Event:
        """The network sees the customer's fault again: what the case is to be told, before its day is over."""
        return Event(id=f"again:{_digest(customer, self._clock().isoformat())}", name="fault-again")

    async def leave(self, customer: str) -> Event:
        """The technician is done and gone: what the case is to be told. IndexError where no visit is booked."""
        visit = [visit for visit, status in await self.visits(customer) if status == "booked"][-1]
        return Event(id=f"over:{visit.id}", name="visit-over", about=visit.id)

    async def _free(self, area: str) -> list[Slot]:
        """The next few windows on working days in which a technician has time."""
        free: list[Slot] = []
        day = self._clock().astimezone(ZONE).date()
        while len(free) < OFFERED:
            day += timedelta(days=1)
            windows = [_window(area, day, *hours) for hours in WINDOWS] if day.weekday() < 5 else []
            free += [slot for slot in windows if len(await self._taken(slot)) < self._technicians]
        return free[:OFFERED]

    async def _taken(self, slot: Slot) -> list[str]:
        paper = await self._papers.paper("slot", slot.id)
        return list(paper["visits"]) if paper else []

    def _with(self, paper: Paper, visit: Visit) -> Paper:
        if visit.id in paper["visits"]:
            return paper
        if len(paper["visits"]) >= self._technicians or visit.slot.start <= self._clock():
            raise SlotTaken("slot-taken")
        return {"visits": [*paper["visits"], visit.id]}


def _window(area: str, day: date, begin: int, end: int) -> Slot:
    return Slot(
        id=f"{area.lower().replace(' ', '-')}-{day.isoformat()}-{begin:02}",
        start=datetime.combine(day, time(begin), ZONE).astimezone(UTC),
        end=datetime.combine(day, time(end), ZONE).astimezone(UTC),
    )


def _place(area: str) -> str:
    return f"area:{area}"


def _visit(paper: Paper) -> Visit:
    return Visit.model_validate(paper["visit"])


def _moved(paper: Paper, before: str, after: str) -> Paper:
    return {**paper, "status": after} if paper["status"] == before else paper


def _without(paper: Paper, visit: Visit) -> Paper:
    return {"visits": [id for id in paper["visits"] if id != visit.id]}


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("/".join(parts).encode(errors="replace")).digest()[:8])


def _digest(*parts: str) -> str:
    return hashlib.sha256("/".join(parts).encode(errors="replace")).hexdigest()[:16]
