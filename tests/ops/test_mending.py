"""What ops do inside a case: have it tried again, and supply what a step should have brought."""

from __future__ import annotations

import asyncio
from typing import Any

from models.case import Note, Status, Turn
from models.ledger import Done
from models.people import Actor, Channel
from models.requests import Repairing
from tests.engine.shop import Delivery, Shop, asks, choice, given, rows, soon, status, story
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Buy(Moment):
    async def script(self) -> None:
        item = await self.ask(choice("item", "phone", "tablet"))
        price = await self.do(Shop.price, item)
        await self.confirm("order", item=item, price=price)
        await self.do(Shop.order, item, final=True)
        await self.tell("ordered")


async def repaired(case: Rehearsal, what: Any, key: str = "", value: Any = None) -> Turn:
    by = case.by(Channel.DESK).model_copy(update={"actor": Actor.SEGUE})
    mending = case.script._mending
    request = Repairing(id=case.next_id(), by=by, what=what, key=key, value=value, name="Olu", why="seen in the books")
    return await case.request(mending.check, mending.repair, request)


async def test_a_step_that_can_not_be_done_is_skipped_with_a_value_and_the_case_goes_on() -> None:
    shop = Shop()
    case = Rehearsal(Buy, shop, Delivery())
    shop.next["price"] = [ConnectionError()] * 9
    await given(case, item="phone")
    assert status(case) is Status.STUCK

    turn = await repaired(case, "supply", "Shop.price", 12)

    assert asks(turn) == ["order"]
    supplied = next(row for row in rows(case) if row.what == "supplied")
    assert (supplied.key, supplied.data) == ("Shop.price", {"name": "Olu", "facts": {"note": "seen in the books"}})
    assert (await case.answer("order", True)).status is Status.FINISHED
    assert shop.did_what[-1] == "order phone"


async def test_an_effect_that_nobody_knows_of_is_settled_by_hand_and_never_done_again() -> None:
    shop = Shop()
    case = Rehearsal(Buy, shop, Delivery())
    shop.next["order"] = [ConnectionError()] * 9
    await given(case, item="phone", order=True)
    assert status(case) is Status.UNCERTAIN
    tried = len(shop.keys("order"))

    turn = await repaired(case, "supply", "Shop.order", "phone, ordered")

    assert turn.status is Status.FINISHED
    assert len(shop.keys("order")) == tried
    done = case.case.ledger.find(Done, "Shop.order")
    assert done is not None
    assert done.final
    assert story(case, "supplied", "did") == ["supplied Shop.order", "did Shop.order"]


async def test_one_that_is_still_being_tried_is_called_off() -> None:
    shop = Shop()
    case = Rehearsal(Buy, shop, Delivery())
    shop.hold("order")
    await given(case, item="phone")
    answering = await soon(case, case.answer("order", True))
    await case.skips(seconds=2)
    assert (await answering).working

    turn = await repaired(case, "supply", "Shop.order", "phone, ordered")
    await asyncio.sleep(0)

    assert turn.status is Status.FINISHED
    assert not case.case.sealing


async def test_what_can_not_be_supplied_changes_nothing_and_says_why() -> None:
    shop = Shop()
    case = Rehearsal(Buy, shop, Delivery())
    shop.next["order"] = [ConnectionError()] * 9
    await given(case, item="phone")
    assert (await repaired(case, "retry")).note is Note.NOT_ASKED
    await case.answer("order", True)

    refused = [
        await repaired(case, "supply", key, value)
        for key, value in (("Shop.order", {"no": "order"}), ("Shop.gone", 1), ("Shop.price", 1))
    ]

    assert [turn.note for turn in refused] == [Note.UNFIT, Note.NOT_ASKED, Note.ALREADY_ANSWERED]
    assert status(case) is Status.UNCERTAIN


async def test_trying_again_tells_the_customer_nothing_and_has_them_hear_the_news() -> None:
    shop, delivery = Shop(), Delivery()
    case = Rehearsal(Buy, shop, delivery)
    shop.next["order"] = [ConnectionError()]
    await given(case, item="phone", order=True)
    assert status(case) is Status.UNCERTAIN

    turn = await repaired(case, "retry")
    await asyncio.sleep(0.01)
    await case.host.quiet()

    assert turn.status is Status.FINISHED
    assert delivery.kinds == ["notices"]
    assert story(case, "retried") == ["retried"]
