"""Times that are promised to a customer: a call of one of the team, or a visit to a store."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import Field

from models.answers import Option, Slot
from models.people import Frozen


class Kind(StrEnum):
    """What is booked."""

    CALL = "call"
    VISIT = "visit"


class Store(Frozen):
    """A store that can be visited. ``zone`` is the IANA time zone it stands in."""

    id: str
    label: str
    zone: str = "America/New_York"


class Calendar(Frozen):
    """When the company can be had: hours of a working day, each cut into times of ``minutes``.

    ``at_once`` is how many can be booked for the same time at the same place, ``days`` how far ahead.
    """

    opens: time = time(9)
    closes: time = time(19)
    minutes: int = Field(default=30, gt=0)
    at_once: int = Field(default=3, gt=0)
    days: int = Field(default=7, gt=0)
    stores: tuple[Store, ...] = ()

    @property
    def places(self) -> list[Option]:
        """The stores, to choose from."""
        return [Option(id=store.id, label=store.label) for store in self.stores]

    def store(self, id: str) -> Store | None:
        return next((store for store in self.stores if store.id == id), None)

    def slots(self, zone: str, at: datetime) -> list[Slot]:
        """Every time from an hour after ``at`` on, Monday to Saturday, in that zone; half-open, aware."""
        here, first = ZoneInfo(zone), at + timedelta(hours=1)
        found: list[Slot] = []
        for ahead in range(self.days + 1):
            day = (at.astimezone(here) + timedelta(days=ahead)).date()
            if day.weekday() == 6:
                continue
            begin = datetime.combine(day, self.opens, here)
            while begin + timedelta(minutes=self.minutes) <= datetime.combine(day, self.closes, here):
                start, begin = begin.astimezone(UTC), begin + timedelta(minutes=self.minutes)
                if start >= first:
                    found.append(Slot(id=f"{start:%Y%m%dT%H%M}", start=start, end=begin.astimezone(UTC)))
        return found


class Booking(Frozen):
    """A time that a customer has. ``place`` is a store's id, or empty for a call; ``state``: booked, moved, cancelled
    or kept. ``staff`` is who booked it; None: the customer did.
    """

    id: str
    kind: Kind
    place: str
    start: datetime
    end: datetime
    customer: str
    case: str | None
    staff: str | None
    state: str

    @property
    def slot(self) -> Slot:
        return Slot(id=f"{self.start:%Y%m%dT%H%M}", start=self.start, end=self.end)


class Invitation(Frozen):
    """A customer may choose a time themselves, until then; ``booking`` is what they chose."""

    kind: Kind
    place: str
    customer: str
    case: str
    expires_at: datetime
    booking: str | None
