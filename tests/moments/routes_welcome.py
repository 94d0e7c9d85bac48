"""Ways through a customer's first month: everything wanted, help wanted, and nothing wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from activities.care import Care
from models.case import Event
from simulators.care import CareDesk
from tests.moments.books import Counter
from tests.moments.papers import LoosePapers
from tests.moments.route import Route, actor
from workflows.welcome import Welcome

NOON = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAYS = (("day-3", timedelta(days=3)), ("day-14", timedelta(days=11)), ("day-30", timedelta(days=16)))
VISA = "pm_visa_4242"
RELEASED = Event(id="released", name="released")


def actors() -> list[object]:
    return [Care(CareDesk(LoosePapers(), "+18005550100", clock=lambda: NOON)), *Counter().actors]


def before(*, active: bool, joined: datetime = NOON) -> Callable[[list[object], str], Awaitable[None]]:
    async def settled(given: list[object], customer: str) -> None:
        desk: CareDesk = actor(given, Care)._desk
        await desk.set_sim(customer, active=active)
        await desk.set_joined(customer, joined)

    return settled


async def effects(given: list[object], customer: str) -> list[Any]:
    """Whether bills come by email, and the ratings."""
    desk: CareDesk = actor(given, Care)._desk
    return [await desk.bills_by_email(customer), [rating.stars for rating in await desk.ratings(customer)]]


ALL = Route(
    name="everything is wanted",
    moment=Welcome,
    actors=actors,
    before=before(active=True),
    answers={"contact": "whatsapp", "e-bill": True, "autopay": VISA, "stars": "5"},
    events=DAYS,
    effects=effects,
)
HELPED = Route(
    name="help with the SIM card, and room for improvement",
    moment=Welcome,
    actors=actors,
    before=before(active=False),
    answers={"contact": None, "help": True, "e-bill": None, "autopay": None, "stars": "2", "better": "Shorter letters"},
    events=(*DAYS, ("help", RELEASED)),
    effects=effects,
)
LEFT_ALONE = Route(
    name="nothing is wanted",
    moment=Welcome,
    actors=actors,
    before=before(active=False),
    answers={"contact": None, "help": False, "e-bill": False, "autopay": None, "stars": None},
    events=DAYS,
    effects=effects,
)
AT_ONCE = Route(
    name="a month late, so all of it comes at once",
    moment=Welcome,
    actors=actors,
    before=before(active=False, joined=NOON - timedelta(days=60)),
    answers={
        "contact": "email",
        "help": True,
        "e-bill": True,
        "autopay": VISA,
        "stars": "1",
        "better": "Less waiting, please",
    },
    events=(("help", RELEASED),),
    effects=effects,
)
ROUTES = {"all": ALL, "helped": HELPED, "left-alone": LEFT_ALONE, "at-once": AT_ONCE}
