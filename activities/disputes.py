"""Steps on disputed charges."""

from __future__ import annotations

from typing import Protocol

from activities.step import effect, idempotency_key, reads
from models.disputes import Claim, Credit, Credited, Decision, Dispute, Statement
from models.errors import AlreadyDisputed, NothingBilled, Undecided


class ClaimsOffice(Protocol):
    """The part of the company that explains bills and decides disputes."""

    async def statement(self, customer: str) -> Statement | None:
        """The newest bill with its charges, None where there is none."""

    async def dispute(self, key: str, claim: Claim) -> Dispute:
        """Open a dispute, once for each ``key``; raises :class:`AlreadyDisputed` for a charge that has one."""

    async def withdraw(self, dispute: str) -> None:
        """Close a dispute that nobody wants any more; one that is decided stays as it is."""

    async def decision(self, dispute: str) -> Decision | None:
        """How it was decided, None while it is not."""

    async def concede(self, dispute: str) -> Decision:
        """The decision there is; where nobody made one in time it is made now, for the customer."""

    async def credit(self, key: str, credit: Credit) -> Credited:
        """Give money back, once for each dispute, whatever the ``key``."""


class Disputes:
    def __init__(self, office: ClaimsOffice) -> None:
        self._office = office

    @reads(NothingBilled)
    async def statement(self, customer: str) -> Statement:
        """The newest bill with its charges."""
        statement = await self._office.statement(customer)
        if statement is None or not statement.charges:
            raise NothingBilled("nothing-billed")
        return statement

    @effect(AlreadyDisputed)
    async def open(self, claim: Claim) -> Dispute:
        """Put a dispute on file, once; small ones are decided with it."""
        return await self._office.dispute(idempotency_key(), claim)

    @effect()
    async def withdraw(self, dispute: Dispute) -> None:
        """Take a dispute back that is not decided."""
        await self._office.withdraw(dispute.id)

    @reads(Undecided)
    async def decision(self, dispute: str) -> Decision:
        """What was decided, if anything was."""
        decision = await self._office.decision(dispute)
        if decision is None:
            raise Undecided("undecided")
        return decision

    @effect()
    async def concede(self, dispute: str) -> Decision:
        """What stands in the end: a dispute that nobody decided in time is the customer's."""
        return await self._office.concede(dispute)

    @effect()
    async def credit(self, credit: Credit) -> Credited:
        """Give the money back, once."""
        return await self._office.credit(idempotency_key(), credit)
