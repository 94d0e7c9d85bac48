"""Faults, guided checks, tickets and technicians' visits, as the network desk speaks of them."""

from datetime import datetime
from typing import Literal

from models.answers import Slot
from models.people import Frozen

Result = Literal["clear", "mended", "fault"]


class Outage(Frozen):
    """A known fault of a whole area; ``expected`` is when it should be over, None where nobody knows."""

    id: str
    area: str
    since: datetime
    expected: datetime | None = None


class Trouble(Frozen):
    """What a customer suffers from, in their own words."""

    customer: str
    symptom: str


class Check(Frozen):
    """One thing to check: by the customer at home, or, where ``test`` is set, by the network itself."""

    id: str
    test: bool = False


class Probe(Frozen):
    """A network test to be run for a customer."""

    customer: str
    check: str


class Finding(Frozen):
    """What a network test found: nothing, something that is mended now, or something a technician has to mend."""

    check: str
    result: Result


class Ticket(Frozen):
    """A trouble the company has taken on. ``reference`` is short enough to be read aloud."""

    id: str
    customer: str
    reference: str


class Wanted(Frozen):
    """Which ``visit`` of a ticket ("first", "second") a time is looked for, in the area of the ticket's customer."""

    ticket: Ticket
    visit: str


class Booking(Frozen):
    """A wanted visit with the time that was chosen for it."""

    wanted: Wanted
    slot: Slot


class Visit(Frozen):
    """A technician's visit that is booked."""

    id: str
    reference: str
    slot: Slot
