"""All of a case that would go on in a new run, for whoever has to know what other code would make of it."""

from __future__ import annotations

from models.case import Opening
from models.people import Frozen


class Standing(Frozen):
    """``opening`` carries the state that a new run would begin with, ``touched`` the keys its script came by.

    ``rests``: nothing is under way, so the case may move. ``exact`` is off where it was gathered from a history alone:
    what a history does not hold (undo steps, how long a reading is good for) is missing then.
    """

    opening: Opening
    touched: tuple[str, ...] = ()
    rests: bool = True
    exact: bool = True
