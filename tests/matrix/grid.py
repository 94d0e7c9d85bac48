"""The matrix: a cell is a moment, one of its questions, and a switch from one channel to another at that question."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from itertools import permutations
from typing import Any

from pydantic import JsonValue

from channels.takes import nearest, takes
from models.case import Opening, Status, Turn
from models.people import Assurance, Channel
from models.questions import AnyQuestion, PaymentMethod
from tests.engine.shop import rows
from tests.matrix import voices
from tests.moments.route import CODE, CUSTOMER, Route, short
from workflows.catalogue import MOMENTS
from workflows.engine.visitors import VERIFY
from workflows.rehearsal import Rehearsal

# How sure each channel makes us by itself, at the least.
SURE = {
    Channel.PHONE: Assurance.CLAIMED,
    Channel.STORE: Assurance.VERIFIED,
    Channel.DESK: Assurance.VERIFIED,
}
MOST_STEPS = 80
A_WHILE = timedelta(seconds=1)


@dataclass(frozen=True)
class Cell:
    """Begin on ``first``, switch to ``then`` while ``question`` (its short key) is pending, finish there."""

    route: Route
    question: str
    first: Channel
    then: Channel

    def __str__(self) -> str:
        return f"{self.route} at {self.question}: {self.first.value} to {self.then.value}"


@dataclass(frozen=True)
class Outcome:
    """What came of a case, in terms that do not depend on when and over what it was played."""

    status: Status
    answers: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    asked: tuple[tuple[str, int], ...]
    effects: tuple[str, ...]


@cache
def routes(moment: str) -> tuple[Route, ...]:
    """The routes of a moment, as its own tests know them."""
    found: dict[str, Route] = import_module(f"tests.moments.routes_{moment.replace('-', '_')}").ROUTES
    return tuple(found.values())


def able(channel: Channel, question: AnyQuestion) -> Channel:
    """Where the answer can be given; a method that is saved already can be picked anywhere."""
    saved = isinstance(question, PaymentMethod) and bool(question.saved)
    return channel if saved or takes(channel, question) else nearest(channel, question)


_HEARD: dict[tuple[str, ...], JsonValue] = {}


def heard(channel: Channel, turn: Turn, value: Any, today: date, language: str) -> JsonValue:
    """As :func:`voices.answered`; the same turn is shown and read once, however many cells come by it."""
    same = (channel.value, turn.model_dump_json(), json.dumps(value), today.isoformat(), language)
    if same not in _HEARD:
        _HEARD[same] = voices.answered(channel, turn, value, today, language)
    return _HEARD[same]


class Walk:
    """One case on its way along a route."""

    def __init__(self, route: Route) -> None:
        self.route, self.language = route, "en"
        self.actors = route.actors()
        opening = Opening(
            case=f"{route.moment.id}/{CUSTOMER}/1", customer=CUSTOMER, topic=dict(route.topic), zone=voices.ZONE
        )
        self.case = Rehearsal(route.moment, *self.actors, opening=opening)
        self.case.sure = dict(SURE)
        self.happened: set[int] = set()
        self.asked: list[str] = []
        self.before_a_wait: list[str] | None = None

    async def begins(self, channel: Channel) -> Turn:
        if self.route.before is not None:
            await self.route.before(self.actors, CUSTOMER)
        return await self.arrives(channel)

    async def arrives(self, channel: Channel) -> Turn:
        return await self.settles(await self.case.arrive(channel), channel)

    async def settles(self, turn: Turn, channel: Channel) -> Turn:
        """Prove who speaks where that is asked, report what happens outside, let time pass: until a question is up."""
        for _ in range(MOST_STEPS):
            if turn.status.closed:
                return turn
            if turn.question is None:
                turn = await self._meanwhile(channel)
            elif turn.question.question.key.startswith(VERIFY):
                turn = await self.case.answer(turn.question.question.key, CODE, channel)
            else:
                return turn
        raise AssertionError(f"{self.route} comes to no end")

    async def answers(self, turn: Turn, channel: Channel) -> Turn:
        """Answer what is pending, there or on the nearest channel that takes it."""
        pending = turn.question
        assert pending is not None
        key = pending.question.key
        self.asked.append(short(key))
        via = able(channel, pending.question)
        if via is not channel:
            turn = await self.settles(await self.case.arrive(via), via)
            assert turn.question is not None
            assert turn.question.question.key == key
        today = voices.on(self.case.host.now())
        value = heard(via, turn, self.route.answer(pending), today, self.language)
        turn = await self.case.answer(key, value, via)
        assert turn.note is None, f"{key}: {turn.note} {turn.because}"
        if await self._reports(short(key)):
            turn = await self.case.arrive(via)
        return await self.settles(turn, via)

    async def _meanwhile(self, channel: Channel) -> Turn:
        waits = [short(key) for key in self.case.case.watch.waiting]
        for key in waits:
            if await self._reports(key):
                return await self.case.arrive(channel)
        deadlines = self.case.case.state.deadlines
        self._pauses()
        due = min((at for key, at in deadlines.items() if key in self.case.case.watch.waiting), default=None)
        now = self.case.host.now()
        passes = due - now + A_WHILE if due else self.route.passes or timedelta(minutes=5)
        await self.case.host.skip(passes)
        return await self.case.arrive(channel)

    async def _reports(self, key: str) -> bool:
        for number, (after, happening) in enumerate(self.route.events):
            if after == key and number not in self.happened:
                self.happened.add(number)
                self._pauses()
                if isinstance(happening, timedelta):
                    await self.case.host.skip(happening)
                else:
                    event = await self.route.event(happening, self.actors)
                    await self.case.report(event.name, event.data, event.about, event.id)
                return True
        return False

    def _pauses(self) -> None:
        """Until here the customer and the company needed nobody else, and no time."""
        if self.before_a_wait is None:
            self.before_a_wait = list(self.asked)

    async def outcome(self, turn: Turn) -> Outcome:
        journal = rows(self.case)
        asked = Counter(short(r.key) for r in journal if r.what == "asked" and r.key and not r.key.startswith(VERIFY))
        given = {
            short(row.key): str(row.data.get("value"))
            for row in journal
            if row.what in {"answered", "corrected"} and row.key and not row.key.startswith(VERIFY)
        }
        effects = await self.route.effects(self.actors, CUSTOMER)
        return Outcome(
            status=turn.status,
            answers=tuple(sorted(given.items())),
            told=tuple(row.key or "" for row in journal if row.what == "told"),
            asked=tuple(sorted(asked.items())),
            effects=tuple(str(effect) for effect in effects),
        )


async def walked(route: Route, first: Channel, then: Channel, at: str | None) -> tuple[Outcome, list[str]]:
    """Play a route, switching once the question ``at`` is pending; also which questions came up, in order."""
    walk = Walk(route)
    channel, switched = first, at is None
    try:
        turn = await walk.begins(channel)
        while not turn.status.closed:
            assert turn.question is not None
            if not switched and short(turn.question.question.key) == at:
                turn, channel, switched = await _switch(walk, turn, first, then), then, True
            turn = await walk.answers(turn, channel)
        assert switched, f"{at} never came up"
        return await walk.outcome(turn), walk.asked
    finally:
        await walk.case.end()


async def _switch(walk: Walk, before: Turn, first: Channel, then: Channel) -> Turn:
    assert before.question is not None
    await walk.case.leave(first)
    after = await walk.arrives(then)
    assert after.question is not None, "the question is gone"
    was, now = before.question, after.question
    assert (now.question.key, now.revision) == (was.question.key, was.revision), "another question is asked"
    assert {line.key: line.value for line in after.answers} == {line.key: line.value for line in before.answers}
    return after


async def questions(moment: str) -> dict[str, tuple[Route, Outcome]]:
    """Every question of a moment: the first route that comes to it, and what comes of that without a switch."""
    found: dict[str, tuple[Route, Outcome]] = {}
    for route in routes(moment):
        outcome, asked = await walked(route, Channel.WEB, Channel.WEB, None)
        for key in asked:
            found.setdefault(key, (route, outcome))
    return found


def switches() -> Iterator[tuple[Channel, Channel]]:
    yield from permutations(Channel, 2)


async def differs(cell: Cell, without: Outcome) -> str:
    """What a switch changed; empty where it changed nothing."""
    try:
        outcome, _ = await walked(cell.route, cell.first, cell.then, cell.question)
    except (AssertionError, KeyError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    names = [name for name in Outcome.__dataclass_fields__ if getattr(outcome, name) != getattr(without, name)]
    return "; ".join(f"{name}: {getattr(without, name)} became {getattr(outcome, name)}" for name in names)


def every_moment() -> list[str]:
    return sorted(MOMENTS)


Found = dict[tuple[str, str], dict[tuple[Channel, Channel], str]]


async def all_cells(moment: str) -> Found:
    """Every cell of a moment: by question and switch, what went wrong there."""
    found: Found = {}
    for question, (route, without) in (await questions(moment)).items():
        cells = [Cell(route, question, first, then) for first, then in switches()]
        found[moment, question] = {(cell.first, cell.then): await differs(cell, without) for cell in cells}
    return found


def wrong(found: Found) -> list[str]:
    return [
        f"{moment} at {question}, {first.value} to {then.value}: {what}"
        for (moment, question), cells in found.items()
        for (first, then), what in cells.items()
        if what
    ]


def count(found: dict[Any, dict[Any, str]]) -> int:
    return sum(len(cells) for cells in found.values())
