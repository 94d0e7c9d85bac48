"""Whose address is it: none is believed before a code that was sent there has come back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from pydantic import JsonValue

from channels.providers.outbox import Post
from channels.wording.book import wording
from database.codes import Codes, Verdict
from database.customers import Customers
from database.outbox import Message
from models.errors import Unknown
from models.people import Address, Channel

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class Addresses:
    """Adds a further number or email address to a customer. Whose it was before is told to nobody."""

    codes: Codes
    customers: Customers
    post: Post

    async def claim(self, customer: str, address: Address, key: str) -> None:
        """Send a code to the address, once under ``key``. Raises Unknown, and TooManyCodes within an hour."""
        person = await self.customers.get(customer)
        if person is None:
            raise Unknown
        if await self.post.outbox.status_of(key) is not None:
            return
        words = wording(person.language, person.zone)
        code = await self.codes.issue(_purpose(customer), _subject(address), lifetime=LIFETIME)
        phone = address.kind == "phone"
        extras: dict[str, JsonValue] = {} if phone else {"subject": words.say("page-code-subject")}
        message = Message(
            key=key,
            case=None,
            customer=customer,
            channel=Channel.SMS if phone else Channel.EMAIL,
            to=address,
            body=words.say("page-code-text", code=code),
            always=True,
            extras=extras,
        )
        await self.post.send(message)

    async def prove(self, customer: str, address: Address, code: str) -> Verdict:
        """Take the code; where it is right, the address is theirs from now on.

        Somebody we knew by nothing else turns out to be the same person: what they began goes along.
        """
        verdict = await self.codes.check(_purpose(customer), _subject(address), code)
        if verdict == "right":
            await self._own(customer, address)
        return verdict

    async def _own(self, customer: str, address: Address) -> None:
        if await self.customers.add_address(customer, address):
            return
        other = await self.customers.find(address)
        if other is None:
            return
        if other.name is None and len(await self.customers.addresses(other.id)) == 1:
            await self.customers.join(other.id, customer)
        else:
            # A number that changed hands: its new owner gets it, and none of the old one's past.
            await self.customers.move_address(address, customer)


def _purpose(customer: str) -> str:
    return "own:" + hashlib.sha256(customer.encode()).hexdigest()[:16]


def _subject(address: Address) -> str:
    return address.value.strip().lower()
