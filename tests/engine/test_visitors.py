"""Once a script has asked who speaks, nobody unproved is shown or may do anything, and the customer goes on at once."""

from __future__ import annotations

from datetime import timedelta

from activities.identity import Identity
from models.case import Note, Status, Turn
from models.errors import TooManyCodes
from models.people import Address, Assurance, Channel
from models.questions import PhoneNumber
from tests.engine.shop import Delivery, Shop, asks, given, story, text, told
from tests.engine.test_people import Codes
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal

CODE = "verify/possession/code"
PHONE, SMS, WEB = Channel.PHONE, Channel.SMS, Channel.WEB


class Order(Moment):
    async def script(self) -> None:
        item = await self.ask(text("item"))
        await self.verify()
        await self.tell("secret", {"item": item})
        await self.ask(text("where"))
        await self.confirm("order", item=item)
        reserved = await self.do(Shop.reserve, item, undo=Shop.release)
        await self.wait_for("shipped")
        await self.tell("on-its-way", {"item": reserved})


def anybody(*actors: object) -> Rehearsal:
    case = Rehearsal(Order, *(actors or (Identity(Codes()), Shop(), Delivery())))
    case.sure[PHONE] = Assurance.CLAIMED
    return case


def knows_nothing(turn: Turn) -> bool:
    return asks(turn) in ([], [CODE]) and not turn.answers and not turn.notices


async def test_a_caller_proves_to_be_the_customer_and_goes_on_where_it_was() -> None:
    codes = Codes()
    case = anybody(Identity(codes), Shop(), Delivery())
    await case.arrive(PHONE)
    turn = await case.answer("item", "phone", PHONE)
    assert asks(turn) == [CODE]
    turn = await case.answer(CODE, "123456", PHONE)

    assert (asks(turn), told(turn)) == (["where"], ["secret"])
    assert asks(await case.answer("where", "home", PHONE)) == ["order"]
    assert codes.sent == 1
    assert codes.voided == 0


async def test_a_second_call_from_the_same_number_proves_it_again() -> None:
    codes = Codes()
    case = anybody(Identity(codes), Shop(), Delivery())
    await given(case, item="phone")
    case.visits[PHONE] = "a call"
    assert knows_nothing(await case.arrive(PHONE))
    assert asks(await case.answer(CODE, "123456", PHONE)) == ["where"]
    case.visits[PHONE] = "another call"
    turn = await case.arrive(PHONE)
    assert asks(turn) == [CODE]
    assert knows_nothing(turn)
    assert codes.sent == 2, "the first one works no more"


async def test_somebody_with_a_spoofed_number_learns_and_does_nothing() -> None:
    case = anybody()
    await given(case, item="phone")
    turn = await case.arrive(PHONE)
    assert asks(turn) == [CODE]
    assert knows_nothing(turn)

    for tried in (
        await case.answer("where", "my own place", PHONE),
        await case.correct("item", "another phone", PHONE),
        await case.cancel(PHONE),
        await case.remark("what did I order?", PHONE),
        await case.answer("order", True, PHONE),
    ):
        assert knows_nothing(tried), tried
    assert (await case.cancel(PHONE)).note is Note.UNPROVED
    turn = await case.arrive(SMS)
    assert asks(turn) == ["where"]
    assert [line.value for line in turn.answers] == ["phone"]


async def test_the_customer_answers_in_the_middle_of_somebody_elses_call() -> None:
    case = anybody()
    assert asks(await given(case, item="phone")) == ["where"]
    await case.arrive(PHONE)
    turn = await case.answer("where", "home", revision=1)
    assert (turn.note, asks(turn)) == (None, ["order"])


async def test_when_the_caller_gives_up_the_case_goes_on_with_those_it_knows() -> None:
    shop = Shop()
    case = anybody(Identity(Codes()), shop, Delivery())
    await given(case, item="phone", where="home", order=True)
    assert shop.did_what == ["reserve phone"]
    await case.arrive(PHONE)
    await case.leave(PHONE)
    await case.report("shipped")

    assert shop.did_what == ["reserve phone"]
    assert case.case.state.status is Status.FINISHED


async def test_what_was_agreed_outlasts_a_caller_who_can_prove_nothing() -> None:
    shop = Shop()
    case = anybody(Identity(Codes()), shop, Delivery())
    await given(case, item="phone", where="home", order=True)
    await case.arrive(PHONE)
    turn = await case.arrive(WEB)
    assert asks(turn) == []
    assert turn.status is Status.OPEN
    await case.report("shipped")
    assert shop.did_what == ["reserve phone"]
    assert story(case, "confirmed") == ["confirmed order"]


async def test_a_closed_case_tells_a_caller_nothing() -> None:
    case = anybody()
    await given(case, item="phone", where="home", order=True)
    await case.report("shipped")
    turn = await case.arrive(PHONE)
    assert turn.status is Status.FINISHED
    assert knows_nothing(turn)


