"""A case's whole history, all its runs, cut into points: what was at each, without any words yet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from models.case import Opening, Reach, Status
from models.people import Channel
from models.travel import Apart, Overview, Place, Standing
from ops.histories import has_begun, in_order, moment_of, run_before, run_of
from ops.parting import made_by_code
from ops.replaying import Frame, Played, Replaying
from switchboard.codec import customer_of

_DONE = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
_FAILED = {
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
}
_TROUBLE = {Status.STUCK, Status.UNCERTAIN}


@dataclass(frozen=True)
class Point:
    """One workflow task of one run: the events it took and made, and the frame after it, where there is one."""

    run: int
    event: int
    events: tuple[HistoryEvent, ...]
    frame: Frame | None
    standing: Standing

    @property
    def name(self) -> str:
        return f"{self.run}.{self.event}"

    @property
    def at(self) -> datetime:
        return self.events[-1].event_time.ToDatetime(UTC)


@dataclass(frozen=True)
class Notified:
    """A notice, at which point it was given, and over what it was said at once (None: nobody was there)."""

    point: int
    number: int
    channel: Channel | None


class Journey:
    """All points of a case, oldest first."""

    def __init__(self, histories: Sequence[WorkflowHistory], played: Sequence[Played]) -> None:
        self.histories, self.played = histories, played
        self.points = [
            point for run, pair in enumerate(zip(histories, played, strict=True), 1) for point in _cut(run, *pair)
        ]
        openings = [one.opening for one in played if one.opening]
        self.opening: Opening | None = openings[0] if openings else None
        self.reached = [(_number(self.points, run, event), reach) for run, event, reach in _reached(played)]
        self.notified = list(_notified(self.points))
        self._named = {point.name: number for number, point in enumerate(self.points)}

    @property
    def case(self) -> str:
        return self.histories[0].workflow_id

    @property
    def moment(self) -> str:
        return moment_of(self.histories[0])

    def find(self, place: str) -> int | None:
        """The number of the point at ``run.event``, or of the one that this event (of the last run) is in."""
        if place in self._named:
            return self._named[place]
        run, _, event = place.rpartition(".")
        if not event.isdecimal() or not (run or "1").isdecimal() or not self.points or len(place) > 20:
            return None
        of = int(run) if run else self.points[-1].run
        inside = [
            n for n, point in enumerate(self.points) if point.run == of and point.events[-1].event_id >= int(event)
        ]
        return inside[0] if inside else None

    def overview(self) -> Overview:
        worst = next((one for one in self.played if not one.good), self.played[-1])
        places = tuple(self._place(number, point) for number, point in enumerate(self.points))
        apart = self._apart(worst, places)
        troubles = [place.number for place in places if place.trouble]
        return Overview(
            case=self.case,
            moment=self.moment,
            customer=customer_of(self.case),
            language=self.opening.language if self.opening else "en",
            zone=self.opening.zone if self.opening else "UTC",
            runs=len(self.histories),
            events=sum(len(history.events) for history in self.histories),
            places=places,
            opens=troubles[0] if troubles else len(places) - 1,
            result=worst.result,
            error=worst.error,
            apart=apart,
            missing=bool(run_before(self.histories[0])),
        )

    def _place(self, number: int, point: Point) -> Place:
        frame, trouble = point.frame, ""
        if point.standing == "apart":
            trouble = "apart"
        elif any(event.event_type in _FAILED for event in point.events):
            trouble = "failed"
        elif frame is not None and frame.state.status in _TROUBLE:
            before = self.points[number - 1].frame if number else None
            trouble = frame.state.status.value if before is None or before.state.status not in _TROUBLE else ""
        what = frame.rows[-1].what if frame and frame.rows else ""
        return Place(place=point.name, number=number, at=point.at, standing=point.standing, what=what, trouble=trouble)

    def _apart(self, worst: Played, places: Sequence[Place]) -> Apart | None:
        if worst.parting is None:
            return None
        parting = worst.parting
        at = next(place for place in places if place.standing == "apart")
        before = places[at.number - 1].place if at.number else ""
        return Apart(
            place=at.place,
            event=parting.event,
            expected=parting.expected,
            got=parting.got,
            line=parting.line,
            quiet=parting.quiet,
            last_good=before,
        )


async def journey(histories: Sequence[WorkflowHistory], replaying: Replaying) -> Journey:
    """Replay each run of one case once. ``replaying`` keeps frames. Raises NotUnderstood for several cases."""
    runs = in_order(histories)

    async def each() -> AsyncIterator[WorkflowHistory]:
        for history in runs:
            yield history

    played = {one.run: one async for one in replaying.play(each())}
    return Journey(runs, [played[run_of(history)] for history in runs])


def _cut(run: int, history: WorkflowHistory, played: Played) -> Iterator[Point]:
    """The points of a run: each ends with what its task brought about, the last one with all that is left."""
    frames = {frame.event: frame for frame in played.frames}
    ends = list(_ends(history))
    apart = _apart_at(played, [last for _, last in ends])
    begun = 0
    for number, (started, last) in enumerate(ends):
        upto = len(history.events) if number == len(ends) - 1 else last
        frame = frames.get(started)
        standing: Standing = "good"
        if apart is not None and number >= apart:
            standing = "apart" if number == apart else "beyond"
        elif frame is None:
            standing = "sealed"
        yield Point(run, started, tuple(history.events[begun:upto]), frame, standing)
        begun = upto
    if not ends and history.events:
        yield Point(
            run, len(history.events), tuple(history.events), None, "good" if not has_begun(history) else "sealed"
        )


def _ends(history: WorkflowHistory) -> Iterator[tuple[int, int]]:
    """Of each completed task: the event it started with, and the last that it brought about."""
    started, last, inside = 0, 0, False
    for event in history.events:
        if inside and made_by_code(event):
            last = event.event_id
            continue
        if inside:
            yield started, last
            inside = False
        if event.event_type == _DONE:
            started, last, inside = (
                event.workflow_task_completed_event_attributes.started_event_id,
                event.event_id,
                True,
            )
    if inside:
        yield started, last


def _apart_at(played: Played, ends: Sequence[int]) -> int | None:
    """At which task of the run the two part."""
    if played.parting is None or not ends:
        return None
    if played.parting.event is not None:
        return min(bisect_left(ends, played.parting.event), len(ends) - 1)
    return min(len(played.frames), len(ends)) - 1 if played.frames else 0


def _reached(played: Sequence[Played]) -> Iterator[tuple[int, int, Reach]]:
    for run, one in enumerate(played, 1):
        yield from ((run, event, reach) for event, reach in one.reached)


def _number(points: Sequence[Point], run: int, event: int) -> int:
    return next((n for n, point in enumerate(points) if (point.run, point.event) >= (run, event)), len(points))


def _notified(points: Sequence[Point]) -> Iterator[Notified]:
    """Each notice once, where it first stands in a frame; said at once if somebody's request was being answered."""
    last = 0
    for number, point in enumerate(points):
        if point.frame is None:
            continue
        state = point.frame.state
        replied = any(event.HasField("workflow_execution_update_completed_event_attributes") for event in point.events)
        there = state.presence[-1].channel if state.presence and replied else None
        for notice in state.notices:
            if notice.number > last:
                yield Notified(number, notice.number, there)
        last = max(last, state.told)
