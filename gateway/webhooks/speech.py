"""What a caller hears, as steps of speech: the turn, a greeting, or why there is none now."""

from __future__ import annotations

from datetime import UTC, datetime

from channels import phone
from channels.phone import Dial, Gather, Hangup, Pause, Pay, Redirect, Say, Speech, Team, voice
from channels.preface import joined, notices, standing
from channels.wording.book import Wording
from gateway.parts import Parts
from gateway.webhooks.place import MOST_ATTEMPTS, Place
from models.case import Because, Turn
from models.people import Channel
from switchboard.conversation import Heard
from switchboard.heard import LOST
from switchboard.languages import languages
from switchboard.switchboard import Speaker

PAUSE = 2
PATIENT = 4
UNPLACED = {"what-do-you-want", "unknown-wish"}
OURS = {"aside", "language"}


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
            person=self.number(speaker.zone),
            pay=self.pay(place.then(turn, attempt)),
            team=True,
        )

    def pay(self, place: Place) -> Pay | None:
        """Where a card that is keyed in goes, if the provider can make a token of it."""
        connector = self.parts.pay_connector
        return Pay(self.parts.url(place.path("pay")), connector) if connector else None

    def heard(self, heard: Heard, speaker: Speaker, place: Place, attempt: int) -> Speech:
        """What follows the caller's words."""
        words = self._words(speaker)
        if heard.greeting == "person":
            return self.person(words)
        opening = heard.opening(words, Channel.PHONE)
        if heard.greeting == "stopped":
            return [self._say(words, opening), Hangup()]
        if heard.turn is None or heard.greeting in UNPLACED:
            return self.door(heard, speaker, place, attempt)
        if heard.back is not None:
            told = notices(heard.turn, words, Channel.PHONE)
            return self.turn(heard.back, speaker, place, 0, echo=joined(*told, opening))
        echo = joined(opening, heard.echo)
        return self.turn(heard.turn, speaker, place, attempt, because=heard.because, echo=echo)

    def door(self, heard: Heard, speaker: Speaker, place: Place, attempt: int) -> Speech:
        """A question of the front door's own, or what the caller wants."""
        words = self._words(speaker)
        if (heard.offer is None and heard.greeting not in LOST | OURS) or heard.greeting == "unknown-wish":
            return self.wish(speaker, place, attempt, helped=heard.greeting == "help")
        if attempt > 2:
            return self.person(words)
        hints: tuple[str, ...] = ()
        if heard.greeting == "met":
            hints = tuple(hint.strip() for hint in words.say("front-met-hints").split(","))
        elif heard.offer:
            hints = tuple(words.moment_name(option.split("/")[0]) for option in heard.offer.options)
        action = self.parts.url(place.then(None, attempt).path())
        return [Gather(heard.opening(words, Channel.PHONE), action, hints=hints, language=voice(words))]

    def idle(self, turn: Turn, speaker: Speaker, place: Place) -> Speech:
        """A case that needs nothing now: its news, and what else the caller would like."""
        words = self._words(speaker)
        news = joined(*notices(turn, words, Channel.PHONE), standing(turn, words), words.say("what-next", "phone"))
        action = self.parts.url(place.then(None, 0).path())
        return [Gather(phone.spoken(news), action, language=voice(words))]

    def welcome_back(self, turn: Turn, speaker: Speaker, place: Place) -> Speech:
        """Straight on with what the caller was doing."""
        words = self._words(speaker)
        known = turn.floor.rank <= speaker.assurance.rank
        echo = words.say("page-you-were", doing=words.moment_name(turn.moment)) if known else ""
        return self.turn(turn, speaker, place, 0, echo=echo)

    def wish(self, speaker: Speaker, place: Place, attempt: int = 0, *, helped: bool = False) -> Speech:
        """No case yet: ask what the caller wants, three times at most."""
        words = self._words(speaker)
        if attempt > 2:
            return self.person(words)
        name = "help" if helped else "front-missed" if attempt else "greeting"
        action = self.parts.url(place.then(None, attempt).path())
        others = self._others(speaker) if place.number == 0 and name == "greeting" else []
        return [*others, Gather(words.say(name, "phone"), action, language=voice(words))]

    def _others(self, speaker: Speaker) -> Speech:
        """At the start of a call: which other languages it can be in, each in itself."""
        own = speaker.language.partition("-")[0].lower()
        books = [self.parts.words(other, speaker.zone).aloud for other in languages() if other != own]
        return [self._say(book, book.say("front-offer-language")) for book in books]

    def waiting(self, turn: Turn, speaker: Speaker, place: Place) -> Speech:
        """A step is running: a moment of silence and another look; too long, and the answer follows by text."""
        words = self._words(speaker)
        if place.attempt >= MOST_ATTEMPTS:
            return [self._say(words, words.say("still-working", "phone")), Hangup()]
        again = self.parts.url(place.then(turn, place.attempt + 1).path())
        said: Speech = [self._say(words, words.say("working", "phone"))] if place.attempt == PATIENT else []
        return [*said, Pause(PAUSE), Redirect(again)]

    def person(self, words: Wording) -> Speech:
        """To one of the team, or to the number for it, or the word that one calls back."""
        return [Team((), tuple(self.elsewhere(words)))]

    def elsewhere(self, words: Wording) -> Speech:
        """Nobody of the team can be had at their desk: the number for that, or the word that one calls back."""
        if number := self.number(words.zone):
            return [self._say(words, words.say("person", "phone")), Dial(number, self.parts.url(Place().path()))]
        return [self._say(words, words.say("call-you-back", "phone")), Hangup()]

    def through(self, name: str, speaker: Speaker, dial: Dial, *, again: bool = False) -> Speech:
        """Put through to somebody by name; ``again``: the one before did not take it."""
        words = self._words(speaker)
        return [self._say(words, words.say("through-next" if again else "through-to", name=name)), dial]

    def held(self, speaker: Speaker, action: str, *, first: bool) -> Speech:
        """Everybody speaks with somebody: wait, or press a key to be called back."""
        words = self._words(speaker)
        prompt = words.say("through-held" if first else "through-still-held")
        return [Gather(prompt, action, "keypad", 1, language=voice(words))]

    def in_their_hands(self, name: str, speaker: Speaker) -> Speech:
        """The one of the team has hung up, and goes on with the case."""
        words = self._words(speaker)
        return [self._say(words, words.say("through-kept", name=name)), Hangup()]

    def number(self, zone: str) -> str | None:
        """Where people are while the team is not at its desks; None outside of its hours."""
        return self.parts.person_number if self.opens(zone) is None else None

    def opens(self, zone: str) -> datetime | None:
        """When the team is there again; None: these are its hours."""
        return self.parts.promising.opens(datetime.now(UTC), zone)

    def dated(self, speech: Speech, speaker: Speaker) -> Speech:
        """A promise to call back, with when that is if the team is not there now."""
        words, opens = self._words(speaker), self.opens(speaker.zone)
        if opens is None:
            return speech
        there = words.say("through-closed", when=words.formats.instant(opens))
        return [self._say(words, there), *speech]

    def promises(self, speech: Speech, speaker: Speaker) -> bool:
        """Whether the caller is told that one of the team calls back: somebody then has to know."""
        promise = phone.spoken(self._words(speaker).say("call-you-back", "phone"))
        return any(isinstance(verb, Say) and promise in verb.text for verb in speech)

    def after_dial(self, status: str, speaker: Speaker) -> Speech:
        """The call to a person has ended, or nobody took it."""
        if status in {"completed", "answered"}:
            return [Hangup()]
        return [self._say(self._words(speaker), self._words(speaker).say("call-you-back", "phone")), Hangup()]

    def goodbye(self, speaker: Speaker) -> Speech:
        return [self._say(self._words(speaker), self._words(speaker).say("goodbye", "phone")), Hangup()]

    def sorry(self) -> Speech:
        """Needs nothing that could be down."""
        return [Say(self.parts.words("en", "UTC").aloud.say("sorry-away", Channel.PHONE.value)), Hangup()]

    def withheld(self) -> Speech:
        """A caller without a number: nobody to keep a place for."""
        words = self.parts.words("en", "UTC").aloud
        if self.parts.person_number:
            return self.elsewhere(words)
        return [self._say(words, words.say("page-withheld")), Hangup()]

    def _say(self, words: Wording, text: str) -> Say:
        """Said in the caller's language."""
        spoken_in = voice(words)
        return Say(text, None if spoken_in.startswith("en") else spoken_in)

    def _words(self, speaker: Speaker) -> Wording:
        return self.parts.words(speaker.language, speaker.zone).aloud
