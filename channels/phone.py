"""Phone calls: a turn as speech, each try to understand simpler than the one before. Pure data, no TwiML."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from channels.gsm import clip
from channels.guide import guide, kept
from channels.picks import Pick, only_a_new_card, picks
from channels.preface import asks_nothing, joined, note, notices, standing, why
from channels.wording.book import Wording, kebab
from channels.wording.facts import fixed_length
from models.case import Because, Pending, Status, Turn
from models.people import Channel
from models.questions import AnyQuestion, Date, PaymentMethod

_SPOKEN, _LABEL, _PICKS, _HINTS = 1500, 80, 9, 60
_CARD_TRIES = 2
_NO_KEYPAD = {"text", "email"}
_ZERO_IS_A_DIGIT = {"digits", "code", "phone_number"}
_ONE_KEY = {"yes_no", "confirm"}
_VOICES = {"en": "en-US", "es": "es-US", "fr": "fr-FR", "de": "de-DE", "it": "it-IT", "pt": "pt-BR", "nl": "nl-NL"}


@dataclass(frozen=True)
class Say:
    """Words that are not listened through. ``language`` only where it is not English."""

    text: str
    language: str | None = None


@dataclass(frozen=True)
class Gather:
    """A question. ``digits`` where an answer by keypad always has that many, ``hints`` for the recogniser."""

    prompt: str
    action: str
    way: Literal["both", "keypad"] = "both"
    digits: int | None = None
    hints: tuple[str, ...] = ()
    language: str = "en-US"


@dataclass(frozen=True)
class Pause:
    seconds: int = 1


@dataclass(frozen=True)
class Redirect:
    url: str


@dataclass(frozen=True)
class Dial:
    """Put through to an E.164 ``number``; ``action`` hears how that went.

    ``timeout`` is how long it rings, in seconds; ``whisper`` what whoever answers hears before the two are connected,
    ``progress`` where the end of their leg is reported, ``caller`` the number that they see.
    """

    number: str
    action: str
    timeout: int = 25
    whisper: str | None = None
    progress: str | None = None
    caller: str | None = None


@dataclass(frozen=True)
class Team:
    """To whoever of the team can be had, after the ``opening``; ``otherwise`` is said where nobody can."""

    opening: tuple[Verb, ...]
    otherwise: tuple[Verb, ...]


class Routed:
    """What only a caller in the provider's own queue for the team hears, or whoever of the team is reserved there."""


@dataclass(frozen=True)
class Enqueue(Routed):
    """Wait in a queue of the provider's: ``workflow`` (``WW…``) finds one of the team.

    ``interaction`` is an opaque id that comes back with them, ``wait`` is what the caller hears meanwhile, ``action``
    hears how it ended. After ``seconds`` nobody waits any more.
    """

    workflow: str
    interaction: str
    action: str
    wait: str
    seconds: int = 1800


@dataclass(frozen=True)
class Bridge(Routed):
    """Whoever is reserved (``WR…``) is connected with the caller who waits for them."""

    reservation: str


@dataclass(frozen=True)
class Leave(Routed):
    """Out of the queue."""


@dataclass(frozen=True)
class Pay:
    """The provider itself takes a card by keypad and makes a token of it; ``action`` hears of that, we of no number.

    ``connector`` names the payment processor at the provider.
    """

    action: str
    connector: str
    language: str = "en-US"


@dataclass(frozen=True)
class Hangup:
    pass


Verb = Say | Gather | Pause | Redirect | Dial | Team | Routed | Pay | Hangup
Speech = list[Verb]


def render(
    turn: Turn,
    words: Wording,
    *,
    action: str,
    attempt: int = 0,
    because: Because | None = None,
    echo: str = "",
    person: str | None = None,
    pay: Pay | None = None,
    team: bool = False,
) -> Speech:
    """The turn as speech. ``action`` is where what is heard goes, ``attempt`` how often it was not understood.

    Tries: 0 asks in full, 1 shorter and with an example, 2 by keypad only, 3 hands over to a ``person`` (an
    E.164 number), or promises a call back; with ``team``, to one of the team first. ``pay`` takes a new card;
    without it one is only taken on our page.
    """
    aloud = words.aloud
    call = _Call(aloud, action, person, pay, team)
    speech: Speech = call.say(_sentence(echo), *notices(turn, aloud, Channel.PHONE), note(turn, aloud, because))
    if turn.question is None or asks_nothing(turn):
        return speech + call.stand(turn, attempt, because)
    reason = why(turn, because)
    if pay and takes_a_card(turn.question, reason, attempt):
        return speech + call.take_card(reason)
    opening = aloud.because(reason, Channel.PHONE) if reason else ""
    return speech + call.ask(turn.moment, turn.question, attempt, opening)


