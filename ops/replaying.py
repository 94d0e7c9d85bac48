"""One history through the real moment code: what becomes of it, and the case after each of its workflow tasks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.worker import Replayer, WorkflowReplayResult

from models.case import Opening, Reach
from models.journal import Page
from ops.histories import has_begun, moment_of, run_of
from ops.parting import Parting, loud, quiet
from ops.watching import Frame, OpeningCodec, Runner, Seeing, Seen, hush, replaying

__all__ = ["Frame", "Played", "Replaying", "name_of", "unplayed"]

_UNREADABLE = re.compile(r"key of this customer is gone|payload was changed|[Ff]ailed decoding|Unknown payload")


@dataclass
class Played:
    """What came of one history. ``frames`` are filled only where they were asked for, ``pages`` likewise.

    ``result``: ``fine``, ``parted`` (see ``parting``), ``undecodable``, ``empty`` (no code has run yet, so there is
    nothing to replay) or ``broken`` (see ``error``: the kind of the error, ``hangs``, ``crashes`` or ``no-moment``).
    ``line`` and ``asks``: where the script stood in the end, and what it asked. ``reached``: what was sent by itself,
    each with how many events that took.
    """

    case: str
    run: str
    events: int
    moment: str = ""
    result: str = "fine"
    parting: Parting | None = None
    error: str = ""
    line: str = ""
    asks: tuple[str, ...] = ()
    opening: Opening | None = None
    frames: list[Frame] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    reached: list[tuple[int, Reach]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether a deploy of the code at hand would do it no harm."""
        return self.result in {"fine", "empty"}


class Replaying:
    """Replays history after history in this process. ``frames``: keep the case after every workflow task."""

    def __init__(self, workflows: Sequence[type], converter: DataConverter, *, frames: bool = False) -> None:
        self._seen = Seen(frames)
        self._names = {name_of(each) for each in workflows}
        codec = converter.payload_codec
        if codec is not None:
            converter = dataclasses.replace(converter, payload_codec=OpeningCodec(codec, self._seen))
        self._converter = converter
        self._passed: list[Played] = []
        self._replayer = Replayer(
            workflows=workflows,
            workflow_runner=Runner(self._seen),
            data_converter=converter,
            interceptors=[Seeing(self._seen)],
            runtime=_runtime(),
        )
        hush()

    async def play(self, histories: AsyncIterator[WorkflowHistory]) -> AsyncIterator[Played]:
        """Each of them in turn. One without any code run is named and passed over: a Replayer would wait for ever."""
        playing = self._replayer.workflow_replay_iterator(self._begun(histories))
        before = replaying.set(True)
        results = await playing.__aenter__()
        replaying.reset(before)
        try:
            async for result in results:
                for passed in self._told():
                    yield passed
                yield await self._played(result)
        finally:
            await playing.__aexit__(None, None, None)
        for passed in self._told():
            yield passed

    async def one(self, history: WorkflowHistory) -> Played:
        """A single one."""

        async def alone() -> AsyncIterator[WorkflowHistory]:
            yield history

        (played,) = [played async for played in self.play(alone())]
        return played

    def _told(self) -> list[Played]:
        passed, self._passed = self._passed, []
        return passed

    async def _begun(self, histories: AsyncIterator[WorkflowHistory]) -> AsyncIterator[WorkflowHistory]:
        async for history in histories:
            if (passed := self.passed_over(history)) is not None:
                self._passed.append(passed)
            else:
                self._seen.begin()
                yield history

    def passed_over(self, history: WorkflowHistory) -> Played | None:
        """What is known without playing it, of one that can't be played."""
        if not has_begun(history):
            return _about(history, "empty")
        return None if moment_of(history) in self._names else unplayed(history, "no-moment")

    async def _played(self, result: WorkflowReplayResult) -> Played:
        seen, history, failure = self._seen, result.history, result.replay_failure
        played = dataclasses.replace(
            _about(history),
            line=seen.line,
            asks=seen.asks,
            opening=seen.opening,
            frames=seen.taken,
            pages=seen.pages,
            reached=seen.reached,
        )
        said = f"{failure} {seen.failed}"
        if failure is None:
            if found := await quiet(history, seen.answered, self._converter):
                apart, now = found
                played.result, played.parting = "parted", _parting(apart, now.line, now.asks, quiet=True)
        elif seen.sealed or _UNREADABLE.search(said):
            played.result = "undecodable"
        elif isinstance(failure, workflow.NondeterminismError):
            apart = loud(said, history, seen.event, seen.commands)
            played.result, played.parting = "parted", _parting(apart, seen.line, seen.asks)
        else:
            played.result, played.error = "broken", type(failure).__name__
        return played


def name_of(workflow_class: type) -> str:
    """The name that histories know a moment by."""
    return str(vars(workflow_class)["__temporal_workflow_definition"].name)


def unplayed(history: WorkflowHistory, error: str) -> Played:
    """What is known of a history that could not be played to its end."""
    return dataclasses.replace(_about(history, "broken"), error=error)


def _parting(apart: tuple[int | None, str, str], line: str, asks: tuple[str, ...], *, quiet: bool = False) -> Parting:
    event, expected, got = apart
    return Parting(event=event, expected=expected, got=got, line=line, asks=asks, quiet=quiet)


def _about(history: WorkflowHistory, result: str = "fine") -> Played:
    return Played(history.workflow_id, run_of(history), len(history.events), moment_of(history), result)


@cache
def _runtime() -> Runtime:
    """The core's own, without its log: what it warns of is what a replay is asked for."""
    return Runtime(telemetry=TelemetryConfig(logging=None))
