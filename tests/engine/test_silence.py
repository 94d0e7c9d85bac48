"""What a case does when nobody speaks: waits, reminds, parks, expires, and writes down what happened."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

import pytest

from models.case import Policy, Status
from models.people import Address, Channel
from tests.engine.shop import Delivery, Shop, asks, given, opening, rows, status, story, text, told
from workflows.engine import watch
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Bring(Moment):
    async def script(self) -> None:
        await self.ask(text("street"))
        await self.do(Shop.reserve, "van", undo=Shop.release)
        await self.tell("on-its-way")
        parcel = await self.wait_for("delivered", about="p-1", until=datetime(2026, 3, 5, 12, tzinfo=UTC))
        await self.tell("here" if parcel else "lost", {"data": parcel.data} if parcel else None)
        await self.ask(text("rating"))


class Wait(Moment):
    async def script(self) -> None:
        await self.do(Shop.price, "phone")
        await self.ask(text("name"))


# -- events ----------------------------------------------------------------------------------------------------


async def test_an_event_is_taken_by_whoever_waits_for_it_and_for_that_parcel() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await given(case, street="1 High St")
    await case.report("delivered", about="p-2")
    await case.report("shipped", about="p-1")
    assert asks(await case.arrive()) == []

    await case.report("delivered", {"at": "door"}, about="p-1")

    turn = await case.arrive()
    assert asks(turn) == ["rating"]
    assert turn.notices[-1].data == {"data": {"at": "door"}}
    assert [event.about for event in case.case.state.mailbox] == ["p-2", "p-1"]


async def test_an_event_that_comes_before_the_wait_is_kept_also_over_a_move_and_taken_in_order() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await case.arrive()
    await case.report("delivered", 1, about="p-1")
    await case.report("delivered", 2, about="p-1")
    await case.move()

    turn = await case.answer("street", "1 High St")

    assert asks(turn) == ["rating"]
    assert turn.notices[-1].data == {"data": 1}
    assert [event.data for event in case.case.state.mailbox] == [2]


async def test_what_was_taken_stays_taken_on_a_re_run() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await given(case, street="1 High St")
    await case.report("delivered", 1, about="p-1")

    turn = await case.correct("street", "2 High St")

    assert asks(turn) == ["rating"]
    assert told(turn) == ["here"]
    assert told(await case.correct("street", "3 High St")) == []


async def test_the_mailbox_is_bounded() -> None:
    case = Rehearsal(Bring, Shop())
    await case.arrive()
    for number in range(watch.MAILBOX + 5):
        await case.report("other", number)

    assert len(case.case.state.mailbox) == watch.MAILBOX
    assert case.case.state.mailbox[0].data == 5


async def test_a_wait_ends_at_its_date_also_over_a_move_and_a_correction() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await given(case, street="1 High St")
    await case.skips(hours=60)
    await case.move()
    await case.correct("street", "2 High St")
    assert asks(await case.arrive()) == []

    await case.skips(hours=10)

    turn = await case.arrive()
    assert asks(turn) == ["rating"]
    assert "told lost" in story(case)
    await case.report("delivered", about="p-1")
    assert "told here" not in story(case)


class Patient(Moment):
    until: ClassVar[datetime] = datetime(2026, 3, 3, tzinfo=UTC)

    async def script(self) -> None:
        await self.ask(text("name"))
        await self.wait_for(until=self.until, key="a-day")
        await self.ask(text("last"))


async def test_a_deadline_is_the_one_it_was_first(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Rehearsal(Patient)
    await given(case, name="Ann")
    monkeypatch.setattr(Patient, "until", datetime(2026, 3, 9, tzinfo=UTC))
    await case.correct("name", "Eve")

    await case.skips(hours=10)

    assert asks(await case.arrive()) == ["last"]


# -- nobody comes ----------------------------------------------------------------------------------------------


async def test_a_silent_case_is_parked_reminded_twice_and_expires() -> None:
    shop, delivery = Shop(), Delivery()
    case = Rehearsal(Bring, shop, delivery)
    await case.arrive()
    await case.skips(minutes=14)
    assert status(case) is Status.OPEN
    await case.skips(minutes=2)
    assert status(case) is Status.PARKED
    await case.skips(hours=23)
    assert delivery.kinds == []
    await case.skips(hours=1)
    assert delivery.kinds == ["reminder"]
    await case.skips(hours=48)
    assert delivery.kinds == ["reminder", "reminder"]
    await case.skips(days=26)
    assert status(case) is Status.PARKED
    await case.skips(days=1)

    assert status(case) is Status.EXPIRED
    assert story(case) == ["arrived", "asked street", "parked", "reminded", "reminded", "expired"]


async def test_whoever_comes_back_starts_the_clock_anew() -> None:
    delivery = Delivery()
    case = Rehearsal(Bring, Shop(), delivery)
    await case.arrive()
    await case.skips(hours=23)
    assert (await case.arrive()).status is Status.OPEN
    await case.skips(hours=23)
    assert delivery.kinds == []
    await case.skips(hours=2)
    assert delivery.kinds == ["reminder"]


async def test_the_policy_is_the_cases_own() -> None:
    delivery = Delivery()
    policy = Policy(park_after=60, remind_after=(120,), expire_after=600)
    case = Rehearsal(Bring, Shop(), delivery, opening=opening(Bring, policy=policy))
    await case.arrive()
    await case.skips(minutes=3)
    assert status(case) is Status.PARKED
    await case.skips(minutes=8)

    assert status(case) is Status.EXPIRED
    assert delivery.kinds == ["reminder"]


async def test_an_expired_case_takes_back_what_it_did() -> None:
    shop = Shop()
    case = Rehearsal(Bring, shop, Delivery())
    await given(case, street="1 High St")

    await case.skips(days=40)

    assert status(case) is Status.EXPIRED
    assert shop.did_what == ["reserve van", "release van"]


async def test_there_is_one_timer_at_a_time() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await given(case, street="1 High St")
    for _ in range(5):
        await case.arrive()
        await case.skips(minutes=1)

    await case.host.quiet()
    assert len([w for w in case.host._waits if w.until is not None]) == 1


# -- a copy where it can be kept -------------------------------------------------------------------------------


async def test_what_was_told_by_text_is_not_sent_again() -> None:
    delivery = Delivery()
    case = Rehearsal(Bring, Shop(), delivery)
    await case.arrive(Channel.SMS)
    turn = await case.answer("street", "1 High St", Channel.SMS)

    assert told(turn) == ["on-its-way"]
    assert delivery.kinds == []


async def test_what_was_told_by_phone_or_on_a_page_is_sent_once_where_it_can_be_kept() -> None:
    for channel in (Channel.PHONE, Channel.WEB):
        delivery = Delivery()
        case = Rehearsal(Bring, Shop(), delivery)
        number = Address(kind="phone", value="+14155550123")
        await case.arrive(channel, reply_to=number)
        await case.answer("street", "1 High St", channel)
        await case.arrive(channel)

        (reach,) = delivery.reached
        assert (reach.kind, told(reach.turn), reach.reply_to) == ("notices", ["on-its-way"], number)


async def test_what_happens_while_nobody_is_there_is_sent_and_later_told() -> None:
    delivery = Delivery()
    case = Rehearsal(Bring, Shop(), delivery)
    await case.arrive(Channel.SMS)
    await case.answer("street", "1 High St", Channel.SMS)
    await case.report("delivered", about="p-1")
    assert [told(reach.turn) for reach in delivery.reached] == [["here"]]
    assert told(await case.arrive(Channel.WEB)) == ["here"]
    assert told(await case.arrive(Channel.WEB)) == []


async def test_after_a_hang_up_there_is_a_way_back_by_text() -> None:
    delivery = Delivery()
    case = Rehearsal(Bring, Shop(), delivery)
    await case.arrive(Channel.PHONE)

    turn = await case.leave(Channel.PHONE)
    await case.host.quiet()

    assert turn.status is Status.PARKED
    (reach,) = delivery.reached
    assert reach.kind == "way_back"
    assert asks(reach.turn) == ["street"]
    assert reach.key.startswith("bring/c_test/1/reach/")


async def test_who_hangs_up_is_written_to_as_they_wrote_from_the_same_number_on_the_same_day() -> None:
    number, other = (Address(kind="phone", value=f"+1415555012{last}") for last in "34")
    for wrote_from, hours, expected in (
        (number, 0, Channel.WHATSAPP),
        (number, 23.5, Channel.SMS),
        (other, 0, Channel.SMS),
    ):
        delivery = Delivery()
        case = Rehearsal(Bring, Shop(), delivery)
        await case.arrive(Channel.WHATSAPP, reply_to=wrote_from)
        await case.skips(hours=hours)
        await case.arrive(Channel.PHONE, reply_to=number)
        await case.leave(Channel.PHONE)
        await case.host.quiet()
        assert [(reach.kind, reach.channel) for reach in delivery.reached] == [("way_back", expected)]


async def test_a_hang_up_while_a_step_runs_gets_its_way_back_when_there_is_something_to_come_back_to() -> None:
    delivery, shop = Delivery(), Shop()
    case = Rehearsal(Wait, shop, delivery)
    gate = shop.hold("price")
    case._ensure_playing()
    await case.leave(Channel.PHONE)
    assert delivery.kinds == []
    gate.set()
    await case.arrive(Channel.PHONE)
    await case.host.quiet()
    assert delivery.kinds == ["way_back"]


async def test_no_way_back_where_nothing_is_asked_and_none_for_a_closed_page() -> None:
    delivery = Delivery()
    case = Rehearsal(Bring, Shop(), delivery)
    await case.arrive(Channel.WEB)
    await case.leave(Channel.WEB)
    await case.arrive(Channel.PHONE)
    await case.answer("street", "1 High St", Channel.PHONE)
    await case.leave(Channel.PHONE)
    await case.host.quiet()

    assert delivery.kinds == ["notices"]


async def test_a_message_that_cannot_be_sent_is_written_down_and_holds_nothing_up() -> None:
    case = Rehearsal(Bring, Shop(), Delivery(broken=True))
    await case.arrive(Channel.PHONE)
    await case.leave(Channel.PHONE)
    await case.host.quiet()

    assert story(case)[-1] == "undelivered"
    assert asks(await case.arrive()) == ["street"]


# -- the journal -----------------------------------------------------------------------------------------------


async def test_rows_that_could_not_be_written_go_with_the_next_turn() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await case.arrive()
    case.host.journal_away = True
    turn = await case.answer("street", "1 High St")
    assert told(turn) == ["on-its-way"]
    assert story(case) == ["arrived", "asked street"]
    await case.move()
    case.host.journal_away = False

    await case.arrive()

    assert [row.sequence for row in rows(case)] == list(range(1, case.case.state.sequence + 1))
    assert story(case)[2:5] == ["answered street", "did Shop.reserve", "told on-its-way"]


async def test_a_case_does_not_close_before_its_rows_are_written() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    await given(case, street="1 High St")
    await case.report("delivered", about="p-1")
    case.host.journal_away = True
    assert (await case.answer("rating", "good")).status is Status.FINISHED
    await case.skips(seconds=5)
    assert case.playing is not None
    assert not case.playing.done()

    case.host.journal_away = False
    await case.skips(minutes=1)

    assert case.playing.done()
    assert story(case)[-1] == "finished"
    assert case.host.pages[-1].status == "finished"


async def test_a_page_holds_the_case_as_it_stands() -> None:
    case = Rehearsal(Bring, Shop(), Delivery())
    turn = await case.arrive()

    page = case.host.pages[-1]
    assert (page.case, page.status, page.step) == ("bring/c_test/1", "open", "street")
    assert page.sequence == turn.sequence == rows(case)[-1].sequence
    assert page.turn["pending"] == turn.model_dump(mode="json")["pending"]
