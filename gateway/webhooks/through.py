"""A caller is put through to one of the team: to whom, who after that, and what follows when the two have spoken."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping
from dataclasses import replace

from channels.phone import Dial, Hangup, Speech, Team
from database.attendance import Attending
from database.put_throughs import PutThrough, PutThroughs
from gateway.parts import Parts
from gateway.webhooks.place import Place
from gateway.webhooks.request import caller
from gateway.webhooks.speech import Voice
from gateway.webhooks.tasks import BRIDGED, Tasks
from models.case import Turn
from models.errors import SegueError
from models.people import Actor
from models.requests import RemarkWhy
from switchboard.switchboard import Speaker

log = logging.getLogger(__name__)
MOST = 3
RINGS = 20
CALL_BACK = "1"
# How often a caller hears that everybody is in a call: five minutes.
PATIENT = 20
# How long nobody else rings there: the ringing, and the words before the key is pressed.
HELD = 75.0


class Through:
    """Finds who of the team takes a call. Each way to somebody is kept before it is tried, and ends once."""

    def __init__(self, parts: Parts, voice: Voice) -> None:
        self.parts = parts
        self.voice = voice
        self.books = PutThroughs(parts.database)

    async def found(self, speech: Speech, speaker: Speaker, body: Mapping[str, str], place: Place) -> Speech:
        """The speech with whoever is there in it, or with what is said where nobody is."""
        said: Speech = []
        for verb in speech:
            if isinstance(verb, Team):
                led = await self._ring(speaker, body, place, ()) or await self._hold(speaker, place, 0)
                said += [*verb.opening, *led] if led else verb.otherwise
            else:
                said.append(verb)
        return said

    async def held(self, speaker: Speaker, body: Mapping[str, str], place: Place) -> Speech:
        """A caller who waits: somebody is free by now, or they would rather be called back."""
        words = self.parts.words(speaker.language, speaker.zone).aloud
        if body["Digits"] == CALL_BACK:
            return self.voice.elsewhere(words)
        times = int(body["w"]) if body["w"].isdecimal() and len(body["w"]) < 4 else PATIENT
        led = await self._ring(speaker, body, place, ()) or await self._hold(speaker, place, times)
        return led or self.voice.elsewhere(words)

    async def _hold(self, speaker: Speaker, place: Place, times: int) -> Speech | None:
        """Everybody who is there speaks with somebody: the caller may wait a while. None where there is nobody."""
        there = [each for each in await self.parts.attendance.there() if each.phone]
        closed = self.voice.opens(speaker.zone) is not None
        if not there or times >= PATIENT or self.parts.person_number or closed:
            return None
        action = replace(place, number=place.number + 1).path("voice/through/held")
        return self.voice.held(speaker, self.parts.url(f"{action}&w={times + 1}"), first=times == 0)

    async def after(self, speaker: Speaker, body: Mapping[str, str], place: Place) -> Speech:
        """It does not ring any more, or the two have spoken."""
        way = await self.books.get(body["t"])
        if way is None or way.call != body["CallSid"]:
            return self.voice.sorry()
        if not way.staff:
            return await self._out_of_the_queue(way, speaker, body, place)
        await self.over(way)
        if way.taken_at is not None:
            return await self._spoken(way, speaker, place)
        if body["CallStatus"] == "completed" or await self.parts.calls.over(way.call):
            return [Hangup()]
        words = self.parts.words(speaker.language, speaker.zone).aloud
        return await self._ring(speaker, body, place, way.tried) or self.voice.elsewhere(words)

    async def _out_of_the_queue(
        self, way: PutThrough, speaker: Speaker, body: Mapping[str, str], place: Place
    ) -> Speech:
        """TaskRouter's queue is left: connected, for a call-back, by hanging up, or because it could not be done."""
        taken = await self.books.taken(way.id)
        await self.hung_up(way.call)
        if taken is not None or body["q"] in BRIDGED:
            return await self._spoken(taken or way, speaker, place)
        if body["q"] == "hangup" or await self.parts.calls.over(way.call):
            return [Hangup()]
        return self.voice.elsewhere(self.parts.words(speaker.language, speaker.zone).aloud)

    async def over(self, way: PutThrough) -> None:
        """Whoever it rang at can be rung again."""
        if await self.books.end(way.id):
            await self.parts.attendance.let_go(way.staff)

    async def hung_up(self, call: str) -> None:
        """The caller is gone: a key pressed now takes nothing."""
        for way in await self.books.end_of(call):
            await self.parts.attendance.let_go(way.staff)

    async def _ring(
        self, speaker: Speaker, body: Mapping[str, str], place: Place, tried: tuple[str, ...]
    ) -> Speech | None:
        if self.parts.task_router:
            if tried or self.voice.opens(speaker.zone) is not None:
                return None
            following = replace(place, number=place.number + 1)
            return [await Tasks(self.parts).queued(self.parts.task_router, speaker.customer, body, following)]
        sid = body["CallSid"]
        case = await self.parts.calls.case_of(sid)
        turn = await self.parts.switchboard.look(case) if case else None
        somebody = await self._next(turn, body, tried) if len(tried) < MOST else None
        if somebody is None:
            return None
        way = await self.books.begin(sid, somebody.id, customer=speaker.customer, case=case, tried=tried)
        await remarked(self.parts, way, speaker, "put-through", somebody.name)
        action = f"{replace(place, number=place.number + 1).path('voice/through')}&t={way.id}"
        dial = Dial(
            somebody.phone or "",
            self.parts.url(action),
            timeout=RINGS,
            whisper=self.parts.url(f"/twilio/voice/whisper?t={way.id}"),
            progress=self.parts.url(f"/twilio/voice/leg?t={way.id}"),
            caller=self.parts.number,
        )
        return self.voice.through(first_name(somebody.name), speaker, dial, again=bool(tried))

    async def _next(self, turn: Turn | None, body: Mapping[str, str], tried: tuple[str, ...]) -> Attending | None:
        """Whoever has the case, else whoever is free; from now on no other call rings there."""
        books, own = self.parts.attendance, caller(body)
        first = await books.of(turn.claim.holder) if turn and turn.claim else None
        there = [first] if first and first.here and first.state != "away" else []
        for each in (*there, *await books.there()):
            free = each.phone and not each.held and each.id not in tried
            if free and (own is None or each.phone != own.value) and await books.hold(each.id, HELD):
                return each
        return None

    async def _spoken(self, way: PutThrough, speaker: Speaker, place: Place) -> Speech:
        """On with the question if the case was let go of; else it is in good hands."""
        case, person = way.case, await self.parts.staff.get(way.staff)
        if case is None:
            return self.voice.goodbye(speaker)
        turn = await self.parts.switchboard.look(case)
        if turn is not None and turn.claim is not None and not turn.status.closed:
            return self.voice.in_their_hands(first_name(person.name if person else turn.claim.name), speaker)
        turn = await self.parts.switchboard.arrive(speaker, case, f"{way.id}:back")
        speech = self.voice.turn(turn, speaker, place, 0)
        return self.voice.goodbye(speaker) if any(isinstance(verb, Team) for verb in speech) else speech


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else name


async def remarked(parts: Parts, way: PutThrough, speaker: Speaker, why: RemarkWhy, name: str) -> None:
    """Into the story of the case. A call goes on without it."""
    if way.case is None:
        return
    with contextlib.suppress(SegueError):
        ours = replace(speaker, actor=Actor.SEGUE)
        await parts.switchboard.remark(ours, way.case, f"{way.id}:{why}", name, why)
