"""Words in, turn out: what texts and calls have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from channels.reading import Reading, Said, Unclear, Understood, Wish, mask_remark, moment_for, read, wish_for
from channels.wording.book import Wording, wording
from models.case import Because, Note, Pending, Turn
from switchboard.switchboard import Speaker, Switchboard

Greeting = Literal["", "what-do-you-want", "unknown-wish", "help", "stopped", "started", "person", "repeat"]

# Calling a case off on a bad line takes more than a guess: below this the recogniser is asked to hear again.
SURE = 0.6
# What is wished for whether or not there is a case.
BEYOND_A_CASE = {"help", "stop", "start", "person"}


@dataclass(frozen=True)
class Heard:
    """What came of somebody's words. ``turn`` is None while there is no case: ``greeting`` says what to say then."""

    turn: Turn | None
    reading: Reading | None = None
    echo: str = ""
    because: Because | None = None
    greeting: Greeting = ""


@dataclass(frozen=True)
class Standing:
    """Where a customer stood when words came in: the case in hand, if any, and how far its journal had got.

    Kept with the words, it leads a second hearing to what came of the first, though the case may be closed by then.
    """

    case: str | None = None
    sequence: int | None = None


@dataclass(frozen=True)
class Conversation:
    switchboard: Switchboard

    async def standing(self, speaker: Speaker) -> Standing:
        """Where the speaker stands now: in the open case last touched, or in none."""
        open_cases = await self.switchboard.open_cases(speaker.customer)
        return Standing(open_cases[0].id, open_cases[0].sequence) if open_cases else Standing()

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
        if stood is None:
            stood = Standing(case) if case else await self.standing(speaker)
        if stood.case is None:
            return await self._no_case(speaker, said, request_id)
        turn = await self.switchboard.arrive(speaker, stood.case, f"{request_id}/arrive")
        if turn.status.closed:
            return await self._closed(speaker, said, request_id, turn, stood)
        if asked is not None and (turn.question is None or asked != _asked(turn.question)):
            return Heard(turn.model_copy(update={"note": Note.ALREADY_ANSWERED}))
        if turn.question is None:
            await self.switchboard.remark(speaker, turn.case, f"{request_id}/remark", mask_remark(said.text))
            return Heard(turn)
        return await self._reply(speaker, said, request_id, turn, turn.question)

    async def _closed(self, speaker: Speaker, said: Said, request_id: str, turn: Turn, stood: Standing) -> Heard:
        """The case ended before these words, or by them at a first hearing: what it told since is said first."""
        if turn.note is Note.FINISHED:
            turn = await self.switchboard.ended(turn, stood.sequence)
        if moment_for(said.text, language=speaker.language) is not None and not turn.notices:
            return await self._no_case(speaker, said, request_id)
        wish = wish_for(said, language=speaker.language)
        if wish is not None and wish.kind in BEYOND_A_CASE:
            return Heard(turn, wish, greeting=_greeting(wish))
        return Heard(turn)

    async def _no_case(self, speaker: Speaker, said: Said, request_id: str) -> Heard:
        moment = moment_for(said.text, language=speaker.language)
        if moment is not None:
            return Heard(await self.switchboard.start(speaker, moment, f"{request_id}/start"))
        wish = wish_for(said, language=speaker.language)
        if wish is not None:
            return Heard(None, wish, greeting=_greeting(wish))
        return Heard(None, greeting="unknown-wish" if said.text.strip() else "what-do-you-want")

    async def _reply(self, speaker: Speaker, said: Said, request_id: str, turn: Turn, pending: Pending) -> Heard:
        words = wording(speaker.language, speaker.zone)
        names = {line.key: words.label(turn.moment, line.key) for line in turn.answers}
        today = datetime.now(UTC).astimezone(ZoneInfo(speaker.zone)).date()
        reading = read(pending.question, said, today=today, language=speaker.language, names=names, zone=speaker.zone)
        if isinstance(reading, Understood):
            return await self._answer(speaker, reading, request_id, turn, pending, words)
        if isinstance(reading, Unclear):
            await self.switchboard.remark(speaker, turn.case, f"{request_id}/unclear", mask_remark(said.text))
            return Heard(turn, reading, because=reading.because)
        return await self._wish(speaker, said, reading, request_id, turn)

    async def _answer(
        self, speaker: Speaker, reading: Understood, request_id: str, turn: Turn, pending: Pending, words: Wording
    ) -> Heard:
        key, revision = _asked(pending)
        answered = await self.switchboard.answer(speaker, turn.case, request_id, key, revision, reading.value)
        if answered.note is Note.UNFIT:
            answered = _with_news(turn, answered)
            return Heard(answered.model_copy(update={"note": None}), reading, because=answered.because)
        answered = _with_news(turn, answered)
        if answered.note is not None:
            return Heard(answered, reading)
        return Heard(answered, reading, echo=words.value(reading.value, pending.question.kind, pending.question))

    async def _wish(self, speaker: Speaker, said: Said, wish: Wish, request_id: str, turn: Turn) -> Heard:
        if wish.kind == "cancel" and said.way == "speech" and (said.confidence or 1.0) < SURE:
            return Heard(turn, wish, because=Because(code="no-match"))
        if wish.kind == "cancel":
            cancelled = await self.switchboard.cancel(speaker, turn.case, request_id)
            return Heard(_with_news(turn, cancelled), wish)
        changeable = [line.key for line in turn.answers if line.changeable]
        if wish.kind in {"change", "back"} and changeable:
            key = wish.key if wish.key in changeable else changeable[-1]
            corrected = await self.switchboard.correct(speaker, turn.case, request_id, key, withdraw=True)
            return Heard(_with_news(turn, corrected), wish)
        if wish.kind == "person":
            # So that whoever opens the case sees that somebody waits for them.
            await self.switchboard.remark(speaker, turn.case, f"{request_id}/person", mask_remark(said.text))
        return Heard(turn, wish, greeting=_greeting(wish))


def _asked(pending: Pending) -> tuple[str, int]:
    return pending.question.key, pending.revision


def _with_news(before: Turn, after: Turn) -> Turn:
    """The later turn; what the earlier one told must not get lost on the way back."""
    known = {n.number for n in after.notices}
    return after.model_copy(update={"notices": [*(n for n in before.notices if n.number not in known), *after.notices]})


def _greeting(wish: Wish) -> Greeting:
    greetings: dict[str, Greeting] = {
        "help": "help", "stop": "stopped", "start": "started", "person": "person", "repeat": "repeat",
    }  # fmt: skip
    return greetings.get(wish.kind, "what-do-you-want")
