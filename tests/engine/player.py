"""A bank that is honest about idempotency keys, and somebody who does everything to a case that can be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from activities.billing import Billing
from models.billing import Bill, Payment, Receipt
from models.case import Answer, Arrival, Correction, Leaving, Note, Remark, Turn
from models.errors import Declined
from models.follow_through import Gesture
from models.ledger import Answered, Confirmed
from models.money import Money
from models.people import Channel
from models.questions import AnyQuestion, Method
from tests.engine.shop import Delivery, status
from workflows.pay_bill import PayBill
from workflows.rehearsal import Rehearsal

METHODS = [
    Method(token="pm_visa", label="Visa ending 4242"),
    Method(token="pm_mastercard", label="Mastercard ending 0002"),
    Method(token="pm_amex", label="Amex ending 0005"),
]
CHANNELS = [Channel.PHONE, Channel.SMS, Channel.WEB]
AMOUNTS = ["10.00", "25.00", "40.00", "84.20"]
DUE = date(2026, 5, 1)


@dataclass
class Bank:
    """``charges``: what was taken, by key. ``lost`` charges are made but not told of; ``away`` ones are not made."""

    charges: dict[str, tuple[Payment, Receipt]] = field(default_factory=dict)
    lost: int = 0
    away: int = 0

    async def open_bill(self, customer: str) -> Bill:
        return Bill(
            id="b1", label="March bill", owed=Money.of("84.20"), minimum=Money.of("25.00"), due=DUE, methods=METHODS
        )

    async def methods(self, customer: str) -> list[Method]:
        return METHODS

    async def method(self, customer: str, token: str) -> Method | None:
        return next((method for method in METHODS if method.token == token), None)

    async def tokenise(self, customer: str, number: str, expiry: str) -> Method:
        raise Declined("bad-number")

    async def adopt(self, customer: str, token: str, label: str) -> Method:
        raise Declined("card-declined")

    async def present(self, customer: str, terminal: str) -> Method:
        raise Declined("card-declined")

    async def give(self, key: str, customer: str, gesture: Gesture) -> None:
        raise Declined("no-gestures")

    async def receipt_for(self, key: str) -> Receipt | None:
        return self.charges[key][1] if key in self.charges else None

    async def charge(self, key: str, customer: str, payment: Payment) -> Receipt:
        if self.away:
            self.away -= 1
            raise ConnectionError
        if payment.method == "pm_mastercard":
            raise Declined("insufficient-funds")
        if key in self.charges and self.charges[key][0] != payment:
            raise ValueError("this key was used for another payment")
        left = Money.of("84.20") - payment.amount
        at = datetime(2026, 3, 2, tzinfo=UTC)
        receipt = Receipt(reference="R1", amount=payment.amount, method=payment.method, at=at, on=payment.on, left=left)
        self.charges.setdefault(key, (payment, receipt))
        if self.lost:
            self.lost -= 1
            raise ConnectionError
        return receipt


def fitting(question: AnyQuestion, n: int) -> Any:
    """Some answer that fits."""
    if question.kind == "amount":
        return {"amount": AMOUNTS[n % len(AMOUNTS)], "currency": "USD"}
    if question.kind == "choice":
        return question.options[n % len(question.options)].id
    if question.kind == "date":
        assert question.earliest is not None
        return (question.earliest + timedelta(days=n)).isoformat()
    if question.kind == "payment_method":
        return METHODS[n % len(METHODS)].token
    if question.kind == "change":
        return question.answers[n % len(question.answers)]
    return n != 0  # a confirmation


UNFITTING: list[Any] = [None, 7, "", "no such thing", {"amount": "900.00", "currency": "USD"}, "2020-01-01", [], {}]


@dataclass
class Sent:
    """A request as it was sent: what it was about, and whether it was taken."""

    request: Any
    keeps: bool = False
    taken: bool = False


class Player:
    """``accepted`` is what the customer was told is taken, by key, the last word first to count."""

    def __init__(self) -> None:
        self.bank = Bank()
        self.case = Rehearsal(PayBill, Billing(self.bank), Delivery())
        self.sent: list[Sent] = []
        self.accepted: dict[str, Any] = {}

    # -- what can be done -------------------------------------------------------------------------------------

    async def play(self, what: str, n: int) -> None:
        await getattr(self, what)(n)
        assert len(self.bank.charges) <= 1

    async def arrive(self, n: int) -> Turn:
        return await self._send(Arrival(id=self.case.next_id(), by=self.case.by(CHANNELS[n % 3])))

    async def answer(self, n: int) -> None:
        pending = self.case.case.asking.find(self._key())
        if pending is not None:
            await self._answer(pending.question.key, pending.revision, fitting(pending.question, n), n)

    async def misunderstand(self, n: int) -> None:
        pending = self.case.case.asking.find(self._key())
        if pending is not None:
            await self._answer(pending.question.key, pending.revision, UNFITTING[n % len(UNFITTING)], n)

    async def answer_an_old_page(self, n: int) -> None:
        asked = self.case.case.state.asked
        if asked:
            key = sorted(asked)[n % len(asked)]
            await self._answer(key, asked[key].revision - 1, METHODS[0].token, n)

    async def correct(self, n: int) -> None:
        entry = self._entry(n)
        question = self.case.case.asking.questions.get(entry.key) if entry else None
        if entry and question:
            value = fitting(question, n // 3)
            by = self.case.by(CHANNELS[n % 3])
            await self._send(Correction(id=self.case.next_id(), by=by, key=entry.key, value=value), keeps=True)

    async def withdraw(self, n: int) -> None:
        entry = self._entry(n)
        if entry:
            by = self.case.by(CHANNELS[n % 3])
            await self._send(Correction(id=self.case.next_id(), by=by, key=entry.key, withdraw=True))

    async def send_again(self, n: int) -> None:
        if self.sent:
            await self._give(self.sent[n % len(self.sent)])

    async def leave(self, n: int) -> None:
        await self._send(Leaving(id=self.case.next_id(), by=self.case.by(CHANNELS[n % 3])))

    async def remark(self, n: int) -> None:
        await self._send(Remark(id=self.case.next_id(), by=self.case.by(CHANNELS[n % 3]), text="hm"))

    async def move(self, n: int) -> None:
        await self.case.host.quiet()
        if not status(self.case).closed and self.case.case.movable:
            await self.case.move()

    async def lose_the_journal(self, n: int) -> None:
        self.case.host.journal_away = n % 2 == 0

    async def lose_a_charge(self, n: int) -> None:
        self.bank.lost = 1

    async def lose_the_bank(self, n: int) -> None:
        self.bank.away = 1 + n % 2

    async def wait(self, n: int) -> None:
        await self.case.skips(minutes=[5, 20, 61, 720][n % 4])

    async def finish(self) -> Turn:
        """Answer what is asked, with what was accepted last where that is known, until it is done."""
        self.bank.lost = self.bank.away = 0
        self.case.host.journal_away = False
        turn = await self.arrive(2)
        for _ in range(20):
            if turn.status.closed:
                break
            question = turn.pending[0].question
            turn = await self._answer(question.key, turn.pending[0].revision, fitting(question, 2), 2)
        await self.case.skips(hours=2)
        return turn

    # -- inside -----------------------------------------------------------------------------------------------

    def _key(self) -> str:
        case = self.case.case
        pending = case.state.pending or case.expected
        return pending[0].question.key if pending else ""

    def _entry(self, n: int) -> Answered | None:
        entries = self.case.case.ledger.all(Answered)
        return entries[n % len(entries)] if entries else None

    async def _answer(self, key: str, revision: int, value: Any, n: int) -> Turn:
        pending = self.case.case.asking.find(key)
        keeps = pending is not None and pending.question.kind not in {"confirm", "change"}
        by = self.case.by(CHANNELS[n % 3])
        return await self._send(
            Answer(id=self.case.next_id(), by=by, key=key, revision=revision, value=value), keeps=keeps
        )

    async def _send(self, request: Any, *, keeps: bool = False) -> Turn:
        self.sent.append(Sent(request, keeps))
        return await self._give(self.sent[-1])

    async def _give(self, sent: Sent) -> Turn:
        r = self.case.script._requests
        doors: dict[Any, Any] = {
            Arrival: (r.check_arrival, r.arrive),
            Answer: (r.check_answer, r.answer),
            Correction: (r.check_correction, r.correct),
            Leaving: (r.check_leaving, r.leave),
            Remark: (r.check_remark, r.remark),
        }
        check, handle = doors[type(sent.request)]
        turn: Turn = await self.case.request(check, handle, sent.request)
        assert turn.note is not Note.CONFLICT
        if turn.note is None and not sent.taken:
            sent.taken = True
            if sent.keeps:
                self.accepted[sent.request.key] = sent.request.value
        return turn

    def ledger(self) -> dict[str, Any]:
        """What stands at the end: answers, and what was confirmed."""
        ledger = self.case.case.ledger
        touched = self.case.case.touched
        stands: dict[str, Any] = {e.key: plain(e.value) for e in ledger.all(Answered) if e.key in touched}
        return stands | {f"confirmed {e.key}": e.digest for e in ledger.all(Confirmed)}


def plain(value: Any) -> Any:
    """An answer as it was given: a method by its token."""
    return value.get("token", value) if isinstance(value, dict) else value
