"""One utterance: at the front door, in a case, and on the way back to the case before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from channels.preface import asks_nothing
from channels.reading import Said, Understood, Wish, mask_remark, wish_for
from channels.reading.openings import moments_for
from insight.wording import telling
from models.case import Because, Note, Pending, Turn
from models.people import Assurance, Channel
from models.questions import OneTimeCode, Text
from switchboard.chatting import Chats
from switchboard.discretion import proof
from switchboard.front_door import FrontDesk, agreed, one_of, picked, words_of
from switchboard.heard import Greeting, Heard
from switchboard.heard_code import code_in, speaks_of_code
from switchboard.in_hand import InHand, asked_by, greeting_for, with_news
from switchboard.reply import reply_to
from switchboard.routing import Standing
from switchboard.switchboard import Speaker, Switchboard

# Calling a case off on a bad line takes more than a guess: below this the recogniser is asked to hear again.
SURE = 0.6
# What is wished for whether or not there is a case.
BEYOND_A_CASE = {"help", "stop", "start", "person", "call"}
# A case that was interrupted this lately is come back to by itself.
COME_BACK = timedelta(hours=12)
MISSES = 2


@dataclass(frozen=True)
class Hearing:
    """One utterance. ``request_id`` is what its effects are known by."""

    switchboard: Switchboard
    front: FrontDesk
    speaker: Speaker
    said: Said
    request_id: str
    chats: Chats | None = None

    @property
    def _in_hand(self) -> InHand | None:
        if self.chats is None or not self.speaker.channel.keeps:
            return None
        return InHand(self.chats, self.switchboard, self.speaker, self.said, self.request_id)

    # -- the front door ---------------------------------------------------------------------------------------

    async def at_the_door(self, stood: Standing) -> Heard | None:
        """What is said beside any question of a case: a pass, an answer to an offer. None: the case hears it."""
        code = code_in(self.said.text)
        if code is not None or (speaks_of_code(self.said.text) and stood.case is None):
            return await self._pass(code)
        if stood.offer is not None and (heard := await self._offered(stood)):
            return heard
        if stood.among:
            offer = await self.front.offer(self.speaker, "cases", *stood.among, said=self.said)
            return Heard(None, greeting="which", offer=offer)
        if stood.case is None:
            return await self._no_case(stood)
        return None

    async def _pass(self, code: str | None) -> Heard:
        opened = await self.front.passes.open(code, address=self.speaker.reply_to, visit=self.speaker.visit)
        if opened.given is None:
            greetings: dict[str, Greeting] = {"wrong": "pass-wrong", "locked": "pass-locked"}
            wanted: Greeting = "pass-misheard" if any(char.isdigit() for char in self.said.text) else "pass-ask"
            return Heard(None, greeting=greetings.get(opened.verdict, wanted))
        await self.front.settled(self.speaker)
        await self.front.passes.joined(self.speaker.visit, opened.given)
        speaker = await self.front.known(replace(self.speaker, only=None), self.switchboard)
        turn = await self.switchboard.arrive(speaker, opened.given.case, f"{self.request_id}/pass")
        if turn.status.closed:
            return Heard(turn)
        # Somebody else's pass says nothing about the number that is called from.
        own = self.speaker.only is None and await self.switchboard.owns(self.speaker.customer, opened.given.case)
        return Heard(turn, greeting="pass-open", about=turn, proved=speaker.assurance if own else None)

    async def _offered(self, stood: Standing) -> Heard | None:
        offer = stood.offer
        if offer is None or offer.what == "missed":
            return None
        if offer.what == "moments" and (moment := picked(offer, self.said, self.speaker)):
            return await self._start(moment, offer.words)
        if offer.what == "cases" and (case := picked(offer, self.said, self.speaker)):
            await self.front.settled(self.speaker)
            before = replace(self, said=replace(self.said, text=offer.words))
            return await before.in_case(Standing(case), None)
        if offer.what == "resume":
            return await self._resumed(offer.options[0], stood)
        if offer.what == "aside" and agreed(self.said, self.speaker) == "yes":
            return await self._resume(offer.options[0])
        return None

    async def _resumed(self, case: str, stood: Standing) -> Heard | None:
        answer = agreed(self.said, self.speaker)
        if answer == "yes":
            return await self._resume(case)
        if answer == "no":
            await self.front.offer(self.speaker, "aside", case)
            return Heard(None, greeting="aside")
        await self.front.settled(self.speaker)
        # Whoever says what they want instead, or answers the question itself, has not to say "no" or "yes" first.
        return None if stood.case or self._wished() else await self._resume(case)

    async def _resume(self, case: str) -> Heard:
        await self.front.settled(self.speaker)
        turn = await self.switchboard.arrive(self.speaker, case, f"{self.request_id}/arrive")
        return Heard(turn, greeting="" if turn.status.closed else "resumed", about=turn)

    async def shown(self, stood: Standing, greeting: Greeting) -> Heard:
        """Where the speaker is, after a word of ours."""
        if stood.case is None:
            return Heard(None, greeting=greeting)
        turn = await self.switchboard.arrive(self.speaker, stood.case, f"{self.request_id}/arrive")
        return Heard(turn, greeting=greeting)

    async def meet(self, turn: Turn) -> Heard:
        """Somebody comes back after a while: whether they want to go on where they were."""
        offer = await self.front.offer(self.speaker, "resume", turn.case)
        return Heard(None, greeting="met", offer=offer, about=turn)

    async def _no_case(self, stood: Standing) -> Heard:
        if stood.idle is not None and self._in_hand and await self._in_hand.drives(stood.idle):
            return await self.in_case(Standing(stood.idle), None)
        wished = self._wished()
        if len(wished) == 1:
            return await self._start(wished[0])
        if len(wished) > 1:
            return await self._either(wished)
        wish = wish_for(self.said, language=self.speaker.language)
        if wish is not None and (stood.idle is None or wish.kind in BEYOND_A_CASE):
            return Heard(None, wish, greeting=greeting_for(wish, self.speaker))
        if stood.idle is not None:
            return await self.in_case(Standing(stood.idle), None)
        return await self._missed(stood)

    async def _missed(self, stood: Standing) -> Heard:
        """Nobody understood: a person is offered, and the second time it is one."""
        if not self.said.text.strip() or one_of("front-hello", self.said, self.speaker):
            return Heard(None, greeting="what-do-you-want")
        misses = 1 + (stood.offer.misses if stood.offer else 0)
        if misses >= MISSES and self.speaker.channel is not Channel.PHONE:
            await self.front.settled(self.speaker)
            return Heard(None, greeting="person")
        await self.front.offer(self.speaker, "missed", misses=misses)
        return Heard(None, greeting="unknown-wish")

    async def _either(self, moments: tuple[str, ...]) -> Heard:
        offer = await self.front.offer(self.speaker, "moments", *moments[:2], said=self.said)
        return Heard(None, greeting="either", offer=offer)

    async def _start(self, moment: str, said: str = "") -> Heard:
        """``said`` are the words that asked for it, where these only answer which one was meant."""
        await self.front.settled(self.speaker)
        speaker = self.speaker
        if speaker.only and speaker.reply_to:
            # A pass opens its one case: anything else they do in their own name.
            sure = Assurance.POSSESSION if speaker.channel.keeps else Assurance.CLAIMED
            own = await self.switchboard.recognise(speaker.channel, speaker.reply_to, sure)
            speaker = replace(own, visit=speaker.visit)
        words = mask_remark(said or self.said.text)[:600]
        turn = await self.switchboard.start(speaker, moment, f"{self.request_id}/start", {"said": words})
        if telling(words) and not turn.status.closed:
            # What only began a case stands in no story: trouble has to.
            await self.switchboard.remark(speaker, turn.case, f"{self.request_id}/telling", words)
        return Heard(turn)

    def _wished(self) -> tuple[str, ...]:
        wished = moments_for(self.said.text, language=self.speaker.language)
        return wished if all(moment in self.switchboard.moments for moment in wished) else ()

    # -- in a case --------------------------------------------------------------------------------------------

    async def in_case(self, stood: Standing, asked: tuple[str, int] | None) -> Heard:
        heard = await self._in_hand.in_chat(stood.case, asked) if self._in_hand and stood.chat else None
        heard = heard or await self._in_case(stood, asked)
        return replace(heard, proved=proof(heard.turn, self.speaker))

    async def _in_case(self, stood: Standing, asked: tuple[str, int] | None) -> Heard:
        turn = await self.switchboard.arrive(self.speaker, stood.case or "", f"{self.request_id}/arrive")
        if turn.status.closed:
            return await self._closed(turn, stood)
        pending = turn.question
        if asked is not None and stood.case not in {None, turn.case}:
            asked = await self.switchboard.onward.carried(str(stood.case), *asked) or asked
        if self._in_hand and self._in_hand.is_for_the_person(turn, asked):
            return await self._in_hand.passed_on(turn)
        if stood.late or (asked is not None and (pending is None or asked != asked_by(pending))):
            return Heard(turn.model_copy(update={"note": Note.ALREADY_ANSWERED}))
        if pending is None:
            return await self._new_wish(turn) or await self._remarked(turn)
        return await self._reply(turn, pending, stood)

    async def _closed(self, turn: Turn, stood: Standing) -> Heard:
        """The case ended before these words, or by them at a first hearing: what it told since is said first."""
        if turn.note is Note.FINISHED:
            turn = await self.switchboard.ended(self.speaker, turn, stood.sequence)
        if self._wished() and not turn.notices:
            return await self._no_case(Standing())
        wish = wish_for(self.said, language=self.speaker.language)
        if wish is not None and wish.kind in BEYOND_A_CASE:
            return Heard(turn, wish, greeting=greeting_for(wish, self.speaker))
        return Heard(turn)

    async def _remarked(self, turn: Turn) -> Heard:
        await self._note(None, turn)
        return Heard(turn)

    async def _reply(self, turn: Turn, pending: Pending, stood: Standing) -> Heard:
        if (hello := one_of("front-hello", self.said, self.speaker)) and isinstance(pending.question, Text):
            return Heard(turn)  # whoever says hello is back, and has not answered in their own words
        reading = reply_to(turn, pending, self.said, self.speaker)
        if isinstance(reading, Understood):
            return await self._answer(reading, turn, pending)
        if isinstance(reading, Wish):
            return await self._wish(reading, turn)
        lost = reading.because.code == "no-match"
        if lost and (heard := await self._new_wish(turn)):
            return heard
        noted = await self._note(None if hello else "unclear", turn)
        if noted.question is not None and noted.question.question.key == pending.question.key:
            turn = turn.model_copy(update={"pending": noted.pending})
        if lost and stood.fresh and self.speaker.channel.keeps:
            return await self.meet(turn)
        return Heard(turn, reading, because=None if lost and turn.moment in self._wished() else reading.because)

    async def _new_wish(self, turn: Turn) -> Heard | None:
        """Something else is wanted in the middle of a case: it is begun, and this one waits."""
        wished = tuple(moment for moment in self._wished() if moment != turn.moment)
        if len(wished) != len(self._wished()) or not wished:
            return None
        if len(wished) > 1:
            return await self._either(wished)
        started = await self._start(wished[0])
        return started if asks_nothing(turn) else replace(started, greeting="first", about=turn)

    async def _answer(self, reading: Understood, turn: Turn, pending: Pending) -> Heard:
        key, revision = asked_by(pending)
        answered = await self.switchboard.answer(self.speaker, turn.case, self.request_id, key, revision, reading.value)
        answered = with_news(turn, answered)
        if answered.note is Note.UNFIT:
            return Heard(answered.model_copy(update={"note": None}), reading, because=answered.because)
        if answered.note is not None:
            return Heard(answered, reading)
        if isinstance(pending.question, OneTimeCode):
            return Heard(answered, reading)
        echo = words_of(self.speaker).value(reading.value, pending.question.kind, pending.question, moment=turn.moment)
        return Heard(answered, reading, echo=echo)

    async def _wish(self, wish: Wish, turn: Turn) -> Heard:
        if wish.kind == "cancel" and self.said.way == "speech" and (self.said.confidence or 1.0) < SURE:
            return Heard(turn, wish, because=Because(code="no-match"))
        if wish.kind == "cancel":
            cancelled = await self.switchboard.cancel(self.speaker, turn.case, self.request_id)
            return Heard(with_news(turn, cancelled), wish)
        changeable = [line.key for line in turn.answers if line.changeable]
        if wish.kind in {"change", "back"} and changeable:
            key = wish.key if wish.key in changeable else changeable[-1]
            return Heard(with_news(turn, await self._withdrawn(turn, key)), wish)
        if wish.kind == "resend" and turn.question and isinstance(turn.question.question, OneTimeCode):
            sent = with_news(turn, await self._withdrawn(turn, turn.question.question.key))
            return Heard(sent, wish, greeting="resent" if sent.note is None else "")
        if wish.kind == "alone" and self._in_hand:
            return await self._in_hand.alone(turn)
        if wish.kind == "person":
            # So that whoever opens the case sees that somebody waits for them.
            await self._note("person", turn)
        return Heard(turn, wish, greeting=greeting_for(wish, self.speaker))

    async def _withdrawn(self, turn: Turn, key: str) -> Turn:
        return await self.switchboard.correct(self.speaker, turn.case, self.request_id, key, withdraw=True)

    async def _note(self, why: Literal["unclear", "person"] | None, turn: Turn) -> Turn:
        id, text = f"{self.request_id}/{why or 'remark'}", mask_remark(self.said.text)
        return await self.switchboard.remark(self.speaker, turn.case, id, text, why)

    # -- back to the case before ------------------------------------------------------------------------------

    async def come_back(self, heard: Heard) -> Heard:
        """When a case has closed, on with the one that it interrupted."""
        closed = heard.turn
        if closed is None or not closed.status.closed or heard.greeting:
            return heard
        since = datetime.now(UTC) - COME_BACK
        for record in await self.switchboard.open_cases(self.speaker.customer):
            turn = await self.switchboard.look(record.id)
            if record.touched_at < since or turn is None or asks_nothing(turn) or not self.speaker.may_see(turn):
                continue
            if record.id == closed.case or self.speaker.only not in {None, record.id}:
                continue
            return replace(
                heard, back=await self.switchboard.arrive(self.speaker, record.id, f"{self.request_id}/back")
            )
        return heard
