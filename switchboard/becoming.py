"""Two open cases of the same moment: which of them stays, and what it gets of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from database.joins import Pair
from models.case import Line, Status, Turn
from models.journal import Row
from workflows.engine.joining import STAYS_BEHIND
from workflows.engine.visitors import VERIFY

Fate = Literal["taken", "kept", "replaced", "left"]


@dataclass(frozen=True)
class Open:
    """An open case, and whether something was ``done`` in it that stands."""

    turn: Turn
    done: bool

    @classmethod
    def read(cls, turn: Turn, rows: Sequence[Row]) -> Open:
        return cls(turn, turn.status is Status.UNCERTAIN or bool(effects(rows)))

    @property
    def further(self) -> tuple[bool, bool, int, int]:
        """How far it is: done, with one of ours, answered, touched. More stays."""
        cared = self.turn.status is Status.WITH_A_PERSON or self.turn.care is not None or self.turn.claim is not None
        return self.done, cared, len(self.turn.answers), self.turn.sequence


@dataclass(frozen=True)
class Said:
    """An answer of the case that goes, what the one that stays has to the same question, and what becomes of it."""

    line: Line
    mine: Line | None
    fate: Fate


@dataclass(frozen=True)
class Becoming:
    """``goes`` goes on in ``stays``; or both stay open, where something was done in each."""

    goes: Open
    stays: Open

    @property
    def apart(self) -> bool:
        return self.goes.done

    @property
    def pair(self) -> Pair:
        return Pair(goes=self.goes.turn.case, stays=self.stays.turn.case, apart="done" if self.apart else "")

    @property
    def answers(self) -> list[Said]:
        """As far as the journal tells; a question that comes up later decides then."""
        mine = {line.key: line for line in self.stays.turn.answers}
        return [Said(line, mine.get(line.key), fate(line, mine.get(line.key))) for line in self.goes.turn.answers]


def effects(rows: Sequence[Row]) -> set[str]:
    """The steps with an effect that stand, by their keys."""
    found: set[str] = set()
    for row in rows:
        if row.key and not row.key.startswith(VERIFY):
            if row.what == "did" and not row.data.get("refused"):
                found.add(row.key)
            elif row.what == "undid":
                found.discard(row.key)
    return found


def fate(line: Line, mine: Line | None) -> Fate:
    """The later word counts if it is at least as sure; what was agreed to, or is worth nothing elsewhere, stays."""
    if line.kind in STAYS_BEHIND or line.key.startswith(VERIFY):
        return "left"
    if mine is None:
        return "taken"
    later = line.by.at > mine.by.at and line.by.assurance.rank >= mine.by.assurance.rank
    return "replaced" if later and mine.changeable and line.value != mine.value else "kept"


def becoming(mine: Sequence[Open], others: Sequence[Open]) -> list[Becoming]:
    """For each moment that both have open: which case goes on in which. The order of the two does not matter."""
    found: list[Becoming] = []
    moments = {each.turn.moment for each in mine} & {each.turn.moment for each in others}
    for moment in sorted(moments):
        cases = [each for each in (*mine, *others) if each.turn.moment == moment]
        cases.sort(key=lambda each: (*each.further, each.turn.case), reverse=True)
        found += [Becoming(goes, cases[0]) for goes in cases[1:]]
    return found
