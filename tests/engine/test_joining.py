"""A case that goes on in another one is silent and takes nothing; one with an effect goes on in none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from models.case import Note, Status, Turn
from models.joining import Joining
from models.ledger import Answered
from models.people import Actor, Assurance, Channel, Provenance
from models.questions import PaymentMethod
from tests.engine.shop import Delivery, Shop, answers, asks, choice, given, story, text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal

OTHER = "buy/c_other/1"


class Buy(Moment):
    async def script(self) -> None:
        item = await self.ask(choice("item", "lamp", "desk"))
        await self.do(Shop.reserve, item, undo=Shop.release)
        await self.ask(text("name"))
        await self.ask(PaymentMethod("method"))
        await self.confirm("buy", item=item)
        await self.tell("bought")


async def joins(case: Rehearsal, what: Any, **more: Any) -> Turn:
    by = case.agent().model_copy(update={"at": case.host.clock})
    until = case.host.clock + timedelta(days=30)
    request = Joining(id=case.next_id(), by=by, what=what, other=OTHER, until=until, **more)
    return await case.request(case.script._merging.check, case.script._merging.join, request)


def said(key: str, value: Any, kind: str = "text", assurance: Assurance = Assurance.POSSESSION) -> Answered:
    by = Provenance(channel=Channel.EMAIL, assurance=assurance, at=Rehearsal(Buy).host.clock)
    return Answered(key=key, kind=kind, revision=1, value=value, by=by)


async def test_what_is_held_is_silent_and_says_where_it_goes_on() -> None:
    case = Rehearsal(Buy, Shop(), delivery := Delivery())
    await case.arrive(Channel.SMS)
    held = await joins(case, "hold")
    assert (held.status, held.joined) == (Status.JOINED, OTHER)
    turn = await case.answer("item", "lamp", Channel.SMS)
    assert (turn.note, turn.joined, turn.because and turn.because.facts) == (Note.FINISHED, OTHER, {"case": OTHER})
    await case.skips(days=29)
    assert delivery.kinds == []
    back = await joins(case, "lift")
    assert (back.status, asks(back)) == (Status.OPEN, ["item"])
    assert asks(await case.answer("item", "lamp", Channel.SMS)) == ["name"]


async def test_where_something_was_done_it_stays() -> None:
    case = Rehearsal(Buy, Shop())
    await given(case, item="lamp")
    turn = await joins(case, "hold")
    assert (turn.note, turn.joined) == (Note.SEALED, None)


async def test_answers_are_taken_over_as_they_were_given_once_they_are_asked() -> None:
    case = Rehearsal(Buy, Shop())
    await case.arrive(Channel.SMS)
    turn = await joins(case, "take", answers=[said("item", "lamp", "choice"), said("name", "Jane")])
    assert answers(turn) == {"item": "lamp", "name": "Jane"}
    assert {(line.by.channel, line.by.actor, line.from_case) for line in turn.answers} == {
        (Channel.EMAIL, Actor.CUSTOMER, OTHER)
    }
    assert "brought item" in story(case)


async def test_a_card_a_stranger_and_what_does_not_fit_stay_behind() -> None:
    case = Rehearsal(Buy, Shop())
    case.case.state.floor = Assurance.POSSESSION
    await case.arrive(Channel.SMS)
    unsure = said("name", "Eve", assurance=Assurance.CLAIMED)
    card = said("method", {"token": "t", "label": "Visa"}, "payment_method")
    turn = await joins(case, "take", answers=[said("item", "sofa", "choice"), unsure, card])
    assert answers(turn) == {}
    assert asks(await case.answer("item", "desk", Channel.SMS)) == ["name"]
    assert asks(await case.answer("name", "Jane", Channel.SMS)) == ["method"]


async def test_parted_again_what_came_is_asked_and_an_effect_on_it_is_taken_back() -> None:
    case = Rehearsal(Buy, shop := Shop())
    await case.arrive(Channel.SMS)
    await joins(case, "take", answers=[said("item", "lamp", "choice")])
    assert shop.did_what == ["reserve lamp"]
    turn = await joins(case, "give-back")
    assert (asks(turn), answers(turn)) == (["item"], {})
    await case.answer("item", "desk", Channel.SMS)
    assert shop.did_what == ["reserve lamp", "release lamp", "reserve desk"]


async def test_what_the_customer_takes_back_is_not_brought_again() -> None:
    case = Rehearsal(Buy, Shop())
    await case.arrive(Channel.SMS)
    await joins(case, "take", answers=[said("item", "lamp", "choice")])
    turn = await case.correct("item", withdraw=True)
    assert asks(turn) == ["item"]


async def test_a_hold_outlives_a_new_run() -> None:
    case = Rehearsal(Buy, Shop())
    await case.arrive(Channel.SMS)
    await joins(case, "hold")
    await case.move()
    assert (await case.arrive(Channel.SMS)).joined == OTHER
