"""Ways through paying a bill."""

from __future__ import annotations

from models.billing import Receipt
from models.money import Money
from tests.moments.books import NOON, Counter, moved
from tests.moments.route import CUSTOMER, Route, first
from workflows.pay_bill import PayBill

FORTY = {"amount": "40.00", "currency": "USD"}
VISA = "pm_visa_4242"


def starter() -> list[object]:
    return Counter().actors


def large() -> list[object]:
    """A bill that may be paid over time."""
    return Counter().owing("240.00").actors


def regular() -> list[object]:
    """Somebody who has paid before, and owes little."""
    desk = Counter().owing("40.00")
    earlier = Receipt(reference="EARLIER2", amount=Money.of("25"), method="Visa", at=NOON, left=Money.of("40"))
    desk.loose.taken["earlier"] = CUSTOMER, earlier
    return desk.actors


NOW = Route(
    name="a part, now",
    moment=PayBill,
    actors=starter,
    answers={"amount": FORTY, "when": "now", "method": VISA, "pay": True},
    effects=moved,
)
LATER = Route(
    name="on a later day",
    moment=PayBill,
    actors=starter,
    answers={"amount": FORTY, "when": "later", "day": first, "method": VISA, "pay": True},
    effects=moved,
)
AUTOPAY = Route(
    name="by itself from now on",
    moment=PayBill,
    actors=regular,
    answers={"amount": FORTY, "when": "now", "method": VISA, "pay": True, "autopay": True},
    effects=moved,
)
INSTALMENTS = Route(
    name="in instalments",
    moment=PayBill,
    actors=large,
    answers={"amount": {"amount": "200.00", "currency": "USD"}, "when": "instalments", "parts": "4", "method": VISA,
             "plan": True},
    effects=moved,
)  # fmt: skip
PROMISE = Route(
    name="on a promise",
    moment=PayBill,
    actors=large,
    answers={"amount": FORTY, "when": "promise", "promised": first, "promise": True},
    effects=moved,
)
ROUTES = {"now": NOW, "later": LATER, "autopay": AUTOPAY, "instalments": INSTALMENTS, "promise": PROMISE}
