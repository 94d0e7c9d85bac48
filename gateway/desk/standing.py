"""What a line of the queue weighs: its promise, mood and value, as its journal and its care have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Protocol

from database.waiting import Promise, WaitingCase
from insight.priority import Waiting
from insight.signals import Name, Signal
from insight.story import Story
from insight.wording import anger
from models.case import Care, Status
from models.people import Channel

# How long somebody waits at most, by how they came last.
PROMISES = {
    Channel.PHONE: timedelta(minutes=10),
    Channel.STORE: timedelta(minutes=10),
    Channel.WEB: timedelta(minutes=30),
    Channel.SMS: timedelta(hours=1),
    Channel.WHATSAPP: timedelta(hours=1),
    Channel.EMAIL: timedelta(hours=4),
}
STUCK, CALL = timedelta(hours=2), timedelta(hours=1)
LEAST = timedelta(minutes=5)
MOOD = 0.6  # of one saying that counts as angry
FEW = 3
FRONT = 2


class Line(Protocol):
    """What the queue knows of whoever waits."""

    @property
    def id(self) -> str: ...
    @property
    def since(self) -> datetime: ...
    @property
    def case(self) -> WaitingCase | None: ...
    @property
    def care(self) -> Care | None: ...
    @property
    def asked(self) -> bool: ...
    @property
    def over(self) -> tuple[Signal, ...]: ...
    @property
    def promise(self) -> Promise | None: ...
    @property
    def signals(self) -> tuple[Signal, ...]: ...
    @property
    def story(self) -> Story | None: ...


def median_of(lines: Iterable[Line]) -> dict[str, Decimal]:
    """What is ordinarily at stake, by currency: of those who wait now, where they are enough to tell."""
    found: defaultdict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        if line.case is not None and line.case.at_stake is not None:
            found[line.case.at_stake.currency].append(line.case.at_stake.amount)
    return {currency: median(amounts) for currency, amounts in found.items() if len(amounts) >= FEW}


def waiting(line: Line, usual: Mapping[str, Decimal], importance: Mapping[str, float]) -> Waiting:
    """One line as the order of the queue weighs it."""
    stuck = line.case is not None and line.case.status in {Status.STUCK, Status.UNCERTAIN}
    return Waiting(
        case=line.id,
        since=line.since,
        promise=_promise(line, stuck=stuck),
        importance=importance.get(line.case.moment, 1.0) if line.case else 1.0,
        value=_value(line.case, usual),
        mood=_mood(line.story),
        sore=line.care is not None or any(signal.name is not Name.PERSON for signal in (*line.signals, *line.over)),
        asked_for_person=line.asked or any(s.name is Name.PERSON for s in line.signals),
        stuck=stuck,
        urgent=line.care is not None and line.care.level >= FRONT,
    )


def _promise(line: Line, *, stuck: bool) -> timedelta:
    """By when: what this customer was told, else how they came."""
    if line.care is not None:
        return max(line.care.promised_at - line.since, LEAST)
    if line.promise is not None:
        return CALL
    if stuck:
        return STUCK
    acts = line.story.acts if line.story else ()
    last = next((act.channel for act in reversed(acts) if act.channel), Channel.SMS)
    return PROMISES.get(last, CALL)


def _value(case: WaitingCase | None, usual: Mapping[str, Decimal]) -> float:
    """What is at stake over what ordinarily is; 1 where nobody knows."""
    money = case.at_stake if case else None
    if money is None or not usual.get(money.currency):
        return 1.0
    return float(money.amount / usual[money.currency])


def _mood(story: Story | None) -> float:
    angriest = max((anger(text) for _, text in story.texts), default=0.0) if story else 0.0
    return -min(1.0, MOOD * angriest)
