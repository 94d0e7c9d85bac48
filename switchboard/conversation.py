"""Words in, turn out: what texts, calls and mails have in common."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from channels.reading import Said
from database.cases import CaseRecord
from database.spoken import Question
from models.case import Turn
from switchboard.chatting import Chats
from switchboard.discretion import discreet
from switchboard.front_door import FrontDesk
from switchboard.heard import Greeting, Heard
from switchboard.hearing import Hearing
from switchboard.languages import begun_in, wanted
from switchboard.rating import rated
from switchboard.routing import Route, Standing
from switchboard.switchboard import Speaker, Switchboard

__all__ = ["Conversation", "Greeting", "Heard", "Standing"]


@dataclass(frozen=True)
class Conversation:
    """``chats``: where words go while a person of ours drives; without it, Segue answers them."""

    switchboard: Switchboard
    front: FrontDesk
    chats: Chats | None = None

    async def known(self, speaker: Speaker) -> Speaker:
        """The speaker as far as this visit has made them known."""
        return await self.front.known(speaker, self.switchboard)

    async def standing(self, speaker: Speaker, said: Said | None = None, last: Question | None = None) -> Standing:
        """Where the speaker stands now, and which case the words are for.

        ``last`` is what had been asked where they are when the words came, if the channel kept that.
        """
        speaker = await self.known(speaker)
        offer = await self.front.open_offer(speaker)
        last = last or await self.front.last_asked(speaker)
        records = await self.switchboard.open_cases(speaker.customer)
        if last is not None and last.case not in {record.id for record in records}:
            last = await self.switchboard.onward.question(last)
        theirs = [record for record in records if speaker.only in {None, record.id}]
        turns = await asyncio.gather(*(self.switchboard.look(record.id) for record in theirs))
        seen = [(record, turn or _unwritten(record)) for record, turn in zip(theirs, turns, strict=True)]
        if self.chats is not None and (chat := _in_chat(speaker, seen)):
            return chat
        standing = Route(speaker, seen, last, offer).standing(said)
        secret = {record.id for record, turn in seen if not speaker.may_see(turn)}
        return replace(standing, among=()) if secret.intersection(standing.among) else standing

    async def meet(self, speaker: Speaker, turn: Turn) -> Heard:
        """Somebody comes back after a while: whether they want to go on where they were."""
        return await Hearing(self.switchboard, self.front, speaker, Said("", "typed"), "", self.chats).meet(turn)

    async def hear(
        self,
        speaker: Speaker,
        said: Said,
        *,
        request_id: str,
        case: str | None = None,
        asked: tuple[str, int] | None = None,
        stood: Standing | None = None,
    ) -> Heard:
        """Take what was said as an answer to what is pending, as a wish, or as the start of a moment.

        ``asked`` is the question (key and revision) that the words reply to, where the channel knows it, ``stood``
        where the customer stood at the first hearing, where the channel keeps it.
        """
        speaker = await self.known(speaker)
        if stood is None:
            stood = Standing(case) if case else await self.standing(speaker, said)
        language = None if stood.chat else await self._language(speaker, said, stood)
        if language is not None:
            speaker = replace(speaker, language=language)
        hearing = Hearing(self.switchboard, self.front, speaker, said, request_id, self.chats)
        if language is not None and wanted(said):
            heard = await hearing.shown(stood, "language")
        else:
            rating = await self._rated(speaker, said, stood)
            heard = rating or await hearing.at_the_door(stood) or await hearing.in_case(stood, asked)
        return replace(discreet(await hearing.come_back(heard), speaker), language=language)

    async def _rated(self, speaker: Speaker, said: Said, stood: Standing) -> Heard | None:
        """A rating that was asked for, unless they write with a person."""
        return None if stood.chat else await rated(self.front, speaker, said, busy=stood.case is not None)

    async def _language(self, speaker: Speaker, said: Said, stood: Standing) -> str | None:
        """Another language, if one is asked for, or if somebody without a case begins in it; it is remembered."""
        language = wanted(said)
        if language is None and stood.case is None and stood.idle is None:
            known = await self.switchboard.cases.closed_for(speaker.customer, 1)
            language = begun_in(said, speaker.language, unknown=not known)
        if language is None or language == speaker.language:
            return None
        if speaker.only is None:
            await self.switchboard.customers.speaks(speaker.customer, language)
        return language


def _in_chat(speaker: Speaker, seen: list[tuple[CaseRecord, Turn]]) -> Standing | None:
    """The case in which they and a person write to each other: whatever else is open, the words are for that."""
    if not speaker.channel.keeps:
        return None
    chats = [record for record, turn in seen if turn.claim and turn.claim.chat and speaker.may_see(turn)]
    return Standing(chats[0].id, chats[0].sequence, chat=True) if chats else None


def _unwritten(record: CaseRecord) -> Turn:
    """A case that its journal does not tell of yet: there, and asking nothing that we know of."""
    return Turn(case=record.id, moment=record.moment, status=record.status, sequence=record.sequence)
