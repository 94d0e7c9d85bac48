"""What is done about a sore case that is over: a person calls, or it is asked a day later whether all is well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from database.calls import PERSON
from database.cases import CaseRecord
from database.customers import Customer
from database.outbox import Message
from database.ratings import Ratings
from gateway.parts import Parts
from insight.reading import Judged
from insight.signals import Name, Signal
from models.case import Status
from models.journal import Row
from models.people import Address, Channel

# What is older was seen to, or missed, before this server began to look.
LATELY = timedelta(days=2)


class Amends:
    """Safe to make again, on any number of servers: each is done once."""

    def __init__(self, parts: Parts, ratings: Ratings, clock: Callable[[], datetime]) -> None:
        self.parts = parts
        self.ratings = ratings
        self._clock = clock

    async def make(self, case: CaseRecord, person: Customer, judged: Judged) -> None:
        """For one closed case."""
        rows = judged.cases[case.id]
        if not rows or rows[-1].at < self._clock() - LATELY:
            return
        if signals := judged.of(case.id):
            await self._call(case, person, signals)
        elif case.status is Status.FINISHED and any(row.what == "cared" for row in rows):
            await self._ask(case, person, rows)

    async def _call(self, case: CaseRecord, person: Customer, signals: Sequence[Signal]) -> None:
        """One of the team calls: whoever rated us low, or left in anger, is worth it."""
        last = max(row for signal in signals for row in signal.rows)
        to = await self._number(person)
        if to is None or not await self.ratings.first(f"call/{case.id}/{last}"):
            return
        await self.parts.calls.callback_wanted(person.id, to, PERSON)
        if all(signal.name is Name.WORDING for signal in signals):
            # Who asked for a person, or tapped a low rating, was told so there.
            words = self.parts.words(person.language, person.zone)
            await self._send(f"amends:{case.id}:{last}", person, Channel.SMS, to, words.say("care-sorry"), None)

    async def _ask(self, case: CaseRecord, person: Customer, rows: Sequence[Row]) -> None:
        """Whether all is well now, the next day at a decent hour: once a case, and not after STOP."""
        to = await self._number(person)
        channel = Channel.SMS  # a day later WhatsApp takes approved words only
        if to is None or not await self.parts.post.may(channel, to):
            return
        at = self.parts.promising.tomorrow(rows[-1].at, person.zone)
        if await self.ratings.asked(case.id, person.id, channel, to, at):
            words = self.parts.words(person.language, person.zone)
            text = words.say("care-follow-up", doing=words.moment_name(case.moment))
            await self._send(f"after:{case.id}", person, channel, to, text, at)

    async def _number(self, person: Customer) -> Address | None:
        addresses = await self.parts.customers.addresses(person.id)
        return next((address for address in addresses if address.kind == "phone"), None)

    async def _send(
        self, key: str, person: Customer, channel: Channel, to: Address, text: str, at: datetime | None
    ) -> None:
        message = Message(
            key=key[:200],
            case=None,
            customer=person.id,
            channel=channel,
            to=to,
            body=text,
            prompted=True,
            not_before=at,
        )
        await self.parts.post.send(message)
