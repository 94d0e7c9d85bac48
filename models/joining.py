"""A case that goes on in another one: what holds it, what was taken over, and the request that does either."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from models.ledger import Answered
from models.people import Frozen
from models.requests import Request


class Hold(Frozen):
    """The case is at rest, because it goes on in case ``to``; after ``until`` it is closed for good."""

    to: str
    until: datetime


class Brought(Frozen):
    """What a case has of the other ``case`` that goes on in it.

    ``answers`` may be taken over as soon as their question is asked, ``replaced`` are its own answers that gave way,
    ``before`` names what stood in the ledger until then.
    """

    case: str
    answers: list[Answered] = []
    replaced: list[Answered] = []
    before: list[str] = []


class Joining(Request):
    """Two cases become one, or part again.

    ``hold`` and ``lift`` go to the case that went on in the ``other``, ``take`` (with ``answers``) and ``give-back``
    to the one that stays.
    """

    what: Literal["hold", "lift", "take", "give-back"]
    other: str
    until: datetime | None = None
    answers: list[Answered] = []
