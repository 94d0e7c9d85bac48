"""The book: finds a message, fills it, and falls back from a moment's own wording to the kind of question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from fluent.runtime import FluentBundle, FluentResource
from pydantic import JsonValue

from channels.wording.facts import expanded, of_question, of_reason, spelled
from channels.wording.formats import Formats, parsed
from channels.wording.story import story
from models.case import Because, Line, Notice, Pending
from models.journal import Row
from models.money import Money
from models.people import Channel, Provenance
from models.questions import AnyQuestion, Change, Choice, Confirm, Option, PaymentMethod, TimeSlot
from models.renamed import now_called

FOLDER = Path(__file__).parent
FALLBACK = "en"
STYLES: dict[Channel, tuple[str, ...]] = {
    Channel.PHONE: ("phone",),
    Channel.SMS: ("sms",),
    Channel.WHATSAPP: ("whatsapp", "sms"),
    Channel.EMAIL: ("email",),
    Channel.WEB: ("web",),
    Channel.STORE: ("store", "web"),
    Channel.DESK: ("desk", "web"),
}
TERRITORY = "US"  # whose money and dates a language without a territory of its own is written for
_TWO_STOPS = re.compile(r"(?<=\.[a-z])\.\.(?!\.)")
_CHANNEL_NAMES = {channel.value for channel in Channel}


class MissingWording(KeyError):
    """No such message or attribute, or one of its placeables was not given."""


class Wording:
    """All that is said in one language and zone. ``aloud`` says the same for a voice ("March 11th")."""

    def __init__(self, language: str, zone: str, *, spoken: bool = False) -> None:
        self.language, self.zone = language, zone
        folder = folder_of(language)
        self.locale = _locale(language, folder)
        self.formats = Formats.of(str(self.locale), zone, self._phrase, spoken=spoken)
        self._books = [_bundle(folder)] if folder == FALLBACK else [_bundle(folder), _bundle(FALLBACK)]

    @property
    def aloud(self) -> Wording:
        return self if self.formats.spoken else wording(self.language, self.zone, spoken=True)

    def say(self, message: str, attribute: str | None = None, /, **facts: object) -> str:
        """One message, filled. An attribute named for a channel falls back to the message itself."""
        text = self._find(message, (attribute,) if attribute else (), facts)
        if text is None and attribute in _CHANNEL_NAMES:
            text = self._find(message, (), facts)
        if text is None:
            raise MissingWording(f"{message}.{attribute}" if attribute else message)
        return text

    def maybe(self, message: str, attribute: str, /, **facts: object) -> str:
        """An attribute where there is one that can be filled, else nothing."""
        return self._find(message, (attribute,), facts) or ""

    def _phrase(self, message: str, /, **facts: str) -> str | None:
        return next((text for book in self._books if (text := _filled(book, message, None, facts)) is not None), None)

    def has(self, message: str) -> bool:
        return any(book.has_message(message) for book in self._books)

    def _find(self, message: str, attributes: tuple[str, ...], facts: Mapping[str, object]) -> str | None:
        """The first attribute there is that can be filled; with none named, the message's own value."""
        words = expanded(facts, self.formats)
        tries = ((attribute, book) for attribute in attributes or (None,) for book in self._books)
        return next((text for a, b in tries if (text := _filled(b, message, a, words)) is not None), None)

    def choose(self, messages: list[str], styles: tuple[str, ...], facts: Mapping[str, object]) -> str:
        """The first of several messages that there is and can be filled, in the first style it has."""
        for message in messages:
            text = (self._find(message, styles, facts) if styles else None) or self._find(message, (), facts)
            if text is not None:
                return text
        raise MissingWording(messages[-1])

    def _for(self, channel: Channel | None) -> Wording:
        return self.aloud if channel is Channel.PHONE else self

    def prompt(self, moment: str, pending: Pending, channel: Channel, *, again: bool = False) -> str:
        """The question as this channel asks it, without its options; ``again`` prefers the shorter form."""
        book, question = self._for(channel), pending.question
        own = message_id(moment, question.key)
        # A Change may bear the key of the confirm it follows, whose wording would ask the wrong thing.
        own = f"{own}-change" if isinstance(question, Change) else own
        facts = of_question(question)
        facts["label"] = book.label(moment, question.key)
        if isinstance(question, Confirm):
            facts["list"] = book.read_back(moment, question.values)
        styles = (("again",) if again else ()) + STYLES[channel]
        return book.choose([own, f"ask-{kebab(question.kind)}"], styles, facts)

    def notice(self, moment: str, notice: Notice, channel: Channel) -> str:
        book = self._for(channel)
        facts = {"moment": book.moment_name(moment), "by": book.by(notice.data.get("until"), notice.at), **notice.data}
        own = message_id(f"{now_called(moment)}-told", notice.key)
        return book.choose([own, message_id("told", notice.key), "told-other"], STYLES[channel], facts)

    def by(self, until: JsonValue, at: datetime) -> str | None:
        """Until when something was promised ``at`` a time: the hour, with the day where it is another."""
        known = parsed(until)
        if not isinstance(known, datetime):
            return None
        same = self.formats.here(known).date() == self.formats.here(at).date()
        return self.formats.clock(known) if same else self.formats.instant(known)

    def because(self, because: Because, channel: Channel | None = None) -> str:
        """Why something is asked again; a code without wording says so in general words."""
        styles = STYLES[channel] if channel else ()
        facts = of_reason(because.facts)
        # Two readings of the same words are asked back by name.
        styles = ("either", *styles) if "first" in facts and "second" in facts else styles
        return self._for(channel).choose([f"because-{because.code}", "because-other"], styles, facts)

    def label(self, moment: str, key: str) -> str:
        """The short name of an answer, in lower case: "amount", "payment method"."""
        found = self._find(message_id(moment, key), ("label",), {})
        return found or key.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")

    def moment_name(self, moment: str, attribute: str | None = None) -> str:
        """What the customer is doing: "paying your bill"; its ``title`` is "Pay your bill"."""
        return self._find(now_called(moment), (attribute,) if attribute else (), {}) or moment.replace("-", " ")

    def option(self, moment: str, key: str, option: Option) -> str:
        """An option's name: the moment's own wording for it, or the company's label."""
        return self._find(message_id(moment, key), (f"option-{option.id}",), {}) or self.formats.plain(option.label)

    def suggestion(self, moment: str, key: str, number: int, money: Money) -> str:
        """A suggested amount; ``.suggest-1`` and so on name it: "Full $84.20"."""
        names = (f"suggest-{number}-phone",) if self.formats.spoken else ()
        found = self._find(message_id(moment, key), (*names, f"suggest-{number}"), {"money": money})
        return found or self.formats.money(money)

    def value(self, value: JsonValue, kind: str, question: AnyQuestion | None = None, *, moment: str = "") -> str:
        """An answer in words. The question, where given, turns ids back into what they stand for.

        With its ``moment`` too, an option goes by the name it was asked with.
        """
        if kind == "code":
            return self.say("value-code")
        if isinstance(value, bool) or value is None:
            return self.say(f"value-{self.formats.text(value)}")
        if isinstance(question, Choice):
            return next((self.option(moment, question.key, o) for o in question.options if o.id == value), str(value))
        if isinstance(question, TimeSlot):
            return next((self.formats.slot(s) for s in question.slots if s.id == value), self.formats.words(value))
        if kind == "payment_method" and isinstance(value, str):
            saved = question.saved if isinstance(question, PaymentMethod) else []
            return next((self.formats.plain(m.label) for m in saved if m.token == value), self.say("value-method"))
        return self.formats.words(value)

    def answer(self, moment: str, line: Line, question: AnyQuestion | None = None) -> str:
        """A standing answer in words, with the moment's own name for an option."""
        if line.kind == "choice" and isinstance(line.value, str):
            found = self._find(message_id(moment, line.key), (f"option-{line.value}",), {})
            if found is not None:
                return found
        if isinstance(line.shown, str):
            return self.formats.plain(line.shown)
        return self.value(line.shown or line.value, line.kind, question)

    def read_back(self, moment: str, values: Mapping[str, JsonValue]) -> str:
        """Everything that is confirmed, each with its name: "amount: $40.00, payment method: Visa"."""
        given = {key: value for key, value in values.items() if value is not None}
        return ", ".join(f"{self.label(moment, key)}: {self._read(moment, key, value)}" for key, value in given.items())

    def _read(self, moment: str, key: str, value: JsonValue) -> str:
        found = self._find(message_id(moment, key), (f"option-{value}",), {}) if isinstance(value, str) else None
        return found or self.confirmed(value)

    def confirmed(self, value: JsonValue) -> str:
        return self.value(value, "", None) if parsed(value) is not None else self.say("value-none")

    def how(self, by: Provenance, today: date | None = None) -> str:
        """Over what and when something was said: "by text, 3:04 PM"; with the day when it was not today."""
        here = self.formats.here(by.at)
        at = self.formats.clock(here) if today in (None, here.date()) else self.formats.instant(here)
        return self.say("how", channel=self.say(f"channel-{by.channel.value}"), at=at)

    def story(self, moment: str, row: Row) -> str:
        """One line of a case's timeline as a sentence anybody can read."""
        return story(self, moment, row)


