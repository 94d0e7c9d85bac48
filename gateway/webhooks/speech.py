"""What a caller hears, as steps of speech: the turn, a greeting, or why there is none now."""

from __future__ import annotations

from channels import phone
from channels.phone import Dial, Gather, Hangup, Pause, Redirect, Say, Speech, voice
from channels.wording.book import Wording
from gateway.parts import Parts
from gateway.webhooks.place import MOST_ATTEMPTS, Place
from models.case import Because, Turn
from models.people import Channel
from switchboard.conversation import Heard
from switchboard.switchboard import Speaker

PAUSE = 2
PATIENT = 4


class Voice:
    """Composes speech; says nothing itself and keeps nothing."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def turn(
        self,
        turn: Turn,
        speaker: Speaker,
        place: Place,
        attempt: int,
        *,
        because: Because | None = None,
        echo: str = "",
    ) -> Speech:
        """A turn, and where the next request goes."""
        return phone.render(
            turn,
            self._words(speaker),
            action=self.parts.url(place.then(turn, attempt).path()),
            attempt=attempt,
            because=because,
            echo=echo,
            person=self.parts.person_number,
        )

    def heard(self, heard: Heard, speaker: Speaker, place: Place, attempt: int) -> Speech:
        """What follows the caller's words."""
        words = self._words(speaker)
        if heard.greeting == "person":
            return self.person(words)
        if heard.greeting == "stopped":
            return [Say(words.say("stopped", "phone")), Hangup()]
        if heard.turn is None or heard.greeting in {"what-do-you-want", "unknown-wish"}:
            return self.wish(speaker, place, attempt, helped=heard.greeting == "help")
        echo = words.say("help", "phone") if heard.greeting == "help" else heard.echo
        return self.turn(heard.turn, speaker, place, attempt, because=heard.because, echo=echo)

    def welcome_back(self, turn: Turn, speaker: Speaker, place: Place) -> Speech:
        """Straight on with what the caller was doing."""
        words = self._words(speaker)
        echo = words.say("page-you-were", doing=words.moment_name(turn.moment))
        return self.turn(turn, speaker, place, 0, echo=echo)

    def wish(self, speaker: Speaker, place: Place, attempt: int = 0, *, helped: bool = False) -> Speech:
        """No case yet: ask what the caller wants, three times at most."""
        words = self._words(speaker)
        if attempt > 2:
            return self.person(words)
        name = "help" if helped else "unknown-wish" if attempt else "greeting"
        action = self.parts.url(place.then(None, attempt).path())
        return [Gather(words.say(name, "phone"), action, language=voice(words))]

    def waiting(self, turn: Turn, speaker: Speaker, place: Place) -> Speech:
        """A step is running: a moment of silence and another look; too long, and the answer follows by text."""
        words = self._words(speaker)
        if place.attempt >= MOST_ATTEMPTS:
            return [Say(words.say("still-working", "phone")), Hangup()]
        again = self.parts.url(place.then(turn, place.attempt + 1).path())
        said: Speech = [Say(words.say("working", "phone"))] if place.attempt == PATIENT else []
        return [*said, Pause(PAUSE), Redirect(again)]

    def person(self, words: Wording) -> Speech:
        """To a person, or the word that one calls back."""
        if self.parts.person_number:
            return [Say(words.say("person", "phone")), Dial(self.parts.person_number, self.parts.url(Place().path()))]
        return [Say(words.say("call-you-back", "phone")), Hangup()]

    def promises(self, speech: Speech, speaker: Speaker) -> bool:
        """Whether the caller is told that one of the team calls back: somebody then has to know."""
        promise = phone.spoken(self._words(speaker).say("call-you-back", "phone"))
        return any(isinstance(verb, Say) and promise in verb.text for verb in speech)

    def after_dial(self, status: str, speaker: Speaker) -> Speech:
        """The call to a person has ended, or nobody took it."""
        if status in {"completed", "answered"}:
            return [Hangup()]
        return [Say(self._words(speaker).say("call-you-back", "phone")), Hangup()]

    def goodbye(self, speaker: Speaker) -> Speech:
        return [Say(self._words(speaker).say("goodbye", "phone")), Hangup()]

    def sorry(self) -> Speech:
        """Needs nothing that could be down."""
        return [Say(self.parts.words("en", "UTC").aloud.say("sorry-away", Channel.PHONE.value)), Hangup()]

    def withheld(self) -> Speech:
        """A caller without a number: nobody to keep a place for."""
        words = self.parts.words("en", "UTC").aloud
        if self.parts.person_number:
            return self.person(words)
        return [Say(words.say("page-withheld")), Hangup()]

    def _words(self, speaker: Speaker) -> Wording:
        return self.parts.words(speaker.language, speaker.zone).aloud
