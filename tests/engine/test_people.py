"""Who speaks, how sure we are of it, and what a person takes over."""

from __future__ import annotations

from activities.identity import Identity
from models.case import Status, Turn
from models.errors import TooManyCodes
from models.people import Address, Assurance
from tests.engine.shop import asks, given, story, text, told
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal


class Codes:
    """Right is 123456; after three wrong ones a code is used up. As in life, one is sent once under its key."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.voided = 0
        self.tries = 0

    async def send(self, key: str, customer: str, other_than: Address | None = None) -> str:
        if key not in self.keys:
            self.keys.add(key)
            self.tries = 0
        return "•••71"

    @property
    def sent(self) -> int:
        return len(self.keys)

    async def check(self, customer: str, code: str) -> str:
        self.tries += 1
        if self.tries > 3:
            return "used_up"
        return "right" if code == "123456" else "wrong"

    async def void(self, customer: str) -> None:
        self.voided += 1


class Private(Moment):
    async def script(self) -> None:
        await self.verify(Assurance.VERIFIED)
        await self.tell("balance")
        await self.ask(text("last"))


CODE = "verify/verified/code"


async def test_verify_asks_for_a_code_and_takes_no_wrong_one() -> None:
    codes = Codes()
    case = Rehearsal(Private, Identity(codes))
    turn = await case.arrive()
    assert asks(turn) == [CODE]
    assert turn.pending[0].question.sent_to == "•••71"  # type: ignore[union-attr]  # it is the OneTimeCode

    turn = await case.answer(CODE, "000000")
    assert asks(turn) == [CODE]
    assert turn.pending[0].because is not None
    assert turn.pending[0].because.code == "wrong-code"
    assert told(turn) == []
    turn = await case.answer(CODE, "123456")

    assert told(turn) == ["balance"]
    assert codes.sent == 1


async def test_a_used_up_code_is_voided_and_a_new_one_sent() -> None:
    codes = Codes()
    case = Rehearsal(Private, Identity(codes))
    await case.arrive()
    turn: Turn | None = None
    for _ in range(4):
        turn = await case.answer(CODE, "000000")

    assert turn is not None
    assert turn.pending[0].because is not None
    assert turn.pending[0].because.code == "code-used-up"
    assert (codes.sent, codes.voided) == (2, 1)
    assert told(await case.answer(CODE, "123456")) == ["balance"]


class NoMoreCodes(Codes):
    async def send(self, key: str, customer: str, other_than: Address | None = None) -> str:
        raise TooManyCodes("too-many-codes")


async def test_where_no_more_codes_may_be_sent_a_person_takes_over() -> None:
    case = Rehearsal(Private, Identity(NoMoreCodes()))
    turn = await case.arrive()
    assert (turn.status, asks(turn)) == (Status.WITH_A_PERSON, [])
    assert story(case, "handed_over") == ["handed_over"]
    await case.report("released")
    turn = await case.arrive()
    assert (turn.status, asks(turn)) == (Status.OPEN, ["last"])


class Handed(Moment):
    async def script(self) -> None:
        await self.ask(text("name"))
        await self.hand_over("wants-a-person")
        await self.ask(text("last"))


async def test_hand_over_waits_for_the_person_and_is_told_of_once() -> None:
    case = Rehearsal(Handed)
    turn = await given(case, name="Ann")
    assert turn.status is Status.WITH_A_PERSON
    assert asks(turn) == []
    assert (await case.correct("name", "Eve")).status is Status.WITH_A_PERSON
    await case.move()
    assert (await case.arrive()).status is Status.WITH_A_PERSON

    await case.report("released")
    turn = await case.correct("name", "Ada")

    assert turn.status is Status.OPEN
    assert asks(turn) == ["last"]
    assert story(case, "handed_over", "waited") == ["handed_over", "waited released/wants-a-person"]
