"""Ways through a charge that is not understood."""

from __future__ import annotations

from pydantic import JsonValue

from models.case import Event, Pending
from tests.moments.books import Counter, counter, moved
from tests.moments.route import Route
from workflows.resolve_billing_issue import ResolveBillingIssue

PHOTO: JsonValue = {"id": "att_1", "name": "passport.jpg", "type": "image/jpeg", "size": 20480}


def desk() -> list[object]:
    return Counter().actors


def charge(kind: str) -> object:
    """Picks the charge of that kind."""

    def pick(pending: Pending) -> str:
        question = pending.question
        assert question.kind == "choice"
        return next(option.id for option in question.options if option.id.endswith(f"/{kind}"))

    return pick


async def granted(actors: list[object], customer: str) -> Event:
    """One of the team finds for the customer."""
    return await ruled(actors, customer, granted=True, why="our-mistake")


async def denied(actors: list[object], customer: str) -> Event:
    return await ruled(actors, customer, granted=False, why="was-used")


async def ruled(actors: list[object], customer: str, *, granted: bool, why: str) -> Event:
    claims = counter(actors).claims
    [open_one] = await claims.waiting(customer)
    await claims.decide(open_one, granted=granted, why=why)
    return Event(id=f"decided-{open_one}", name="decided", about=open_one)


EXPLAINED = Route(
    name="explained",
    moment=ResolveBillingIssue,
    actors=desk,
    answers={"charge": charge("plan"), "settled": True},
    effects=moved,
)
AT_ONCE = Route(
    name="credited at once",
    moment=ResolveBillingIssue,
    actors=desk,
    answers={"charge": charge("late-fee"), "settled": False, "reason": "twice", "evidence": None, "dispute": True},
    effects=moved,
)
GRANTED = Route(
    name="decided by a person",
    moment=ResolveBillingIssue,
    actors=desk,
    answers={"charge": charge("roaming"), "settled": False, "reason": "not-mine", "evidence": PHOTO, "dispute": True},
    effects=moved,
    events=(("decided", granted),),
)
DENIED = Route(
    name="not granted",
    moment=ResolveBillingIssue,
    actors=desk,
    answers=GRANTED.answers,
    effects=moved,
    events=(("decided", denied),),
)
ROUTES = {"explained": EXPLAINED, "at-once": AT_ONCE, "granted": GRANTED, "denied": DENIED}
