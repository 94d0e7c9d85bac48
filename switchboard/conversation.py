"""Words in, turn out: what texts and calls have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from channels.reading import Reading, Said, Unclear, Understood, Wish, mask, moment_for, read, wish_for
from channels.wording.book import Wording, wording
from models.case import Because, Note, Notice, Pending, Turn
from switchboard.switchboard import Speaker, Switchboard

Greeting = Literal["", "what-do-you-want", "unknown-wish", "help", "stopped", "started", "person", "repeat"]

# Calling a case off on a bad line takes more than a guess: below this the recogniser is asked to hear again.
SURE = 0.6


@dataclass(frozen=True)
class Heard:
    """What came of somebody's words. ``turn`` is None while there is no case: ``greeting`` says what to say then."""

    turn: Turn | None
    reading: Reading | None = None
    echo: str = ""
    because: Because | None = None
    greeting: Greeting = ""


@dataclass(frozen=True)
class Conversation:
    switchboard: Switchboard

    async def hear(
        self,
        speaker: Speaker,
        said: Said,
        *,
        request_id: str,
        case: str | None = None,
        asked: tuple[str, int] | None = None,
    ) -> Heard:
        """Take what was said as an answer to what is pending, as a wish, or as the start of a moment.

        ``asked`` is the question (key and revision) that the words reply to, where the channel knows it.
        """
        turn = await self._current(speaker, case, request_id)
        if turn is None or turn.status.closed:
            return await self._no_case(speaker, said, request_id, turn)
        if asked is not None and (turn.question is None or asked != _asked(turn.question)):
            return Heard(turn.model_copy(update={"note": Note.ALREADY_ANSWERED}))
        if turn.question is None:
            await self.switchboard.remark(speaker, turn.case, f"{request_id}/remark", mask(said.text))
            return Heard(turn)
        return await self._reply(speaker, said, request_id, turn, turn.question)

    async def _current(self, speaker: Speaker, case: str | None, request_id: str) -> Turn | None:
        if case is None:
            open_cases = await self.switchboard.open_cases(speaker.customer)
            if not open_cases:
                return None
            case = open_cases[0].id
        return await self.switchboard.arrive(speaker, case, f"{request_id}/arrive")

    async def _no_case(self, speaker: Speaker, said: Said, request_id: str, closed: Turn | None) -> Heard:
        moment = moment_for(said.text, language=speaker.language)
        if moment is not None:
            return Heard(await self.switchboard.start(speaker, moment, f"{request_id}/start"))
        wish = wish_for(said, language=speaker.language)
        if wish is not None:
            return Heard(closed, wish, greeting=_greeting(wish))
        return Heard(closed, greeting="unknown-wish" if said.text.strip() else "what-do-you-want")

    async def _reply(self, speaker: Speaker, said: Said, request_id: str, turn: Turn, pending: Pending) -> Heard:
        words = wording(speaker.language, speaker.zone)
        names = {line.key: words.label(turn.moment, line.key) for line in turn.answers}
        today = datetime.now(UTC).astimezone(ZoneInfo(speaker.zone)).date()
        reading = read(pending.question, said, today=today, language=speaker.language, names=names, zone=speaker.zone)
        if isinstance(reading, Understood):
            return await self._answer(speaker, reading, request_id, turn, pending, words)
        if isinstance(reading, Unclear):
            await self.switchboard.remark(speaker, turn.case, f"{request_id}/unclear", mask(said.text))
            return Heard(turn, reading, because=reading.because)
        return await self._wish(speaker, said, reading, request_id, turn)

    async def _answer(
        self, speaker: Speaker, reading: Understood, request_id: str, turn: Turn, pending: Pending, words: Wording
    ) -> Heard:
        key, revision = _asked(pending)
        answered = await self.switchboard.answer(speaker, turn.case, request_id, key, revision, reading.value)
        if answered.note is Note.UNFIT:
            return Heard(answered.model_copy(update={"note": None}), reading, because=answered.because)
        # What was told between this visitor's words and the answer must not get lost on the way back.
        answered = answered.model_copy(update={"notices": _merged(turn, answered)})
        if answered.note is not None:
            return Heard(answered, reading)
        return Heard(answered, reading, echo=words.value(reading.value, pending.question.kind, pending.question))

    async def _wish(self, speaker: Speaker, said: Said, wish: Wish, request_id: str, turn: Turn) -> Heard:
        if wish.kind == "cancel" and said.way == "speech" and (said.confidence or 1.0) < SURE:
            return Heard(turn, wish, because=Because(code="no-match"))
        if wish.kind == "cancel":
            return Heard(await self.switchboard.cancel(speaker, turn.case, request_id), wish)
        changeable = [line.key for line in turn.answers if line.changeable]
        if wish.kind in {"change", "back"} and changeable:
            key = wish.key if wish.key in changeable else changeable[-1]
            return Heard(await self.switchboard.correct(speaker, turn.case, request_id, key, withdraw=True), wish)
        return Heard(turn, wish, greeting=_greeting(wish))


def _asked(pending: Pending) -> tuple[str, int]:
    return pending.question.key, pending.revision


def _merged(before: Turn, after: Turn) -> list[Notice]:
    known = {n.number for n in after.notices}
    return [*(n for n in before.notices if n.number not in known), *after.notices]


def _greeting(wish: Wish) -> Greeting:
    greetings: dict[str, Greeting] = {
        "help": "help", "stop": "stopped", "start": "started", "person": "person", "repeat": "repeat",
    }  # fmt: skip
    return greetings.get(wish.kind, "what-do-you-want")
