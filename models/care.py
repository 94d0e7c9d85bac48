"""A customer's first weeks, as the company's care desk speaks of them."""

from datetime import datetime

from models.people import Frozen


class Membership(Frozen):
    """Since when somebody is a customer, and the number they can always call, in E.164."""

    since: datetime
    call: str


class Sim(Frozen):
    """A customer's SIM card. ``active`` means that it has been seen on the network."""

    active: bool


class EBill(Frozen):
    """That a customer's bills come by email from now on, and no longer on paper."""

    customer: str


class Rating(Frozen):
    """How a customer finds the company, from 1 (poor) to 5 (excellent), and what would be better, in their words."""

    customer: str
    stars: int
    better: str | None = None
