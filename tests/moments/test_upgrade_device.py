"""Upgrading a phone: what is asked, what goes wrong in a shop, and what can still be undone."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.case import Event, Note, Status
from models.people import Assurance, Channel
from simulators.shop import BLOCKED, BRANCHES, ITEMS, PIECES, Shop
from tests.engine.shop import story
from tests.moments.route import CODE, first
from tests.moments.routes_upgrade_device import OLD_PHONE, PICKED_UP, SENT, leaves, shop_of
from tests.moments.visit import Visit


def shop(visit: Visit) -> Shop:
    return shop_of(visit.actors)


async def states(visit: Visit) -> list[str]:
    return [order["state"] for order in await visit.effects()]


async def left(visit: Visit, sku: str) -> int:
    count: int = (await shop(visit)._shelf())["left"][sku]
    return count


async def asked_to_order(route: Any = SENT, **other: Any) -> Visit:
    return await (await Visit(route).arrives()).goes_on("order", **other)


async def ordered(route: Any = SENT, **other: Any) -> Visit:
    return await (await asked_to_order(route, **other)).says(order=True)


async def test_a_new_phone_is_sent_home() -> None:
    visit = await Visit(SENT).arrives()
    assert visit.options == ["nova-5", "aurora-x2", "pebble-2"], "what is sold out is not shown"

    await visit.says(device="aurora-x2", colour="graphite", storage="256")
    await visit.says(trade_in=True, imei=OLD_PHONE, condition="worn")
    await visit.says(plan="plus", way="delivery")
    assert visit.asks == ["order"]
    await visit.says(order=True)
    assert visit.told == ["ordered"]
    assert not visit.closed

    await visit.hears(leaves)
    assert visit.told == ["ordered", "on-its-way"]
    assert visit.status is Status.FINISHED
    (order,) = await visit.effects()
    assert order == {
        "state": "left",
        "sku": "aurora-x2-graphite-256",
        "branch": None,
        "old": OLD_PHONE,
        "condition": "worn",
        "plan": "plus",
        "billed": True,
    }


async def test_a_new_phone_is_picked_up() -> None:
    visit = await Visit(PICKED_UP).arrives()

    await visit.says(device="nova-5", colour="silver", storage="128", trade_in=False)
    await visit.says(way="pick-up", branch="harbor-mall", slot="harbor-mall-0303-10")
    await visit.says(order=True)
    assert visit.notice("ordered")["branch"] == "Harbor Mall"

    await visit.hears(leaves)
    assert visit.told == ["ordered", "waiting-for-you"]
    assert visit.status is Status.FINISHED


async def test_it_is_too_soon() -> None:
    visit = Visit(SENT)
    await shop(visit).bind("c_test", until=date(2026, 9, 1))
    await visit.arrives()

    assert visit.told == ["not-yet"]
    assert visit.status is Status.FINISHED
    assert visit.notice("not-yet") == {"on": "2026-09-01"}


async def test_it_is_no_longer_too_soon() -> None:
    visit = Visit(SENT)
    await shop(visit).bind("c_test", until=date(2026, 3, 2))

    assert (await visit.arrives()).asks == ["device"]


async def test_a_plan_is_only_asked_for_where_the_own_one_does_not_fit() -> None:
    visit = await asked_to_order(device="pebble-2", colour="blue", storage="64")

    assert "plan" not in visit.answers


async def test_the_last_one_is_sold_while_the_customer_thinks() -> None:
    visit = await asked_to_order()
    await shop(visit).sell_out("aurora-x2-graphite-256")
    await visit.says(order=True)

    assert (visit.asks, visit.because, visit.options) == (["storage"], "sold-out", ["512"])
    await visit.says(storage="512", order=True)
    assert [(order["sku"], order["state"]) for order in await visit.effects()] == [("aurora-x2-graphite-512", "placed")]


async def test_all_of_that_color_are_sold_while_the_customer_thinks() -> None:
    visit = await asked_to_order()
    await shop(visit).sell_out("aurora-x2-graphite-256")
    await shop(visit).sell_out("aurora-x2-graphite-512")
    await visit.says(order=True)

    assert (visit.asks, visit.because, visit.options) == (["colour"], "no-longer-fits", ["gold"])
    await visit.says(colour="gold", storage="256", order=True)
    assert await states(visit) == ["placed"]


async def test_the_price_has_changed_meanwhile() -> None:
    visit = await asked_to_order()
    await shop(visit).reprice("aurora-x2-graphite-256", "949.00")
    await visit.says(order=True)

    assert (visit.asks, visit.because) == (["storage"], "price-changed")
    await visit.says(storage="256")
    question = visit.turn.pending[0].question
    assert question.kind == "confirm"
    assert question.values["price"] == {"amount": "949.00", "currency": "USD"}
    assert await states(await visit.says(order=True)) == ["placed"]


async def test_somebody_else_takes_the_time() -> None:
    visit = await asked_to_order(PICKED_UP)
    await shop(visit).fill("harbor-mall-0303-10")
    await visit.says(order=True)

    assert (visit.asks, visit.because) == (["slot"], "slot-taken")
    await visit.says(slot="harbor-mall-0303-16", order=True)
    assert await states(visit) == ["placed"]


async def test_no_store_has_a_free_time() -> None:
    visit = await (await Visit(PICKED_UP).arrives()).goes_on("way")
    for slot in (f"{branch}-{at}" for branch in BRANCHES for at in ("0303-10", "0303-16", "0304-10")):
        await shop(visit).fill(slot)
    await visit.says(way="pick-up")

    assert (visit.asks, visit.because) == (["way"], "no-pick-up")
    await visit.says(way="delivery", order=True)
    assert await states(visit) == ["placed"]


async def test_everything_is_sold_out() -> None:
    visit = await asked_to_order()
    for sku in ITEMS:
        await shop(visit).sell_out(sku)
    await visit.says(order=True)

    assert visit.told == ["not-yet"]
    assert visit.notice("not-yet") == {"on": None}
    assert visit.status is Status.FINISHED


async def test_an_old_phone_that_is_reported_stolen_is_not_taken() -> None:
    visit = await (await Visit(SENT).arrives()).goes_on("imei")
    await visit.says(imei=BLOCKED)

    assert (visit.asks, visit.because) == (["imei"], "imei-blocked")
    await visit.says(imei=None)
    assert visit.asks == ["plan"], "without a trade-in it goes on"


async def test_a_mistyped_imei_is_asked_for_again() -> None:
    visit = await (await Visit(SENT).arrives()).goes_on("imei")
    turn = await visit.case.answer("imei", "490154203237517")

    assert turn.note is Note.UNFIT
    assert turn.because
    assert turn.because.code == "mistyped"
    assert (await visit.says(imei="012345678901237")).because == "imei-unknown"
    assert (await visit.says(imei=OLD_PHONE)).asks == ["condition"]


async def test_another_color_in_the_middle_asks_for_nothing_else_again() -> None:
    visit = await (await Visit(SENT).arrives()).goes_on("way")
    await visit.corrects("colour", "gold")

    assert visit.asks == ["way"]
    assert visit.answers["storage"] == "256"
    assert visit.answers["imei"] == OLD_PHONE


async def test_another_phone_in_the_middle_asks_for_what_no_longer_fits() -> None:
    visit = await (await Visit(SENT).arrives()).goes_on("way")
    await visit.corrects("device", "nova-5")

    assert (visit.asks, visit.because) == (["colour"], "no-longer-fits")
    await visit.says(colour="silver")
    assert visit.asks == ["way"], "256 GB still fits, and no plan is needed"


async def test_what_should_change_is_asked_after_a_no() -> None:
    visit = await asked_to_order()
    await visit.says(order=False)
    await visit.says(order="way")
    await visit.goes_on("order", way="pick-up", branch="main-street", slot=first)

    assert visit.answers["branch"] == "main-street"
    assert visit.answers["condition"] == "worn"


async def test_an_order_is_changed_until_it_leaves() -> None:
    visit = await ordered()
    await visit.corrects("colour", "gold")
    assert (visit.asks, visit.because) == (["order"], "changed")
    await visit.says(order=True)

    assert [(order["sku"], order["state"]) for order in await visit.effects()] == [
        ("aurora-x2-graphite-256", "called-off"),
        ("aurora-x2-gold-256", "placed"),
    ]
    assert await left(visit, "aurora-x2-graphite-256") == PIECES
    await visit.hears(leaves)
    assert visit.status is Status.FINISHED


async def test_news_of_an_order_that_was_replaced_is_not_taken_for_the_new_one() -> None:
    visit = await ordered()
    before = (await shop(visit).orders("c_test"))[0]["reference"]
    await (await visit.corrects("colour", "gold")).says(order=True)
    await visit.hears(await shop(visit).dispatch(before))

    assert not visit.closed
    assert "on-its-way" not in visit.told


async def test_it_is_cancelled_before_it_leaves() -> None:
    visit = await ordered()
    assert await left(visit, "aurora-x2-graphite-256") == PIECES - 1
    await visit.calls_off()

    assert visit.status is Status.CANCELLED
    assert await states(visit) == ["called-off"]
    assert await left(visit, "aurora-x2-graphite-256") == PIECES


async def test_it_is_cancelled_when_it_has_just_left_and_nobody_knows_yet() -> None:
    visit = await ordered()
    await leaves(visit.actors, "c_test")
    await visit.calls_off()

    assert visit.status is Status.CANCELLED
    assert await states(visit) == ["returning"]


async def test_it_can_not_be_cancelled_or_changed_after_it_has_left() -> None:
    visit = await ordered()
    await visit.hears(leaves)

    assert (await visit.calls_off()).note is Note.FINISHED
    assert (await visit.corrects("colour", "gold")).note is Note.FINISHED
    assert await states(visit) == ["left"]


async def test_the_order_is_placed_once_though_the_shop_s_answer_is_lost() -> None:
    visit = await asked_to_order()
    shop(visit).lose_answer()
    await visit.says(order=True)
    assert visit.status is Status.UNCERTAIN
    assert "ordered" not in visit.told

    await visit.passes(minutes=16)
    assert visit.told == ["ordered"]
    assert await states(visit) == ["placed"]
    assert await left(visit, "aurora-x2-graphite-256") == PIECES - 1


async def test_days_later_the_order_still_stands_though_the_phone_is_sold_out() -> None:
    visit = await ordered()
    await shop(visit).sell_out("aurora-x2-graphite-256")
    await visit.passes(days=10)
    await visit.arrives()

    assert visit.asks == []
    assert await states(visit) == ["placed"]
    await visit.hears(leaves)
    assert visit.status is Status.FINISHED
    assert await states(visit) == ["left"]


async def test_whoever_comes_back_the_next_day_chooses_from_what_there_is_then() -> None:
    visit = await Visit(SENT).arrives()
    assert "nova-5" in visit.options
    for sku in (sku for sku in ITEMS if sku.startswith("nova-5")):
        await shop(visit).sell_out(sku)
    await visit.passes(days=1)
    await visit.arrives()

    assert "nova-5" not in visit.options


async def test_an_order_that_does_not_leave_is_looked_after_by_a_person() -> None:
    visit = await ordered()
    await visit.passes(days=22)
    assert visit.status is Status.WITH_A_PERSON

    await visit.hears(Event(id="given-back", name="released"))
    assert visit.told == ["ordered", "on-its-way"]
    assert visit.closed


async def test_a_caller_is_only_believed_with_a_code() -> None:
    visit = Visit(SENT)
    visit.case.sure[Channel.PHONE] = Assurance.CLAIMED
    await (await visit.arrives(Channel.PHONE)).goes_on("verify-code")
    assert await states(visit) == []

    assert (await visit.says(verify_code="000000")).because == "wrong-code"
    await visit.says(verify_code=CODE, order=True)
    assert visit.told == ["ordered"]


async def test_it_moves_to_new_code_while_the_order_waits() -> None:
    visit = await ordered()
    await visit.case.move()
    await visit.hears(leaves)

    assert visit.status is Status.FINISHED
    assert visit.told == ["ordered", "on-its-way"]
    assert len(await visit.effects()) == 1


async def test_the_story_of_an_order() -> None:
    visit = await ordered()
    await visit.hears(leaves)

    assert story(visit.case, "did", "undid", "told", "waited", "finished") == [
        "did Devices.place_order",
        "told ordered",
        "waited shipped",
        "did Devices.bill_order",
        "told on-its-way",
        "finished",
    ]
