"""Which case words are for, where there are several, and what is kept so that a second hearing finds the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from channels.preface import asks_nothing
from channels.reading import Said, Understood, read
from database.cases import CaseRecord
from database.offered import Offer
from database.spoken import Question
from models.case import Turn
from models.people import Channel
from models.questions import Text, YesNo
from switchboard.reply import reply_to, today
from switchboard.switchboard import Speaker

# A silence this long ends an exchange: whoever comes back then is on a new visit.
VISIT_OVER = timedelta(minutes=15)
BARE = re.compile(r"\W*\d\d?\W*")
_YES_OR_NO = YesNo("bare")


@dataclass(frozen=True)
class Standing:
    """Where a customer stood when words came in.

    ``case`` is the one in hand (with how far its journal had got), ``idle`` one that asks nothing now, ``among`` those
    that the words fit equally well, ``offer`` a question of our own that is open, ``fresh`` that a visit begins,
    ``chat`` that they and a person of ours write to each other in the case.
    Kept with the words, it leads a second hearing to what came of the first, though the case may be closed by then.
    """

    case: str | None = None
    sequence: int | None = None
    idle: str | None = None
    among: tuple[str, ...] = ()
    offer: Offer | None = None
    fresh: bool = False
    late: bool = False
    chat: bool = False

    def kept(self) -> dict[str, str]:
        """As texts, to be kept beside the words."""
        more = {
            "idle": self.idle,
            "among": self.among,
            "offer": self.offer.model_dump(mode="json") if self.offer else None,
            "fresh": self.fresh,
            "late": self.late,
            "chat": self.chat,
        }
        return {"_case": self.case or "", "_sequence": str(self.sequence or 0), "_stood": json.dumps(more)}

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> Standing:
        """What :meth:`kept` wrote."""
        more = json.loads(kept.get("_stood") or "{}")
        offer = more.pop("offer", None)
        return cls(
            case=kept.get("_case") or None,
            sequence=int(kept.get("_sequence") or 0),
            idle=more.get("idle"),
            among=tuple(more.get("among", ())),
            offer=Offer.model_validate(offer) if offer else None,
            fresh=bool(more.get("fresh")),
            late=bool(more.get("late")),
            chat=bool(more.get("chat")),
        )


@dataclass(frozen=True)
class Route:
    """Finds the case: ``open_cases`` last touched first, each with its turn; ``last`` what was last asked here."""

    speaker: Speaker
    open_cases: list[tuple[CaseRecord, Turn]]
    last: Question | None = None
    offer: Offer | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def standing(self, said: Said | None) -> Standing:
        """The case that the words are for; without words, the one to be met with first."""
        if said and self.speaker.channel is Channel.PHONE and bare(said, self.speaker):
            # On a call the question just asked is known; a "yes" that reaches no question is nobody's consent.
            return Standing(offer=self.offer)
        asking = [case for case in self.open_cases if not asks_nothing(case[1])]
        idle = next((record.id for record, _ in self.open_cases), None)
        wanted = [case for case in asking if not self._aside(case[0].id)] or self._named(asking, said)
        if not wanted:
            return Standing(idle=idle if not asking else None, offer=self.offer)
        case, among = self._chosen(wanted, said)
        return Standing(
            case=case[0].id,
            sequence=case[0].sequence,
            among=among,
            offer=self.offer,
            fresh=self._fresh(case[0]),
            late=said is not None and self._late(case[1], asking, said),
        )

    def _chosen(
        self, asking: list[tuple[CaseRecord, Turn]], said: Said | None
    ) -> tuple[tuple[CaseRecord, Turn], tuple[str, ...]]:
        asked_here = next((case for case in asking if self.last and case[0].id == self.last.case), None)
        if len(asking) == 1 or said is None:
            return asking[0] if said is None else asked_here or asking[0], ()
        if asked_here and bare(said, self.speaker):
            return asked_here, ()
        fitting = self._named(asking, said)
        if len(fitting) > 1 and not (asked_here in fitting and self._just_asked):
            return fitting[0], tuple(record.id for record, _ in fitting[:2])
        if len(fitting) == 1:
            return fitting[0], ()
        return asked_here or asking[0], ()

    def _named(self, asking: list[tuple[CaseRecord, Turn]], said: Said | None) -> list[tuple[CaseRecord, Turn]]:
        """Those whose question the words answer, and not only because it takes any words at all."""
        return [case for case in asking if said and fits(case[1], said, self.speaker)]

    def _aside(self, case: str) -> bool:
        return self.offer is not None and self.offer.what == "aside" and case in self.offer.options

    def _fresh(self, record: CaseRecord) -> bool:
        return self.now - record.touched_at > VISIT_OVER and not self._just_asked

    @property
    def _just_asked(self) -> bool:
        return bool(self.last and self.last.at and self.now - self.last.at <= VISIT_OVER)

    def _late(self, turn: Turn, asking: list[tuple[CaseRecord, Turn]], said: Said) -> bool:
        """Whether the words answer a question that was asked here and has passed, and not the one that is open.

        Words that would do for either are taken for neither: the open one was never asked here.
        """
        pending = turn.question
        if self.last is None or pending is None:
            return False
        if any(t.question and (r.id, *_asked(t)) == _key(self.last) for r, t in asking):
            return False
        if bare(said, self.speaker):
            return True
        was = next((line.kind for line in turn.answers if line.key == self.last.key), None)
        return self.last.case == turn.case and was == pending.question.kind and fits(turn, said, self.speaker)


def fits(turn: Turn, said: Said, speaker: Speaker) -> bool:
    """Whether the words answer the question that is open in a case."""
    pending = turn.question
    if pending is None or isinstance(pending.question, Text):
        return False
    return isinstance(reply_to(turn, pending, said, speaker), Understood)


def bare(said: Said, speaker: Speaker) -> bool:
    """Whether the words mean nothing without their question: "1", "yes"."""
    if BARE.fullmatch(said.text):
        return True
    reading = read(_YES_OR_NO, said, today=today(speaker), language=speaker.language)
    return isinstance(reading, Understood) and len(said.text.split()) <= 3


def _asked(turn: Turn) -> tuple[str, int]:
    return (turn.question.question.key, turn.question.revision) if turn.question else ("", 0)


def _key(question: Question) -> tuple[str, str, int]:
    return question.case, question.key, question.revision
