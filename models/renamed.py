"""Moments that went by another id once: what began under it, and what still names it, goes on under the new one."""

from models.case import Turn

# The id a moment had, and the one it has now. Keep a line for as long as a case, a link or a key of the company's own
# apps may name the old one.
FORMERLY: dict[str, str] = {}


def now_called(moment: str) -> str:
    """The id that a moment goes by today."""
    return FORMERLY.get(moment, moment)


def once_called(moment: str) -> frozenset[str]:
    """All ids under which a moment's cases are kept: its own, and those it had."""
    return frozenset({moment, *(old for old, new in FORMERLY.items() if new == moment)})


def by_its_name(turn: Turn) -> Turn:
    """The turn under its moment's id of today: a case that an older build plays still says the old one."""
    moment = now_called(turn.moment)
    return turn if moment == turn.moment else turn.model_copy(update={"moment": moment})
