"""What the words for a day mean: each pattern of a language's file has its meaning here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache

from channels.reading.lexicon import Lexicon, alternation
from channels.reading.phrase import Phrase, near

VAGUE: tuple[date, ...] = (date.min, date.max)


@dataclass(frozen=True)
class Named:
    """One naming of a day: what it may be, and whether it was by its weekday, which only helps a date."""

    days: tuple[date, ...]
    weekday: bool = False


@dataclass(frozen=True)
class Calendar:
    """Where the words of a day are counted from: ``past`` looks back, for what has happened already."""

    lexicon: Lexicon
    today: date
    past: bool = False
    month_first: bool = True

    def weekday(self, name: str) -> int:
        return next(i for i, names in enumerate(self.lexicon.words["dates"]["weekdays"]) if name in names)

    def month(self, name: str) -> int:
        return next(i for i, names in enumerate(self.lexicon.words["dates"]["months"], 1) if name in names)

    def nearest(self, months: Iterator[tuple[int, int]], day: int) -> date | None:
        """The first of those months that has that day on the right side of today."""
        for year, month in months:
            found = _day(year, month, day)
            if found and (found <= self.today if self.past else found >= self.today):
                return found
        return None


_Reader = Callable[[re.Match[str], Calendar], tuple[date, ...]]


def days(phrase: Phrase, calendar: Calendar) -> tuple[list[Named], str]:
    """The days named and the words around them."""
    text = " ".join(_mended(word, phrase.lexicon) for word in phrase.figures.split())
    for written, meant in phrase.lexicon.words["dates"]["spelling"].items():
        text = re.sub(rf"\b{written}\b", meant, text)
    named: list[Named] = []
    for pattern, reader in _patterns(phrase.lexicon):

        def note(match: re.Match[str], reader: _Reader = reader) -> str:
            named.append(Named(reader(match, calendar), reader is _weekday))
            return " "

        text = pattern.sub(note, text)
    return named, text


def around(lexicon: Lexicon) -> list[re.Pattern[str]]:
    """What may stand beside a day without meaning anything else."""
    times = [lexicon.compiled(expression) for expression in lexicon.phrases("dates.times")]
    return [*times, lexicon.pattern("dates.around"), lexicon.pattern("fillers")]


def dated(month: int, day: int, year: int | None, calendar: Calendar) -> tuple[date, ...]:
    """That day of that year, or of the year that is nearest on the right side of today."""
    if year is not None:
        return _maybe(_day(year + 2000 if year < 100 else year, month, day))
    if not 1 <= month <= 12:
        return ()
    step = -1 if calendar.past else 1
    # A leap day may be eight years off, over a century that is no leap year.
    years = ((calendar.today.year + step * ahead, month) for ahead in range(9 if (month, day) == (2, 29) else 2))
    return _maybe(calendar.nearest(years, day))


def monthday(day: int, calendar: Calendar) -> tuple[date, ...]:
    """The nearest such day of a month; none where this month is too short for it, as it may mean its end."""
    here = (calendar.today.year, calendar.today.month)
    other = _month_after(calendar.today, -1 if calendar.past else 1)
    found = calendar.nearest(iter([here, other]), day)
    if 28 < day <= 31 and (_day(*here, day) is None or found is None):
        return VAGUE
    return _maybe(found)


def _iso(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    return _maybe(_day(int(match[1]), int(match[2]), int(match[3])))


def _slashed(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    first, second = int(match[1]), int(match[2])
    month, day = (first, second) if calendar.month_first else (second, first)
    if month > 12 >= day:
        month, day = day, month
    return dated(month, day, int(match[3]) if match[3] else None, calendar)


def _offset(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    offsets = dict(calendar.lexicon.words["dates"]["patterns"]["day_offset"])
    return _maybe(_shifted(calendar.today, offsets[match.group()]))


def _month_end(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    after = _month_after(calendar.today, 2 if _which(match, calendar) == "next" else 1)
    return _maybe(_shifted(date(*after, 1), -1)) if after[0] <= MAXYEAR else ()


def _day_of_month(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    which = _which(match, calendar)
    if which == "the":
        return monthday(int(match["day"] or 1), calendar)
    year, month = _month_after(calendar.today, 1 if which == "next" else 0)
    return _maybe(_day(year, month, int(match["day"] or 1)))


def _month_day(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    year = int(match["year"].replace(" ", "")) if match["year"] else None
    return dated(calendar.month(match["month"]), int(match["day"]), year, calendar)


def _from_day(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    base = calendar.today
    if match["weekday"]:
        base = _shifted(base, (calendar.weekday(match["weekday"]) - base.weekday()) % 7) or base
    elif match["base"] in (offsets := dict(calendar.lexicon.words["dates"]["patterns"]["day_offset"])):
        base = _shifted(base, offsets[match["base"]]) or base
    return _maybe(_moved(base, int(match["n"]), match["unit"], calendar))


def _ahead(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    return _maybe(_moved(calendar.today, int(match["n"]), match["unit"], calendar))


def _ago(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    return _maybe(_moved(calendar.today, -int(match["n"]), match["unit"], calendar))


def _weekday(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    """A weekday; "next Friday" on a Wednesday is the coming one to some and the one of next week to others."""
    today, wanted, which = calendar.today, calendar.weekday(match["weekday"]), _which(match, calendar)
    coming = _shifted(today, (wanted - today.weekday()) % 7)
    last = _shifted(today, -((today.weekday() - wanted) % 7 or 7))
    if which == "last" or (calendar.past and which is None):
        ago = _shifted(today, -7 - today.weekday() + wanted)
        return tuple(dict.fromkeys(d for d in (last, ago if which else last) if d))
    if which == "next":
        soonest = coming if coming != today else _shifted(today, 7)
        following = _shifted(today, 7 - today.weekday() + wanted)
        return tuple(dict.fromkeys(d for d in (soonest, following) if d))
    # Said on a Wednesday, "Wednesday" is today or in a week.
    if coming == today and which != "this":
        return tuple(d for d in (today, _shifted(today, 7)) if d)
    return _maybe(coming)


def _ordinal(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    return monthday(int(match["day"]), calendar)


def _vague(match: re.Match[str], calendar: Calendar) -> tuple[date, ...]:
    return VAGUE


def _which(match: re.Match[str], calendar: Calendar) -> str | None:
    """``next``, ``last``, ``this`` or ``the``, on whichever side the language puts the word."""
    found = match.groupdict()
    word = found.get("which") or found.get("after")
    return next((which for which, names in calendar.lexicon.words["dates"]["which"].items() if word in names), None)


_READERS: dict[str, _Reader] = {
    "month_end": _month_end,
    "day_of_month": _day_of_month,
    "from_day": _from_day,
    "ahead": _ahead,
    "ago": _ago,
    "month_day": _month_day,
    "day_offset": _offset,
    "weekday": _weekday,
    "ordinal": _ordinal,
    "vague": _vague,
}


@cache
def _patterns(lexicon: Lexicon) -> list[tuple[re.Pattern[str], _Reader]]:
    """The language's patterns in the order they are tried, written dates first."""
    words = lexicon.words["dates"]
    names = {
        "month": f"(?:{alternation(name for names in words['months'] for name in names)})",
        "weekday": f"(?:{alternation(name for names in words['weekdays'] for name in names)})",
        "d": r"(?:0?[1-9]|[12][0-9]|3[01])",
        "th": rf"(?:{lexicon.ordinal})",
    }
    found: list[tuple[re.Pattern[str], _Reader]] = [
        (re.compile(r"(?<![\w/.-])([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![\w/-])"), _iso),
        (re.compile(r"(?<![\w/.-])([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?(?![\w/-])"), _slashed),
    ]
    for kind, reader in _READERS.items():
        for expression in words["patterns"][kind]:
            written = re.escape(expression[0]) if isinstance(expression, list) else _filled(expression, names)
            found.append((re.compile(rf"(?<!\w){written}(?!\w)"), reader))
    return found


def _filled(expression: str, names: dict[str, str]) -> str:
    for name, pattern in names.items():
        expression = expression.replace(f"{{{name}}}", pattern)
    return expression


def _mended(word: str, lexicon: Lexicon) -> str:
    """A mistyped name of a day or a month put right."""
    names = lexicon.phrases("dates.fuzzy")
    if len(word) < 5 or word in names:
        return word
    return next((name for name in names if near(word, name)), word)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _maybe(found: date | None) -> tuple[date, ...]:
    return (found,) if found else ()


def _shifted(day: date, by: int) -> date | None:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None


def _month_after(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1


def _moved(day: date, n: int, unit: str, calendar: Calendar) -> date | None:
    words = calendar.lexicon.words["dates"]
    if unit in words["days"] + words["weeks"]:
        return _shifted(day, n * (7 if unit in words["weeks"] else 1))
    year, month = _month_after(day, n)
    first = _day(year, month, 1) if MINYEAR <= year <= MAXYEAR else None
    lengths = (_day(year, month, last) for last in range(day.day, 27, -1)) if day.day > 28 else iter([])
    return first and (next((found for found in lengths if found), None) or first.replace(day=min(day.day, 28)))
