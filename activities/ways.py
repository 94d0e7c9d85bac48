"""Over which channel a customer is reached: the one they chose, the one they were last on, then any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from channels.providers.outbox import Post
from database.customers import Customers
from database.journal import Journal
from models.people import Address, Channel

PREFERENCE = "contact-preference"
# How a preference is said, as the answer of whatever question it was asked with.
_CHOSEN = {
    "sms": Channel.SMS,
    "text": Channel.SMS,
    "whatsapp": Channel.WHATSAPP,
    "email": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "phone": Channel.PHONE,
    "call": Channel.PHONE,
}


@dataclass(frozen=True)
class Way:
    """A channel and an address. ``approved``: a day after the customer's own words only approved ones may be sent."""

    channel: Channel
    to: Address
    approved: bool = False


class Ways:
    """``approved`` words on WhatsApp need the account's template for their kind."""

    def __init__(self, customers: Customers, journal: Journal, post: Post) -> None:
        self._customers = customers
        self._journal = journal
        self._post = post

    async def to(self, customer: str, template: str, last: Way | None) -> tuple[list[Way], bool]:
        """Every way that is open, best first; and whether there are more that the customer has closed."""
        numbers, mails = await self._addresses(customer, last)
        chosen = await self._chosen(customer)
        whatsapp = last if last and last.channel is Channel.WHATSAPP and not last.approved else None
        ways = [*self._over(chosen, numbers, mails, template, whatsapp)]
        if last is not None:
            ways.append(last)
        ways += [Way(Channel.SMS, number) for number in numbers]
        ways += [Way(Channel.EMAIL, mail) for mail in mails]
        known = [way for way in dict.fromkeys(ways) if way.channel is not Channel.EMAIL or self._post.mails]
        free = [way for way in known if way.channel is Channel.PHONE or await self._post.may(way.channel, way.to)]
        return free, len(free) < len(known)

    async def _chosen(self, customer: str) -> Channel | None:
        facts = {fact.name: fact.value for fact in await self._journal.facts(customer)}
        chosen = facts.get(PREFERENCE)
        return _CHOSEN.get(chosen.lower()) if isinstance(chosen, str) else None

    async def _addresses(self, customer: str, last: Way | None) -> tuple[list[Address], list[Address]]:
        """Numbers and mail addresses, the one last used first."""
        known = await self._customers.addresses(await self._customers.owner(customer))
        ordered = list(dict.fromkeys([*([last.to] if last else []), *known]))
        return [a for a in ordered if a.kind == "phone"], [a for a in ordered if a.kind == "email"]

    def _over(
        self,
        channel: Channel | None,
        numbers: Sequence[Address],
        mails: Sequence[Address],
        template: str,
        whatsapp: Way | None,
    ) -> Iterator[Way]:
        match channel:
            case Channel.WHATSAPP if whatsapp is not None:
                yield whatsapp
            case Channel.WHATSAPP if self._post.has(template):
                yield from (Way(channel, number, approved=True) for number in numbers)
            case Channel.SMS | Channel.PHONE:
                yield from (Way(channel, number) for number in numbers)
            case Channel.EMAIL:
                yield from (Way(channel, mail) for mail in mails)
            case _:
                return
