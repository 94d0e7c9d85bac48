"""The people who work here: who they are, what they may, and what is noted of what they do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from models.people import Frozen

Way = Literal["password", "provider", "stage", "command-line"]


class Role(StrEnum):
    """What somebody does here. Everybody has one."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ASSOCIATE = "associate"
    OPS = "ops"
    ANALYST = "analyst"
    ADMIN = "admin"


class Why(StrEnum):
    """Why somebody looked at a customer's data."""

    PRESENT = "present"  # the customer stands there, and proved it by a pass or a code
    CASE = "case"  # a case of theirs is in hand
    HANDED_OVER = "handed-over"  # a colleague, or Segue, has put them before this person or their team
    QUEUE = "queue"  # they wait for one of us
    BREAK_GLASS = "break-glass"  # neither, and a note says why


class Person(Frozen):
    """One of the staff. ``closed_at`` is set while the account opens nothing; ``local``: it has a password here."""

    id: str
    sign_in: str
    name: str
    role: Role
    team: str
    local: bool
    made_at: datetime
    closed_at: datetime | None = None


class StaffSession(Frozen):
    """Where somebody is signed in. ``id`` may be shown; it opens nothing."""

    id: str
    person: Person
    way: Way
    browser: str
    began_at: datetime
    seen_at: datetime
    expires_at: datetime


class Deed(Frozen):
    """One look or change by staff, as it is kept for good. ``what`` is a code, or a route with its method."""

    number: int
    at: datetime
    staff: str
    name: str
    role: str
    team: str
    what: str
    customer: str | None = None
    case: str | None = None
    why: str | None = None
    note: str | None = None
