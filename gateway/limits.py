"""How often somebody may try: sliding windows in memory, by a fingerprint of the address."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from typing import cast

from fastapi import HTTPException, Request

MOST_KEYS = 20_000


class Limit:
    """At most ``most`` in ``seconds`` for each key. One server counts for itself."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self._seen: dict[str, deque[float]] = {}

    def allows(self, key: str) -> bool:
        """Count one more, and say whether it is within the limit."""
        now = time.monotonic()
        if len(self._seen) > MOST_KEYS:
            self._seen = {k: times for k, times in self._seen.items() if times and times[-1] > now - self.seconds}
        times = self._seen.setdefault(key, deque())
        while times and times[0] <= now - self.seconds:
            times.popleft()
        if len(times) >= self.most:
            return False
        times.append(now)
        return True


def client_of(request: Request) -> str:
    """A fingerprint of where a request comes from."""
    host = request.client.host if request.client else ""
    return hashlib.sha256(host.encode()).hexdigest()


class Limits:
    """The door's own limits, for each place that asks from outside; the number asked for has others in the database."""

    def __init__(self) -> None:
        self.codes = Limit(30, 600)
        self.every_code = Limit(120, 60)
        self.tries = Limit(60, 600)
        self.links = Limit(10, 600)
        self.looks = Limit(40, 600)
        self.sign_ins = Limit(60, 600)
        self.bookings = Limit(10, 3600)
        self.lines = Limit(30, 60)
        self.ratings = Limit(10, 3600)
        self.searches = Limit(60, 60)
        self._link = Limit(1, 600)
        self._links_today = Limit(5, 24 * 3600)

    def sends_code(self, client: str) -> bool:
        """Whether one more code may be sent, for a place and for all together."""
        return self.codes.allows(client) and self.every_code.allows("")

    def sends_link(self, customer: str) -> bool:
        """Whether a customer may be texted one more link: one in ten minutes, five a day."""
        return self._link.allows(customer) and self._links_today.allows(customer)


def within(limit: Limit, key: str) -> None:
    """Count one more; past the limit the request ends here, as too often."""
    if not limit.allows(key):
        raise HTTPException(429)


def limits_of(request: Request) -> Limits:
    return cast("Limits", request.app.state.limits)
