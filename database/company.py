"""The books of the pretend company: bills, payments and payment methods."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from database import indexing
from database.engine import Database, now
from models.billing import Bill, Payment, Receipt
from models.errors import NothingOwed, Overpaid, Refusal, Unknown
from models.money import Money
from models.questions import Method
from models.tables import BillRow, MethodRow, PaperRow, PaymentRow

# Without letters and digits that sound or look alike when a reference is read aloud.
_ALPHABET = "23456789ACEFGHJKLMNPQRTUVWXYZ"
# How tokens begin that the processor's page issued: kept to be recognised, not offered again.
ISSUED = "new_"


class CompanyBooks:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def open_bills(self, customer: str) -> list[Bill]:
        """What is still owed, the first due first, each with the customer's methods."""
        owed = select(BillRow.__table__).where(BillRow.customer == customer, BillRow.owed > Decimal(0))
        found = await self._db.rows(owed.order_by(BillRow.due, BillRow.id))
        methods = await self.methods(customer) if found else []
        return [_bill(row, methods) for row in found]

    async def bill(self, id: str) -> Bill | None:
        found = await self._db.rows(select(BillRow.__table__).where(BillRow.id == id))
        return _bill(found[0], await self.methods(found[0].customer)) if found else None

    async def add_bill(self, customer: str, bill: Bill) -> bool:
        """Whether the bill's id was new; a bill that is there already stays as it is. Its ``methods`` are not kept."""
        new = self._db.insert(BillRow).values(
            id=bill.id,
            customer=customer,
            label=bill.label,
            owed=bill.owed.amount,
            minimum=bill.minimum.amount,
            currency=bill.owed.currency,
            due=bill.due,
        )
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(BillRow.id)))

    async def methods(self, customer: str) -> list[Method]:
        """Saved payment methods in the order they were added; those issued for one use (``new_…``) are not saved."""
        saved = ~MethodRow.token.startswith(ISSUED, autoescape=True)
        query = select(MethodRow.token, MethodRow.label).where(MethodRow.customer == customer, saved)
        found = await self._db.rows(query.order_by(MethodRow.added_at, MethodRow.token))
        return [Method(token=row.token, label=row.label) for row in found]

    async def method(self, customer: str, token: str) -> Method | None:
        """A method of the customer, saved or issued, under the label the books have for it."""
        query = select(MethodRow.label).where(MethodRow.customer == customer, MethodRow.token == token)
        found = await self._db.rows(query)
        return Method(token=token, label=found[0].label) if found else None

    async def add_method(self, customer: str, method: Method) -> bool:
        """Whether the customer did not have it before."""
        new = self._db.insert(MethodRow).values(customer=customer, **method.model_dump(), added_at=now())
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(MethodRow.token)))

    async def payment_by_key(self, key: str) -> Receipt | None:
        found = await self._db.rows(_payments().where(PaymentRow.key == key))
        return _receipt(found[0]) if found else None

    async def payer(self, key: str) -> str:
        """Whose payment it is; empty for no such payment."""
        found = await self._db.rows(select(PaymentRow.customer).where(PaymentRow.key == key))
        return str(found[0].customer) if found else ""

    async def payments(self, customer: str) -> list[Receipt]:
        """Newest first."""
        query = _payments().where(PaymentRow.customer == customer)
        found = await self._db.rows(query.order_by(PaymentRow.at.desc(), PaymentRow.key))
        return [_receipt(row) for row in found]

    async def record_payment(self, key: str, customer: str, payment: Payment, method: str) -> Receipt:
        """Takes a payment off its bill, once for a key; a repeat gets the first receipt. ``method`` is its label.

        Raises Unknown for no such bill of the customer, NothingOwed for one that is paid, Overpaid for more
        than is owed and Refusal ("wrong-currency") for another currency. Then nothing was taken.
        """
        amount = payment.amount.amount
        new = self._db.insert(PaymentRow).values(
            key=key,
            reference=reference(key),
            customer=customer,
            bill=payment.bill,
            amount=amount,
            left=Decimal(0),
            currency=payment.amount.currency,
            method=method,
            at=now(),
            on=payment.on,
        )
        once = new.on_conflict_do_nothing(index_elements=["key"]).returning(PaymentRow.key)
        less = update(BillRow).where(BillRow.id == payment.bill, BillRow.owed >= amount)
        take = less.values(owed=BillRow.owed - amount).returning(BillRow.owed)

        def work(connection: Connection) -> Receipt:
            _fits(connection, customer, payment)
            if connection.execute(once).first() is not None:
                left = connection.execute(take).scalar()
                if left is None:
                    raise _too_much(connection, payment.bill)
                connection.execute(update(PaymentRow).where(PaymentRow.key == key).values(left=left))
            return _receipt(connection.execute(_payments().where(PaymentRow.key == key)).one())

        return await self._db.at_once(work)

    async def credit(self, key: str, customer: str, amount: Money) -> None:
        """Takes an amount off what the customer owes, what is due first first, once for a key.

        What is more than they owe stays on paper for the next bill.
        """
        body = {"amount": str(amount.amount), "currency": amount.currency}
        new = self._db.insert(PaperRow).values(kind="credit", id=key, customer=customer, body=body, at=now())
        owed = select(BillRow.id, BillRow.owed, BillRow.minimum).where(
            BillRow.customer == customer, BillRow.currency == amount.currency, BillRow.owed > Decimal(0)
        )

        def work(connection: Connection) -> None:
            if connection.execute(new.on_conflict_do_nothing().returning(PaperRow.id)).first() is None:
                return
            left = amount.amount
            for row in connection.execute(owed.order_by(BillRow.due, BillRow.id).with_for_update()).all():
                less = row.owed - min(left, row.owed)
                left -= row.owed - less
                values = {"owed": less, "minimum": min(row.minimum, less)}
                connection.execute(update(BillRow).where(BillRow.id == row.id).values(values))
            kept = update(PaperRow).where(PaperRow.kind == "credit", PaperRow.id == key)
            connection.execute(kept.values(body={**body, "left": str(left)}))

        await self._db.at_once(work)

    # -- any other paper: an order, a plan, a ticket; ``body`` is JSON -------------------------------------------

    async def paper(self, kind: str, id: str) -> dict[str, Any] | None:
        found = await self._db.rows(select(PaperRow.body).where(PaperRow.kind == kind, PaperRow.id == id))
        return dict(found[0].body) if found else None

    async def papers(self, kind: str, customer: str) -> list[dict[str, Any]]:
        """Oldest first."""
        theirs = select(PaperRow.body).where(PaperRow.customer == customer, PaperRow.kind == kind)
        return [dict(row.body) for row in await self._db.rows(theirs.order_by(PaperRow.at, PaperRow.id))]

    async def put_once(self, kind: str, id: str, customer: str, body: dict[str, Any]) -> dict[str, Any]:
        """Keeps a paper unless there is one under this id; what is there then."""
        new = self._db.insert(PaperRow).values(kind=kind, id=id, customer=customer, body=body, at=now())

        def work(connection: Connection) -> None:
            if connection.execute(new.on_conflict_do_nothing().returning(PaperRow.id)).all():
                indexing.paper(connection, kind, id, customer, body)

        await self._db.at_once(work)
        return await self.paper(kind, id) or body

    async def change(self, kind: str, id: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
        """Rewrites a paper in one transaction; :class:`Unknown` for none. What ``change`` raises changes nothing."""
        this = (PaperRow.kind == kind) & (PaperRow.id == id)

        def work(connection: Connection) -> dict[str, Any]:
            found = connection.execute(select(PaperRow.body).where(this).with_for_update()).first()
            if found is None:
                raise Unknown("no such paper")
            body = change(dict(found.body))
            connection.execute(update(PaperRow).where(this).values(body=body))
            return body

        return await self._db.at_once(work)


def _fits(connection: Connection, customer: str, payment: Payment) -> None:
    """What can't change while we look: whose bill it is, and in which currency."""
    bill = select(BillRow.currency).where(BillRow.id == payment.bill, BillRow.customer == customer)
    currency = connection.execute(bill).scalar()
    if currency is None:
        raise Unknown("no such bill")
    if currency != payment.amount.currency:
        raise Refusal("wrong-currency", currency=currency)
    if payment.amount.amount <= 0:
        raise Refusal("too-little")


def _too_much(connection: Connection, bill: str) -> Refusal:
    row = connection.execute(select(BillRow.owed, BillRow.currency).where(BillRow.id == bill)).one()
    return Overpaid("too-much", most=f"{row.owed} {row.currency}") if row.owed else NothingOwed("nothing-owed")


def reference(key: str) -> str:
    """Eight characters that can be read aloud, always the same for a key."""
    number = int.from_bytes(hashlib.sha256(key.encode(errors="replace")).digest())
    return "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(8))


def _bill(row: Row[*tuple[Any, ...]], methods: list[Method]) -> Bill:
    return Bill(
        id=row.id,
        label=row.label,
        owed=Money(amount=row.owed, currency=row.currency),
        minimum=Money(amount=row.minimum, currency=row.currency),
        due=row.due,
        methods=methods,
    )


def _payments() -> Select[*tuple[Any, ...]]:
    return select(PaymentRow.__table__)


def _receipt(row: Row[*tuple[Any, ...]]) -> Receipt:
    return Receipt(
        reference=row.reference,
        amount=Money(amount=row.amount, currency=row.currency),
        method=row.method,
        at=row.at,
        on=row.on,
        left=Money(amount=row.left, currency=row.currency),
    )
