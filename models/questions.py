"""The questions a script can ask: each knows what it takes, none knows how it is worded.

``accept`` turns a JSON value into the type that ``ask`` returns, or raises :class:`Misfit` with a reason the
wording knows. It runs inside workflows, so it is pure and small; reading a customer's words is ``channels.reading``.
"""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, JsonValue
from pydantic.dataclasses import dataclass

from models.answers import Attachment, Method, Option, Slot
from models.money import Money
from models.question import Misfit, Question, parse, strict

__all__ = [
    "Amount",
    "AnyQuestion",
    "Attachment",
    "Change",
    "Choice",
    "Confirm",
    "Date",
    "Digits",
    "Email",
    "File",
    "Method",
    "Misfit",
    "OneTimeCode",
    "Option",
    "PaymentMethod",
    "PhoneNumber",
    "Question",
    "Slot",
    "Text",
    "TimeSlot",
    "YesNo",
    "luhn",
]  # fmt: skip - scripts have one import


@dataclass(frozen=True, config=strict)
class Amount(Question[Money]):
    """Money between ``least`` and ``most``; ``suggest`` are offered as numbered choices. All in one currency."""

    _: KW_ONLY
    most: Money
    least: Money | None = None
    suggest: list[Money] = field(default_factory=list)
    kind: Literal["amount"] = "amount"

    def accept(self, value: JsonValue) -> Money:
        money = parse(Money, value)
        least = self.least or Money(amount=Decimal(0), currency=self.most.currency)
        if money.currency != self.most.currency:
            raise Misfit("wrong-currency", currency=self.most.currency)
        if money.amount != round(money.amount, 2):
            raise Misfit("not-an-amount")
        if money > self.most:
            raise Misfit("too-much", most=f"{self.most.amount} {self.most.currency}")
        if money < least or money.amount <= 0:
            raise Misfit("too-little", least=f"{least.amount} {least.currency}")
        return money


@dataclass(frozen=True, config=strict)
class Choice(Question[str]):
    """One of ``options``; the answer is its id."""

    _: KW_ONLY
    options: list[Option]
    kind: Literal["choice"] = "choice"

    def accept(self, value: JsonValue) -> str:
        if value not in [o.id for o in self.options]:
            raise Misfit("not-an-option")
        return str(value)

    def shown(self, value: JsonValue) -> JsonValue:
        return next((option.label for option in self.options if option.id == value), None)


@dataclass(frozen=True, config=strict)
class YesNo(Question[bool]):
    kind: Literal["yes_no"] = "yes_no"

    def accept(self, value: JsonValue) -> bool:
        if not isinstance(value, bool):
            raise Misfit("not-yes-or-no")
        return value


@dataclass(frozen=True, config=strict)
class Date(Question[date]):
    """A calendar day in the customer's zone, from ``earliest`` to ``latest``, both included."""

    _: KW_ONLY
    earliest: date | None = None
    latest: date | None = None
    kind: Literal["date"] = "date"

    def accept(self, value: JsonValue) -> date:
        day = parse(date, value)
        if self.earliest and day < self.earliest:
            raise Misfit("too-early", earliest=self.earliest.isoformat())
        if self.latest and day > self.latest:
            raise Misfit("too-late", latest=self.latest.isoformat())
        return day


@dataclass(frozen=True, config=strict)
class TimeSlot(Question[Slot]):
    """One of the ``slots`` on offer; the answer is given by its id."""

    _: KW_ONLY
    slots: list[Slot]
    kind: Literal["slot"] = "slot"

    def accept(self, value: JsonValue) -> Slot:
        for slot in self.slots:
            if value == slot.id:
                return slot
        raise Misfit("not-a-slot")

    def keep(self, value: JsonValue) -> JsonValue:
        return self.accept(value).id

    def shown(self, value: JsonValue) -> JsonValue:
        return next((slot.model_dump(mode="json") for slot in self.slots if slot.id == value), None)


@dataclass(frozen=True, config=strict)
class Text(Question[str]):
    """The customer's own words, at most ``longest`` characters."""

    _: KW_ONLY
    longest: int = 2000
    kind: Literal["text"] = "text"

    def accept(self, value: JsonValue) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Misfit("empty")
        if len(value) > self.longest:
            raise Misfit("too-long", longest=str(self.longest))
        return value.strip()


