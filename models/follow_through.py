"""What an agent leaves behind: a case handed on in fields, how a conversation ended, and a gesture of goodwill."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from pydantic import Field

from models.money import Money
from models.people import Frozen


class HandedOnFor(StrEnum):
    """Why a case goes on with somebody else."""

    SKILL = "skill"
    LANGUAGE = "language"
    DECISION = "decision"
    SHIFT = "shift"
    COMPLAINT = "complaint"
    REASSIGNED = "reassigned"


class HandOver(Frozen):
    """A case handed on. ``to`` is a person's id, or None for whoever of the ``team`` is first; ``state``: waiting,
    accepted or replaced. ``promised`` is what the customer was promised, ``until`` when at the latest.
    """

    id: str
    case: str
    customer: str
    by: str
    by_name: str
    to: str | None
    to_name: str | None
    team: str
    why: HandedOnFor
    tried: str
    promised: str
    until: datetime | None
    next_step: str
    at: datetime
    accept_by: datetime
    state: str
    accepted_by: str | None = None

    def is_for(self, person: str, team: str, at: datetime) -> bool:
        """Whether it waits for them: their own, or their team's; one nobody accepted in time is the team's."""
        mine = self.to in {None, person} or at >= self.accept_by
        return self.to == person or (mine and self.team == team)


class Ending(StrEnum):
    """How a conversation ended, in the order of the keys 1 to 6."""

    RESOLVED = "resolved"
    FOLLOW_UP = "follow-up"
    CUSTOMER_RETURNS = "customer-returns"
    HANDED_ON = "handed-on"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"


class WrapUp(Frozen):
    """What an agent still has to say, or has said, about a case they let go of."""

    id: str
    case: str
    customer: str
    staff: str
    at: datetime
    ending: Ending | None = None
    note: str = ""
    done_at: datetime | None = None


class Gift(StrEnum):
    """What a customer can be given."""

    CREDIT = "credit"
    DATA_5 = "data-5"
    DATA_20 = "data-20"

    @property
    def gigabytes(self) -> int:
        return {"data-5": 5, "data-20": 20}.get(self.value, 0)


class Gesture(Frozen):
    """Something given to a customer, and what it costs the company."""

    gift: Gift
    cost: Money
    why: str = ""


class Budget(Frozen):
    """What may be given away in so many ``days``: by one agent, to one customer, and at most beyond that by a
    supervisor who says why. All in one currency.
    """

    agent: Money = Money.of(100)
    customer: Money = Money.of(50)
    most: Money = Money.of(150)
    days: int = Field(default=30, gt=0)

    @property
    def currency(self) -> str:
        return self.agent.currency

    def cost(self, gift: Gift, amount: Money | None = None) -> Money | None:
        """What a gift costs; a credit costs its amount. None where that is no amount one can give."""
        if gift is not Gift.CREDIT:
            return Money.of(gift.gigabytes, self.currency)
        whole = amount is not None and amount.currency == self.currency and amount == _cents(amount)
        return amount if whole and amount is not None and amount.amount > 0 else None

    @classmethod
    def parse(cls, text: str) -> Budget:
        """``agent=100, customer=50, most=150, days=30, currency=USD``; what is missing is as above. Raises
        ValueError for anything else.
        """
        given = dict(_pairs(text))
        currency = given.pop("currency", "USD")
        days = int(given.pop("days", "30"))
        try:
            amounts = {name: Money.of(value, currency) for name, value in given.items()}
        except InvalidOperation:
            raise ValueError(text) from None
        if not amounts.keys() <= {"agent", "customer", "most"}:
            raise ValueError(text)
        plain = {"agent": Money.of(100, currency), "customer": Money.of(50, currency), "most": Money.of(150, currency)}
        return cls(**(plain | amounts), days=days)


def _pairs(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"\s*([a-z]+)\s*=\s*([\w.]+)\s*(?:,|$)", text)
    if text.strip() and len(found) != text.count(",") + 1:
        raise ValueError(text)
    return found


def _cents(money: Money) -> Money:
    return Money(amount=money.amount.quantize(Decimal("0.01")), currency=money.currency)
