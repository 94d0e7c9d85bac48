"""Words while a person of ours drives the case: which are for them, which for Segue, and how to go on alone."""

from __future__ import annotations

from dataclasses import dataclass

from channels.reading import Said, Unclear, Understood, Wish, wish_for
from models.case import Claim, Pending, Turn
from models.people import Channel
from switchboard.chatting import Chats
from switchboard.heard import Greeting, Heard
from switchboard.reply import reply_to
from switchboard.switchboard import Speaker, Switchboard

# What is asked of a person who has the case in hand, and not of Segue.
FOR_A_PERSON = {"person", "help", "call"}


@dataclass(frozen=True)
class InHand:
    """One utterance on a channel that keeps what is said. On a call, Segue hears words as ever."""

    chats: Chats
    switchboard: Switchboard
    speaker: Speaker
    said: Said
    request_id: str

    async def in_chat(self, case: str | None, asked: tuple[str, int] | None) -> Heard | None:
        """What is written to a person; None where it is for Segue after all: a tap on its button, nobody there."""
        turn = await self.switchboard.look(case or "")
        if turn is None or turn.claim is None or (asked and self._answers(turn, asked)):
            return None
        wish = wish_for(self.said, language=self.speaker.language)
        if wish is not None and wish.kind == "alone":
            return await self.alone(turn)
        if wish is not None and wish.kind in {"stop", "start"}:
            return Heard(None, wish, greeting="stopped" if wish.kind == "stop" else "started")
        taken = await self._heard(turn.case, turn.claim)
        return Heard(taken.model_copy(update={"notices": []}), chat=True) if taken.claim else None

    async def drives(self, case: str) -> bool:
        """Whether a person has a case in hand that asks nothing."""
        turn = await self.switchboard.look(case)
        return turn is not None and turn.claim is not None and self.speaker.may_see(turn)

    def is_for_the_person(self, turn: Turn, asked: tuple[str, int] | None) -> bool:
        """Whether words are neither an answer to what is asked nor a wish that Segue itself can fulfil."""
        pending = turn.question
        if turn.claim is None or not self.speaker.may_see(turn):
            return False
        if pending is None:
            wish = wish_for(self.said, language=self.speaker.language)
            return wish is None or wish.kind in FOR_A_PERSON
        if asked is not None and asked != asked_by(pending):
            return False
        reading = reply_to(turn, pending, self.said, self.speaker)
        return isinstance(reading, Unclear) or (isinstance(reading, Wish) and reading.kind in FOR_A_PERSON)

    async def passed_on(self, turn: Turn) -> Heard:
        """The agent gets the words; the customer hears once that they have them, and how to go on alone."""
        assert turn.claim is not None, "asked for before"  # noqa: S101 - a type fact
        taken = await self._heard(turn.case, turn.claim)
        first = await self.chats.first(turn.case, turn.claim, self.request_id)
        return Heard(with_news(turn, taken), greeting="passed-on" if first else "", about=turn, chat=True)

    async def alone(self, turn: Turn) -> Heard:
        """They want Segue back: the case is theirs, and goes on where it is."""
        if turn.claim is not None:
            await self.switchboard.release(self.speaker, turn.case, f"{self.request_id}/alone")
        now = await self.switchboard.arrive(self.speaker, turn.case, f"{self.request_id}/alone/arrive")
        return Heard(now, Wish("alone"), greeting="alone" if turn.claim else "repeat")

    async def _heard(self, case: str, claim: Claim) -> Turn:
        return await self.chats.heard(self.switchboard, self.speaker, case, claim, self.request_id, self.said)

    def _answers(self, turn: Turn, asked: tuple[str, int]) -> bool:
        pending = turn.question
        if pending is None or asked != asked_by(pending):
            return False
        return isinstance(reply_to(turn, pending, self.said, self.speaker), Understood)


def asked_by(pending: Pending) -> tuple[str, int]:
    return pending.question.key, pending.revision


def with_news(before: Turn, after: Turn) -> Turn:
    """The later turn; what the earlier one told must not get lost on the way back."""
    known = {n.number for n in after.notices}
    return after.model_copy(update={"notices": [*(n for n in before.notices if n.number not in known), *after.notices]})


def greeting_for(wish: Wish, speaker: Speaker) -> Greeting:
    """What is said to a wish; who is on the phone already wants somebody else to call."""
    call: Greeting = "person" if speaker.channel is Channel.PHONE else "calling"
    greetings: dict[str, Greeting] = {
        "call": call,
        "alone": "repeat", "repeat": "repeat",
        "help": "help", "stop": "stopped", "start": "started", "person": "person",
    }  # fmt: skip
    return greetings.get(wish.kind, "what-do-you-want")
