"""A sore case in somebody's care: a promise, who is next when it runs out, and what ends it."""

from __future__ import annotations

from datetime import timedelta

from models.case import Care, Caring, Note, Status
from models.people import Channel
from tests.engine.shop import Delivery, Shop, asks, rows, story, text, told
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Two(Moment):
    async def script(self) -> None:
        await self.ask(text("first"))
        await self.ask(text("second"))


async def sore(channel: Channel = Channel.SMS) -> tuple[Rehearsal, Delivery]:
    delivery = Delivery()
    case = Rehearsal(Two, Shop(), delivery)
    await case.arrive(channel)
    given = await case.care(owner="s_ann", name="Ann", team="north", signals=("loop",), minutes=30, patience=20)
    assert given.note is None
    return case, delivery


def care(case: Rehearsal) -> Care:
    assert case.case.state.care is not None
    return case.case.state.care


async def test_the_customer_is_promised_somebody_and_asked_nothing() -> None:
    case, delivery = await sore()
    assert (care(case).owner_name, care(case).level, care(case).told) == ("Ann", 0, True)
    assert care(case).promised_at - care(case).since == timedelta(minutes=30)
    [reach] = delivery.reached
    assert (reach.kind, told(reach.turn), asks(reach.turn)) == ("care", ["care-promised"], [])
    assert reach.turn.notices[0].data["name"] == "Ann"


async def test_who_is_on_the_phone_hears_it_and_reads_it_afterwards() -> None:
    case, delivery = await sore(Channel.PHONE)
    assert delivery.reached == []
    turn = await case.answer("first", "yes", Channel.PHONE)
    assert told(turn) == ["care-promised"]
    assert delivery.reached == []
    await case.leave(Channel.PHONE)
    assert [told(reach.turn) for reach in delivery.reached if reach.kind == "care"] == [["care-promised"]]


async def test_a_promise_that_runs_out_goes_to_the_team_and_then_to_a_supervisor() -> None:
    case, delivery = await sore()
    await case.skips(minutes=29)
    assert care(case).level == 0
    await case.skips(minutes=2)
    assert (care(case).level, len(delivery.reached)) == (1, 1)
    await case.skips(minutes=20)
    assert care(case).level == 2
    assert told(delivery.reached[-1].turn) == ["care-late"]
    await case.skips(days=3)
    assert (care(case).level, len(delivery.reached)) == (2, 2)
    assert story(case, "cared", "escalated") == ["cared", "escalated", "escalated"]
    last = [row for row in rows(case) if row.what == "escalated"][-1]
    assert (last.data["level"], last.data["signals"]) == (2, ["loop"])


async def test_nobody_is_reminded_or_parked_while_a_person_is_promised() -> None:
    case, delivery = await sore()
    await case.skips(days=4)
    assert {reach.kind for reach in delivery.reached} == {"care"}
    assert case.case.state.status is Status.OPEN
    await case.care(helped=True)
    await case.skips(days=2)
    assert "reminder" in delivery.kinds


async def test_who_takes_it_and_lets_go_has_helped() -> None:
    case, _ = await sore()
    fence = (await case.claim("s_ann", name="Ann")).claim
    assert fence is not None
    await case.skips(minutes=1)
    await case.release(fence.fence)
    assert case.case.state.care is None
    assert story(case, "cared", "released", "helped", "escalated") == ["cared", "released", "helped"]


async def test_a_lease_that_ends_by_itself_has_helped_nobody() -> None:
    case, _ = await sore()
    await case.claim("s_ann", name="Ann", seconds=60)
    await case.skips(minutes=2)
    assert care(case).level == 0
    await case.skips(minutes=29)
    assert care(case).level == 1


async def test_the_timer_stands_still_while_somebody_drives() -> None:
    case, _ = await sore()
    await case.skips(minutes=25)
    await case.claim("s_ann", name="Ann", seconds=3000)
    await case.skips(minutes=40)
    assert care(case).level == 0


async def test_a_second_sign_makes_no_second_promise() -> None:
    case, delivery = await sore()
    await case.care(request_id="again", owner="s_bob", name="Bob", minutes=5)
    assert care(case).owner == "s_ann"
    assert len(delivery.reached) == 1
    assert (await case.care(request_id="again", owner="s_sue", name="Sue")).note is Note.CONFLICT


async def test_a_customer_cannot_give_a_case_away() -> None:
    case, _ = await sore()
    tending = case.script._tending
    request = Caring(id="theirs", by=case.by(Channel.WEB), helped=True)
    assert (await case.request(tending.check, tending.care, request)).note is Note.CLAIMED


async def test_what_is_finished_is_nobodys_any_more() -> None:
    case, _ = await sore()
    await case.answer("first", "yes", Channel.SMS)
    turn = await case.answer("second", "yes", Channel.SMS)
    assert (turn.status, turn.care) == (Status.FINISHED, None)
    assert (await case.care()).note is Note.FINISHED


async def test_it_goes_on_in_a_new_run() -> None:
    case, delivery = await sore()
    before = care(case)
    await case.move()
    assert care(case) == before
    await case.skips(minutes=31)
    assert care(case).level == 1
    assert len(delivery.reached) == 1


async def test_an_agent_may_hand_it_to_another() -> None:
    case, _ = await sore()
    tending = case.script._tending
    given = Caring(id="given", by=case.agent(), owner="s_bob", name="Bob", minutes=15)
    await case.request(tending.check, tending.care, given)
    assert care(case).owner_name == "Bob"