@dataclass(frozen=True)
class _Call:
    words: Wording
    action: str
    person: str | None
    pay: Pay | None = None
    team: bool = False

    def say(self, *texts: str) -> Speech:
        text = spoken(joined(*texts))
        return [Say(text, None if self.voice.startswith("en") else self.voice)] if text else []

    @property
    def voice(self) -> str:
        return voice(self.words)

    def ask(self, moment: str, pending: Pending, attempt: int, opening: str) -> Speech:
        question = pending.question
        if only_a_new_card(question):
            # The reason for asking may be that a card needs the page: said once is enough.
            return [*self.say(self.words.say("card-only", "phone")), Hangup()]
        if attempt >= 3 or (attempt == 2 and question.kind in _NO_KEYPAD):
            return self.hand_over(opening)
        shown = picks(question, moment, self.words)
        prompt = joined(
            opening,
            self.words.prompt(moment, pending, Channel.PHONE, again=attempt > 0),
            kept(pending, self.words, "phone") if attempt < 2 else "",
            # Who keyed a wrong code hears how to get another.
            self.guide(question, attempt or int(question.kind == "code" and bool(opening)), shown),
        )
        way: Literal["both", "keypad"] = "keypad" if attempt == 2 or question.kind == "code" else "both"
        hints = () if way == "keypad" else self.hints(question, shown)
        return [Gather(spoken(prompt), self.action, way, _digits(question, shown), hints, self.voice)]

    def take_card(self, reason: Because | None) -> Speech:
        assert self.pay, "asked for only where cards are taken"  # noqa: S101 - a type fact
        opening = self.words.because(reason, Channel.PHONE) if reason and reason.code != "needs-web" else ""
        return [*self.say(opening, self.words.say("enter-card", "phone")), replace(self.pay, language=self.voice)]

    def guide(self, question: AnyQuestion, attempt: int, shown: list[Pick]) -> str:
        style = ("phone", "example", "keypad")[min(max(attempt, 0), 2)]
        line = guide(question, style, self.words, picks=self.presses(shown), listed=bool(shown))
        if style != "keypad" or question.kind in _ZERO_IS_A_DIGIT:
            return line
        return joined(line, self.words.say("press-zero"))

    def presses(self, shown: list[Pick]) -> str:
        said = []
        for number, pick in enumerate(shown[:_PICKS], start=1):
            label = clip(pick.label, _LABEL)
            said.append(self.words.say("press" if number == 1 else "press-next", number=str(number), label=label))
        if len(said) == 2:
            said[0] += ","  # two long options run into each other without a breath between
        return self.words.formats.any_of(said) if said else ""

    def hints(self, question: AnyQuestion, shown: list[Pick]) -> tuple[str, ...]:
        usual = self.words.maybe(f"answer-{kebab(question.kind)}", "hints").split(",")
        named = [name for pick in shown for name in (pick.label, *pick.others)]
        clean = (spoken(hint[:200].replace(",", " "))[:100].strip() for hint in [*named, *usual])
        return tuple(dict.fromkeys(hint for hint in clean if hint))[:_HINTS]

    def hand_over(self, opening: str = "") -> Speech:
        return self.to_the_team(opening, [*self.say(opening, self.words.say("call-you-back")), Hangup()])

    def to_the_team(self, opening: str, otherwise: Speech) -> Speech:
        if self.person:
            otherwise = [*self.say(opening, self.words.say("person", "phone")), Dial(self.person, self.action)]
        return [Team(tuple(self.say(opening)), tuple(otherwise))] if self.team else otherwise

    def stand(self, turn: Turn, attempt: int, because: Because | None) -> Speech:
        """A case that asks nothing: what comes next, a person, or a moment's patience."""
        if turn.status.closed:
            return self.end(turn, attempt)
        if turn.working and turn.status not in {Status.WITH_A_PERSON, Status.STUCK, Status.UNCERTAIN} and attempt < 3:
            return [*self.say(standing(turn, self.words)), Pause(2), Redirect(self.action)]
        patience = self.words.say("still-working") if turn.working and attempt >= 3 else standing(turn, self.words)
        reason = self.words.because(because, Channel.PHONE) if because else ""
        rest = [*self.say(reason, patience, self.words.say("goodbye")), Hangup()]
        return self.to_the_team("", rest) if turn.status in {Status.WITH_A_PERSON, Status.STUCK} else rest

    def end(self, turn: Turn, attempt: int) -> Speech:
        if attempt > 0:
            return [*self.say(self.words.say("goodbye")), Hangup()]
        prompt = joined(standing(turn, self.words), self.words.say("what-next", "phone"))
        return [Gather(spoken(prompt), self.action, language=self.voice)]


def takes_a_card(pending: Pending, reason: Because | None, attempt: int) -> bool:
    """Whether the caller wants a new card, or has no other; who failed with one twice is sent to the page."""
    question = pending.question
    if only_a_new_card(question):
        return attempt < _CARD_TRIES
    return isinstance(question, PaymentMethod) and question.new and reason is not None and reason.code == "needs-web"


def spoken(text: str, limit: int = _SPOKEN) -> str:
    """Text that a voice and an XML document both can take, in one line and of bounded length."""
    kept = (" " if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} else char for char in text)
    return clip(" ".join("".join(kept).split()), limit)


def voice(words: Wording) -> str:
    """The language tag for recognition and voice, e.g. ``en-US``."""
    locale = words.locale
    if locale.territory:
        return f"{locale.language}-{locale.territory}"
    return _VOICES.get(locale.language, "en-US")


def _digits(question: AnyQuestion, shown: list[Pick]) -> int | None:
    if question.kind in _ONE_KEY:
        return 1
    if isinstance(question, Date):
        # Month and day are enough only where they can't mean two years.
        first, last = question.earliest, question.latest
        return 4 if first and last and (last - first).days < 365 else None
    if shown and question.kind != "amount":
        return 1 if len(shown) <= _PICKS else None
    return fixed_length(question)


def _sentence(echo: str) -> str:
    """What was understood, as something one says: "Now." and not "now"."""
    return echo[:1].upper() + echo[1:].rstrip(".") + "." if echo else ""
