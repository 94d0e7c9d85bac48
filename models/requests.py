"""What a case is asked for: every request a channel, an agent or an outside system brings to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, JsonValue, SerializerFunctionWrapHandler, model_serializer

from models.people import Address, Frozen, Provenance

# The deed of a line of the chat: its facts name the ``line`` whose words are kept elsewhere, and what it went ``over``.
WROTE = "wrote"
RemarkWhy = Literal["unclear", "person", "put-through", "took-call", "nobody-took", "called"]


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
    """Something said beside the question; kept, never an answer. ``why``: it was unclear, or a person is wanted.

    ``deed``: nothing was said, but an agent did something beside the case: a word of the journal, and what fills it.
    Of a call with one of the team, ``text`` is the name of whom it was put through to, or who took or made it.
    """

    text: str = Field(max_length=2000)
    why: RemarkWhy | None = None
    deed: str | None = Field(default=None, pattern=r"^[a-z_]{3,40}$")
    facts: dict[str, JsonValue] | None = None

    @model_serializer(mode="wrap")
    def _plain(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # A plain remark looks as it always did: workers of before take it, and know it when it comes again.
        given: dict[str, Any] = handler(self)
        return given if self.deed else {k: v for k, v in given.items() if k not in {"deed", "facts"}}


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
    """An agent lets go of the case: it goes on with the customer, or (``to_team``) waits for a colleague."""

    to_team: bool = False

    @model_serializer(mode="wrap")
    def _plain(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        given: dict[str, Any] = handler(self)
        return given if self.to_team else {k: v for k, v in given.items() if k != "to_team"}


class Caring(Request):
    """Somebody of ours takes a sore case to heart: ``owner`` (empty: whoever of ``team`` is free) within ``minutes``.

    ``signals`` say why, as codes; each later level has ``patience`` minutes; ``helped`` ends it.
    """

    owner: str = Field(default="", max_length=64)
    name: str = Field(default="", max_length=80)
    team: str = Field(default="", max_length=64)
    signals: tuple[str, ...] = ()
    minutes: float = Field(default=30, gt=0, le=14 * 24 * 60)
    patience: float = Field(default=30, gt=0, le=24 * 60)
    level: int = Field(default=0, ge=0, le=2)
    helped: bool = False


class Repairing(Request):
    """One of ops mends a case: has what broke tried again, or supplies the ``value`` of the step ``key``.

    ``name`` is who does it, ``why`` their note: both are kept in the case's story.
    """

    what: Literal["retry", "supply"]
    key: str = ""
    value: JsonValue = None
    name: str = Field(default="", max_length=80)
    why: str = Field(min_length=1, max_length=500)


class Event(Frozen):
    """What an outside system reports: ``name`` and ``about`` find the ``wait_for`` that takes it."""

    id: str = Field(min_length=1, max_length=200)
    name: str
    about: str | None = None
    data: JsonValue = None
