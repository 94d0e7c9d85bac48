"""What was given away, by whom and to whom: never more than the budget, whoever asks at the same time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, func, select, update

from database.engine import Database, now
from models.follow_through import Budget, Gesture
from models.money import Money
from models.tables import CustomerRow, GestureRow, StaffRow

GIVEN = "given"


@dataclass(frozen=True)
class Left:
    """What may still be given: by this agent, to this customer, and beyond that by a supervisor."""

    agent: Money
    customer: Money
    beyond: Money

    @property
    def ordinary(self) -> Money:
        return min(self.agent, self.customer)


class Goodwill:
    def __init__(self, db: Database, budget: Budget) -> None:
        self._db = db
        self.budget = budget

    async def left(self, staff: str, customer: str) -> Left:
        """What may still be given in this period; never less than nothing."""
        since = now() - timedelta(days=self.budget.days)
        rows = await self._db.rows(
            select(
                _sum(GestureRow.staff == staff, since).label("agent"),
                _sum(GestureRow.customer == customer, since).label("customer"),
            )
        )
        return self._left(rows[0].agent, rows[0].customer)

    async def reserve(self, once: str, gesture: Gesture, *, case: str, customer: str, staff: str, beyond: bool) -> bool:
        """Take the cost out of the budget, once for each ``once``; False where that is too little, and nothing was
        taken. ``beyond``: a supervisor's word.
        """
        id, since = key_of(once), now() - timedelta(days=self.budget.days)
        values = {
            "id": id, "case_id": case, "customer": customer, "staff": staff, "gift": gesture.gift.value,
            "cost": gesture.cost.amount, "currency": gesture.cost.currency, "why": gesture.why, "beyond": beyond,
            "state": "reserved", "at": now(),
        }  # fmt: skip

        def work(connection: Connection) -> bool:
            if connection.execute(select(GestureRow.id).where(GestureRow.id == id)).first():
                return True
            # Both are held, so that no two at once see the same money.
            connection.execute(select(StaffRow.id).where(StaffRow.id == staff).with_for_update())
            connection.execute(select(CustomerRow.id).where(CustomerRow.id == customer).with_for_update())
            by_agent = connection.execute(select(_sum(GestureRow.staff == staff, since))).scalar_one()
            to_customer = connection.execute(select(_sum(GestureRow.customer == customer, since))).scalar_one()
            left = self._left(by_agent, to_customer)
            if gesture.cost > (left.beyond if beyond else left.ordinary):
                return False
            connection.execute(self._db.insert(GestureRow).values(**values))
            return True

        return await self._db.at_once(work)

    async def given(self, once: str) -> None:
        """The company's books have it."""
        await self._db.change(update(GestureRow).where(GestureRow.id == key_of(once)).values(state=GIVEN))

    def _left(self, by_agent: Decimal | None, to_customer: Decimal | None) -> Left:
        budget, none = self.budget, Decimal(0)
        return Left(
            *(
                Money(amount=max(none, money.amount - (spent or none)), currency=budget.currency)
                for money, spent in (
                    (budget.agent, by_agent),
                    (budget.customer, to_customer),
                    (budget.most, to_customer),
                )
            )
        )


def key_of(once: str) -> str:
    """The id of a gesture, which is also the company's idempotency key for it."""
    return f"g_{hashlib.sha256(once.encode(errors='replace')).hexdigest()[:24]}"


def _sum(which: ColumnElement[bool], since: object) -> ColumnElement[Decimal]:
    return select(func.sum(GestureRow.cost)).where(which, GestureRow.at > since).scalar_subquery()