def kebab(name: str) -> str:
    return name.replace("_", "-").lower()


def message_id(moment: str, key: str) -> str:
    """The message of a key; inside ``each`` the items' ids are left out: "line/42/colour" is "line-colour"."""
    parts = key.split("/")
    return "-".join([now_called(moment), *parts[:-1:2], parts[-1]])


def folder_of(language: str) -> str:
    """The folder that words a language: its own, its base language's, or English."""
    for name in (language, language.split("-", maxsplit=1)[0].lower()):
        if name.isalnum() and (FOLDER / name).is_dir():
            return name
    return FALLBACK


def _locale(language: str, folder: str) -> Locale:
    here = f"{folder}_{TERRITORY}"
    for name in (language, here, folder) if "-" in language else (here, folder):
        try:
            locale = Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        if locale.language == folder:
            return locale
    return Locale.parse(FALLBACK)


def _filled(book: FluentBundle, message: str, attribute: str | None, facts: Mapping[str, str | int]) -> str | None:
    if not book.has_message(message):
        return None
    found = book.get_message(message)
    pattern = found.attributes.get(attribute) if attribute else found.value
    if pattern is None:
        return None
    text, errors = book.format_pattern(pattern, dict(facts))
    # "3:04 p.m." at the end of a sentence has its stop already.
    return None if errors else _TWO_STOPS.sub(".", str(text))


@lru_cache(maxsize=32)
def _bundle(folder: str) -> FluentBundle:
    book = FluentBundle([folder], functions={"SPELL": spelled}, use_isolating=False)
    for path in sorted((FOLDER / folder).glob("*.ftl")):
        book.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return book


@lru_cache(maxsize=1024)
def wording(language: str, zone: str, *, spoken: bool = False) -> Wording:
    """The wording of a language and zone, read from disk once."""
    return Wording(language, zone, spoken=spoken)
