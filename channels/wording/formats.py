"""Money, days and times in a customer's language and zone, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, get_currency_precision
from pydantic import ValidationError

from models.money import Money
from models.questions import Method, Option, Slot

_MONEY = re.compile(r"(-?\d[\d.E+-]{0,30}) ([A-Z]{3})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[0-9:.]*(Z|[+-]\d\d:?\d\d)")
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{4,}(?![\d.,]\d)")
_CARD = re.compile(r"(.{1,40}) ending (\w{4})")
_TELEPHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_NAME = re.compile(r"[A-Za-z][A-Za-z -]{0,40}")
_LONGEST_NAME = 80

Phrase = Callable[..., str | None]
"""A message by its id, filled with facts; None where there is none."""


@dataclass(frozen=True)
class Formats:
    """Turns any value of the ledger into words. ``spoken`` is for a voice: "March 11th", "ending 4 2 4 2"."""

    locale: Locale
    zone: tzinfo
    phrase: Phrase
    spoken: bool = False

    @classmethod
    def of(cls, language: str, zone: str, phrase: Phrase, *, spoken: bool = False) -> Formats:
        """An unknown zone reads as UTC: a wrong hour is better than no answer on a live call.

        ``phrase`` words what is neither a number nor in the locale's data: a span of time, the company's own names.
        """
        try:
            found: tzinfo = ZoneInfo(zone)
        except (ValueError, OSError, LookupError):
            found = UTC
        return cls(Locale.parse(language.replace("-", "_")), found, phrase, spoken)

    def text(self, value: object) -> str | int:
        """Any fact as Fluent takes it: None is "none", a truth value "yes" or "no", a whole number stays one."""
        if value is None:
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int):
            return value
        return self.words(value)

    def words(self, value: object) -> str:
        known = parsed(value)
        if isinstance(known, Money):
            return self.money(known)
        if isinstance(known, datetime):
            return self.instant(known)
        if isinstance(known, date):
            return self.day(known)
        if isinstance(known, Slot):
            return self.slot(known)
        if isinstance(known, Method | Option):
            return self.plain(known.label)
        if isinstance(known, list | tuple):
            return format_list([str(self.words(item)) for item in known], locale=self.locale)
        return "" if isinstance(known, Mapping) else self.plain(str(known))

    def money(self, money: Money) -> str:
        # An amount finer than its currency is shown as it is: rounding would state another amount.
        fine = money.amount == round(money.amount, get_currency_precision(money.currency))
        text = format_currency(money.amount, money.currency, locale=self.locale, decimal_quantization=fine)
        return _tidy(text)

    def day(self, day: date) -> str:
        if self.spoken and self.locale.language == "en":
            return f"{format_date(day, 'MMMM', locale=self.locale)} {_ordinal(day.day)}"
        return _tidy(format_skeleton("MMMMd", day, locale=self.locale))

    def clock(self, at: datetime) -> str:
        return _tidy(format_time(self.here(at).time(), "short", locale=self.locale))

    def instant(self, at: datetime) -> str:
        here = self.here(at)
        return f"{self.day(here.date())}, {self.clock(here)}"

    def slot(self, slot: Slot) -> str:
        start, end = self.here(slot.start), self.here(slot.end)
        until = self.clock(end) if end.date() == start.date() else self.instant(end)
        return self.phrase("time-slot", day=self.day(start.date()), start=self.clock(start), until=until) or until

    def hours(self, slot: Slot) -> str:
        """A slot without its day, for a list by days; the weekday stands over it."""
        start, end = self.here(slot.start), self.here(slot.end)
        return self.phrase("time-hours", start=self.clock(start), until=self.clock(end)) or self.clock(start)

    def weekday(self, day: date) -> str:
        return _tidy(f"{format_date(day, 'EEEE', locale=self.locale)}, {self.day(day)}")

    def here(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            return at
        try:
            return at.astimezone(self.zone)
        except OverflowError:
            return at

    def plain(self, text: str) -> str:
        """Free text, the company's own names in the customer's language; a voice reads long numbers digit by digit."""
        if _TELEPHONE.fullmatch(text):
            return self.telephone(text)
        text = self._named(text)
        if not self.spoken:
            return text
        return _LONG_NUMBER.sub(lambda found: " ".join(found.group()), text)

    def telephone(self, number: str) -> str:
        """An E.164 number as people write it, and as they say it: by its groups, one digit at a time."""
        try:
            known = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return number
        if not self.spoken:
            return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        local = phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.NATIONAL)
        return ", ".join(" ".join(group) for group in re.findall(r"[0-9]+", local))

    def _named(self, text: str) -> str:
        if card := _CARD.fullmatch(text):
            return self.phrase("company-card", brand=card[1], digits=card[2]) or text
        return ", ".join(self._name(part) for part in text.split(", ")) if len(text) <= _LONGEST_NAME else text

    def _name(self, part: str) -> str:
        if not _NAME.fullmatch(part):
            return part
        found = self.phrase(f"company-{part.lower().replace(' ', '-')}") or part
        return found[:1].upper() + found[1:] if part[0].isupper() else found

    def any_of(self, items: list[str]) -> str:
        return format_list(items, style="or", locale=self.locale)

    def all_of(self, items: list[str]) -> str:
        return format_list(items, locale=self.locale)


def parsed(value: object) -> object:
    """A JSON value as what it stands for: Money, date, datetime, Slot, Method, a dict's label, or itself."""
    if isinstance(value, str):
        return _parsed_text(value)
    if not isinstance(value, Mapping):
        return value
    for kind, fields in ((Money, {"amount", "currency"}), (Slot, {"id", "start", "end"}), (Method, {"token", "label"})):
        if set(value) == fields:
            try:
                return kind.model_validate(dict(value))
            except ValidationError:
                return value
    # A file is called by its name, everything else that has one by its label.
    label = value.get("name" if set(value) == {"id", "name", "type", "size"} else "label")
    return label if isinstance(label, str) else value


def _parsed_text(text: str) -> object:
    try:
        if money := _MONEY.fullmatch(text):
            return Money(amount=Decimal(money[1]), currency=money[2])
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    return text


def _tidy(text: str) -> str:
    """Locale data has no-break spaces of several widths; a text message pays for each, a voice stumbles over them."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
