"""A rehearsal as the transcript of a conversation by text: what is typed, what comes back, what is sent unasked."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from difflib import ndiff
from typing import Any

from channels import phone, sms
from channels.reading import Said, Understood, read
from channels.wording import wording
from models.case import Event, Turn
from models.people import Channel
from tests.engine.shop import Delivery
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal

START = datetime(2026, 3, 2, 15, tzinfo=UTC)  # a Monday, ten o'clock in New York
WORDS = wording("en", "America/New_York")
ENOUGH_WORDS = 55  # what a voice says in twenty seconds

Happening = Callable[[], Awaitable[Event | None]]


class Clock:
    """The time of a rehearsal, for desks that are made before it."""

    case: Rehearsal | None = None

    def __call__(self) -> datetime:
        return self.case.host.clock if self.case else START


class Talk:
    """One case, talked through by text. ``heard`` is everything that was said, in order."""

    def __init__(self, moment: type[Moment], *actors: Any, clock: Clock | None = None) -> None:
        self.delivery = Delivery()
        self.case = Rehearsal(moment, *actors, self.delivery)
        self.heard: list[str] = []
        self._sent = 0
        if clock:
            clock.case = self.case

    async def follow(self, transcript: str, *, arrived: bool = False, **happenings: Happening) -> None:
        """Play the customer's lines of a transcript, and hold all that is said to it.

        A line in parentheses is what happens meanwhile: time ("3 days later"), or one of ``happenings``, whose event
        is then reported. Unless the customer has ``arrived``, that comes first.
        """
        if not arrived:
            self._reply(await self.case.arrive(Channel.SMS))
        lines = [line.strip() for line in transcript.strip().splitlines()]
        for line in lines:
            if said := re.fullmatch(r"Customer: (.*)", line):
                await self.says(said[1])
            elif changed := re.fullmatch(r"Customer changes ([\w/-]+): (.*)", line):
                self._reply(await self.case.correct(changed[1], _value(changed[2]), Channel.SMS), line)
            elif happened := re.fullmatch(r"\((.*)\)", line):
                await self._happens(happened[1], happenings)
        differing = "\n".join(ndiff(lines, self.heard))
        assert lines == self.heard, differing

    async def says(self, text: str) -> Turn:
        """The customer's words, read as a text message is, and answered."""
        pending = self.case.case.state.pending[0]
        today = self.case.host.clock.date()
        reading = read(pending.question, Said(text, "typed"), today=today, zone=WORDS.zone)
        assert isinstance(reading, Understood), (text, reading)
        turn = await self.case.answer(pending.question.key, reading.value, Channel.SMS)
        self._reply(turn, f"Customer: {text}")
        return turn

    async def _happens(self, what: str, happenings: dict[str, Happening]) -> None:
        self.heard.append(f"({what})")
        if time := re.fullmatch(r"(\d+) (hour|day)s? later", what):
            await self.case.skips(**{f"{time[2]}s": int(time[1])})
        elif (event := await happenings[what.replace(" ", "_")]()) is not None:
            await self.case.report(event.name, event.data, event.about, event.id)
        await self.case.host.quiet()
        self._look_for_mail()

    def _look_for_mail(self) -> None:
        for reach in self.delivery.reached[self._sent :]:
            self._hear(f"Segue sends ({reach.kind})", reach.turn)
        self._sent = len(self.delivery.reached)

    def _reply(self, turn: Turn, after: str = "") -> None:
        assert turn.note is None, turn
        self.heard += [after] if after else []
        self._hear("Segue", turn)
        self._look_for_mail()

    def _hear(self, who: str, turn: Turn) -> None:
        text = sms.render(turn, WORDS)
        assert sms.segments(text) <= 2, f"too long for a text: {text}"
        aloud = [verb for verb in phone.render(turn, WORDS, action="/") if isinstance(verb, phone.Say | phone.Gather)]
        said = " ".join(verb.text if isinstance(verb, phone.Say) else verb.prompt for verb in aloud)
        assert len(said.split()) <= ENOUGH_WORDS, f"too long to be said: {said}"
        self.heard += f"{who}: {text}".splitlines()


def _value(text: str) -> Any:
    return {"yes": True, "no": False, "none": None}.get(text, text)
