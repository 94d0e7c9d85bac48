"""What the pages of ops are given: made elsewhere, wired by the root, known here by their shape only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from channels.wording.book import Wording
from database.checks import Check
from models.deploys import Deployed
from models.erasure import Erased, Report
from models.replays import Run
from models.travel import Change, Overview, Payloads, Scene
from models.upkeep import Upkeep


class Trip(Protocol):
    """One case that can be stepped through. ``taken``: when it was replayed, in seconds since the epoch."""

    taken: float

    def overview(self) -> Overview: ...

    def find(self, place: str) -> int | None: ...

    def scene(self, number: int, words: Wording, theirs: Wording) -> Scene: ...

    def changes(self, first: int, second: int, words: Wording, theirs: Wording) -> list[Change]: ...

    async def payloads(self, number: int) -> list[Payloads]: ...


class Travels(Protocol):
    """Travels through cases of the server, and of uploaded files for whoever uploaded them."""

    async def of_case(self, case: str, *, fresh: bool = False) -> Trip: ...

    async def of_files(self, files: Mapping[str, bytes], owner: str) -> str: ...

    def of_upload(self, key: str, owner: str) -> Trip | None: ...


class Persons(Protocol):
    """What is kept of one person: looked at, given to them, or erased. Raises Unknown where there is nobody."""

    async def look(self, customer: str) -> Report: ...

    async def names(self, customer: str, text: str) -> bool: ...

    async def erase(self, customer: str, by: str, *, tell: bool = False) -> Report: ...

    async def zipped(self, customer: str) -> bytes: ...

    async def done(self, customer: str | None = None) -> list[Erased]:
        """The erasings there were, newest first."""


class Deploys(Protocol):
    """Builds side by side, and what was foreseen of the next one. ``deployed`` raises NotConfirmed."""

    async def deployed(self) -> Deployed: ...

    async def checks(self) -> list[Check]: ...


class Replays(Protocol):
    """One replay at a time; ``last`` is the one that goes on, or went last."""

    last: Run | None

    def start(self, query: str, by: str) -> bool: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Ops:
    """What looks after cases, as far as it is wired."""

    travels: Travels | None = None
    replays: Replays | None = None
    deploys: Deploys | None = None
    upkeep: Upkeep | None = None
    people: Persons | None = None
