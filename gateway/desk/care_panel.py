"""What the desk shows of a sore case: whose it is, until when that was promised, and what shows the trouble."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request

from database.ratings import Ratings
from gateway.desk.seeing import DeskCase
from insight.friction import sore
from insight.reading import Friction, Judged
from insight.signals import Signal
from models.case import Care
from models.journal import Row

SHOWN = 3


@dataclass(frozen=True)
class Sign:
    """One reason why the case is sore, by its code, and the sentences of the story that show it."""

    name: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class CarePanel:
    """``minutes`` are left of the promise, negative once late. Without care, signs and rating it is empty."""

    care: Care | None
    signs: tuple[Sign, ...]
    by: str = ""
    minutes: int = 0
    mine: bool = False
    rating: int | None = None

    @property
    def empty(self) -> bool:
        return self.care is None and not self.signs and self.rating is None


async def care_panel(request: Request, case: DeskCase) -> CarePanel:
    """Always there, and hidden while empty: a page that is open gets it when it comes to be needed."""
    parts, turn, at = case.parts, case.turn, datetime.now(UTC)
    judged = await Friction(parts.journal, parts.friction).of(await parts.customers.records(case.customer.id))
    signs = [_sign(case, judged, signal) for signal in judged.of(turn.case)]
    rating = await Ratings(parts.database).given(turn.case) if turn.status.closed else None
    care = turn.care
    if care is None:
        return CarePanel(None, told_once(signs), rating=rating)
    seen = {sign.name for sign in signs}
    then = _when_it_began(case, judged)
    signs += [then.get(name, Sign(name)) for name in care.signals if name not in seen]
    return CarePanel(
        care,
        told_once(signs),
        by=case.words.by(care.promised_at.isoformat(), at) or "",
        minutes=(care.promised_at - at) // timedelta(minutes=1),
        mine=care.owner == case.person.id,
        rating=rating,
    )


def told_once(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Where two reasons are shown by the same words, those stand with the first of them."""
    said: set[str] = set()
    kept = []
    for sign in signs:
        kept.append(Sign(sign.name, tuple(sentence for sentence in sign.evidence if sentence not in said)))
        said.update(sign.evidence)
    return tuple(kept)


def _when_it_began(case: DeskCase, judged: Judged) -> dict[str, Sign]:
    """What showed the trouble stays to be seen while one of us deals with it."""
    rows = judged.cases.get(case.turn.case, [])
    helped = max((row.sequence for row in rows if row.what == "helped"), default=0)
    began = next((row for row in rows if row.what == "cared" and row.sequence > helped), None)
    if began is None:
        return {}
    before = [row for row in rows if row.sequence < began.sequence]
    found = sore({case.turn.case: before}, began.at, case.parts.friction)
    return {signal.name.value: _sign(case, judged, signal) for signal in found}


def _sign(case: DeskCase, judged: Judged, signal: Signal) -> Sign:
    """The rows that show it, last ones first where they are many, as the story tells them."""
    rows = {row.sequence: row for row in judged.cases.get(signal.case, ())}
    shown = [rows[number] for number in signal.rows if number in rows][-SHOWN:]
    return Sign(signal.name.value, tuple(_sentence(case, row) for row in shown))


def _sentence(case: DeskCase, row: Row) -> str:
    words = case.words
    return f"{words.story(case.turn.moment, row)} ({words.formats.clock(words.formats.here(row.at))})"
