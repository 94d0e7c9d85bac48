"""Builds of the code side by side, as those who deploy them look at them."""

from __future__ import annotations

from datetime import datetime

from models.people import Frozen


class Build(Frozen):
    """One build that Temporal knows. ``status``: created, inactive, current, ramping, draining or drained, since then;
    ``cases`` are those that are open on it.
    """

    id: str
    status: str
    since: datetime | None = None
    cases: int = 0


class Deployed(Frozen):
    """All builds, the current one first, then by how lately they were. ``running`` are all open cases there are."""

    builds: tuple[Build, ...] = ()
    running: int = 0
