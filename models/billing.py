"""Bills and payments, as the company's back office speaks of them."""

from datetime import date, datetime

from models.money import Money
from models.people import Frozen
from models.questions import Method, Option


class Bill(Frozen):
    """An open bill: ``owed`` is what is left of it, ``minimum`` the least that keeps the account in good standing.

    ``arrangements`` are the ways to pay it over time (``instalments``, ``promise``), where the company allows any;
    a promise is for a day up to ``promise_until``.
    """

    id: str
    label: str
    owed: Money
    minimum: Money
    due: date
    methods: list[Method] = []
    arrangements: list[Option] = []
    promise_until: date | None = None


class Payment(Frozen):
    """One payment to be taken, now (``on`` is None) or on a later day."""

    customer: str
    bill: str
    amount: Money
    method: str
    on: date | None = None


class Receipt(Frozen):
    """Proof of a payment. ``reference`` is short enough to be read aloud; ``may_repeat`` is an offer of auto-pay."""

    reference: str
    amount: Money
    method: str
    at: datetime
    on: date | None = None
    left: Money
    may_repeat: bool = False


class Spread(Frozen):
    """A wish to pay ``amount`` of a bill in ``count`` equal parts, one a month."""

    customer: str
    bill: str
    amount: Money
    count: int


class Instalments(Frozen):
    """How that comes out: the first part, which takes the odd cents, is due on the day of the order."""

    spread: Spread
    first: Money
    each: Money
    until: date


class PlanOrder(Frozen):
    instalments: Instalments
    method: str


class InstalmentPlan(Frozen):
    """A plan that runs: ``first`` has been paid."""

    reference: str
    count: int
    first: Money
    each: Money
    method: str
    until: date


class PromiseToPay(Frozen):
    """A customer's word that ``amount`` is paid by ``day``."""

    customer: str
    bill: str
    amount: Money
    day: date


class Promised(Frozen):
    """A promise on file: until its day nobody is reminded."""

    reference: str
    amount: Money
    day: date


class AutoPay(Frozen):
    """Every bill of the customer is paid with this method on the day it is due."""

    customer: str
    method: Method
