"""Plans, as the company's tariff desk speaks of them."""

from datetime import date

from pydantic import JsonValue

from models.answers import Option
from models.money import Money
from models.people import Frozen


class Plan(Frozen):
    """A plan. ``price`` is for a month with ``gigabytes`` (None: no limit), ``extra`` for each one more.

    ``label`` says in short what it offers, ``fast`` whether 5G devices work with it.
    """

    id: str
    name: str
    label: str
    price: Money
    gigabytes: int | None
    extra: Money
    fast: bool

    def costs(self, used: int) -> Money:
        """A month in which so many gigabytes are used."""
        more = 0 if self.gigabytes is None else max(0, used - self.gigabytes)
        return Money(amount=self.price.amount + more * self.extra.amount, currency=self.price.currency)

    @property
    def option(self) -> Option:
        return Option(id=self.id, label=self.label, synonyms=(self.name,))


class Comparison(Frozen):
    """A customer's plan beside the others. ``used``: gigabytes in each of the last months, oldest first."""

    current: Plan
    others: list[Plan]
    used: list[int]

    @property
    def options(self) -> list[Option]:
        return [plan.option for plan in self.others]

    def shown(self) -> dict[str, JsonValue]:
        """What the wording may mention: usual use and cost, and the ``best`` plan for it (none: the current one)."""
        usual = round(sum(self.used) / len(self.used))
        best = min([self.current, *self.others], key=lambda plan: plan.costs(usual))
        return {
            "used": usual,
            "current": self.current.name,
            "costs": self.current.costs(usual).model_dump(mode="json"),
            "best": None if best.id == self.current.id else best.name,
            "instead": best.costs(usual).model_dump(mode="json"),
        }


class PlanChange(Frozen):
    """A change from one plan to another, from the day ``on``."""

    customer: str
    plan: str
    on: date


class Quote(Frozen):
    """What a change costs: ``price`` a month, and once, on the next bill, a ``charge`` or a ``credit``."""

    plan: str
    price: Money
    charge: Money | None = None
    credit: Money | None = None

    def shown(self) -> dict[str, str | Money | None]:
        """What is confirmed."""
        return {"plan": self.plan, "price": self.price, "charge": self.charge, "credit": self.credit}


class AgreedChange(Frozen):
    """A change at the price that was agreed to."""

    change: PlanChange
    price: Money


class Changed(Frozen):
    """A change that was made. It can be taken back up to the end of the day ``until``."""

    reference: str
    plan: str
    price: Money
    on: date
    until: date
