"""What is counted. Labels are channels, kinds and outcomes; never anything of a person."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

TURN_SECONDS = Histogram(
    "segue_turn_seconds",
    "Time from a customer's words to what they get back",
    ["channel"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15),
)
WEBHOOKS = Counter("segue_webhooks", "Webhook requests by kind and outcome", ["kind", "outcome"])
DUPLICATES = Counter("segue_duplicates_dropped", "Requests that came again and did nothing", ["kind"])
CALLBACKS = Counter("segue_callbacks", "Calls placed to customers who could not be helped at once", ["outcome"])
LOST = Counter(
    "segue_lost", "Messages that did not arrive and calls nobody took, and what came of it", ["kind", "outcome"]
)
PEOPLE_WAITING = Gauge("segue_people_waiting", "Customers who were promised a call by one of the team")


@contextmanager
def timed(channel: str) -> Iterator[None]:
    """Measure one turn of a channel."""
    began = time.perf_counter()
    try:
        yield
    finally:
        TURN_SECONDS.labels(channel).observe(time.perf_counter() - began)
