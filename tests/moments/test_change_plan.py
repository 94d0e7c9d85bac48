"""Changing a plan: what is suggested, what it costs, and how it is taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from activities.plans import Plans
from models.case import Note, Status
from models.people import Assurance, Channel
from simulators.tariffs import Tariffs
from tests.engine.shop import story
from tests.moments.route import CODE, actor
from tests.moments.routes_change_plan import TODAY
from tests.moments.visit import Visit


def desk(visit: Visit) -> Tariffs:
    tariffs: Tariffs = actor(visit.actors, Plans)._desk
    return tariffs


async def plan(visit: Visit) -> str:
    return (await desk(visit).plan_of("c_test")).id


def shown(visit: Visit) -> dict[str, Any]:
    """What a confirmation shows."""
    question = visit.turn.pending[0].question
    assert question.kind == "confirm"
    return question.values


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


async def changed() -> Visit:
    return await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02", change=True)


async def test_the_plan_that_fits_the_real_use_is_suggested() -> None:
    visit = await Visit(TODAY).arrives()

    assert visit.options == ["plus", "unlimited"]
    assert visit.turn.pending[0].question.about == {
        "used": 11,
        "current": "Essential",
        "costs": usd("71.00"),
        "best": "Plus",
        "instead": usd("50.00"),
    }


async def test_nothing_is_suggested_where_the_plan_fits_already() -> None:
    visit = Visit(TODAY)
    await desk(visit).switch("c_test", "plus")
    await visit.arrives()

    assert visit.options == ["essential", "unlimited"]
    assert visit.turn.pending[0].question.about["best"] is None


async def test_a_dearer_plan_is_charged_for_the_rest_of_the_month() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-17")

    assert shown(visit) == {
        "plan": "Plus",
        "price": usd("50.00"),
        "charge": usd("7.26"),
        "credit": None,
        "on": "2026-03-17",
    }


async def test_a_cheaper_plan_is_credited_for_the_rest_of_the_month() -> None:
    visit = Visit(TODAY)
    await desk(visit).switch("c_test", "plus")
    await (await visit.arrives()).says(plan="essential", start="2026-04-01")

    assert shown(visit)["charge"] is None
    assert shown(visit)["credit"] == usd("15.00")


async def test_it_is_changed_once_and_closes_by_itself_after_two_weeks() -> None:
    visit = await changed()
    assert visit.told == ["changed"]
    assert visit.notice("changed")["until"] == "2026-03-16"
    assert await plan(visit) == "plus"

    await visit.passes(days=14)
    assert not visit.closed
    await visit.passes(days=1)
    assert visit.status is Status.FINISHED
    assert await visit.effects() == [{"was": "essential", "to": "plus", "state": "made"}]


async def test_it_is_taken_back_on_the_last_day() -> None:
    visit = await changed()
    await visit.passes(days=14)
    await visit.calls_off()

    assert visit.status is Status.CANCELLED
    assert await plan(visit) == "essential"
    assert await visit.effects() == [{"was": "essential", "to": "plus", "state": "taken-back"}]


async def test_after_two_weeks_it_can_not_be_taken_back() -> None:
    visit = await changed()
    await visit.passes(days=15)

    assert (await visit.calls_off()).note is Note.FINISHED
    assert await plan(visit) == "plus"


async def test_a_change_from_a_later_day_on_is_taken_back_before_it_begins() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="unlimited", start="2026-03-10", change=True)
    assert await plan(visit) == "essential"
    await visit.calls_off()

    assert await visit.effects() == [{"was": "essential", "to": "unlimited", "state": "taken-back"}]
    assert (await Visit(TODAY).arrives()).asks == ["plan"]


async def test_another_change_waits_until_the_first_has_begun() -> None:
    visit = Visit(TODAY)
    await desk(visit).switch("c_test", "plus", datetime(2026, 3, 20, tzinfo=UTC).date())
    await visit.arrives()

    assert visit.told == ["not-now"]
    assert visit.notice("not-now") == {"on": "2026-03-20"}
    assert visit.status is Status.FINISHED


async def test_a_plan_is_withdrawn_while_the_customer_thinks() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02")
    await desk(visit).withdraw("plus")
    await visit.says(change=True)

    assert (visit.asks, visit.because, visit.options) == (["plan"], "plan-gone", ["unlimited"])
    await visit.says(plan="unlimited", change=True)
    assert await plan(visit) == "unlimited"


async def test_the_price_has_changed_meanwhile() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02")
    await desk(visit).reprice("plus", "55.00")
    await visit.says(change=True)

    assert (visit.asks, visit.because) == (["plan"], "price-changed")
    await visit.says(plan="plus")
    assert shown(visit)["price"] == usd("55.00")
    await visit.says(change=True)
    assert visit.notice("changed")["price"] == usd("55.00")


async def test_the_day_is_over_before_the_customer_agrees() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02")
    desk(visit)._clock = lambda: datetime(2026, 3, 3, 15, tzinfo=UTC)
    await visit.says(change=True)

    assert (visit.asks, visit.because) == (["start"], "day-passed")
    await visit.says(start="2026-03-04", change=True)
    assert visit.told == ["changed"]


async def test_a_caller_is_only_believed_with_a_code() -> None:
    visit = Visit(TODAY)
    visit.case.sure[Channel.PHONE] = Assurance.CLAIMED
    await (await visit.arrives(Channel.PHONE)).says(plan="plus", start="2026-03-02", verify_code="000000")
    assert visit.because == "wrong-code"
    assert await plan(visit) == "essential"

    await visit.says(verify_code=CODE, change=True)
    assert await plan(visit) == "plus"


async def test_another_day_in_the_middle_keeps_the_plan() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02")
    await visit.corrects("start", "2026-03-17")

    assert visit.asks == ["change"]
    assert shown(visit)["charge"] == usd("7.26")


async def test_a_no_leads_to_what_should_change() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02", change=False)
    await visit.says(change="plan")
    await visit.says(plan="unlimited", change=True)

    assert await plan(visit) == "unlimited"


async def test_another_plan_after_the_change_takes_the_first_one_back() -> None:
    visit = await changed()
    await visit.corrects("plan", "unlimited")
    await visit.says(change=True)

    assert await visit.effects() == [
        {"was": "essential", "to": "plus", "state": "taken-back"},
        {"was": "essential", "to": "unlimited", "state": "made"},
    ]
    assert await plan(visit) == "unlimited"


async def test_it_is_changed_once_though_the_answer_is_lost() -> None:
    visit = await (await Visit(TODAY).arrives()).says(plan="plus", start="2026-03-02")
    desk(visit).lose_answer()
    await visit.says(change=True)
    assert visit.status is Status.UNCERTAIN

    await visit.passes(minutes=16)
    assert visit.told == ["changed"]
    assert len(await visit.effects()) == 1


async def test_the_story_of_a_change_that_was_taken_back() -> None:
    visit = await changed()
    await visit.calls_off()

    assert story(visit.case, "did", "undid", "told", "called_off", "cancelled") == [
        "did Plans.change",
        "told changed",
        "called_off",
        "undid Plans.change",
        "cancelled",
    ]
