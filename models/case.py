"""What goes into a case and what comes out: requests, the turn, and the state that is carried over."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, JsonValue

from models.joining import Brought, Hold
from models.journal import Row
from models.ledger import Entry, Fact
from models.people import Address, Assurance, Channel, Frozen
from models.requests import (
    Answer,
    Arrival,
    Cancelling,
    Caring,
    Claiming,
    Correction,
    Event,
    Leaving,
    Releasing,
    Remark,
    Request,
)
from models.turn import Because, Care, Claim, Line, Note, Notice, Pending, Status, Turn

__all__ = [
    "Answer",
    "Arrival",
    "Asked",
    "Because",
    "Cancelling",
    "Care",
    "Caring",
    "CaseState",
    "Claim",
    "Claiming",
    "Closing",
    "Correction",
    "Event",
    "Leaving",
    "Line",
    "Note",
    "Notice",
    "Opening",
    "Pending",
    "Policy",
    "Presence",
    "Reach",
    "Releasing",
    "Remark",
    "Request",
    "Status",
    "Turn",
]


class Policy(Frozen):
    """When a silent case is reminded, parked and closed; seconds since the customer was last heard."""

    park_after: float = 15 * 60
    remind_after: tuple[float, ...] = (24 * 3600, 72 * 3600)
    expire_after: float = 30 * 24 * 3600


class Presence(Frozen):
    """Over what the customer was last there, and where a message reaches them."""

    channel: Channel
    at: datetime
    reply_to: Address | None = None
    assurance: Assurance = Assurance.CLAIMED
    visit: str = ""


class Asked(BaseModel):
    """What was last asked under a key: its fingerprint, how often it changed, and which change was noted and shown."""

    digest: str
    revision: int = 1
    said: int = 0
    shown: int = 0


class CaseState(BaseModel):
    """All of a case that outlives a run of its workflow. All of it is JSON, carried over continue-as-new."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    status: Status = Status.OPEN
    ledger: list[Entry] = []
    asked: dict[str, Asked] = {}
    because: dict[str, Because] = {}
    held: dict[str, bool] = {}
    pending: list[Pending] = []
    notices: list[Notice] = []
    told: int = 0
    heard: int = 0
    kept: int = 0
    attempts: dict[str, int] = {}
    sealed: int = 0
    sealing: bool = False
    recent: dict[str, str] = {}
    mailbox: list[Event] = []
    sequence: int = 0
    unwritten: list[Row] = []
    presence: list[Presence] = []
    facts: list[Fact] = []
    heard_at: datetime | None = None
    asked_at: datetime | None = None
    reminded: int = 0
    deadlines: dict[str, datetime] = {}
    outgoing: list[str] = []
    broken_at: datetime | None = None
    worried: bool = False
    floor: Assurance = Assurance.CLAIMED
    proved: dict[str, Assurance] = {}
    claim: Claim | None = None
    care: Care | None = None
    hold: Hold | None = None
    brought: list[Brought] = []
    fence: int = 0
    supplied: dict[str, JsonValue] = {}


class Opening(Frozen):
    """The input of every moment. ``state`` is set only when a case goes on in a new run."""

    case: str
    customer: str
    language: str = "en"
    zone: str = "America/New_York"
    topic: dict[str, JsonValue] = {}
    facts: list[Fact] = []
    policy: Policy = Policy()
    state: CaseState | None = None


class Reach(Frozen):
    """A message Segue sends on its own: ``notices``, ``care``, ``asking``, ``way_back``, ``reminder``, ``checking``.

    ``key`` is its idempotency key; ``reply_to`` the last place a message reached the customer, if any;
    ``channel`` how it does.
    """

    key: str
    kind: str
    customer: str
    language: str
    zone: str
    turn: Turn
    reply_to: Address | None = None
    channel: Channel = Channel.SMS


class Closing(Frozen):
    """How a case ended. Not answering is an outcome, not an error."""

    status: Status
    sequence: int
