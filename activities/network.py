"""Steps on the network: outages, tests, tickets and technicians' visits."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.answers import Slot
from models.errors import SlotTaken
from models.network import Booking, Check, Finding, Outage, Probe, Ticket, Trouble, Visit, Wanted


class NetworkDesk(Protocol):
    """The network's own systems, as Segue needs them. What takes a ``key`` is done once for each."""

    async def outage(self, customer: str) -> Outage | None:
        """The known outage where the customer is, if there is one."""

    async def knows(self, symptom: str) -> bool:
        """Whether the words say what does not work."""

    async def checks(self, trouble: Trouble) -> list[Check]:
        """What is worth checking, the likeliest first; for words that nobody knows, what helps with everything."""

    async def test(self, customer: str, check: str) -> Finding:
        """Run a network test; may take minutes."""

    async def open_ticket(self, key: str, trouble: Trouble) -> Ticket: ...

    async def withdraw_ticket(self, ticket: Ticket) -> None:
        """Any number of times; a ticket that was closed stays so."""

    async def close_ticket(self, ticket: Ticket) -> None: ...

    async def slots(self, wanted: Wanted) -> list[Slot]:
        """Times a technician has, at least one, the first one first; with the one this very visit is booked for."""

    async def book(self, key: str, booking: Booking) -> Visit:
        """Raises :class:`SlotTaken`."""

    async def cancel_visit(self, visit: Visit) -> None:
        """Any number of times; a visit that took place stays so."""

    async def end_visit(self, visit: Visit) -> None: ...


class Network:
    def __init__(self, desk: NetworkDesk) -> None:
        self._desk = desk

    @reads()
    async def outage(self, customer: str) -> Outage | None:
        """The known outage where the customer is."""
        return await self._desk.outage(customer)

    @reads()
    async def symptom_in(self, said: str) -> str:
        """The words that opened the case, where they say already what does not work; else nothing."""
        return said[:300] if said and await self._desk.knows(said) else ""

    @reads()
    async def diagnose(self, trouble: Trouble) -> list[Check]:
        """What to check, the likeliest first."""
        return await self._desk.checks(trouble)

    @reads(timeout=300, budget=1800)
    async def run_test(self, probe: Probe) -> Finding:
        """Test the customer's connection, however long it takes."""
        return await self._desk.test(probe.customer, probe.check)

    @effect()
    async def open_ticket(self, trouble: Trouble) -> Ticket:
        return await self._desk.open_ticket(idempotency_key(), trouble)

    @effect()
    async def withdraw_ticket(self, ticket: Ticket) -> None:
        await self._desk.withdraw_ticket(ticket)

    @effect()
    async def close_ticket(self, ticket: Ticket) -> None:
        await self._desk.close_ticket(ticket)

    @reads()
    async def visit_times(self, wanted: Wanted) -> list[Slot]:
        """When a technician could come."""
        return await self._desk.slots(wanted)

    @effect(SlotTaken)
    async def book_visit(self, booking: Booking) -> Visit:
        """Book a technician once, for a time that is still free."""
        return await self._desk.book(idempotency_key(), booking)

    @effect()
    async def cancel_visit(self, visit: Visit) -> None:
        await self._desk.cancel_visit(visit)

    @effect()
    async def end_visit(self, visit: Visit) -> None:
        """Note that the visit's time is over, so that nothing before it can be taken back."""
        await self._desk.end_visit(visit)
