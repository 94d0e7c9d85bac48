"""Steps that make sure who speaks."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Protocol

from pydantic import JsonValue

from activities.step import effect, idempotency_key, reads
from channels.providers.outbox import Post
from channels.wording.book import wording
from database.codes import Codes
from database.customers import Customers
from database.outbox import Message
from models.errors import TooManyCodes, Unknown, WrongCode
from models.people import Address, Channel, Frozen

PURPOSE = "verify"
LIFETIME = timedelta(minutes=10)


class CodeRequest(Frozen):
    """Whom to send a code, and ``other_than`` where: what somebody writes from proves nothing more about them."""

    customer: str
    other_than: Address | None = None


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

    async def send(self, key: str, customer: str, other_than: Address | None = None) -> str: ...

    async def check(self, customer: str, code: str) -> str: ...

    async def void(self, customer: str) -> None: ...


class Identity:
    def __init__(self, codes: CodeSender) -> None:
        self._codes = codes

    @effect(TooManyCodes)
    async def send_code(self, ask: CodeRequest) -> SentCode:
        """Send a code to the customer's best known address; :class:`TooManyCodes` after a few within an hour."""
        masked = await self._codes.send(idempotency_key(), ask.customer, ask.other_than)
        return SentCode(customer=ask.customer, masked=masked)

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
    """One-time codes by text to the first number on file, or by mail where there is none."""

    def __init__(self, codes: Codes, customers: Customers, post: Post) -> None:
        self._codes = codes
        self._customers = customers
        self._post = post

    async def send(self, key: str, customer: str, other_than: Address | None = None) -> str:
        """Send a code, once under its key: a newer one would make the one that was texted worthless.

        Returns where to, masked. Raises :class:`Unknown` for no such customer, and :class:`TooManyCodes` where no
        more may be sent, or there is nowhere to send one.
        """
        owner = await self._customers.owner(customer)
        person = await self._customers.get(owner)
        if person is None:
            raise Unknown
        known = [a for a in await self._customers.addresses(owner) if a != other_than]
        to = next(iter(sorted(known, key=lambda address: address.kind != "phone")), None)
        if to is None:
            raise TooManyCodes("no-other-address")
        if await self._post.outbox.status_of(key) is None:
            code = await self._codes.issue(PURPOSE, customer, lifetime=LIFETIME)
            words = wording(person.language, person.zone)
            body = words.say("page-code-text", code=code)
            channel = Channel.SMS if to.kind == "phone" else Channel.EMAIL
            extras: dict[str, JsonValue] = {"subject": words.say("page-code-subject")} if to.kind == "email" else {}
            message = Message(
                key=key, case=None, customer=customer, channel=channel, to=to, body=body, always=True, extras=extras
            )
            await self._post.send(message)
        return masked(to)

    async def check(self, customer: str, code: str) -> str:
        """What the code is; whoever it was meant for hears, once an hour, that somebody used up its tries."""
        verdict = await self._codes.check(PURPOSE, customer, code)
        if verdict == "used_up":
            await self._warn(customer)
        return verdict

    async def _warn(self, customer: str) -> None:
        owner = await self._customers.owner(customer)
        person = await self._customers.get(owner)
        to = next((a for a in await self._customers.addresses(owner) if a.kind == "phone"), None)
        if person is None or to is None:
            return
        hour = datetime.now(UTC).strftime("%Y%m%d%H")
        key = f"guessed:{hashlib.sha256(f'{customer}:{hour}'.encode()).hexdigest()[:32]}"
        body = wording(person.language, person.zone).say("front-guessed", "sms")
        await self._post.send(Message(key=key, case=None, customer=customer, channel=Channel.SMS, to=to, body=body))

    async def void(self, customer: str) -> None:
        await self._codes.void(PURPOSE, customer)


def masked(address: Address) -> str:
    """Enough of an address to know it by: ``•••71``, ``a•••@example.com``."""
    if address.kind == "phone":
        return f"•••{address.value[-2:]}"
    name, _, domain = address.value.partition("@")
    return f"{name[:1]}•••@{domain}"
