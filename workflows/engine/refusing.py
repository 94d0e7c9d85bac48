"""A refusal on its way out: as Temporal carries it, and as the value it is."""

from __future__ import annotations

from temporalio.exceptions import ApplicationError

from models.case import Because, Note, Turn
from models.errors import Refused
from workflows.engine.ledger import as_json


def as_failure(refused: Refused) -> ApplicationError:
    details = {"turn": as_json(refused.turn), "reason": refused.reason, "facts": refused.facts}
    return ApplicationError(refused.code, details, type=type(refused).__name__, non_retryable=True)


def as_turn(refused: Refused, turn: Turn) -> Turn:
    """A refusal as the value it is: the current turn, with what became of the request and why."""
    because = Because(code=refused.reason, facts=refused.facts) if refused.reason else None
    return turn.model_copy(update={"note": Note(refused.code), "because": because})
