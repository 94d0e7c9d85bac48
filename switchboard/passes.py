"""Passes given in words: opened once, guessed at a few times, and the owner hears of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from channels.providers.outbox import Post
from channels.wording.book import wording
from database.customers import Customers
from database.outbox import Message
from database.passcode import normal
from database.passes import Pass, Passes
from database.tries import Limit, Tries
from database.visits import Visits
from models.people import Address, Assurance, Channel

EVERYBODY = "everybody"
PERSON = Limit(most=5, within=timedelta(minutes=15), locked=timedelta(hours=1))
NETWORK = Limit(most=20, within=timedelta(hours=1), locked=timedelta(hours=1))
ALL = Limit(most=100, within=timedelta(minutes=10), locked=timedelta(minutes=10))
# As long as a call may last, and as somebody who texts may take.
VISIT = timedelta(hours=2)

Verdict = Literal["open", "wrong", "locked", "misheard"]


@dataclass(frozen=True)
class Opened:
    """What came of a code: ``given`` only where it opened something."""

    verdict: Verdict
    given: Pass | None = None


@dataclass(frozen=True)
class PassDesk:
    """Everything wrong counts for whoever tries, for their network and for everybody together."""

    passes: Passes
    tries: Tries
    visits: Visits
    customers: Customers
    post: Post

    async def typed(self, code: str, *, ip: str) -> Pass | None:
        """The pass of a code typed into a page, used up by that; None for any other, and after too many others."""
        return (await self.open(normal(code), ip=ip)).given

    async def open(self, code: str | None, *, address: Address | None = None, ip: str = "", visit: str = "") -> Opened:
        """Use a code up. ``address`` is where it comes from or ``ip``: whoever guesses has to wait.

        The real owner of a guessed address is told once, when it locks. A code that does not check is no guess, nor
        is the one that opened this very visit.
        """
        if code is not None and visit and (again := await self._again(code, visit)):
            return Opened("open", again)
        person = f"pass:{address.kind}:{address.value}" if address else ""
        network = f"pass:ip:{ip}" if ip else ""
        if await self.tries.locked(*(subject for subject in (person, network, EVERYBODY) if subject)):
            return Opened("locked")
        if code is None:
            return Opened("misheard")
        given = await self.passes.use(code, kind="code")
        if given is not None:
            if person:
                await self.tries.forget(person)
            return Opened("open", given)
        return Opened("locked" if await self._wrong(code, person, network, address) else "wrong")

    async def _again(self, code: str, visit: str) -> Pass | None:
        """The pass that this visit was joined by: the same words may be heard twice."""
        joined, known = await self.visits.find(visit), await self.passes.whose(code)
        same = joined is not None and known is not None and known.used and joined.case == known.case
        return known if same else None

    async def _wrong(self, code: str, person: str, network: str, address: Address | None) -> bool:
        locked = bool(person) and await self.tries.failed(person, PERSON)
        if network:
            locked = await self.tries.failed(network, NETWORK) or locked
        await self.tries.failed(EVERYBODY, ALL)
        if locked:
            owner = await self.customers.find(address) if address else None
            tried = await self.passes.whose(code)
            for customer in {owner.id if owner else None, tried.customer if tried else None} - {None}:
                await self.warn(str(customer))
        return locked

    async def warn(self, customer: str) -> None:
        """Tell a customer, at the number on file and once an hour at most, that somebody guesses in their name."""
        subject = f"warned:{customer}"
        if not await self.tries.failed(subject, Limit(1, timedelta(hours=1), timedelta(hours=1))):
            return
        owner = await self.customers.owner(customer)
        person = await self.customers.get(owner)
        to = next((a for a in await self.customers.addresses(owner) if a.kind == "phone"), None)
        if person is None or to is None:
            return
        key = f"guessed:{hashlib.sha256(f'{customer}:{await self.tries.began(subject)}'.encode()).hexdigest()[:32]}"
        body = wording(person.language, person.zone).say("front-guessed", "sms")
        await self.post.send(Message(key=key, case=None, customer=customer, channel=Channel.SMS, to=to, body=body))

    async def joined(self, visit: str, given: Pass) -> None:
        """Until the visit is over, whoever gave the pass speaks in its case."""
        if visit:
            await self.visits.joined(visit, given.customer, given.case, Assurance.POSSESSION, VISIT)
