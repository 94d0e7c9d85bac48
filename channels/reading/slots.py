"""Reading a time window: by number, by day, by time of day, as long as only one is meant."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from channels.reading import options
from channels.reading.days import VAGUE, Calendar, days
from channels.reading.lexicon import alternation
from channels.reading.phrase import Phrase
from channels.reading.said import Reading, settle, unclear
from models.questions import Slot, TimeSlot

_HALF = re.compile(r"\b([ap])\. ?m\b\.?")


def read_slot(question: TimeSlot, phrase: Phrase, today: date, zone: str | None) -> Reading:
    slots = [(slot, _local(slot.start, zone)) for slot in question.slots]
    number = options.option(phrase, len(slots)) or options.homophone(phrase)
    if number is not None:
        return settle(question, question.slots[number - 1].id if 1 <= number <= len(slots) else None)
    if phrase.has("negations", "alternatives") or phrase.asks:
        return unclear("ambiguous")
    if phrase.has("slots.words.earliest") and slots:
        return settle(question, min(question.slots, key=lambda slot: slot.start).id)
    if phrase.has("slots.words.latest") and slots:
        return settle(question, max(question.slots, key=lambda slot: slot.start).id)
    found = _fitting(slots, phrase, today)
    if found is None:
        return unclear("no-match")
    if len(found) != 1:
        return unclear("ambiguous" if found else "not-a-slot")
    return settle(question, found[0].id)


def _local(at: datetime, zone: str | None) -> datetime:
    return at.astimezone(ZoneInfo(zone)) if zone else at


def _fitting(slots: list[tuple[Slot, datetime]], phrase: Phrase, today: date) -> list[Slot] | None:
    """The slots that fit every day, part of the day and hour that was said; None when none was."""
    until = phrase.lexicon.phrases("slots.words.until")[0]
    spans = re.sub(r"([0-9]) ?- ?([0-9])", rf"\1 {until} \2", phrase.raw)
    named, left = days(Phrase(spans, phrase.way, phrase.lexicon), Calendar(phrase.lexicon, today))
    wanted = [set(found.days) for found in named if found.days != VAGUE]
    parts = [span for part, span in _parts(phrase).items() if re.search(rf"\b{part}\b", phrase.words)]
    left = _begins(left, phrase)
    afternoon = phrase.lexicon.phrases("slots.words.pm")
    hours = [
        _hours(match, afternoon) for e in phrase.lexicon.phrases("slots.words.clock") for match in re.finditer(e, left)
    ]
    if not (wanted or parts or hours):
        return None
    return [
        slot
        for slot, start in slots
        if all(start.date() in dates for dates in wanted)
        and all(low <= start.hour < high for low, high in parts)
        and all((start.hour, start.minute) in times for times in hours)
    ]


def _begins(words: str, phrase: Phrase) -> str:
    """Of a window said in full, "9:00 am to 11:00 am", only when it begins."""
    until, clock = (
        alternation(phrase.lexicon.phrases("slots.words.until")),
        phrase.lexicon.phrases("slots.words.clock")[0],
    )
    return re.sub(
        rf"(:[0-9]{{2}}(?: ?[ap] ?m)?|\b[0-9]{{1,2}} ?[ap] ?m),? (?:{until}) {clock}", r"\1", _HALF.sub(r"\1m", words)
    )


def _parts(phrase: Phrase) -> dict[str, tuple[int, int]]:
    return {part: (span[0], span[1]) for part, span in phrase.lexicon.words["slots"].items() if part != "words"}


def _hours(match: re.Match[str], afternoon: list[str]) -> set[tuple[int, int]]:
    """The hours a clock time may mean: "two" is in the night and in the afternoon."""
    found = match.groupdict()
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found.get("half")
    if half:
        return {(hour % 12 + (12 if half in afternoon else 0), minute)}
    return {(hour, minute), (hour % 12 + 12, minute), (hour % 12, minute)}
