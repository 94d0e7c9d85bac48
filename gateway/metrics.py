"""What is counted. Labels are channels, kinds and outcomes; never anything of a person."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from opentelemetry import trace
from prometheus_client import Counter, Gauge, Histogram

from gateway.pace import PACE
from switchboard.measures import lapped

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15)
TURN_SECONDS = Histogram(
    "segue_turn_seconds", "Time from a customer's words to what they get back", ["channel"], buckets=BUCKETS
)
STAGE_SECONDS = Histogram(
    "segue_stage_seconds",
    "Parts of a turn: received (taken in and kept), read (understood), answered (by the case), rendered (put in words)",
    ["channel", "stage"],
    buckets=BUCKETS,
)
WEBHOOKS = Counter("segue_webhooks", "Webhook requests by kind and outcome", ["kind", "outcome"])
DUPLICATES = Counter("segue_duplicates_dropped", "Requests that came again and did nothing", ["kind"])
CALLBACKS = Counter("segue_callbacks", "Calls placed to customers who could not be helped at once", ["outcome"])
LOST = Counter(
    "segue_lost", "Messages that did not arrive and calls nobody took, and what came of it", ["kind", "outcome"]
)
OWNED = Counter("segue_owned", "Sore cases that were given into somebody's care", ["to"])
PEOPLE_WAITING = Gauge("segue_people_waiting", "Customers who were promised a call by one of the team")

# What the database says, the same on every server: look at one of them, or at the most of all.
CASES = Gauge("segue_cases_open", "Open cases by moment and status", ["moment", "status"])
QUEUE = Gauge("segue_queue_depth", "Customers who wait for one of the team, by what for", ["kind"])
UNANSWERED = Gauge(
    "segue_oldest_unanswered_seconds", "How long the customer has waited who has waited longest for us", ["kind"]
)
OUTBOX = Gauge("segue_outbox", "Messages that have not gone out for certain", ["state"])
OUTBOX_AGE = Gauge("segue_outbox_oldest_seconds", "Age of the oldest message of that state", ["state"])
POPS = Gauge("segue_pops_waiting", "What was put before an agent and not yet taken")
PUT_THROUGHS = Gauge("segue_put_throughs", "Callers on their way to one of the team, or with them", ["state"])
WORKERS = Gauge("segue_workers_seen", "Workers that asked Temporal for work within the last minute or so")
REACHED = Gauge("segue_reached", "1 while it answers", ["part"])
SAMPLED = Gauge("segue_sampled_timestamp_seconds", "When the figures of the database were last taken")
SAMPLING = Histogram("segue_sampling_seconds", "How long taking them takes", buckets=BUCKETS)

arrived: ContextVar[float | None] = ContextVar("arrived", default=None)
_tracer = trace.get_tracer("segue.gateway")


@contextmanager
def timed(channel: str) -> Iterator[None]:
    """Measure one turn of a channel, from when its request came in, and each stage of it."""
    came = arrived.get()
    arrived.set(None)
    with _tracer.start_as_current_span(f"turn {channel}"), lapped(came) as laps:
        try:
            yield
        finally:
            over = time.perf_counter()
            stages = laps.stages(over)
            for stage, seconds in stages.items():
                STAGE_SECONDS.labels(channel, stage).observe(seconds)
            TURN_SECONDS.labels(channel).observe(over - laps.began)
            PACE.took(channel, stages)
