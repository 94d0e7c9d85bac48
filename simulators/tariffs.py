"""The pretend telecom's tariff desk: plans, what customers use, changes and their cooling-off."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from database.company import reference as numbered
from models.errors import DayPassed, NotChangeable, PlanGone, PriceChanged
from models.money import Money
from models.plans import AgreedChange, Changed, Comparison, Plan, PlanChange, Quote
from simulators.papers import Papers

ZONE = ZoneInfo("America/New_York")
COOLING_OFF = timedelta(days=14)
COMPANY = "company"
STARTER = {"plan": "essential", "used": [9, 12, 11], "next": None, "next_on": None}
PLANS = (
    Plan(
        id="essential", name="Essential", label="Essential (5 GB, $35)", price=Money.of("35.00"), gigabytes=5,
        extra=Money.of("6.00"), fast=False,
    ),
    Plan(
        id="plus", name="Plus", label="Plus (30 GB, 5G, $50)", price=Money.of("50.00"), gigabytes=30,
        extra=Money.of("3.00"), fast=True,
    ),
    Plan(
        id="unlimited", name="Unlimited", label="Unlimited (5G, $70)", price=Money.of("70.00"), gigabytes=None,
        extra=Money.of("0.00"), fast=True,
    ),
)  # fmt: skip


class Tariffs:
    """The ``TariffDesk`` that Segue runs with on one machine. A new customer has the smallest plan and uses more.

    For tests and the stage: see :meth:`withdraw`, :meth:`reprice` and :meth:`lose_answer`.
    """

    def __init__(self, papers: Papers, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._papers = papers
        self._clock = clock
        self._lost = 0

    def lose_answer(self, next: int = 1) -> None:  # noqa: A002 - reads as it is meant
        """The next so many changes are made, and raise ConnectionError all the same."""
        self._lost += next

    async def withdraw(self, plan: str) -> None:
        """Offer a plan to nobody any more."""
        await self._tariff()
        await self._papers.change("tariff", "all", lambda tariff: tariff | {"gone": [*tariff["gone"], plan]})

    async def reprice(self, plan: str, price: str) -> None:
        """Another price a month for a plan, for everybody who changes to it from now on."""
        await self._tariff()
        await self._papers.change(
            "tariff", "all", lambda tariff: tariff | {"prices": {**tariff["prices"], plan: price}}
        )

    async def compare(self, customer: str) -> Comparison:
        account = await self._account(customer)
        if account["next"] is not None:
            raise NotChangeable("change-pending", on=account["next_on"])
        plans = await self._plans()
        current = next(plan for plan in PLANS if plan.id == account["plan"])
        others = [plan for plan in plans if plan.id != current.id]
        return Comparison(current=current, others=others, used=account["used"])

    async def quote(self, change: PlanChange) -> Quote:
        if change.on < self._today():
            raise DayPassed("day-passed")
        plan = await self._offered(change.plan)
        account = await self._account(change.customer)
        current = next(each for each in PLANS if each.id == account["plan"])
        more = _for_the_rest_of_the_month(plan.price.amount - current.price.amount, change.on)
        return Quote(
            plan=plan.name,
            price=plan.price,
            charge=Money.of(more) if more > 0 else None,
            credit=Money.of(-more) if more < 0 else None,
        )

    async def change(self, key: str, agreed: AgreedChange) -> Changed:
        """Changes once for a key; a repeat gets what was changed first."""
        change = agreed.change
        quote = await self.quote(change)
        if quote.price != agreed.price:
            raise PriceChanged("price-changed")
        was = await self._account(change.customer)
        until = self._today() + COOLING_OFF
        changed = Changed(reference=numbered(key), plan=quote.plan, price=quote.price, on=change.on, until=until)
        body = {"customer": change.customer, "was": was["plan"], "to": change.plan, "state": "made",
                "changed": changed.model_dump(mode="json")}  # fmt: skip
        kept = await self._papers.put_once("plan-change", changed.reference, change.customer, body)
        await self.switch(change.customer, change.plan, change.on)
        if self._lost:
            self._lost -= 1
            raise ConnectionError("the answer was lost")
        return Changed.model_validate(kept["changed"])

    async def changed(self, key: str) -> Changed | None:
        kept = await self._papers.paper("plan-change", numbered(key))
        return Changed.model_validate(kept["changed"]) if kept else None

    async def change_back(self, reference: str) -> None:
        kept = await self._papers.change("plan-change", reference, lambda change: change | {"state": "taken-back"})
        await self.switch(kept["customer"], kept["was"], self._today())

    async def changes(self, customer: str) -> list[dict[str, Any]]:
        """What was changed for a customer, oldest first: plan ids ``was`` and ``to``, ``state`` made or taken-back."""
        kept = await self._papers.papers("plan-change", customer)
        return [{name: change[name] for name in ("was", "to", "state")} for change in kept]

    async def plan_of(self, customer: str) -> Plan:
        """The plan a customer has today."""
        account = await self._account(customer)
        return next(plan for plan in PLANS if plan.id == account["plan"])

    async def fast_plans(self) -> list[Plan]:
        """The plans on offer that 5G devices work with."""
        return [plan for plan in await self._plans() if plan.fast]

    async def switch(self, customer: str, plan: str, on: date | None = None) -> None:
        """Give a customer a plan, at once or from a later day on."""
        await self._account(customer)
        now = on is None or on <= self._today()
        change: dict[str, Any] = {"plan": plan, "next": None, "next_on": None}
        if not now and on is not None:
            change = {"next": plan, "next_on": on.isoformat()}
        await self._papers.change("account", customer, lambda account: account | change)

    async def _account(self, customer: str) -> dict[str, Any]:
        """The customer's plan and use, with a change whose day has come made."""
        account = await self._papers.put_once("account", customer, customer, STARTER)
        if account["next"] and date.fromisoformat(account["next_on"]) <= self._today():
            account = account | {"plan": account["next"], "next": None, "next_on": None}
        return account

    async def _tariff(self) -> dict[str, Any]:
        return await self._papers.put_once("tariff", "all", COMPANY, {"gone": [], "prices": {}})

    async def _plans(self) -> list[Plan]:
        tariff = await self._tariff()
        prices = {id: Money.of(price) for id, price in tariff["prices"].items()}
        offered = [plan for plan in PLANS if plan.id not in tariff["gone"]]
        return [plan.model_copy(update={"price": prices.get(plan.id, plan.price)}) for plan in offered]

    async def _offered(self, id: str) -> Plan:
        for plan in await self._plans():
            if plan.id == id:
                return plan
        raise PlanGone("plan-gone")

    def _today(self) -> date:
        return self._clock().astimezone(ZONE).date()


def _for_the_rest_of_the_month(difference: Decimal, on: date) -> Decimal:
    """A monthly difference for the days from ``on`` to the month's end, in whole cents."""
    days = calendar.monthrange(on.year, on.month)[1]
    return (difference * (days - on.day + 1) / days).quantize(Decimal("0.01"), ROUND_HALF_UP)
