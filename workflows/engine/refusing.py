"""A refusal as the value it is."""

from __future__ import annotations

from models.case import Because, Note, Turn
from models.errors import Refused


def as_turn(refused: Refused, turn: Turn) -> Turn:
    """A refusal as the value it is: the current turn, with what became of the request and why."""
    because = Because(code=refused.reason, facts=refused.facts) if refused.reason else None
    return turn.model_copy(update={"note": Note(refused.code), "because": because})
