"""Calls: every request gets TwiML in time, whatever is down, and no word of the caller is lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from starlette.datastructures import FormData

from channels.phone import Speech, Team
from channels.preface import WITH_OTHERS, asks_nothing
from channels.providers.twilio import twiml
from channels.reading import Said, Unclear
from database.calls import PERSON
from database.inbox import Receipt
from gateway.metrics import DUPLICATES, WEBHOOKS, timed
from gateway.parts import Parts
from gateway.webhooks.intents import intended
from gateway.webhooks.place import Place
from gateway.webhooks.request import WORDS, address_of, caller, kept, ours, said, turn_id
from gateway.webhooks.signature import fingerprint, text_of
from gateway.webhooks.speech import Voice
from gateway.webhooks.through import Through
from models.case import Note, Turn
from models.errors import NotConfirmed, SegueError, Unknown
from models.people import Actor, Assurance, Channel
from models.requests import RemarkWhy
from switchboard.conversation import Heard
from switchboard.discretion import proof
from switchboard.front_door import agreed
from switchboard.heard import DOOR
from switchboard.switchboard import Speaker

Go = Callable[[Speaker, Mapping[str, str], Place], Awaitable[Speech]]
log = logging.getLogger(__name__)
DEADLINE = 8.0
PAUSE, LOOKS = 0.05, 40
QUEUE = "QueueResult"
TAKEN = {"completed", "answered"}  # how a call to one of the team ends that somebody took
OVER = {"completed", "busy", "no-answer", "failed", "canceled"}


class CallDesk:
    """Takes what the provider asks during a call. ``deadline`` is ours, in seconds, and well under the provider's."""

    def __init__(self, parts: Parts, *, deadline: float = DEADLINE) -> None:
        self.parts = parts
        self.voice = Voice(parts)
        self.through = Through(parts, self.voice)
        self.deadline = deadline

    async def begin(self, form: FormData) -> str:
        """The first thing a caller hears: the pending question of the case in hand, or a greeting."""
        body = kept(form)
        if caller(body) is None:
            return self._xml(self.voice.withheld())
        return await self._once("call", f"{body['CallSid']}:begin", body, Place(), lambda: self._begin(body))

    async def turn(self, form: FormData, query: Mapping[str, str]) -> str:
        """What comes after what the caller said, keyed, or did not say."""
        place = Place.read(query)
        words = said({name: text_of(form, name) for name in WORDS})
        body = kept(form) | {"c": place.case or "", "k": place.key or "", "r": str(place.revision)}
        body |= {"a": str(place.attempt), "n": str(place.number), "o": str(int(place.over))}
        if caller(body) is None:
            return self._xml(self.voice.withheld())
        return await self._once("turn", turn_id(body), body, place, lambda: self._turn(body, place, words))

    async def _once(
        self, kind: str, id: str, body: Mapping[str, str], place: Place, act: Callable[[], Awaitable[Speech]]
    ) -> str:
        """Keep a request, act on it, keep the answer. The same request again gets the same answer."""
        content = fingerprint(*(body.get(name, "") for name in ("From", "To", "SpeechResult", "Digits")))
        try:
            async with asyncio.timeout(self.deadline):
                receipt = await self._received(id, kind, content, dict(body))
                if receipt.same and receipt.reply is not None:
                    return receipt.reply
                with timed(Channel.PHONE.value):
                    speech = await (act() if receipt.same else self._current(body, place))
                    speech = await self._found(speech, body, place)
                    await intended(self.parts.inbox, body["CallSid"], speech)
                    reply = self._xml(speech)
                if receipt.same:
                    await self.parts.inbox.done(id, reply)
                WEBHOOKS.labels(kind, "answered").inc()
                return reply
        except Exception as error:  # noqa: BLE001 - a caller must never hear the provider's own error message
            log.warning("a call could not be answered: %s", type(error).__name__)
            WEBHOOKS.labels(kind, "sorry").inc()
            return await self._sorry(body)

    async def _received(self, id: str, kind: str, content: str, body: dict[str, str]) -> Receipt:
        """Take a request in. A repeat waits a little for the first one's answer, so that both are the same."""
        receipt = await self.parts.inbox.receive(id, kind, content, body)
        if receipt.fresh:
            return receipt
        DUPLICATES.labels(kind).inc()
        for _ in range(LOOKS):
            if receipt.reply is not None or not receipt.same:
                break
            await asyncio.sleep(PAUSE)
            receipt = await self.parts.inbox.receive(id, kind, content, body)
        return receipt

    async def _begin(self, body: Mapping[str, str]) -> Speech:
        speaker = await self._speaker(body)
        sid = body["CallSid"]
        await self.parts.calls.started(sid, speaker.customer, address_of(body))
        about = await self.parts.calls.case_of(sid)  # a call of ours is about one
        stood = await self.parts.conversation.standing(speaker)
        case = about or stood.case or stood.idle
        if case is None:
            return self.voice.wish(speaker, Place())
        known = await self.parts.switchboard.look(case) if stood.fresh and about is None else None
        if known is not None and known.floor.rank <= speaker.assurance.rank:
            return self.voice.heard(await self.parts.conversation.meet(speaker, known), speaker, Place(), 0)
        turn = await self.parts.switchboard.arrive(speaker, case, f"{sid}:begin")
        if case == stood.idle and waits(turn):
            # It needs nothing: whoever calls wants something else, or to hear just that.
            return self.voice.idle(turn, speaker, Place())
        await self.parts.calls.attach(sid, turn.case)
        return self.voice.welcome_back(turn, speaker, Place())

    async def _turn(self, body: Mapping[str, str], place: Place, words: Said) -> Speech:
        speaker = await self._speaker(body)
        silent = not words.text
        if body["DialCallStatus"]:
            if body["DialCallStatus"] not in TAKEN:
                await self._promised(speaker, body)
            return self.voice.after_dial(body["DialCallStatus"], speaker)
        if place.over and (silent or agreed(words, speaker) == "no"):
            return self.voice.goodbye(speaker)
        if place.case and not place.key and silent:
            return await self._go_on(speaker, body["CallSid"], place)
        heard = await self.parts.conversation.hear(
            speaker, words, request_id=turn_id(body), case=place.at_hand, asked=place.asked
        )
        if heard.last is not None and heard.last.case != place.case:
            await self.parts.calls.attach(body["CallSid"], heard.last.case)
        if heard.language is not None:
            speaker = replace(speaker, language=heard.language)
        if heard.proved is not None:
            await self.parts.calls.proved(body["CallSid"], heard.proved)
        lost = isinstance(heard.reading, Unclear) or (heard.turn is None and heard.greeting not in DOOR | {"language"})
        attempt = place.attempt + 1 if lost else place.attempt if heard.greeting == "repeat" else 0
        await self._over(body, speaker, heard)
        speech = self.voice.heard(heard, speaker, place, attempt)
        return await self._kept(speech, speaker, body)

    async def put_through(self, form: FormData, query: Mapping[str, str]) -> str:
        """How a caller's way to one of the team ended: the next one, what is asked now, or the word to call back."""
        return await self._way(form, query, "t", self.through.after)

    async def held(self, form: FormData, query: Mapping[str, str]) -> str:
        """A caller waits until somebody of the team is free."""
        return await self._way(form, query, "w", self.through.held)

    async def _way(self, form: FormData, query: Mapping[str, str], name: str, go: Go) -> str:
        place, body = Place.read(query), kept(form)
        body |= {name: query.get(name, ""), "c": place.case or "", "n": str(place.number), "q": text_of(form, QUEUE)}
        if caller(body) is None:
            return self._xml(self.voice.withheld())

        async def act() -> Speech:
            speaker = await self._speaker(body)
            speech = await go(speaker, body, place)
            return await self._kept(speech, speaker, body, "nobody-took" if name == "t" else None)

        return await self._once("through", f"{turn_id(body)}:{name}:{body[name]}", body, place, act)

    async def _found(self, speech: Speech, body: Mapping[str, str], place: Place) -> Speech:
        """The same speech, where it leads to the team, with whoever of them is there."""
        if not any(isinstance(verb, Team) for verb in speech):
            return speech
        speaker = await self._speaker(body)
        speech = await self.through.found(speech, speaker, body, place)
        return await self._kept(speech, speaker, body)

    async def _kept(
        self, speech: Speech, speaker: Speaker, body: Mapping[str, str], why: RemarkWhy | None = None
    ) -> Speech:
        """The speech; should it promise a call, somebody has to know, and the caller hears from when on."""
        if not self.voice.promises(speech, speaker):
            return speech
        await self._promised(speaker, body, why)
        return self.voice.dated(speech, speaker)

    async def _promised(self, speaker: Speaker, body: Mapping[str, str], why: RemarkWhy | None = None) -> None:
        """One of the team calls back: whoever looks for people to call finds this one."""
        await self.parts.calls.callback_wanted(speaker.customer, address_of(body), PERSON)
        case = await self.parts.calls.case_of(body["CallSid"])
        if case is not None:
            words, ours = self.parts.words(speaker.language, speaker.zone), replace(speaker, actor=Actor.SEGUE)
            promise = words.say("call-you-back", "phone")
            await self.parts.switchboard.remark(ours, case, f"{turn_id(body)}:promised", promise, why)

    async def _over(self, body: Mapping[str, str], speaker: Speaker, heard: Heard) -> None:
        """Words that arrive after the hang-up count, but nobody hears the reply: the way back names what is next."""
        turn = heard.last
        if turn is not None and not turn.status.closed and await self.parts.calls.over(body["CallSid"]):
            await self.parts.switchboard.leave(speaker, turn.case, f"{turn_id(body)}:over")

    async def _go_on(self, speaker: Speaker, sid: str, place: Place) -> Speech:
        """A step was still running: look whether it has ended, and hear of it as one who is there."""
        turn = await self._owned(speaker, place)
        if turn is not None and turn.working and not turn.pending:
            return self.voice.waiting(turn, speaker, place)
        turn = await self.parts.switchboard.arrive(speaker, place.case or "", f"{sid}:{place.id}")
        if turn.note is Note.FINISHED:
            turn = await self.parts.switchboard.ended(speaker, turn)
        if (sure := proof(turn, speaker)) is not None:
            await self.parts.calls.proved(sid, sure)
        elif turn.status.closed and not speaker.may_see(turn):
            return self.voice.wish(speaker, Place(number=place.number + 1))
        return self.voice.turn(turn, speaker, place, 0)

    async def _owned(self, speaker: Speaker, place: Place) -> Turn | None:
        case = await self.parts.switchboard.onward.follow(place.case or "")
        if speaker.only not in {None, case} or not await self.parts.switchboard.owns(speaker.customer, case):
            raise Unknown
        return await self.parts.switchboard.look(case)

    async def _current(self, body: Mapping[str, str], place: Place) -> Speech:
        """The same request with other words: nothing is taken, the caller hears where the case stands."""
        speaker = await self._speaker(body)
        turn = await self._owned(speaker, place) if place.case else None
        return self.voice.turn(turn, speaker, place, 0) if turn else self.voice.wish(speaker, place)

    async def _speaker(self, body: Mapping[str, str]) -> Speaker:
        """A caller's number is only claimed; who answers our own call holds it. What the call has proved, stays."""
        sid = body["CallSid"]
        assurance = Assurance.POSSESSION if ours(body) else await self.parts.calls.assurance_of(sid)
        speaker = await self.parts.switchboard.recognise(Channel.PHONE, address_of(body), assurance, visit=sid)
        return await self.parts.conversation.known(speaker)

    async def _sorry(self, body: Mapping[str, str]) -> str:
        """The canned sentence. Whoever called is called back; a call of ours that failed is not repeated for ever."""
        try:
            async with asyncio.timeout(1):
                if not ours(body):
                    address = address_of(body)
                    customer = await self.parts.customers.meet(address)
                    await self.parts.calls.callback_wanted(customer.id, address, "away")
        except Exception as error:  # noqa: BLE001 - the sentence is said even when nothing can be kept
            log.error("a callback could not be noted: %s", type(error).__name__)
        return self._xml(self.voice.sorry())

    async def progress(self, form: FormData) -> None:
        """How a call goes on. Its end is the only sign that the caller hung up."""
        body = kept(form)
        sid, status, number = body["CallSid"], body["CallStatus"], body["SequenceNumber"]
        if not sid or not status:
            WEBHOOKS.labels("voice/status", "malformed").inc()
            return
        newest = await self.parts.calls.progress(sid, int(number) if number.isdecimal() else 0, status)
        WEBHOOKS.labels("voice/status", "taken" if newest else "late").inc()
        if newest and status in OVER:
            await self.through.hung_up(sid)
        if newest and status in OVER and caller(body) is not None:
            id = f"{sid}:over"
            await self.parts.inbox.receive(id, "hang-up", fingerprint(sid), body)
            try:
                await self.redo("hang-up", id, body)
            except NotConfirmed:
                log.warning("a hang-up waits until its case can be reached")

    async def redo(self, kind: str, id: str, body: Mapping[str, str]) -> None:
        """Act on a kept request whose answer never went out. There is nobody left to answer, so nothing is said."""
        if kind == "turn" and (body.get("SpeechResult") or body.get("Digits")):
            place = Place.read(body)
            speaker = await self._speaker(body)
            heard = await self.parts.conversation.hear(
                speaker, said(body), request_id=id, case=place.at_hand, asked=place.asked
            )
            await self._over(body, speaker, heard)
        elif kind == "hang-up" and (case := await self.parts.calls.case_of(body["CallSid"])):
            try:
                await self.parts.switchboard.leave(await self._speaker(body), case, id)
            except NotConfirmed:
                raise
            except SegueError as error:
                log.info("a call ended after its case: %s", error.code)
        await self.parts.inbox.done(id, "")

    def _xml(self, speech: Speech) -> str:
        return twiml(speech, base=self.parts.public_url)


def waits(turn: Turn) -> bool:
    """Whether a case goes on by itself, with nothing to ask and nobody at work on it."""
    return asks_nothing(turn) and not turn.working and turn.status not in WITH_OTHERS
