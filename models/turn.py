"""A case as any channel gets it: where it stands, what it asks, what it knows and what it tells."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from models.people import Assurance, Channel, Frozen, Provenance
from models.questions import AnyQuestion


class Status(StrEnum):
    """Where a case stands. The first five are open, the rest closed; ``joined`` goes on in another case."""

    OPEN = "open"
    PARKED = "parked"
    WITH_A_PERSON = "with_a_person"
    STUCK = "stuck"
    UNCERTAIN = "uncertain"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    JOINED = "joined"

    @property
    def closed(self) -> bool:
        return self in {Status.FINISHED, Status.CANCELLED, Status.EXPIRED, Status.JOINED}


class Because(Frozen):
    """Why something is asked again, or was not taken: a wording code and what fills it."""

    code: str
    facts: dict[str, str] = {}


class Pending(Frozen):
    """A question that waits for its answer. ``revision`` belongs to what is asked, not to a re-run.

    ``known`` is what was said to it once, too long ago to be taken for granted: a plain yes takes it. ``unclear``
    counts what was said to it since and could not be read.
    """

    question: AnyQuestion
    revision: int
    because: Because | None = None
    known: JsonValue = None
    unclear: int = 0


class Notice(Frozen):
    """Something the customer is told. ``key`` is the wording's, ``data`` fills it."""

    number: int
    key: str
    data: dict[str, JsonValue] = {}
    at: datetime


class Line(Frozen):
    """One standing answer, as a page shows it: what was said, over what, and whether it can still change.

    ``shown`` is what the value stands for, where it is only an id; ``from_case`` where else it was said.
    """

    key: str
    kind: str
    value: JsonValue
    shown: JsonValue = None
    by: Provenance
    revision: int
    changeable: bool = True
    from_case: str | None = None


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
    """Which of the staff drives a case, by a lease. What comes with an older ``fence`` comes too late.

    ``chat``: they and the customer write to each other, lately over that channel.
    """

    holder: str
    name: str
    fence: int
    since: datetime
    until: datetime
    chat: Channel | None = None


class Care(Frozen):
    """Who of ours has promised to look after a sore case, and until when; ``owner`` empty: whoever is free.

    ``signals`` say why, ``level`` how far it has been escalated (0 owner, 1 team, 2 supervisor), ``patience`` in
    minutes how long each further level has, ``told`` whether the customer was promised anything.
    """

    owner: str
    owner_name: str
    team: str
    signals: tuple[str, ...]
    since: datetime
    promised_at: datetime
    level: int = 0
    told: bool = False
    patience: float = 30

    @property
    def late(self) -> bool:
        """Whether the promise was not kept: it went on from its owner, or from the team where it had none."""
        return self.level > (0 if self.owner else 1)


class Turn(Frozen):
    """What any channel gets back.

    ``notices`` are those not yet told, ``pending`` the open questions in script order (a channel that takes one
    shows the first), ``working`` says that a step is still running, ``note`` how the request itself went, ``floor``
    how sure the case has to be of whoever is shown any of it, ``claim`` who of the staff drives it, ``care`` who has
    promised to look after it, ``joined`` in which case it goes on.
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
    care: Care | None = None
    joined: str | None = None
    note: Note | None = None
    because: Because | None = None

    @property
    def question(self) -> Pending | None:
        return self.pending[0] if self.pending else None
