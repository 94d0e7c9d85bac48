"""Steps that make sure who speaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from activities.step import effect, idempotency_key, reads
from channels.providers.outbox import Post
from channels.wording.book import wording
from database.codes import Codes
from database.customers import Customers
from database.outbox import Message
from models.errors import TooManyCodes, Unknown, WrongCode
from models.people import Channel, Frozen

PURPOSE = "verify"
LIFETIME = timedelta(minutes=10)


class SentCode(Frozen):
    """A code on its way; ``masked`` says where to, e.g. ``•••71``."""

    customer: str
    masked: str


class TypedCode(Frozen):
    """A code as the customer gave it."""

    customer: str
    code: str


class CodeSender(Protocol):
    """Sends one-time codes to an address on file and checks them, each once, a few tries, a short while."""

    async def send(self, key: str, customer: str) -> str: ...

    async def check(self, customer: str, code: str) -> str: ...

    async def void(self, customer: str) -> None: ...


class Identity:
    def __init__(self, codes: CodeSender) -> None:
        self._codes = codes

    @effect(TooManyCodes)
    async def send_code(self, customer: str) -> SentCode:
        """Send a code to the customer's best known address; :class:`TooManyCodes` after a few within an hour."""
        return SentCode(customer=customer, masked=await self._codes.send(idempotency_key(), customer))

    @effect()
    async def void_code(self, sent: SentCode) -> None:
        """Make a code that was sent worthless."""
        await self._codes.void(sent.customer)

    @reads(WrongCode)
    async def check_code(self, typed: TypedCode) -> bool:
        """Whether the code is right; :class:`WrongCode` with ``wrong-code`` or ``code-used-up`` if not."""
        outcome = await self._codes.check(typed.customer, typed.code)
        if outcome != "right":
            raise WrongCode("wrong-code" if outcome == "wrong" else "code-used-up")
        return True


class TextedCodes:
    """One-time codes by text to the first number on file."""

    def __init__(self, codes: Codes, customers: Customers, post: Post) -> None:
        self._codes = codes
        self._customers = customers
        self._post = post

    async def send(self, key: str, customer: str) -> str:
        """Send a code, once under its key: a newer one would make the one that was texted worthless.

        Returns where to, masked. Raises :class:`Unknown` where no number is on file, :class:`TooManyCodes`.
        """
        person = await self._customers.get(customer)
        to = next((a for a in await self._customers.addresses(customer) if a.kind == "phone"), None)
        if person is None or to is None:
            raise Unknown
        if await self._post.outbox.status_of(key) is None:
            code = await self._codes.issue(PURPOSE, customer, lifetime=LIFETIME)
            body = wording(person.language, person.zone).say("page-code-text", code=code)
            message = Message(key=key, case=None, customer=customer, channel=Channel.SMS, to=to, body=body, always=True)
            await self._post.send(message)
        return f"•••{to.value[-2:]}"

    async def check(self, customer: str, code: str) -> str:
        return await self._codes.check(PURPOSE, customer, code)

    async def void(self, customer: str) -> None:
        await self._codes.void(PURPOSE, customer)
