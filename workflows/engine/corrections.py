"""Another value for an answer that stands, or the same question again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.case import Correction
from models.errors import NotAsked, Sealed
from models.ledger import Answered
from models.questions import OneTimeCode
from workflows.engine.ledger import as_json

if TYPE_CHECKING:
    from workflows.engine.case import Case
    from workflows.engine.requests import Requests


class Corrections:
    def __init__(self, case: Case, requests: Requests) -> None:
        self.case = case
        self.requests = requests

    def apply(self, correction: Correction) -> None:
        if self._code(correction):
            self.case.asking.another_code(correction.key)
            return
        entry = self._entry(correction)
        if correction.withdraw:
            self.case.asking.withdraw(entry)
            self.case.chronicle.row("withdrawn", entry.key, correction.by)
        else:
            question = self.case.asking.questions[entry.key]
            kept = question.keep(as_json(correction.value))
            if kept == entry.value:
                return
            self.case.state.held.clear()
            shown, was = question.shown(kept), entry.shown
            changed = {"value": kept, "shown": shown, "by": correction.by, "from_fact": None}
            self.case.ledger.put(entry.model_copy(update=changed))
            if question.fact:
                self.case.chronicle.learn(question, kept, correction.by)
            self.case.chronicle.row(
                "corrected",
                entry.key,
                correction.by,
                {"kind": entry.kind, "value": kept, "shown": shown, "was": entry.value, "was_shown": was},
            )
        self.case.rewind()

    def _entry(self, correction: Correction) -> Answered:
        key = correction.key
        entry = self.case.ledger.find(Answered, key)
        if entry is None or key not in self.case.touched or key not in self.case.asking.questions:
            raise self.requests.refused(NotAsked, correction)
        return entry

    def _code(self, correction: Correction) -> bool:
        """Whether it is a code that is asked for and did not arrive: taking it back has another one sent."""
        pending = self.case.asking.find(correction.key)
        return correction.withdraw and pending is not None and isinstance(pending.question, OneTimeCode)

    def check(self, correction: Correction) -> None:
        if self._code(correction):
            return
        entry = self._entry(correction)
        if self.case.sealed(entry):
            raise self.requests.refused(Sealed, correction)
        if not correction.withdraw:
            self.requests.fits(self.case.asking.questions[entry.key], correction)
