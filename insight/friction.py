"""Friction: what in a customer's journal shows that a case is sore. Pure rules, each with the rows that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from insight.signals import Name, Signal, Thresholds
from insight.story import ANSWERS, WORDS, Story, acted, pending, rated
from insight.wording import anger, said_before, wants_person
from models.journal import Row
from models.people import Actor, Channel

DETRACTOR = 3  # two of five stars are six of ten points
TROUBLE = "resolve-"
PROOF = "verify/"  # asked of every visit, and for their own sake
OTHER_VISIT = timedelta(hours=6)
SAME_DAY = timedelta(days=1)
AT_ONCE = timedelta(hours=1)
ABOUT_THEM = frozenset({"email", "phone_number"})
THEIRS = frozenset({"name", "address", "birthday"})

Found = Iterator[tuple[Row, ...]]
Rule = Callable[[Story, float, datetime, float], Found]


def sore(cases: Mapping[str, Sequence[Row]], at: datetime, limits: Thresholds | None = None) -> list[Signal]:
    """Why a customer's cases are sore at that time, by case and in the order of :class:`Name`; empty: they are not.

    ``cases`` has one customer's journal rows by case, in order, open cases and those closed of late. Pure, and well
    under 5 ms for a case of a hundred rows.
    """
    limits = limits or Thresholds()
    stories = [Story(case, rows) for case, rows in cases.items() if rows]
    found = [signal for story in stories for signal in _in_one(story, at, limits)]
    found += _over_cases(stories, limits)
    return sorted(_worst_only(found), key=lambda signal: (signal.case, _ORDER[signal.name]))


def _in_one(story: Story, at: datetime, limits: Thresholds) -> Iterator[Signal]:
    for name, rule in RULES.items():
        if name not in limits.on or (story.ending is not None and name not in AFTERWARDS):
            continue
        for rows in rule(story, limits.on[name], at, limits.patience):
            yield _signal(story, name, rows)
            break


def _signal(story: Story, name: Name, rows: Sequence[Row], earlier: str | None = None) -> Signal:
    sequences = tuple(row.sequence for row in rows)
    return Signal(case=story.case, name=name, rows=sequences, since=rows[-1].at, earlier=earlier)


def _worst_only(found: list[Signal]) -> list[Signal]:
    """One thing has one name: going in circles is more than being asked twice, coming back ends a silence."""
    names = {(signal.case, signal.name) for signal in found}
    said: set[tuple[str, Name]] = set()
    kept = []
    for signal in found:
        more = _MORE.get(signal.name)
        if (more is None or (signal.case, more) not in names) and (signal.case, signal.name) not in said:
            kept.append(signal)
        said.add((signal.case, signal.name))
    return kept


# -- in one case ----------------------------------------------------------------------------------------------


def _person(story: Story, times: float, at: datetime, patience: float) -> Found:
    marked = [row for row in story.fresh if acted(row) and row.data.get("why") == "person"]
    spoken = [row for row, text in story.texts if row not in marked and wants_person(text)]
    asked = sorted(marked + spoken, key=lambda row: row.sequence)
    if len(asked) >= times:
        yield tuple(asked)


def _wording(story: Story, score: float, at: datetime, patience: float) -> Found:
    if angry := [row for row, text in story.texts if anger(text) >= score]:
        yield tuple(angry)


def _low_rating(story: Story, stars: float, at: datetime, patience: float) -> Found:
    for row in reversed(story.unattended):
        if rating := rated(row):
            score, of = rating
            if score <= (stars * DETRACTOR if of > 5 else stars):
                yield (row,)
            return


def _loop(story: Story, rounds: float, at: datetime, patience: float) -> Found:
    """The same question asked, or the same answer taken back or not confirmed, again and again."""
    seen: dict[tuple[str, str | None], list[Row]] = {}
    before: Row | None = None
    for row in story.fresh:
        changed = before is not None and before.what in {"corrected", "withdrawn"}
        if row.what in {"withdrawn", "held"} or (row.what == "asked" and not changed):
            seen.setdefault((row.what, row.key), []).append(row)
        before = row
    if round_and_round := [rows for rows in seen.values() if len(rows) >= rounds]:
        longest = max(round_and_round, key=len)
        yield tuple(longest)


def _asked_twice(story: Story, times: float, at: datetime, patience: float) -> Found:
    """Asked again what was answered and not taken back, or they say so themselves."""
    answered: dict[str | None, Row] = {}
    again: list[Row] = []
    for row in story.fresh:
        if row.what == "answered" and acted(row):
            answered[row.key] = row
        elif row.what in {"withdrawn", "refused"}:
            answered.pop(row.key, None)
        elif row.what in {"corrected", "held"}:
            answered.clear()  # what follows from a change may be asked anew
        elif row.what == "asked" and row.key in answered and not (row.key or "").startswith(PROOF):
            again += [answered.pop(row.key), row]
    told = [row for row, text in story.texts if said_before(text)]
    if len(again) / 2 >= times:
        yield tuple(again)
    elif len(told) >= times:
        yield tuple(told)


def _unreadable(story: Story, times: float, at: datetime, patience: float) -> Found:
    lost: list[Row] = []
    for row in story.fresh:
        if row.what in ANSWERS or row.what == "withdrawn":
            lost = []
        elif acted(row) and row.data.get("why") == "unclear":
            lost.append(row)
    if len(lost) >= times:
        yield tuple(lost)


def _dropped_call(story: Story, minutes: float, at: datetime, patience: float) -> Found:
    """They hung up on an open question, and have not gone on elsewhere."""
    for index in range(len(story.rows) - 1, -1, -1):
        row = story.rows[index]
        if row.what in ANSWERS and acted(row):
            return
        if row.what == "left" and row.channel is Channel.PHONE:
            question = pending(story.rows[:index])
            waits = question is not None and story.with_a_person is None and row in story.fresh
            if question is not None and waits and at - row.at >= timedelta(minutes=minutes):
                yield question, row
            return


def _silence(story: Story, minutes: float, at: datetime, patience: float) -> Found:
    """They were kept waiting longer than is polite, and have not been heard since."""
    last = next((row for row in reversed(story.acts)), None)
    if last is None or at - last.at < timedelta(minutes=minutes):
        return
    handed = story.with_a_person
    if handed is not None and at - handed.at >= timedelta(minutes=minutes):
        yield handed, last
        return
    word = next((row for row in story.fresh if row.sequence > last.sequence and row.what in WORDS), None)
    if word is None or word.at - last.at < timedelta(minutes=patience):
        return
    if at - word.at >= timedelta(minutes=minutes):
        yield last, word


# -- over a customer's cases ----------------------------------------------------------------------------------


def _over_cases(stories: Sequence[Story], limits: Thresholds) -> Iterator[Signal]:
    days = limits.on.get(Name.REPEAT)
    for story in stories:
        if story.ending is not None:
            continue
        if days is not None and (back := _came_back(story, timedelta(days=days))):
            yield _signal(story, Name.REPEAT, back)
        for other in stories:
            if other is story or other.rows[0].at > story.rows[0].at:
                continue
            if days is not None and _repeated(story, other, timedelta(days=days)):
                yield _signal(story, Name.REPEAT, story.acts[:1], earlier=other.case)
            known = _known_there(story, other)
            if known and len(known) >= limits.on.get(Name.ASKED_TWICE, float("inf")):
                yield _signal(story, Name.ASKED_TWICE, known, earlier=other.case)


def _came_back(story: Story, within: timedelta) -> tuple[Row, Row] | None:
    """They come again about what is with a person already."""
    handed = story.with_a_person
    if handed is None:
        return None
    visits = (row for row in story.acts if row.what == "arrived" and OTHER_VISIT <= row.at - handed.at <= within)
    again = next(visits, None)
    return None if again is None else (handed, again)


def _repeated(story: Story, other: Story, within: timedelta) -> bool:
    """The same thing once more: trouble that came back, or something else that did not come to its end."""
    if story.moment != other.moment or other.ending is None or not story.acts:
        return False
    gap = story.rows[0].at - other.ending.at
    if gap < AT_ONCE and _went_well(other):
        return False
    unsolved = other.ending.what != "finished" or story.moment.startswith(TROUBLE)
    return unsolved and gap <= within


def _went_well(story: Story) -> bool:
    """Whether the customer got done by themselves what they came for: finished, or what was done stands."""
    if any(row.actor is Actor.AGENT for row in story.rows) or story.ending is None:
        return False
    did = [row for row in story.rows if row.what == "did" and "refused" not in row.data]
    stands = bool(did) and not any(row.what == "undid" for row in story.rows)
    return story.ending.what == "finished" or stands


def _known_there(story: Story, other: Story) -> list[Row]:
    """Questions about themselves that they answered in another matter on the same day."""
    if other.moment == story.moment:
        return []
    told = {row.key: row.at for row in other.rows if row.what == "answered" and acted(row) and _about_them(row)}
    asked = (row for row in story.rows if row.what == "asked" and row.key in told)
    return [row for row in asked if timedelta() <= row.at - told[row.key] <= SAME_DAY]


def _about_them(row: Row) -> bool:
    return row.data.get("kind") in ABOUT_THEM or row.key in THEIRS


AFTERWARDS = frozenset({Name.PERSON, Name.WORDING, Name.LOW_RATING})
RULES: dict[Name, Rule] = {
    Name.PERSON: _person,
    Name.WORDING: _wording,
    Name.LOW_RATING: _low_rating,
    Name.LOOP: _loop,
    Name.ASKED_TWICE: _asked_twice,
    Name.UNREADABLE: _unreadable,
    Name.DROPPED_CALL: _dropped_call,
    Name.SILENCE: _silence,
}
_MORE = {Name.ASKED_TWICE: Name.LOOP, Name.SILENCE: Name.REPEAT}
_ORDER = {name: number for number, name in enumerate(Name)}
