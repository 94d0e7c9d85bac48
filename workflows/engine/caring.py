"""A sore case in somebody's care: who has promised to look after it, until when, and who is next if nobody does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import JsonValue

from models.case import Care, Caring, Status, Turn
from models.errors import Claimed
from models.people import Actor, Channel, Provenance

if TYPE_CHECKING:
    from workflows.engine.case import Case
    from workflows.engine.requests import Requests

OWNER, TEAM, SUPERVISOR = 0, 1, 2
PROMISED, LATE = "care-promised", "care-late"


class Cares:
    """From the promise until somebody has helped: a promise that runs out goes to the next who can keep it."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @property
    def standing(self) -> Care | None:
        return self.case.state.care

    @property
    def runs(self) -> bool:
        """Whether there is somebody left to go to when the time is over."""
        return self.standing is not None and self.standing.level < SUPERVISOR

    def begin(self, caring: Caring) -> None:
        """Somebody's from now on. The customer is told, unless one of us speaks with them already."""
        state, now = self.case.state, self.case.now()
        driven = self.case.claims.standing is not None
        state.care = Care(
            owner=caring.owner,
            owner_name=caring.name,
            team=caring.team,
            signals=caring.signals,
            since=now,
            promised_at=_by(now, caring.minutes),
            level=caring.level,
            told=not driven,
            patience=caring.patience,
        )
        self.case.chronicle.row("cared", data=self._facts(state.care))
        if not driven:
            self._tell(PROMISED)

    def overdue(self) -> None:
        """The promise was not kept: first the owner's whole team, then a supervisor. The customer hears it once."""
        care = self.case.state.care
        if care is None:
            return
        level = min(care.level + 1, SUPERVISOR)
        until = _by(self.case.now(), care.patience)
        self.case.state.care = now = care.model_copy(update={"level": level, "promised_at": until})
        self.case.chronicle.row("escalated", data=self._facts(now))
        if level == SUPERVISOR:
            self._tell(LATE)

    def helped(self, by: Provenance) -> None:
        """One of us has seen to it."""
        if self._end():
            self.case.chronicle.row("helped", by=by)

    def close(self) -> None:
        """The case is over, and the promise with it."""
        self._end()

    def spoken(self) -> bool:
        """Whether nothing but a promise is untold, to somebody on the phone: they hear it, and read it afterwards."""
        here, state = self.case.visitors.here, self.case.state
        on_the_phone = here is not None and here.channel is Channel.PHONE and state.status is Status.OPEN
        return on_the_phone and self.only(state.kept)

    def only(self, since: int) -> bool:
        """Whether all that was told since that notice are promises: no question goes with them."""
        untold = [notice for notice in self.case.state.notices if notice.number > since]
        return bool(untold) and all(notice.key in {PROMISED, LATE} for notice in untold)

    def _end(self) -> bool:
        had, self.case.state.care = self.case.state.care, None
        return had is not None

    def _tell(self, key: str) -> None:
        care = self.case.state.care
        if care is not None:
            first = care.owner_name.split(" ")[0]  # customers know the team by first names
            self.case.chronicle.announce(key, {"name": first or None, "until": care.promised_at.isoformat()})

    def _facts(self, care: Care) -> dict[str, JsonValue]:
        kept = care.model_dump(mode="json", include={"owner", "team", "signals", "level"})
        return {**kept, "name": care.owner_name or None, "until": care.promised_at.isoformat()}


def _by(now: datetime, minutes: float) -> datetime:
    """On the full minute nearest to it, as it is told: "by 3:40" is not 3:39:59."""
    due = now + timedelta(minutes=minutes)
    return due if minutes < 1 else (due + timedelta(seconds=30)).replace(second=0, microsecond=0)


class Tending:
    """Taking care and having helped, as requests like any other."""

    def __init__(self, case: Case, requests: Requests) -> None:
        self.case = case
        self.requests = requests

    def check(self, caring: Caring) -> None:
        if self.requests.known(caring):
            return
        self.requests.still_open(caring)
        if caring.by.actor is Actor.CUSTOMER:
            raise self.requests.refused(Claimed, caring, "claimed", self.case.claims.facts())

    async def care(self, caring: Caring) -> Turn:
        """Whoever has it in care keeps it: a second sign of the same trouble makes no second promise."""
        if not self.requests.known(caring):
            self.requests.seen.add(caring)
            if caring.helped:
                self.case.cares.helped(caring.by)
            elif self.case.cares.standing is None or caring.by.actor is Actor.AGENT:
                self.case.cares.begin(caring)
        if not self.case.host.due_to_move():
            await self.case.chronicle.write()
        return self.case.turn(since=self.case.state.told)
