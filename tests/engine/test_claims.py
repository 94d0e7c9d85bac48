"""One driver at a time: a claim is a lease with a fence, and the customer can always have the case back."""

from __future__ import annotations

from datetime import timedelta

from models.case import Note, Status
from models.people import Channel
from tests.engine.shop import Delivery, Shop, asks, given, story, text
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Two(Moment):
    async def script(self) -> None:
        await self.ask(text("first"))
        await self.ask(text("second"))
        await self.ask(text("third"))


async def fence_of(case: Rehearsal, holder: str = "s_ann", **more: object) -> int:
    turn = await case.claim(holder, name="Ann", **more)
    assert turn.note is None, turn.note
    assert turn.claim is not None
    return turn.claim.fence


async def test_an_agent_answers_for_the_customer_by_their_claim() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    fence = await fence_of(case)
    turn = await case.drive("first", "yes", fence)
    assert asks(turn) == ["second"]
    assert story(case, "claimed", "answered") == ["claimed", "answered first"]


async def test_without_a_claim_no_agent_writes() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    assert (await case.drive("first", "yes", None)).note is Note.CLAIMED
    assert (await case.drive("first", "yes", 1)).note is Note.CLAIMED
    assert case.case.state.ledger == []


async def test_a_second_agent_learns_who_has_it_and_since_when() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    await fence_of(case)
    turn = await case.claim("s_bob", name="Bob")
    assert turn.note is Note.CLAIMED
    assert turn.because is not None
    assert turn.because.facts == {"name": "Ann", "since": case.host.clock.isoformat()}


async def test_a_stale_tab_cannot_write_over_the_driver() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    old = await fence_of(case)
    new = await fence_of(case)
    assert new == old + 1
    assert (await case.drive("first", "old tab", old)).note is Note.CLAIMED
    assert asks(await case.drive("first", "new tab", new)) == ["second"]


async def test_a_claim_goes_on_as_long_as_it_is_renewed_and_ends_by_itself() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    fence = await fence_of(case, seconds=60)
    for _ in range(5):
        await case.skips(seconds=50)
        assert await fence_of(case, seconds=60, fence=fence) == fence
    await case.skips(seconds=61)
    assert (await case.drive("first", "late", fence)).note is Note.CLAIMED
    await case.arrive(Channel.SMS)
    assert story(case, "claim_ended") == ["claim_ended"]


async def test_a_supervisor_gives_a_case_to_somebody_else() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    old = await fence_of(case)
    turn = await case.claim("s_bob", name="Bob", over=True)
    assert turn.claim is not None
    assert (await case.drive("first", "Ann", old)).note is Note.CLAIMED
    assert asks(await case.drive("first", "Bob", turn.claim.fence)) == ["second"]


async def test_a_customer_who_answers_has_the_case_back() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    fence = await fence_of(case)
    turn = await case.answer("first", "mine", Channel.SMS)
    assert asks(turn) == ["second"]
    assert turn.claim is None
    assert (await case.drive("second", "too late", fence)).note is Note.CLAIMED
    assert "taken_back" in story(case)


async def test_a_remark_leaves_the_driver_in_place() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    fence = await fence_of(case)
    await case.remark("hello?", Channel.SMS)
    assert asks(await case.drive("first", "yes", fence)) == ["second"]


async def test_segue_is_silent_while_a_person_drives_and_comes_back() -> None:
    delivery = Delivery()
    case = Rehearsal(Two, Shop(), delivery)
    await given(case, first="yes")
    fence = await fence_of(case, seconds=3600)
    for _ in range(25):
        await case.skips(minutes=59)
        await fence_of(case, seconds=3600, fence=fence)
    assert delivery.reached == []
    await case.release(fence)
    await case.skips(days=2)
    assert delivery.kinds[0] in {"reminder", "asking"}


async def test_a_case_that_waited_for_a_person_goes_on_when_they_let_go() -> None:
    class Handed(Moment):
        async def script(self) -> None:
            await self.hand_over("wants-a-person")
            await self.ask(text("last"))

    case = Rehearsal(Handed)
    assert (await case.arrive(Channel.SMS)).status is Status.WITH_A_PERSON
    fence = await fence_of(case)
    turn = await case.release(fence)
    assert (turn.status, asks(turn), turn.claim) == (Status.OPEN, ["last"], None)


async def test_a_claim_survives_a_move() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    fence = await fence_of(case)
    await case.move()
    assert asks(await case.drive("first", "yes", fence)) == ["second"]


async def test_a_lease_is_no_longer_than_an_hour() -> None:
    case = Rehearsal(Two)
    await case.arrive(Channel.SMS)
    fence = await fence_of(case, seconds=3600)
    claim = case.case.claims.standing
    assert claim is not None
    assert (claim.fence, claim.until - claim.since) == (fence, timedelta(hours=1))
