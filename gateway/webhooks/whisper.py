"""What one of the team hears before they are connected, and what follows from the key they press."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import FormData

from channels.phone import Bridge, Dial, Gather, Hangup, Say, Speech, spoken, voice
from channels.preface import joined
from channels.providers.twilio import twiml
from channels.wording.book import Wording
from database.customers import Customer
from database.put_throughs import PutThrough, PutThroughs
from gateway.parts import Parts
from gateway.webhooks.signature import text_of
from gateway.webhooks.through import first_name, remarked
from models.case import Turn
from models.errors import SegueError
from models.people import Actor, Assurance, Channel
from models.staff import Person
from switchboard.switchboard import Speaker, visit_named

log = logging.getLogger(__name__)
YES = "1"
TIMES = 2
RINGS = 30
# While they speak their own page renews it; this is for whoever takes a call away from the screen.
LEASE = 300.0
TALK = 3600.0
DEADLINE = 8.0
Act = Callable[[PutThrough], Awaitable[Speech]]
ENDED = {"completed", "busy", "no-answer", "failed", "canceled"}


class Whisper:
    """The leg of one of the team: their words and keys change nothing but whether the call is theirs."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.books = PutThroughs(parts.database)

    async def begin(self, form: FormData, query: Mapping[str, str]) -> str:
        """They have picked up: who it is, what they want, how far they are, and the key to press."""
        return await self._answer(query, lambda way: self._ask(way, 0))

    async def key(self, form: FormData, query: Mapping[str, str]) -> str:
        """The key takes the call; anything else is asked for once more, and then somebody else is tried."""
        digits, leg, asked = text_of(form, "Digits"), text_of(form, "CallSid"), query.get("a", "")

        async def act(way: PutThrough) -> Speech:
            if digits == YES:
                return await self._taken(way, leg)
            times = int(asked) + 1 if asked.isdecimal() and len(asked) < 3 else 1
            return await self._ask(way, times) if times < TIMES and way.over_at is None else [Hangup()]

        return await self._answer(query, act)

    async def spoke(self, form: FormData, query: Mapping[str, str]) -> str:
        """The call to the customer that they had asked for is over, or was not taken."""

        async def act(way: PutThrough) -> Speech:
            words = await self._words(way)
            if text_of(form, "DialCallStatus") in {"completed", "answered"}:
                return [Hangup()]
            return [_said(words, words.say("whisper-not-there")), Hangup()]

        return await self._answer(query, act)

    async def leg(self, form: FormData, query: Mapping[str, str]) -> None:
        """Their leg has ended. Whether somebody else is tried is told by the caller's own."""
        way = await self.books.get(query.get("t", ""))
        if way is None or text_of(form, "CallStatus") not in ENDED:
            return
        if (way.outbound or way.leg == text_of(form, "CallSid")) and await self.books.end(way.id):
            await self.parts.attendance.let_go(way.staff)

    async def _answer(self, query: Mapping[str, str], act: Act) -> str:
        """TwiML in time, whatever is down: who can't be told anything is not connected."""
        try:
            async with asyncio.timeout(DEADLINE):
                way = await self.books.get(query.get("t", ""))
                speech: Speech = await act(way) if way is not None else [Hangup()]
        except Exception as error:  # noqa: BLE001 - whoever picked up must never hear the provider's own error message
            log.warning("one of the team could not be connected: %s", type(error).__name__)
            speech = [Hangup()]
        return twiml(speech, base=self.parts.public_url)

    async def _ask(self, way: PutThrough, times: int) -> Speech:
        words = await self._words(way)
        if way.over_at is not None:
            return [_said(words, words.say("whisper-gone")), Hangup()]
        turn = await self.parts.switchboard.look(way.case) if way.case else None
        customer = await self._customer(way)
        prompt = joined(*told(words, way, customer, turn), words.say("whisper-key"))
        action = self.parts.url(f"/twilio/voice/whisper/key?t={way.id}&a={times}")
        return [Gather(spoken(prompt), action, "keypad", 1, language=voice(words))]

    async def _taken(self, way: PutThrough, leg: str) -> Speech:
        """The call is theirs, once: their screen has the case, and so have they."""
        words = await self._words(way)
        if not await self.books.take(way.id, leg):
            return [_said(words, words.say("whisper-gone")), Hangup()]
        person = await self.parts.staff.get(way.staff)
        if person is not None and way.taken_at is None:
            await self._in_hand(way, person)
        if way.outbound:
            return await self._to_the_customer(way, words)
        # Who was reserved by TaskRouter has a way under the reservation's own id.
        return [Bridge(way.id)] if way.id.startswith("WR") else []

    async def _in_hand(self, way: PutThrough, person: Person) -> None:
        """The case is claimed and on their screen; should that fail, they still speak with the customer."""
        await self.parts.attendance.keep(person.id, TALK)
        await self.parts.pops.pop(person.id, "call", case=way.case, customer=way.customer, once=f"call:{way.id}")
        customer = await self._customer(way)
        if way.case is None or customer is None:
            return
        agent = Speaker(
            customer.id,
            Channel.DESK,
            Assurance.VERIFIED,
            None,
            customer.language,
            customer.zone,
            actor=Actor.AGENT,
            visit=visit_named("phone", way.id),
        )
        await remarked(self.parts, way, agent, "called" if way.outbound else "took-call", person.name)
        with contextlib.suppress(SegueError):
            await self.parts.switchboard.claim(
                agent, way.case, f"{way.id}:claim", holder=person.id, name=person.name, seconds=LEASE
            )

    async def _to_the_customer(self, way: PutThrough, words: Wording) -> Speech:
        addresses = await self.parts.customers.addresses(way.customer)
        phone = next((address.value for address in addresses if address.kind == "phone"), None)
        if phone is None:
            return [_said(words, words.say("whisper-not-there")), Hangup()]
        action = self.parts.url(f"/twilio/voice/spoke?t={way.id}")
        return [Dial(phone, action, timeout=RINGS, caller=self.parts.number)]

    async def _customer(self, way: PutThrough) -> Customer | None:
        return await self.parts.customers.get(await self.parts.customers.owner(way.customer))

    async def _words(self, way: PutThrough) -> Wording:
        """Those of whoever picks up."""
        there = await self.parts.attendance.of(way.staff)
        return self.parts.words(there.language if there and there.language else "en", "UTC").aloud


def told(words: Wording, way: PutThrough, customer: Customer | None, turn: Turn | None) -> list[str]:
    """Who it is, what they want and how far they are; a first name only, as a machine may have picked up."""
    name = first_name(customer.name or "") if customer else ""
    said = [words.say("whisper-out" if way.outbound else "whisper-in", name=name or words.say("whisper-somebody"))]
    if turn is None:
        return said
    said.append(words.moment_name(turn.moment, "title") + ".")
    said.append(words.say("whisper-answered", count=len(turn.answers)))
    if turn.question is not None and not turn.status.closed:
        said.append(words.say("whisper-next", label=words.label(turn.moment, turn.question.question.key)))
    return said


def _said(words: Wording, text: str) -> Say:
    language = voice(words)
    return Say(text, None if language.startswith("en") else language)