@dataclass(frozen=True, config=strict)
class Digits(Question[str]):
    """A number that is not an amount (order, IMEI, …): ``pattern`` must match all of it, ``check`` sums it."""

    _: KW_ONLY
    pattern: str = r"\d{1,32}"
    check: Literal["luhn"] | None = None
    kind: Literal["digits"] = "digits"

    def accept(self, value: JsonValue) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise Misfit("wrong-shape")
        if self.check == "luhn" and not luhn(value):
            raise Misfit("mistyped")
        return value


@dataclass(frozen=True, config=strict)
class PhoneNumber(Question[str]):
    """A telephone number in E.164."""

    kind: Literal["phone_number"] = "phone_number"

    def accept(self, value: JsonValue) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"\+[1-9]\d{6,14}", value):
            raise Misfit("not-a-phone-number")
        return value


@dataclass(frozen=True, config=strict)
class Email(Question[str]):
    kind: Literal["email"] = "email"

    def accept(self, value: JsonValue) -> str:
        if (
            not isinstance(value, str)
            or not re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", value)
            or len(value) > 254
        ):
            raise Misfit("not-an-email")
        return value.lower()


@dataclass(frozen=True, config=strict)
class File(Question[Attachment]):
    """A photo or a document, kept elsewhere; the answer is what it is known by."""

    kind: Literal["file"] = "file"

    def accept(self, value: JsonValue) -> Attachment:
        try:
            return parse(Attachment, value)
        except Misfit:
            raise Misfit("needs-a-file") from None


@dataclass(frozen=True, config=strict)
class OneTimeCode(Question[str]):
    """A code that was sent; ``sent_to`` names the address masked, e.g. ``•••71``."""

    _: KW_ONLY
    length: int = 6
    sent_to: str = ""
    kind: Literal["code"] = "code"

    def accept(self, value: JsonValue) -> str:
        if not isinstance(value, str) or not re.fullmatch(rf"\d{{{self.length}}}", value):
            raise Misfit("wrong-shape")
        return value


@dataclass(frozen=True, config=strict)
class PaymentMethod(Question[Method]):
    """A saved method by its token, or, where ``new`` is set, one that the processor's own page made a token of."""

    _: KW_ONLY
    saved: list[Method] = field(default_factory=list)
    new: bool = True
    kind: Literal["payment_method"] = "payment_method"

    def accept(self, value: JsonValue) -> Method:
        for method in self.saved:
            if value in (method.token, method.model_dump()):
                return method
        try:
            method = parse(Method, value)
        except Misfit:
            raise Misfit("not-an-option") from None
        if not self.new or not method.token.startswith("new_"):
            raise Misfit("not-an-option")
        return method


@dataclass(frozen=True, config=strict)
class Confirm(Question[bool]):
    """What ``confirm`` asks. ``values`` are what is confirmed, as JSON, in the order the script gave them."""

    _: KW_ONLY
    values: dict[str, JsonValue] = field(default_factory=dict)
    kind: Literal["confirm"] = "confirm"

    def accept(self, value: JsonValue) -> bool:
        if not isinstance(value, bool):
            raise Misfit("not-yes-or-no")
        return value


@dataclass(frozen=True, config=strict)
class Change(Question[str]):
    """Asked after a "no" to a confirm: which of ``answers`` (their keys) should change."""

    _: KW_ONLY
    answers: list[str] = field(default_factory=list)
    kind: Literal["change"] = "change"

    def accept(self, value: JsonValue) -> str:
        if value not in self.answers:
            raise Misfit("not-an-option")
        return str(value)


AnyQuestion = Annotated[
    Amount
    | Choice
    | YesNo
    | Date
    | TimeSlot
    | Text
    | Digits
    | PhoneNumber
    | Email
    | File
    | OneTimeCode
    | PaymentMethod
    | Confirm
    | Change,
    Field(discriminator="kind"),
]


def luhn(digits: str) -> bool:
    """Whether a digit string (card, IMEI, …) carries a valid Luhn check digit."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
