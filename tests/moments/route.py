"""A route through a moment: an answer to every question on the way, what happens meanwhile, what was done outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import JsonValue

from models.case import Event, Pending
from models.people import Address
from workflows.moment import Moment

CUSTOMER = "c_test"
CODE = "246813"

Reporting = Callable[[list[object], str], Awaitable[Event]]
Happening = Event | timedelta | Reporting
Effects = Callable[[list[object], str], Awaitable[list[Any]]]


@dataclass(frozen=True)
class Route:
    """One way from a moment's first question to its end, over whatever channel each answer comes.

    ``actors`` makes the objects whose methods are the steps, fresh for every case. ``answers`` are by :func:`short`
    key: a JSON value, or what makes one of the pending question. ``events``: once the question of that key has been
    answered, or the script waits under it, the event is reported; the function form is given the actors and the
    customer. A timedelta there is no event: that much time goes by.
    ``effects`` tells what the actors did for a customer, without ids or times, so that two runs can be compared.
    The one-time code of ``verify`` is :data:`CODE` for actors that have :class:`KnownCode`; elsewhere read it
    where it was sent. ``passes`` is the time after the last answer in which the case closes by itself, ``before``
    is what holds for the customer before the case begins.
    """

    name: str
    moment: type[Moment]
    actors: Callable[[], list[object]]
    answers: Mapping[str, Any]
    effects: Effects
    events: tuple[tuple[str, Happening], ...] = ()
    topic: Mapping[str, JsonValue] = field(default_factory=dict)
    passes: timedelta | None = None
    before: Callable[[list[object], str], Awaitable[None]] | None = None

    def answer(self, pending: Pending) -> Any:
        """What this route answers to a question; KeyError names a question the route does not know."""
        given = self.answers[short(pending.question.key)]
        return given(pending) if callable(given) else given

    async def event(self, happening: Event | Reporting, actors: list[object], customer: str = CUSTOMER) -> Event:
        return happening if isinstance(happening, Event) else await happening(actors, customer)

    def __str__(self) -> str:
        return f"{self.moment.id}: {self.name}"


def short(key: str) -> str:
    """A question's key without the ids of items: "line/42/colour" is "line-colour", as in the wording."""
    parts = key.split("/")
    return "-".join([*parts[:-1:2], parts[-1]])


def first(pending: Pending) -> Any:
    """The first of what is offered, or the earliest day that will do."""
    question = pending.question
    if question.kind == "choice":
        return question.options[0].id
    if question.kind == "slot":
        return question.slots[0].id
    if question.kind == "payment_method":
        return question.saved[0].token
    if question.kind == "date" and question.earliest is not None:
        return question.earliest.isoformat()
    raise ValueError(f"{question.key} offers nothing to take the first of")


def actor(actors: list[object], kind: type[Any]) -> Any:
    """The one of that class among the actors."""
    return next(each for each in actors if isinstance(each, kind))


class KnownCode:
    """A ``CodeSender`` whose code is always :data:`CODE`; ``sent`` are the keys it was sent under."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, key: str, customer: str, other_than: Address | None = None) -> str:
        if key not in self.sent:
            self.sent.append(key)
        return "•••71"

    async def check(self, customer: str, code: str) -> str:
        return "right" if code == CODE else "wrong"

    async def void(self, customer: str) -> None: ...
