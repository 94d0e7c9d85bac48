"""What the door is wired with: values and collaborators made elsewhere, none of them read from the environment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from fastapi import Request
from starlette.requests import HTTPConnection

from activities.billing import BackOffice
from activities.outreach import Outreach
from channels.providers.outbox import Post
from channels.providers.twilio import TwilioDoor
from channels.wording.book import Wording
from database.attachments import Attachments
from database.attendance import Attendance
from database.audit import Audit
from database.calls import Calls
from database.cases import Cases
from database.codes import Codes
from database.customers import Customers
from database.engine import Database
from database.inbox import Inbox
from database.journal import Journal
from database.outbox import Outbox
from database.passes import Passes
from database.pops import Pops
from database.sessions import Sessions
from database.sought import Sought
from database.staff import Staff
from database.staff_sessions import StaffSessions
from database.tries import Tries
from gateway.mailroom import Mailroom
from gateway.ops.protocols import Ops
from gateway.staff.provider import Provider
from insight.signals import Thresholds
from models.bookings import Calendar
from models.case import Event
from models.follow_through import Budget
from models.promise import Promising
from switchboard.chatting import Chats
from switchboard.conversation import Conversation
from switchboard.switchboard import Switchboard

Json = dict[str, Any]


class Codec(Protocol):
    """Opens and closes the encrypted payloads of histories; payloads are in Temporal's JSON form."""

    async def encode(self, payloads: Sequence[Json]) -> list[Json]: ...

    async def decode(self, payloads: Sequence[Json]) -> list[Json]: ...

    async def customers(self, payloads: Sequence[Json]) -> Mapping[str, int]:
        """Whose the sealed ones are, and how many."""


class Life(Protocol):
    """The pretend world around a customer, for the stage: what can happen now, and the events of letting it happen."""

    async def possible(self, customer: str, waiting: Collection[str] = ()) -> list[str]:
        """``waiting`` are the moments whose cases ask nothing at present."""

    async def happen(self, customer: str, what: str, waiting: Collection[str] = ()) -> list[tuple[str, Event]]:
        """Each event with the moment that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Everything behind the door.

    ``public_url`` is where providers and customers reach it, ``number`` the company's own telephone number,
    ``person_number`` where a call is handed to a person, ``task_router`` the workflow (``WW…``) that finds one.
    ``api_keys`` maps a key's name to the SHA-256 of the key in hex, ``trusted_keys`` names those that may vouch for a
    customer. ``carrier_url`` is set only where the stand-in carrier runs on this machine: it opens ``/stage``.
    """

    switchboard: Switchboard
    conversation: Conversation
    door: TwilioDoor
    post: Post
    back_office: BackOffice
    database: Database
    cases: Cases
    journal: Journal
    inbox: Inbox
    outbox: Outbox
    calls: Calls
    passes: Passes
    sessions: Sessions
    codes: Codes
    customers: Customers
    attachments: Attachments
    staff: Staff
    staff_sessions: StaffSessions
    tries: Tries
    audit: Audit
    outreach: Outreach
    codec: Codec
    chats: Chats
    words: Callable[[str, str], Wording]
    public_url: str
    number: str
    api_keys: Mapping[str, str]
    trusted_keys: frozenset[str] = frozenset()
    person_number: str | None = None
    task_router: str | None = None
    carrier_url: str | None = None
    life: Life | None = None
    friction: Thresholds = field(default_factory=Thresholds)
    promising: Promising = field(default_factory=Promising)
    calendar: Calendar = field(default_factory=Calendar)
    goodwill: Budget = field(default_factory=Budget)
    temporal_ui: str | None = None
    pay_connector: str | None = None
    mail: Mailroom | None = None
    provider: Provider | None = None
    sought: Sought | None = None
    ops: Ops | None = None

    @property
    def attendance(self) -> Attendance:
        return Attendance(self.database)

    @property
    def pops(self) -> Pops:
        return Pops(self.database)

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    def url(self, path: str) -> str:
        """An address of ours as the outside sees it."""
        return self.public_url.rstrip("/") + path


def parts_of(connection: HTTPConnection) -> Parts:
    """The parts of the app that serves this connection."""
    return cast("Parts", connection.app.state.parts)


async def given(request: Request) -> Parts:
    """``parts_of`` as a FastAPI dependency; async, or each request would wait for a thread."""
    return parts_of(request)
