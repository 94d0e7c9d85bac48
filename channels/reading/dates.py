"""Reading a calendar day. Every date named must be the same one, and nothing else may be said beside it."""

import re
from collections.abc import Iterator
from datetime import date

from channels.reading.days import VAGUE, Calendar, Named, around, dated, days, monthday
from channels.reading.phrase import Phrase, without
from channels.reading.said import Reading, Understood, settle, unclear
from models.questions import Date

_MONTH_FIRST = {"US", "PH", "PW", "FM"}


def read_date(question: Date, phrase: Phrase, today: date, region: str) -> Reading:
    past = question.latest is not None and question.latest <= today
    calendar = Calendar(
        phrase.lexicon, today, past, phrase.lexicon.words["dates"]["month_first"] and region.upper() in _MONTH_FIRST
    )
    if phrase.way == "keypad":
        return _settled(question, tuple(_keyed(phrase.text.strip("#"), calendar)))
    named, left = days(phrase, calendar)
    if not named:
        return _settled(question, _bare(phrase, calendar))
    left = without(left, around(phrase.lexicon))
    if left:
        return unclear("ambiguous" if phrase.has("alternatives") else "no-match")
    found = _agreed(named)
    if found is None or phrase.asks:
        return unclear("ambiguous")
    return _settled(question, found)


def _agreed(named: list[Named]) -> tuple[date, ...] | None:
    """What all that was named can mean together: "Monday the 9th" is one day when the 9th is a Monday."""
    dates = [found.days for found in named if not found.weekday]
    weekdays = [found.days for found in named if found.weekday]
    if VAGUE in dates or len(set(dates)) > 1 or (not dates and len(set(weekdays)) > 1):
        return None
    if not dates:
        return weekdays[0]
    fits = all(day.weekday() == days[0].weekday() for day in dates[0] for days in weekdays if days)
    return dates[0] if fits else None


def _settled(question: Date, found: tuple[date, ...]) -> Reading:
    if not found:
        return unclear("no-match")
    readings = [settle(question, day.isoformat()) for day in found]
    fitting = [reading for reading in readings if isinstance(reading, Understood)]
    if len(fitting) > 1:
        return unclear("ambiguous", first=found[0].isoformat(), second=found[1].isoformat())
    return fitting[0] if fitting else readings[0]


def _bare(phrase: Phrase, calendar: Calendar) -> tuple[date, ...]:
    """A lone typed ``15`` is the 15th; spoken, it may be anything."""
    left = without(phrase.text, [phrase.lexicon.pattern("fillers")])
    if phrase.way == "typed" and re.fullmatch(r"[0-9]{1,2}", left) and int(left):
        return monthday(int(left), calendar)
    return ()


def _keyed(keys: str, calendar: Calendar) -> Iterator[date]:
    """``15``, ``0311``, ``031126`` or ``03112026``; day and month in the region's order."""
    if not re.fullmatch(r"[0-9]{1,2}|[0-9]{4}|[0-9]{6}|[0-9]{8}", keys):
        return
    if len(keys) <= 2:
        yield from monthday(int(keys), calendar)
        return
    first, second, year = int(keys[:2]), int(keys[2:4]), keys[4:]
    month, day = (first, second) if calendar.month_first else (second, first)
    yield from dated(month, day, int(year) if year else None, calendar)
