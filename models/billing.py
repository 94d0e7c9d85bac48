"""Bills and payments, as the company's back office speaks of them."""

from datetime import date, datetime

from models.money import Money
from models.people import Frozen
from models.questions import Method


class Bill(Frozen):
    """An open bill: ``owed`` is what is left of it, ``minimum`` the least that keeps the account in good standing."""

    id: str
    label: str
    owed: Money
    minimum: Money
    due: date
    methods: list[Method] = []


class Payment(Frozen):
    """One payment to be taken, now (``on`` is None) or on a later day."""

    customer: str
    bill: str
    amount: Money
    method: str
    on: date | None = None


class Receipt(Frozen):
    """Proof of a payment. ``reference`` is short enough to be read aloud."""

    reference: str
    amount: Money
    method: str
    at: datetime
    on: date | None = None
    left: Money
