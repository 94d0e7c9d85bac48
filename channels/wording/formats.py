"""Money, days and times in a customer's language and zone, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

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


@dataclass(frozen=True)
class Formats:
    """Turns any value of the ledger into words. ``spoken`` is for a voice: "March 11th", "ending 4 2 4 2"."""

    locale: Locale
    zone: tzinfo
    spoken: bool = False

    @classmethod
    def of(cls, language: str, zone: str, *, spoken: bool = False) -> Formats:
        """An unknown zone reads as UTC: a wrong hour is better than no answer on a live call."""
        try:
            found: tzinfo = ZoneInfo(zone)
        except (ValueError, OSError, LookupError):
            found = UTC
        return cls(Locale.parse(language.replace("-", "_")), found, spoken)

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
        return f"{self.instant(start)} {'to' if self.locale.language == 'en' else '-'} {until}"

    def here(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            return at
        try:
            return at.astimezone(self.zone)
        except OverflowError:
            return at

    def plain(self, text: str) -> str:
        """Free text; a voice reads long numbers digit by digit."""
        if not self.spoken:
            return text
        return _LONG_NUMBER.sub(lambda found: " ".join(found.group()), text)

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
    label = value.get("label")
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
