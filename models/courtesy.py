"""When Segue may write by itself: quiet hours where the customer is, and how often at most."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.people import Frozen

_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
DAY = timedelta(days=1)


class Courtesy(Frozen):
    """From ``quiet_from`` until ``quiet_until``, in the customer's zone, nothing is sent that nobody waits for.

    At most ``a_day`` such messages go out in 24 hours over all channels, and ``reminders`` in a case. Whoever was heard
    within ``awake`` is there, and waits. Equal hours: it is never quiet.
    """

    quiet_from: time = time(21)
    quiet_until: time = time(8)
    a_day: int = 3
    reminders: int = 2
    awake: timedelta = timedelta(minutes=15)

    def when(self, at: datetime, zone: str, sent: list[datetime]) -> datetime:
        """The first moment from ``at`` on that is not quiet, and not too soon after those ``sent`` (oldest first)."""
        if len(sent) >= self.a_day > 0:
            at = max(at, sent[-self.a_day] + DAY)
        return self._morning(at, zone)

    def _morning(self, at: datetime, zone: str) -> datetime:
        here = at.astimezone(ZoneInfo(zone))
        clock = here.time().replace(tzinfo=None)
        over_midnight = self.quiet_from > self.quiet_until
        late, early = clock >= self.quiet_from, clock < self.quiet_until
        if not ((late or early) if over_midnight else (late and early)):
            return at
        day = here.date() + (DAY if over_midnight and late else timedelta())
        # At the wall's hour, whatever the clocks did in that night.
        return datetime.combine(day, self.quiet_until, ZoneInfo(zone)).astimezone(at.tzinfo)


def quiet_hours(text: str) -> tuple[time, time]:
    """``21:00-08:00`` as two times; empty text is never quiet. Raises ValueError for anything else."""
    if not text.strip():
        return time(), time()
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise ValueError("not hours like 21:00-08:00")
    hours = [int(part) for part in match.groups()]
    return time(hours[0], hours[1]), time(hours[2], hours[3])
