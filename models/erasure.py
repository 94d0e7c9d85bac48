"""What erasing a person did, as it is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.people import Frozen


class Report(Frozen):
    """What an erasing did, in opaque ids and counts.

    ``cases``: how each that ran was ended, ``cancelled`` or ``terminated``; ``rows``: by table, what was removed;
    ``looked_for``: by kind, how many values, in how many pieces; ``short``: values of fewer than five signs, which
    stand everywhere by chance; ``shared``: what others have said too; ``looked_in``: bytes by place, 0 for tables;
    ``left``: by place, what was found. ``told``: whether the customer has been written to.
    """

    customer: str
    records: tuple[str, ...]
    at: datetime
    dry: bool = False
    told: bool | None = None
    cases: dict[str, str] = {}
    rows: dict[str, int] = {}
    looked_for: dict[str, int] = {}
    short: int = 0
    shared: int = 0
    looked_in: dict[str, int] = {}
    left: dict[str, int] = {}
    id: str = ""

    @property
    def clean(self) -> bool:
        return not self.left


class Erased(Frozen):
    """One erasing that was done. ``report`` holds counts only."""

    id: str
    customer: str
    at: datetime
    by: str
    clean: bool
    report: dict[str, Any]
