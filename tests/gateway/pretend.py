"""A switchboard that plays one short moment by itself: the real one needs Temporal, and has its own tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pydantic import JsonValue, TypeAdapter

from database.cases import CaseRecord, Cases
from database.customers import Customers
from database.journal import Journal
from database.sessions import Session
from models.case import Because, Event, Line, Note, Notice, Pending, Status, Turn
from models.errors import NotConfirmed, Unknown
from models.journal import Page, Row
from models.money import Money
from models.people import Actor, Address, Assurance, Channel
from models.questions import Amount, AnyQuestion, Choice, Confirm, Date, Method, Misfit, Option, PaymentMethod
from switchboard.onward import Onward
from switchboard.pollers import Working
from switchboard.switchboard import Speaker, visit_named

OWED, MINIMUM = Money.of("84.20"), Money.of("25.00")
VISA = Method(token="pm_visa_4242", label="Visa ending 4242")
QUESTIONS: list[AnyQuestion] = [
    Amount("amount", most=OWED, suggest=[OWED, MINIMUM]),
    Choice("when", options=[Option(id="now", label="now"), Option(id="later", label="later")]),
    Date("day", earliest=date(2027, 1, 1), latest=date(2027, 1, 31)),
    PaymentMethod("method", saved=[VISA, Method(token="pm_mastercard_0002", label="Mastercard ending 0002")]),
    Confirm("pay", values={"amount": {"amount": "40.00", "currency": "USD"}, "day": None, "method": VISA.label}),
]

KNOWN: dict[str, JsonValue] = {}


@dataclass
class Play:
    """One case: what was answered, and over what."""

    customer: str
    answers: dict[str, Line] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    status: Status = Status.OPEN
    sequence: int = 0
    notices: list[Notice] = field(default_factory=list)
    floor: Assurance = Assurance.CLAIMED

    @property
    def pending(self) -> list[Pending]:
        if self.status.closed:
            return []
        skipped = {"day"} if "when" in self.answers and self.answers["when"].value == "now" else set()
        left = [q for q in QUESTIONS if q.key not in {*self.answers, *skipped}]
        return [Pending(question=q, revision=self.revisions.get(q.key, 1), known=KNOWN.get(q.key)) for q in left[:1]]


@dataclass
class PretendSwitchboard:
    """What the door uses of a switchboard. ``away``: Temporal does not answer. ``requests``: what it was asked."""

    cases: Cases
    customers: Customers
    journal: Journal
    moments: frozenset[str] = frozenset({"pay-bill"})
    away: bool = False
    plays: dict[str, Play] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    taken: dict[str, Turn] = field(default_factory=dict)
    corrected: list[Any] = field(default_factory=list)
    remarks: list[tuple[Actor, str]] = field(default_factory=list)

    @property
    def onward(self) -> Onward:
        return Onward(self.cases)

    async def recognise(
        self, channel: Channel, address: Address, assurance: Assurance, *, visit: str | None = None
    ) -> Speaker:
        customer = await self.customers.meet(address)
        here = visit_named(channel.value, visit or address.value)
        return Speaker(customer.id, channel, assurance, address, customer.language, customer.zone, visit=here)

    async def speaker_of(self, session: Session, channel: Channel = Channel.WEB) -> Speaker:
        return Speaker(session.customer, channel, session.assurance)

    async def start(self, speaker: Speaker, moment: str, request_id: str, topic: dict[str, Any] | None = None) -> Turn:
        if moment not in self.moments:
            raise Unknown
        record = await self.cases.open(speaker.customer, moment)
        return await self.arrive(speaker, record.id, request_id)

    async def arrive(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        play = self.plays.setdefault(case, Play(speaker.customer))
        if await self.customers.owner(play.customer) != speaker.customer:
            raise Unknown
        turn = await self._once("arrive", case, request_id, Row(sequence=0, at=now(), what="arrived"), speaker)
        hidden = speaker.assurance.rank < play.floor.rank
        return turn.model_copy(update={"pending": [], "answers": [], "notices": []}) if hidden else turn

    async def answer(self, speaker: Speaker, case: str, request_id: str, key: str, revision: int, value: Any) -> Turn:
        play = self.plays[case]
        if request_id in self.taken:
            return self.taken[request_id]
        asked = play.pending[0] if play.pending else None
        if asked is None or (asked.question.key, asked.revision) != (key, revision):
            return self._turn(case, Note.ALREADY_ANSWERED)
        try:
            skipped = value is None and asked.question.optional
            accepted = None if skipped else asked.question.accept(value)
        except Misfit as misfit:
            return self._turn(case, Note.UNFIT, Because(code=misfit.reason, facts=misfit.facts))
        if not self.away and key == "pay":
            play.notices.append(receipt())
            play.status = Status.FINISHED
        elif not self.away:
            play.answers[key] = Line(
                key=key, kind=asked.question.kind, value=plain(accepted), by=speaker.provenance(), revision=revision
            )
        row = Row(
            sequence=0, at=now(), what="answered", key=key, data={"value": plain(accepted), "kind": asked.question.kind}
        )
        return await self._once("answer", case, request_id, row, speaker)

    async def correct(
        self, speaker: Speaker, case: str, request_id: str, key: str, value: Any = None, withdraw: bool = False
    ) -> Turn:
        play = self.plays[case]
        self.corrected.append(value)
        play.answers.pop(key, None)
        play.revisions[key] = play.revisions.get(key, 1) + 1
        return await self._once(
            "correct", case, request_id, Row(sequence=0, at=now(), what="withdrawn", key=key), speaker
        )

    async def remark(self, speaker: Speaker, case: str, request_id: str, text: str, why: str | None = None) -> Turn:
        self.remarks.append((speaker.actor, text))
        return self._turn(case)

    async def leave(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        return await self._once("leave", case, request_id, Row(sequence=0, at=now(), what="left"), speaker)

    async def cancel(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        self.plays[case].status = Status.CANCELLED
        return await self._once("cancel", case, request_id, Row(sequence=0, at=now(), what="cancelled"), speaker)

    async def report(self, case: str, event: Event) -> Turn:
        self.requests.append(("report", event.id))
        return self._turn(case)

    async def open_cases(self, customer: str) -> list[CaseRecord]:
        return await self.cases.open_for(customer)

    async def owns(self, customer: str, case: str) -> bool:
        return case.split("/")[1] == customer

    async def look(self, case: str) -> Turn | None:
        return await self.cases.turn(case)

    async def ready(self) -> bool:
        return not self.away

    async def working(self) -> Working:
        return Working({"1@here": now()}, ("0.1.0",), 0)

    async def _once(self, what: str, case: str, request_id: str, row: Row, speaker: Speaker) -> Turn:
        """Temporal's part: the same id is taken once; away, nothing is taken at all."""
        if self.away:
            raise NotConfirmed
        if request_id in self.taken:
            return self.taken[request_id]
        self.requests.append((what, request_id))
        play = self.plays[case]
        play.sequence += 1
        self.taken[request_id] = turn = self._turn(case)
        fact = row.model_copy(update={"sequence": play.sequence, "channel": speaker.channel, "actor": speaker.actor})
        await self.journal.write(
            Page(
                case=case,
                customer=play.customer,
                moment=case.split("/", maxsplit=1)[0],
                run="r",
                status=play.status.value,
                sequence=play.sequence,
                turn=turn.model_dump(mode="json"),
                rows=[fact],
                at=now(),
            )
        )
        return turn

    def _turn(self, case: str, note: Note | None = None, because: Because | None = None) -> Turn:
        play = self.plays[case]
        return Turn(
            case=case,
            moment=case.split("/", maxsplit=1)[0],
            status=play.status,
            sequence=play.sequence,
            notices=play.notices,
            pending=play.pending,
            answers=list(play.answers.values()),
            floor=play.floor,
            note=note,
            because=because,
        )


def plain(value: object) -> Any:
    """An accepted answer as the ledger keeps it."""
    return TypeAdapter(object).dump_python(value, mode="json")


def receipt() -> Notice:
    data: dict[str, JsonValue] = {
        "reference": "K7Q4XN",
        "amount": {"amount": "40.00", "currency": "USD"},
        "method": VISA.label,
        "at": now().isoformat(),
        "on": None,
        "left": {"amount": "44.20", "currency": "USD"},
    }
    return Notice(number=1, key="receipt", data=data, at=now())


def now() -> datetime:
    return datetime.now(UTC)
