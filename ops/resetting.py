"""Putting a case back to an earlier point: it goes on in a new run from the ledger it had then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError

from database.engine import Database
from database.overseeing import Oversight
from models.case import CaseState, Opening, Status
from models.errors import NotUnderstood, Unknown
from models.journal import Row
from models.ledger import Done, Entry, Taken, Told
from models.people import Actor, Channel
from models.upkeep import Point
from ops.archive import Archive
from ops.histories import runs_on_server
from ops.journey import Journey, Point as JourneyPoint, journey
from ops.replaying import Frame, Replaying
from switchboard.line import Line
from workflows.engine.visitors import VERIFY

MOST = 50


@dataclass(frozen=True)
class Plan:
    """A reset that can be done. ``events``: how long the newest run was when it was planned."""

    case: str
    place: str
    asks: tuple[str, ...]
    opening: Opening
    run: str
    events: int


class Resetting:
    """``workflows`` are the moments. What can't be done raises NotUnderstood with a code as its reason."""

    def __init__(self, client: Client, line: Line, db: Database, archive: Archive, workflows: Sequence[type]) -> None:
        self._client, self._line, self._archive = client, line, archive
        self._books = Oversight(db)
        self._workflows = workflows

    async def points(self, case: str) -> list[Point]:
        """Where the case can be put back to, newest first."""
        whole = await self._journey(case)
        last, found = await self._last(case), list[Point]()
        now = _now(whole)
        for point, frame in _rests(whole):
            if await self._misfit(case, frame, now):
                break  # further back there is still more in the way
            asks = tuple(pending.question.key for pending in frame.state.pending)
            if frame.state.sequence <= last:
                found.append(Point(place=point.name, at=point.at, asks=asks, line=frame.line))
            if len(found) == MOST:
                break
        return found

    async def plan(self, case: str, place: str, name: str, why: str) -> Plan:
        """What a reset to a place would begin with; empty: the last point at which all was well."""
        whole = await self._journey(case)
        now, rests = _now(whole), list(_rests(whole))
        number = whole.find(place) if place else None
        if place:
            wanted = whole.points[number].name if number is not None else ""
            rests = [rest for rest in rests if rest[0].name == wanted]
        if not rests or now is None or whole.opening is None:
            raise NotUnderstood("no-point")
        point, frame = rests[0]
        if misfit := await self._misfit(case, frame, now):
            raise NotUnderstood(misfit)
        last = whole.histories[-1]
        state = _put_back(frame.state, now.state, await self._last(case), _row(name, why, point.name))
        return Plan(
            case, point.name, tuple(pending.question.key for pending in frame.state.pending),
            whole.opening.model_copy(update={"state": state}), whole.played[-1].run, len(last.events),
        )  # fmt: skip

    async def do(self, plan: Plan) -> None:
        """Begin the new run; the old one ends in the same moment, and is archived."""
        handle = self._client.get_workflow_handle(plan.case)
        seen = await handle.describe()
        if seen.history_length != plan.events or seen.run_id != plan.run:
            raise NotUnderstood("moved-on")
        state = plan.opening.state
        await self._line.begin_again(plan.opening, state.status if state else Status.OPEN)
        old = self._client.get_workflow_handle(plan.case, run_id=plan.run)
        await self._archive.keep(await old.fetch_history(), plan.run)

    async def _journey(self, case: str) -> Journey:
        try:
            runs = await runs_on_server(self._client, case)
        except (Unknown, RPCError):
            raise NotUnderstood("gone") from None
        return await journey(runs, Replaying(self._workflows, self._client.data_converter, frames=True))

    async def _last(self, case: str) -> int:
        found = (await self._books.get([case])).get(case)
        return found.sequence if found else 0

    async def _misfit(self, case: str, frame: Frame, now: Frame | None) -> str:
        """Why there is no way back to there: what was done since can't be undone by forgetting it."""
        if now is None:
            return "no-point"
        if now.state.hold is not None:
            return "joined"
        if now.state.sealing and not frame.state.sealing:
            return "effect-uncertain"
        known = {entry.key for entry in frame.state.ledger if isinstance(entry, Done)}
        later = {entry.key for entry in now.state.ledger if isinstance(entry, Done) and _acts(entry)} - known
        later |= set(await self._books.effects(case, frame.state.sequence))
        return "effects" if any(not key.startswith(VERIFY) for key in later) else ""


def _acts(entry: Done) -> bool:
    return not entry.reads and entry.refusal is None


def _rests(whole: Journey) -> Iterator[tuple[JourneyPoint, Frame]]:
    """The points at which the case was at rest and well, newest first."""
    for point in reversed(whole.points):
        frame = point.frame
        if frame is None or point.standing != "good" or frame.turn.working:
            continue
        if frame.state.broken_at is None and not frame.state.status.closed and frame.state.hold is None:
            yield point, frame


def _now(whole: Journey) -> Frame | None:
    """The case as it was last seen."""
    seen = (point.frame for point in reversed(whole.points) if point.standing in {"good", "apart"} and point.frame)
    return next(seen, None)


def _row(name: str, why: str, place: str) -> Row:
    facts = {"note": why, "place": place}
    return Row(
        sequence=0, at=datetime.now(UTC), what="reset", channel=Channel.DESK, actor=Actor.SEGUE,
        data={"name": name or None, "facts": dict(facts)},
    )  # fmt: skip


def _put_back(then: CaseState, now: CaseState, last: int, row: Row) -> CaseState:
    """The case as it was, with all that has been seen, said, heard of and tried since: none of that comes twice."""
    sequence = max(last, now.sequence, then.sequence) + 1
    return then.model_copy(
        update={
            "ledger": _entries(then, now),
            "sequence": sequence,
            "unwritten": [*now.unwritten, row.model_copy(update={"sequence": sequence})],
            "status": then.status if then.status in {Status.OPEN, Status.PARKED} else Status.OPEN,
            "asked": then.asked | now.asked,
            "attempts": {key: max(then.attempts.get(key, 0), n) for key, n in (then.attempts | now.attempts).items()},
            "outgoing": ["way_back"],  # whoever was told that something broke hears where it goes on
            "claim": None,
            "worried": False,
            "supplied": {},
            **{name: getattr(now, name) for name in _SINCE},
        }
    )


_SINCE = (
    *("notices", "told", "heard", "kept", "recent", "mailbox", "presence", "facts", "heard_at", "asked_at", "reminded"),
    *("floor", "proved", "care", "fence"),
)


def _entries(then: CaseState, now: CaseState) -> list[Entry]:
    """What happened in the world, and what was told, stays so: events are taken once, notices given once."""
    there = {(entry.type, entry.key) for entry in then.ledger}
    since = [e for e in now.ledger if isinstance(e, Taken | Told) and (e.type, e.key) not in there]
    return [*then.ledger, *since]
