"""Steps on bills and payments."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.billing import Bill, Payment, Receipt
from models.errors import Declined, NothingOwed, Overpaid
from models.follow_through import Gesture
from models.questions import Method


class BackOffice(Protocol):
    """The company's own systems, as Segue needs them. Everything is by opaque customer id."""

    async def open_bill(self, customer: str) -> Bill | None:
        """The bill to be paid next, with the saved methods; None if nothing is owed."""

    async def charge(self, key: str, customer: str, payment: Payment) -> Receipt:
        """Take or schedule a payment, once for each ``key``.

        Raises :class:`Declined`, and :class:`NothingOwed` or :class:`Overpaid` where the bill was paid meanwhile.
        """

    async def receipt_for(self, key: str) -> Receipt | None:
        """What became of an earlier :meth:`charge` with this key."""

    async def methods(self, customer: str) -> list[Method]: ...

    async def method(self, customer: str, token: str) -> Method | None:
        """A saved method of the customer, or one that :meth:`tokenise` issued to them; None for any other token."""

    async def tokenise(self, customer: str, number: str, expiry: str) -> Method:
        """What the processor's own page does with a card; raises :class:`Declined`."""

    async def adopt(self, customer: str, token: str, label: str) -> Method:
        """Take in a token that the processor itself brought us, in a signed request, for this customer.

        The method's own token is another one, which only this customer can use. Raises :class:`Declined`
        where the token is somebody else's, or no processor's.
        """

    async def give(self, key: str, customer: str, gesture: Gesture) -> None:
        """A gesture of goodwill, once for each ``key``: a credit comes off what is owed, else off the next bill."""

    async def present(self, customer: str, terminal: str) -> Method:
        """The card held to a store's terminal now, as a token for this customer; raises :class:`Declined`."""


class Billing:
    def __init__(self, company: BackOffice) -> None:
        self._company = company

    @reads(NothingOwed)
    async def open_bill(self, customer: str) -> Bill:
        """The bill to be paid next."""
        bill = await self._company.open_bill(customer)
        if bill is None:
            raise NothingOwed("nothing-owed")
        return bill

    @reads()
    async def saved_methods(self, customer: str) -> list[Method]:
        """What the customer has paid with before."""
        return await self._company.methods(customer)

    @effect(Declined, NothingOwed, Overpaid)
    async def take_payment(self, payment: Payment) -> Receipt:
        """Take a payment once; an earlier try with the same key is looked up and never repeated."""
        key = idempotency_key()
        return await self._company.receipt_for(key) or await self._company.charge(key, payment.customer, payment)
