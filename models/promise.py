"""What a customer in trouble may be promised: how soon one of the team comes, and when the team is there."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from models.courtesy import Courtesy, quiet_hours
from models.people import Frozen

STEP = timedelta(minutes=5)


class Promising(Frozen):
    """One of the team comes within ``minutes``, or else the next level of the team within ``patience`` minutes.

    ``closed`` are the hours in which nobody is there, in the customer's zone. ``importance`` is how much a moment
    counts in the queue beside an ordinary one, by its id.
    """

    minutes: float = 30
    patience: float = 30
    closed: Courtesy = Courtesy(quiet_from=time(20), quiet_until=time(8))
    importance: dict[str, float] = {}

    def until(self, at: datetime, zone: str, *, there: bool) -> datetime:
        """By when: on a full five minutes. Where nobody is ``there``, time counts from when the team is back."""
        begins = at if there else self.closed.when(at, zone, [])
        due = begins + timedelta(minutes=self.minutes)
        over = timedelta(minutes=due.minute % 5, seconds=due.second, microseconds=due.microsecond)
        return due + (STEP - over if over else timedelta())

    def opens(self, at: datetime, zone: str) -> datetime | None:
        """When the team is there again; None: it is there."""
        begins = self.closed.when(at, zone, [])
        return None if begins == at else begins

    def tomorrow(self, at: datetime, zone: str) -> datetime:
        """A day later, when the team is there."""
        return self.closed.when(at + timedelta(days=1), zone, [])

    @classmethod
    def parse(cls, promise: str, importance: str) -> Promising:
        """``minutes=20, patience=15, hours=09:00-18:00`` and ``pay-bill=1.5``. Raises ValueError for anything else."""
        given, made = _pairs(promise), cls()
        if unknown := set(given) - {"minutes", "patience", "hours"}:
            raise ValueError(f"not known: {', '.join(sorted(unknown))}")
        opens, closes = (
            quiet_hours(given["hours"]) if "hours" in given else (made.closed.quiet_until, made.closed.quiet_from)
        )
        return cls(
            minutes=_within(given.get("minutes", made.minutes), 24 * 60),
            patience=_within(given.get("patience", made.patience), 24 * 60),
            closed=Courtesy(quiet_from=closes, quiet_until=opens),
            importance={moment: _within(number, 100) for moment, number in _pairs(importance).items()},
        )


def _pairs(text: str) -> dict[str, str]:
    parts = (part.partition("=") for part in text.split(",") if part.strip())
    return {name.strip(): value.strip() for name, _, value in parts}


def _within(number: str | float, most: float) -> float:
    found = float(number)
    if not 0 < found <= most:
        raise ValueError("out of bounds")
    return found
