"""The paths of each moment that are kept as histories: ``PATHS`` by the moment's id and the path's name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bootstrap import activities_of
from database.company import CompanyBooks
from models.billing import Bill
from models.case import Caring, Turn
from models.money import Money
from models.people import Actor, Channel, Provenance
from switchboard.switchboard import Speaker
from tests.engine.temporal import World, amount
from tests.moments import (
    routes_change_plan,
    routes_resolve_billing_issue,
    routes_resolve_technical_issue,
    routes_upgrade_device,
    routes_welcome,
)
from tests.moments.route import Route, first
from tests.moments.routes_resolve_technical_issue import VISITED
from tests.moments.routes_upgrade_device import SENT

LONG_AGO = date(2026, 7, 1)
Path = Callable[[World, Speaker], Awaitable[Turn]]


def along(route: Route) -> Path:
    """The path of a route, with its events, up to where days would have to go by."""

    async def path(world: World, ann: Speaker) -> Turn:
        if route.before is not None:
            await route.before(activities_of(world.wiring), ann.customer)
        turn = await world.start(ann, route.moment.id)
        happenings = [happening for _, happening in route.events]
        while not turn.status.closed:
            if turn.pending:
                turn = await world.answers(ann, turn, route.answer(turn.pending[0]))
            elif not happenings or ((happening := happenings.pop(0)) and isinstance(happening, timedelta)):
                break
            else:
                assert not isinstance(happening, timedelta)
                event = await route.event(happening, activities_of(world.wiring), ann.customer)
                await world.board.report(turn.case, event)
                turn = await at_rest(world, turn)
        return turn

    return path


async def at_rest(world: World, turn: Turn) -> Turn:
    """The case once nothing is under way in it."""
    while True:
        seen: Turn = await world.handle(turn).query("turn", result_type=Turn)
        if not seen.working:
            return seen
        await asyncio.sleep(0.05)


async def up_to(world: World, ann: Speaker, route: Route, key: str) -> Turn:
    """A case of the route that asks the question of that key."""
    if route.before is not None:
        await route.before(activities_of(world.wiring), ann.customer)
    turn = await world.start(ann, route.moment.id)
    while turn.pending[0].question.key != key:
        turn = await world.answers(ann, turn, route.answer(turn.pending[0]))
    return turn


# -- paying a bill ----------------------------------------------------------------------------------------------------


async def plain(world: World, ann: Speaker) -> Turn:
    return await world.answers(ann, await world.start(ann), amount("40"), "now", "pm_visa_4242", True)


async def declined(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("84.20"), "now", "pm_mastercard_0002", True)
    return await world.answers(ann, turn, "pm_visa_4242", True)


async def later(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("25"), "later")
    return await world.answers(ann, turn, turn.pending[0].question.latest.isoformat(), "pm_visa_4242", True)  # type: ignore[union-attr]  # it is the Date


async def corrected(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("40"), "later")
    turn = await world.board.correct(ann, turn.case, world.id(), "when", "now")
    turn = await world.answers(ann, turn, "pm_visa_4242", False, "amount", amount("50"))
    turn = await world.board.correct(ann, turn.case, world.id(), "method", withdraw=True)
    return await world.answers(ann, turn, "pm_visa_4242", True)


async def cancelled(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("40"))
    await world.board.remark(ann, turn.case, world.id(), "I have changed my mind.")
    await world.board.leave(ann, turn.case, world.id())
    await world.board.arrive(ann, turn.case, world.id())
    return await world.board.cancel(ann, turn.case, world.id())


async def owing_much(world: World, ann: Speaker, *answers: Any) -> Turn:
    """Somebody whose overdue bill may be paid over time."""
    bill = Bill(id=f"b_{ann.customer}", label="July bill", owed=Money.of("240"), minimum=Money.of("25"), due=LONG_AGO)
    await CompanyBooks(world.wiring.database).add_bill(ann.customer, bill)
    return await world.answers(ann, await world.start(ann), *answers)


async def instalments(world: World, ann: Speaker) -> Turn:
    turn = await owing_much(world, ann, amount("200"), "instalments", "4", "pm_mastercard_0002", True)
    return await world.answers(ann, turn, "pm_visa_4242", True)


async def promised(world: World, ann: Speaker) -> Turn:
    turn = await owing_much(world, ann, amount("40"), "promise")
    return await world.answers(ann, turn, first(turn.pending[0]), True)


async def autopay(world: World, ann: Speaker) -> Turn:
    turn = await world.answers(ann, await world.start(ann), amount("25"), "now", "pm_visa_4242", True)
    await world.closed(turn)
    return await world.answers(ann, await world.start(ann), amount("59.20"), "now", "pm_visa_4242", True, True)


# -- a charge that is not understood ----------------------------------------------------------------------------------


async def dispute_called_off(world: World, ann: Speaker) -> Turn:
    turn = await up_to(world, ann, routes_resolve_billing_issue.GRANTED, "dispute")
    turn = await world.answers(ann, turn, True)
    return await world.board.cancel(ann, turn.case, world.id())


# -- a new phone, another plan ----------------------------------------------------------------------------------------


async def ordered_otherwise(world: World, ann: Speaker) -> Turn:
    turn = await up_to(world, ann, SENT, "order")
    turn = await world.board.correct(ann, turn.case, world.id(), "device", "nova-5")
    turn = await world.answers(ann, turn, "silver", False, "way", "pick-up", "main-street")
    turn = await world.answers(ann, turn, first(turn.pending[0]), True)
    turn = await world.board.correct(ann, turn.case, world.id(), "colour", "midnight")
    return await world.answers(ann, turn, True)


async def called_off(world: World, ann: Speaker) -> Turn:
    turn = await up_to(world, ann, SENT, "order")
    turn = await world.answers(ann, turn, True)
    return await world.board.cancel(ann, turn.case, world.id())


async def taken_back(world: World, ann: Speaker) -> Turn:
    turn = await along(routes_change_plan.TODAY)(world, ann)
    return await world.board.cancel(ann, turn.case, world.id())


# -- something does not work ------------------------------------------------------------------------------------------


async def found_otherwise(world: World, ann: Speaker) -> Turn:
    turn = await up_to(world, ann, VISITED, "visit/first/slot")
    turn = await world.answers(ann, turn, first(turn.pending[0]))
    turn = await world.board.correct(ann, turn.case, world.id(), "symptom", "My wifi is slow")
    turn = await world.answers(ann, turn, False, False)
    turn = await world.board.correct(ann, turn.case, world.id(), "visit/first/slot", withdraw=True)
    return await world.answers(ann, turn, turn.pending[0].question.slots[-1].id)  # type: ignore[union-attr]  # it is the TimeSlot


async def visit_called_off(world: World, ann: Speaker) -> Turn:
    turn = await up_to(world, ann, VISITED, "visit/first/slot")
    turn = await world.answers(ann, turn, first(turn.pending[0]))
    return await world.board.cancel(ann, turn.case, world.id())


async def escalated(world: World, turn: Turn) -> bool:
    seen: Turn = await world.handle(turn).query("turn", result_type=Turn)
    return seen.care is not None and seen.care.level == 2


async def cared(world: World, ann: Speaker) -> Turn:
    """Given into somebody's care, not looked after in time, and helped."""
    turn = await world.answers(ann, await world.start(ann), amount("40"))
    by = Provenance(channel=Channel.DESK, actor=Actor.SEGUE, at=datetime.now(UTC))
    given = {"owner": "s_ann", "name": "Ann", "signals": ("loop",), "minutes": 0.01, "patience": 0.01}
    await world.board.care(turn.case, Caring.model_validate({"id": world.id(), "by": by, **given}))
    while not await escalated(world, turn):
        await asyncio.sleep(0.1)
    await world.board.care(turn.case, Caring(id=world.id(), by=by, helped=True))
    return await world.answers(ann, turn, "now", "pm_visa_4242", True)


PAYING = (plain, declined, later, corrected, cancelled, instalments, promised, autopay, cared)
PATHS: dict[str, dict[str, Path]] = {
    "pay-bill": {play.__name__: play for play in PAYING},
    "resolve-billing-issue": {name: along(route) for name, route in routes_resolve_billing_issue.ROUTES.items()}
    | {"called-off": dispute_called_off},
    "upgrade-device": {name: along(route) for name, route in routes_upgrade_device.ROUTES.items()}
    | {"ordered-otherwise": ordered_otherwise, "called-off": called_off},
    "change-plan": {name: along(route) for name, route in routes_change_plan.ROUTES.items()}
    | {"taken-back": taken_back},
    "resolve-technical-issue": {name: along(route) for name, route in routes_resolve_technical_issue.ROUTES.items()}
    | {"found-otherwise": found_otherwise, "visit-called-off": visit_called_off},
    "welcome": {name: along(route) for name, route in routes_welcome.ROUTES.items()},
}
