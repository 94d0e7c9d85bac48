"""What came of somebody's words, and the words of the front door that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from channels.reading import Reading
from channels.wording.book import Wording
from database.offered import Offer
from models.case import Because, Turn
from models.people import Assurance, Channel

Greeting = Literal[
    "", "what-do-you-want", "unknown-wish", "help", "stopped", "started", "person", "repeat",
    "either", "which", "met", "aside", "first", "resumed", "language", "resent",
    "calling", "call-nowhere", "alone", "passed-on", "rated", "rated-low",
    "pass-ask", "pass-open", "pass-wrong", "pass-misheard", "pass-locked",
]  # fmt: skip
# Greetings that are questions of our own, or all there is to say: no question of a case follows them.
DOOR: frozenset[str] = frozenset({"either", "which", "met", "aside"})
ALONE: frozenset[str] = DOOR | {"stopped", "person", "calling", "what-do-you-want", "passed-on", "rated", "rated-low"}
LOST: frozenset[str] = frozenset({"unknown-wish", "pass-ask", "pass-wrong", "pass-misheard", "pass-locked"})
_PLAIN = {"help", "stopped", "started", "person", "unknown-wish"}


@dataclass(frozen=True)
class Heard:
    """What came of somebody's words.

    ``turn`` is None while there is no case, or a question of our own comes first: :meth:`opening` says what to say
    then. ``back`` is the turn of the case that was interrupted, where ``turn`` has just closed. ``proved``: from now on
    the visitor is known to be that sure. ``language`` is the one to reply in, where it has just changed.
    ``chat``: a person of ours drives and has the words; Segue itself has nothing to say to them.
    """

    turn: Turn | None
    reading: Reading | None = None
    echo: str = ""
    because: Because | None = None
    greeting: Greeting = ""
    offer: Offer | None = None
    back: Turn | None = None
    about: Turn | None = None
    proved: Assurance | None = None
    language: str | None = None
    chat: bool = False

    @property
    def alone(self) -> bool:
        """Whether no question of a case follows."""
        return self.chat or self.greeting in ALONE or self.greeting in LOST

    @property
    def last(self) -> Turn | None:
        """The turn whose question is asked now."""
        return self.back or self.turn

    def opening(self, words: Wording, channel: Channel) -> str:
        """The words of the front door in the channel's way; empty where the turn says it all."""
        book, style = (words.aloud, "phone") if channel is Channel.PHONE else (words, "sms")
        if self.chat and not self.greeting:
            return ""
        if self.greeting == "" and self.turn is not None:
            return book.say("front-back", style, doing=book.moment_name(self.back.moment)) if self.back else ""
        if self.greeting in {"", "repeat", "what-do-you-want"}:
            return book.say("greeting", style) if self.turn is None or self.greeting == "what-do-you-want" else ""
        if self.greeting in _PLAIN:
            missed = self.greeting == "unknown-wish"
            return book.say("front-missed" if missed else self.greeting, style)
        if self.greeting == "language" and self.turn is not None:
            style = "again"
        return book.say(f"front-{self.greeting}", style, **self._facts(book))

    def _facts(self, words: Wording) -> dict[str, str]:
        about = self.about or self.turn
        facts = {"doing": words.moment_name(about.moment)} if about else {}
        if about and about.claim:
            facts["name"] = about.claim.name.split(" ")[0]
        if about and about.question:
            facts["label"] = words.label(about.moment, about.question.question.key)
        if self.offer and len(self.offer.options) > 1:
            first, second = (words.moment_name(option.split("/")[0]) for option in self.offer.options[:2])
            facts |= {"first": first, "second": second}
        return facts
