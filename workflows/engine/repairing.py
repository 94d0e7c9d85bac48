"""What ops do to a case that can't go on: have it tried again, or supply what a step should have brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import JsonValue, ValidationError

from models.case import Turn
from models.errors import AlreadyAnswered, NotAsked, Refused, Unfit
from models.ledger import Done
from models.requests import Repairing
from workflows.engine.requests import WORKING_AFTER
from workflows.engine.steps import result_of

if TYPE_CHECKING:
    from workflows.engine.case import Case
    from workflows.engine.requests import Requests

_REFUSALS: dict[str, type[Refused]] = {"no-such-step": NotAsked, "step-done": AlreadyAnswered, "value": Unfit}


class Mending:
    """Repairs, as requests like any other: checked before anything is written."""

    def __init__(self, case: Case, requests: Requests) -> None:
        self.case = case
        self.requests = requests

    def check(self, repairing: Repairing) -> None:
        if self.requests.known(repairing):
            return
        self.requests.still_open(repairing)
        if self.case.state.broken_at is None and not self.case.steps.in_flight:
            raise self.requests.refused(NotAsked, repairing, "not-broken")
        reason = self._misfit(repairing) if repairing.what == "supply" else ""
        if reason:
            raise self.requests.refused(_REFUSALS[reason], repairing, reason)

    async def repair(self, repairing: Repairing) -> Turn:
        """Nobody was told anything by this: what the customer is to hear of it goes out like any news."""
        if not self.requests.known(repairing):
            self.check(repairing)
            self.requests.seen.add(repairing)
            self._mend(repairing)
        case = self.case
        await case.host.wait_until(lambda: True)
        if case.settled or await case.host.wait_until(lambda: case.settled, WORKING_AFTER):
            case.settle()
        if not case.host.due_to_move():
            await case.chronicle.write()
        case.host.show(case.state.status, case.view.describe())
        return case.turn(since=case.state.told)

    def _misfit(self, repairing: Repairing) -> str:
        step = self.case.steps.tried.get(repairing.key)
        if step is None:
            return "no-such-step"
        if self.case.ledger.find(Done, repairing.key) is not None:
            return "step-done"
        try:
            result_of(step).validate_python(repairing.value)
        except ValidationError:
            return "value"
        return ""

    def _mend(self, repairing: Repairing) -> None:
        supplied = repairing.what == "supply"
        data: dict[str, JsonValue] = {"name": repairing.name or None, "facts": {"note": repairing.why}}
        self.case.chronicle.row("supplied" if supplied else "retried", repairing.key or None, repairing.by, data)
        if supplied:
            self.case.steps.supply(repairing.key, repairing.value)
        if self.case.state.broken_at is not None:
            self.case.rewind()
