"""The journal: one row for each thing that happened in a case, in an order that never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import JsonValue

from models.ledger import Fact
from models.people import Actor, Assurance, Channel, Frozen


class Row(Frozen):
    """One line of a case's story, unique by (case, sequence). ``what`` is one of the words below; ``data`` fills it.

    arrived · asked · answered · corrected · withdrawn · known (not asked, and why) · confirmed · refused · did ·
    undid · told · remarked · waited · left · parked · reminded · handed_over · stuck · uncertain · held ("no" to a
    confirm) · called_off · undelivered · cancelled · expired · finished · rated (``score`` of ``of``) · booked ·
    unbooked · handed_on · gave · wrapped_up · to_be_called_off (what an agent did beside the case; ``facts`` fill it)
    · wrote (a line of the chat, by its id) · retried · supplied · reset · ended (what ops did; ``note`` says why)
    """

    sequence: int
    at: datetime
    what: str
    key: str | None = None
    channel: Channel | None = None
    actor: Actor | None = None
    assurance: Assurance | None = None
    data: dict[str, JsonValue] = {}


class Page(Frozen):
    """What one turn writes: new rows and the case as it now stands. Written whole or not at all, however often."""

    case: str
    customer: str
    moment: str
    run: str
    update: str | None = None
    status: str
    step: str | None = None
    sequence: int
    turn: dict[str, Any]
    rows: list[Row]
    facts: list[Fact] = []
    at: datetime