async def test_another_code_is_sent_when_the_first_did_not_arrive() -> None:
    codes = Codes()
    case = anybody(Identity(codes), Shop(), Delivery())
    await case.arrive(PHONE)
    await case.answer("item", "phone", PHONE)
    turn = await case.correct(CODE, channel=PHONE, withdraw=True)
    assert asks(turn) == [CODE]
    assert (codes.sent, codes.voided) == (2, 1)
    assert asks(await case.answer(CODE, "123456", PHONE)) == ["where"]


class NoMoreCodes(Codes):
    async def send(self, key: str, customer: str, other_than: Address | None = None) -> str:
        raise TooManyCodes("too-many-codes")


async def test_a_person_vouches_for_one_visit_and_not_for_the_next() -> None:
    case = anybody(Identity(NoMoreCodes()), Shop(), Delivery())
    await case.arrive(PHONE)
    assert (await case.answer("item", "phone", PHONE)).status is Status.WITH_A_PERSON
    await case.report("released")
    assert asks(await case.arrive(PHONE)) == ["where"]
    case.visits[PHONE] = "another call"
    turn = await case.arrive(PHONE)
    assert (turn.status, asks(turn)) == (Status.WITH_A_PERSON, [])


async def test_proofs_survive_a_move() -> None:
    case = anybody()
    await case.arrive(PHONE)
    await case.answer("item", "phone", PHONE)
    await case.answer(CODE, "123456", PHONE)
    await case.move()
    assert asks(await case.arrive(PHONE)) == ["where"]


async def test_a_case_that_moves_while_it_is_held_stays_held() -> None:
    case = anybody()
    await given(case, item="phone")
    await case.arrive(PHONE)
    await case.move()
    turn = await case.arrive(PHONE)
    assert asks(turn) == [CODE]
    assert knows_nothing(turn)
    assert asks(await case.arrive(WEB)) == ["where"]


class Later(Moment):
    async def script(self) -> None:
        await self.ask(text("item"))
        await self.wait_for(key="a-day", within=timedelta(days=1))
        await self.ask(text("still"))


async def test_a_question_that_comes_up_later_is_sent_out() -> None:
    delivery = Delivery()
    case = Rehearsal(Later, delivery)
    await case.arrive(SMS)
    await case.answer("item", "phone", SMS)
    await case.skips(hours=23)
    assert delivery.reached == []
    await case.skips(hours=2)
    assert [reach.kind for reach in delivery.reached] == ["asking"]
    assert asks(delivery.reached[0].turn) == ["still"]


async def test_nobody_on_a_page_is_texted_what_they_see() -> None:
    delivery = Delivery()
    case = Rehearsal(Later, delivery)
    await given(case, item="phone")
    await case.skips(hours=25)
    assert [reach.kind for reach in delivery.reached][:1] == ["asking"]
    turn = await case.arrive(WEB)
    await case.skips(minutes=10)
    assert asks(turn) == ["still"]
    assert len(delivery.reached) == 1


class Reachable(Moment):
    async def script(self) -> None:
        number = await self.ask(PhoneNumber("number", fact="callback-number", lasts=timedelta(days=30)))
        await self.tell("noted", {"number": number})
        await self.ask(text("last"))


async def test_what_was_said_long_ago_is_shown_and_not_taken_for_granted() -> None:
    case = Rehearsal(Reachable)
    await given(case, number="+14155550123")
    (fact,) = case.facts
    assert fact.until == case.host.clock + timedelta(days=30)

    fresh = Rehearsal(Reachable, opening=case.opening.model_copy(update={"facts": [fact]}))
    assert asks(await fresh.arrive()) == ["last"]
    stale = Rehearsal(Reachable, opening=case.opening.model_copy(update={"facts": [fact]}))
    await stale.skips(days=31)
    turn = await stale.arrive()
    assert asks(turn) == ["number"]
    assert turn.pending[0].known == "+14155550123"


class Offered(Moment):
    async def script(self) -> None:
        rating = await self.offer(text("rating"), within=timedelta(days=2))
        await self.tell("thanks", {"rating": rating})
        await self.wait_for(key="weeks", within=timedelta(days=60))
        await self.ask(text("last"))


async def test_an_offer_nobody_takes_up_lapses() -> None:
    case = Rehearsal(Offered, Delivery())
    assert asks(await case.arrive(SMS)) == ["rating"]
    await case.skips(days=3)
    turn = await case.arrive(SMS)
    assert asks(turn) == []
    assert [notice.data for notice in case.case.state.notices] == [{"rating": None}]


async def test_a_case_that_waits_for_something_does_not_expire_meanwhile() -> None:
    case = Rehearsal(Offered, Delivery())
    await case.arrive(SMS)
    await case.answer("rating", "good", SMS)
    await case.skips(days=61)
    assert asks(await case.arrive(SMS)) == ["last"]
