"""What TaskRouter is told: the verbs of a caller in its queue, and what to do with whom it has reserved.

Written after its documentation and tried against the carrier on this machine, never on an account of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from channels.phone import Bridge, Enqueue, Routed

RINGS = 20
INTERACTION = "interaction_id"


def add(response: Any, verb: Routed, base: str) -> None:
    """The verb as TwiML, onto the provider's own document."""
    match verb:
        case Enqueue():
            waits = {"wait_url": verb.wait, "wait_url_method": "POST"}
            queue = response.enqueue(None, workflow_sid=verb.workflow, action=verb.action, method="POST", **waits)
            queue.task(json.dumps({INTERACTION: verb.interaction}), timeout=verb.seconds)
        case Bridge():
            response.dial().queue("", reservation_sid=verb.reservation)
        case _:
            response.leave()


def call(to: str, caller: str, url: str) -> dict[str, object]:
    """Ring whoever is reserved at ``to``: they hear ``url`` first, whose :class:`Bridge` accepts the reservation."""
    return {"instruction": "call", "to": to, "from": caller, "url": url, "timeout": RINGS}


def dequeue(caller: str) -> dict[str, object]:
    """Connect them at once, wherever TaskRouter itself reaches them."""
    return {"instruction": "dequeue", "from": caller, "timeout": RINGS}


def attributes(text: str) -> Mapping[str, object]:
    """Those of a task or a worker; empty where they are not what TaskRouter writes."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
