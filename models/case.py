"""What goes into a case and what comes out: requests, the turn, and the state that is carried over."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from models.journal import Row
from models.ledger import Entry, Fact
from models.people import Address, Assurance, Channel, Frozen, Provenance
from models.questions import AnyQuestion


class Status(StrEnum):
    """Where a case stands. The first five are open, the rest closed."""

    OPEN = "open"
    PARKED = "parked"
    WITH_A_PERSON = "with_a_person"
    STUCK = "stuck"
    UNCERTAIN = "uncertain"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def closed(self) -> bool:
        return self in {Status.FINISHED, Status.CANCELLED, Status.EXPIRED}


class Because(Frozen):
    """Why something is asked again, or was not taken: a wording code and what fills it."""

    code: str
    facts: dict[str, str] = {}


class Pending(Frozen):
    """A question that waits for its answer. ``revision`` belongs to what is asked, not to a re-run.

    ``known`` is what was said to it once, too long ago to be taken for granted: a plain yes takes it.
    """

    question: AnyQuestion
    revision: int
    because: Because | None = None
    known: JsonValue = None


class Notice(Frozen):
    """Something the customer is told. ``key`` is the wording's, ``data`` fills it."""

    number: int
    key: str
    data: dict[str, JsonValue] = {}
    at: datetime


class Line(Frozen):
    """One standing answer, as a page shows it: what was said, over what, and whether it can still change.

    ``shown`` is what the value stands for, where it is only an id.
    """

    key: str
    kind: str
    value: JsonValue
    shown: JsonValue = None
    by: Provenance
    revision: int
    changeable: bool = True


class Note(StrEnum):
    """How a request to a case went, when it was not simply taken."""

    ALREADY_ANSWERED = "already-answered"
    UNFIT = "unfit"
    NOT_ASKED = "not-asked"
    SEALED = "sealed"
    SETTLING = "settling"
    CONFLICT = "conflict"
    FINISHED = "finished"
    UNPROVED = "unproved"
    CLAIMED = "claimed"
    NOT_CONFIRMED = "not-confirmed"


class Claim(Frozen):
    """Which of the staff drives a case, by a lease. What comes with an older ``fence`` comes too late."""

    holder: str
    name: str
    fence: int
    since: datetime
    until: datetime


class Turn(Frozen):
    """What any channel gets back.

    ``notices`` are those not yet told, ``pending`` the open questions in script order (a channel that takes one
    shows the first), ``working`` says that a step is still running, ``note`` how the request itself went, ``floor``
    how sure the case has to be of whoever is shown any of it, ``claim`` who of the staff drives it.
    """

    case: str
    moment: str
    status: Status
    sequence: int
    notices: list[Notice] = []
    pending: list[Pending] = []
    answers: list[Line] = []
    working: bool = False
    floor: Assurance = Assurance.CLAIMED
    claim: Claim | None = None
    note: Note | None = None
    because: Because | None = None

    @property
    def question(self) -> Pending | None:
        return self.pending[0] if self.pending else None


class Request(Frozen):
    """What every request to a case carries. ``id`` is unique at its source and is what duplicates are known by.

    An agent's requests carry the ``fence`` of their claim.
    """

    id: str = Field(min_length=1, max_length=200)
    by: Provenance
    fence: int | None = None


class Arrival(Request):
    """Somebody is there: start or resume. ``reply_to`` is where a message would reach them."""

    reply_to: Address | None = None


class Answer(Request):
    """An answer to exactly one question and revision. ``value`` is loose here and checked by the question."""

    key: str
    revision: int
    value: Any = None


class Correction(Request):
    """Another value for an answer that stands; ``withdraw`` takes it back, to be asked anew."""

    key: str
    value: Any = None
    withdraw: bool = False


class Remark(Request):
    """Something said beside the question; kept, never an answer. ``why``: it was unclear, or a person is wanted."""

    text: str = Field(max_length=2000)
    why: Literal["unclear", "person"] | None = None


class Leaving(Request):
    """Somebody went: a hang-up, a closed page."""


class Cancelling(Request):
    """The customer wants none of it any more."""


class Claiming(Request):
    """An agent takes the case for some seconds, or goes on having it (with the ``fence`` of their claim).

    ``over`` takes it from a colleague: a supervisor's right, checked where staff is known.
    """

    holder: str = Field(min_length=1, max_length=64)
    name: str = Field(default="", max_length=80)
    seconds: float = Field(default=120, gt=0, le=3600)
    over: bool = False


class Releasing(Request):
    """An agent lets go of the case: it goes on with the customer."""


class Event(Frozen):
    """What an outside system reports: ``name`` and ``about`` find the ``wait_for`` that takes it."""

    id: str = Field(min_length=1, max_length=200)
    name: str
    about: str | None = None
    data: JsonValue = None


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
    fence: int = 0


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
    """A message Segue sends on its own: ``notices``, ``asking``, ``way_back``, ``reminder`` or ``checking``.

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
