"""Turns for the channels' tests: one of each kind of question, as the engine would hand it over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from channels.phone import Dial, Gather, Hangup, Pause, Pay, Redirect, Say, Speech
from channels.wording import wording
from models.case import Because, Line, Notice, Pending, Status, Turn
from models.money import Money
from models.people import Actor, Assurance, Channel, Provenance
from models.questions import (
    Amount,
    AnyQuestion,
    Change,
    Choice,
    Confirm,
    Date,
    Digits,
    Email,
    Method,
    OneTimeCode,
    Option,
    PaymentMethod,
    PhoneNumber,
    Slot,
    Text,
    TimeSlot,
    YesNo,
)

WORDS = wording("en", "America/New_York")
NOON = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
OWED, MINIMUM, FORTY = Money.of("84.20"), Money.of("25.00"), Money.of("40.00")
VISA = Method(token="tok_visa", label="Visa ending 4242")
MASTERCARD = Method(token="tok_mc", label="Mastercard ending 0002")
SLOTS = [
    Slot(id="a", start=datetime(2026, 11, 24, 14, tzinfo=UTC), end=datetime(2026, 11, 24, 16, tzinfo=UTC)),
    Slot(id="b", start=datetime(2026, 11, 25, 18, tzinfo=UTC), end=datetime(2026, 11, 25, 20, tzinfo=UTC)),
]

QUESTIONS: dict[str, AnyQuestion] = {
    "amount": Amount("amount", most=OWED, suggest=[OWED, MINIMUM]),
    "choice": Choice("when", options=[Option(id="now", label="now"), Option(id="later", label="later")]),
    "yes_no": YesNo("paperless billing"),
    "date": Date("day", earliest=date(2026, 11, 23), latest=date(2026, 12, 31)),
    "slot": TimeSlot("visit", slots=SLOTS),
    "text": Text("what happened"),
    "digits": Digits("imei", pattern=r"\d{15}", check="luhn"),
    "phone_number": PhoneNumber("callback"),
    "email": Email("email"),
    "code": OneTimeCode("code", sent_to="•••71"),
    "payment_method": PaymentMethod("method", saved=[VISA, MASTERCARD]),
    "confirm": Confirm(
        "pay", values={"amount": FORTY.model_dump(mode="json"), "day": None, "method": "Visa ending 4242"}
    ),
    "change": Change("pay", answers=["amount", "when", "method"]),
}


def turn(question: AnyQuestion | None = None, *, because: str | None = None, **fields: Any) -> Turn:
    pending = []
    if question is not None:
        pending = [Pending(question=question, revision=3, because=Because(code=because) if because else None)]
    plain: dict[str, Any] = {"case": "pay-bill/c_1/1", "moment": "pay-bill", "status": Status.OPEN, "sequence": 9}
    return Turn(**(plain | {"pending": pending} | fields))


def by(channel: Channel, actor: Actor = Actor.CUSTOMER, at: datetime = NOON) -> Provenance:
    return Provenance(channel=channel, actor=actor, assurance=Assurance.POSSESSION, at=at)


def line(key: str, kind: str, value: Any, channel: Channel = Channel.SMS) -> Line:
    return Line(key=key, kind=kind, value=value, by=by(channel), revision=1)


RECEIPT = Notice(
    number=1,
    key="receipt",
    at=NOON,
    data={
        "reference": "R7K2",
        "amount": {"amount": "40.00", "currency": "USD"},
        "method": "Visa ending 4242",
        "at": "2026-11-22T17:00:00Z",
        "on": None,
        "left": {"amount": "44.20", "currency": "USD"},
    },
)


def heard(speech: Speech) -> str:
    """A speech as a transcript: what is said, what is listened for, what happens next."""
    lines = []
    for verb in speech:
        match verb:
            case Say():
                lines.append(f"Says: {verb.text}")
            case Gather():
                digits = f", {verb.digits} digits" if verb.digits else ""
                lines.append(f"Asks ({verb.way}{digits}): {verb.prompt}")
            case Pause():
                lines.append(f"Waits {verb.seconds} s")
            case Redirect():
                lines.append(f"Goes to {verb.url}")
            case Dial():
                lines.append(f"Dials {verb.number}")
            case Pay():
                lines.append("Takes a card")
            case Hangup():
                lines.append("Hangs up")
    return "\n".join(lines)
