"""One history through the real moment code: what becomes of it, and the case after each of its workflow tasks."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from temporalio import workflow
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    Replayer,
    StartLocalActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInstance,
    WorkflowInstanceDetails,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
    WorkflowReplayResult,
)

from models.case import CaseState
from models.journal import Page
from ops.histories import has_begun, moment_of
from ops.parting import Answered, Parting, loud, quiet
from workflows.moment import Moment

_UNREADABLE = re.compile(r"key of this customer is gone|payload was changed|[Ff]ailed decoding|Unknown payload")


@dataclass(frozen=True)
class Frame:
    """A case after a workflow task: all its state, where its script stands, and how many events that took."""

    event: int
    at: datetime
    line: str
    state: CaseState


@dataclass
class Played:
    """What came of one history. ``frames`` are filled only where they were asked for, ``pages`` likewise.

    ``result``: ``fine``, ``parted`` (see ``parting``), ``undecodable``, ``empty`` (no code has run yet, so there is
    nothing to replay) or ``broken`` (see ``error``, the kind of the error).
    """

    case: str
    run: str
    events: int
    moment: str = ""
    result: str = "fine"
    parting: Parting | None = None
    error: str = ""
    frames: list[Frame] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


@dataclass
class _Seen:
    """What is seen of the history that plays just now."""

    frames: bool
    moment: Moment | None = None
    taken: list[Frame] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    event: int = 0
    line: str = ""
    asks: tuple[str, ...] = ()
    commands: list[WorkflowCommand] = field(default_factory=list)
    answered: dict[str, Answered] = field(default_factory=dict)
    updates: dict[str, str] = field(default_factory=dict)
    failed: str = ""

    def begin(self) -> None:
        """Forget the history before."""
        self.__dict__.update(_Seen(self.frames).__dict__)

    def after(self, activation: WorkflowActivation, completion: WorkflowActivationCompletion) -> None:
        if completion.HasField("failed"):
            self.failed = completion.failed.failure.message
        if self.moment is None or any(job.HasField("remove_from_cache") for job in activation.jobs):
            return
        case = self.moment._case  # noqa: SLF001 - ops look into a case as nobody else does
        if activation.history_length != self.event:
            self.commands = []
        broken = case.state.broken_at is not None
        self.event, self.line = activation.history_length, _line(self.moment) or (self.line if broken else "")
        self.asks = tuple(pending.question.key for pending in case.state.pending)
        self._answers(activation, completion)
        if not self.frames:
            return
        at = activation.timestamp.ToDatetime(UTC)
        frame = Frame(self.event, at, self.line, case.state.model_copy(deep=True))
        if self.taken and self.taken[-1].event == self.event:
            self.taken.pop()
        self.taken.append(frame)

    def _answers(self, activation: WorkflowActivation, completion: WorkflowActivationCompletion) -> None:
        for job in activation.jobs:
            if job.HasField("do_update"):
                self.updates[job.do_update.protocol_instance_id] = job.do_update.id
        self.commands += completion.successful.commands
        for command in completion.successful.commands:
            if not command.HasField("update_response"):
                continue
            response = command.update_response
            id = self.updates.get(response.protocol_instance_id, "")
            if response.HasField("completed"):
                self.answered[id] = Answered(response.completed, self.line, self.asks)
            elif response.HasField("rejected"):
                refused = response.rejected.application_failure_info.type
                self.answered[id] = Answered(refused, self.line, self.asks)


class Replaying:
    """Replays history after history in this process. ``frames``: keep the case after every workflow task."""

    def __init__(self, workflows: Sequence[type], converter: DataConverter, *, frames: bool = False) -> None:
        self._seen = _Seen(frames)
        self._converter = converter
        self._passed: list[Played] = []
        self._replayer = Replayer(
            workflows=workflows,
            workflow_runner=_Runner(self._seen),
            data_converter=converter,
            interceptors=[_Seeing(self._seen)],
        )

    async def play(self, histories: AsyncIterator[WorkflowHistory]) -> AsyncIterator[Played]:
        """Each of them in turn. One without any code run is named and passed over: a Replayer would wait for ever."""
        async with self._replayer.workflow_replay_iterator(self._begun(histories)) as results:
            async for result in results:
                for empty in self._emptied():
                    yield empty
                yield await self._played(result)
        for empty in self._emptied():
            yield empty

    async def one(self, history: WorkflowHistory) -> Played:
        """A single one."""

        async def alone() -> AsyncIterator[WorkflowHistory]:
            yield history

        (played,) = [played async for played in self.play(alone())]
        return played

    def _emptied(self) -> list[Played]:
        passed, self._passed = self._passed, []
        return passed

    async def _begun(self, histories: AsyncIterator[WorkflowHistory]) -> AsyncIterator[WorkflowHistory]:
        async for history in histories:
            if has_begun(history):
                self._seen.begin()
                yield history
            else:
                self._passed.append(_about(history, "empty"))

    async def _played(self, result: WorkflowReplayResult) -> Played:
        seen, history = self._seen, result.history
        played = _about(history)
        played.frames, played.pages = seen.taken, seen.pages
        failure = result.replay_failure
        said = f"{failure} {seen.failed}"
        if failure is None:
            if found := await quiet(history, seen.answered, self._converter):
                (event, expected, got), now = found
                played.result = "parted"
                played.parting = Parting(
                    event=event, expected=expected, got=got, line=now.line, asks=now.asks, quiet=True
                )
        elif _UNREADABLE.search(said):
            played.result = "undecodable"
        elif isinstance(failure, workflow.NondeterminismError):
            event, expected, got = loud(said, history, seen.event, seen.commands)
            played.result = "parted"
            played.parting = Parting(event=event, expected=expected, got=got, line=seen.line, asks=seen.asks)
        else:
            played.result, played.error = "broken", type(failure).__name__
        return played


def _line(moment: Moment) -> str:
    """Where the script stands: its file and line, and nothing where it does not run."""
    running = moment._case.running  # noqa: SLF001 - ops look into a case as nobody else does
    coroutine: Any = running.get_coro() if running is not None else None
    own, found = type(moment).script.__code__.co_filename, ""
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None)
        if frame is not None and frame.f_code.co_filename == own:
            found = f"{own.rpartition('/')[2]}:{frame.f_lineno}"
        coroutine = getattr(coroutine, "cr_await", None)
    return found or _broke(moment)


def _broke(moment: Moment) -> str:
    """Where a script that can't go on broke off."""
    rows = moment._case.state.unwritten  # noqa: SLF001 - ops look into a case as nobody else does
    return next((str(row.data.get("where", "")) for row in reversed(rows) if row.what == "stuck"), "")


def _about(history: WorkflowHistory, result: str = "fine") -> Played:
    first = next(iter(history.events), None)
    run = first.workflow_execution_started_event_attributes.original_execution_run_id if first else ""
    return Played(history.workflow_id, run, len(history.events), moment_of(history), result)


class _Runner(UnsandboxedWorkflowRunner):
    """Looks at a case after each activation. The sandbox guards against what a script does; here it has been done."""

    def __init__(self, seen: _Seen) -> None:
        self._seen = seen

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        activate: Callable[[WorkflowActivation], WorkflowActivationCompletion] = instance.activate

        def watched(act: WorkflowActivation) -> WorkflowActivationCompletion:
            completion = activate(act)
            self._seen.after(act, completion)
            return completion

        instance.activate = watched  # type: ignore[method-assign]  # one instance is watched, not the class
        return instance


class _Seeing(Interceptor):
    def __init__(self, seen: _Seen) -> None:
        self._seen = seen

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> type[WorkflowInboundInterceptor]:  # noqa: A002 - the SDK's name
        seen = self._seen

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(_Outbound(outbound, seen))

            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002 - the SDK's name
                moment = workflow.instance()
                seen.moment = moment if isinstance(moment, Moment) else None
                return await super().execute_workflow(input)

        return Inbound


class _Outbound(WorkflowOutboundInterceptor):
    """Sees what is written to the journal: a local activity's input is in no history."""

    def __init__(self, inner: WorkflowOutboundInterceptor, seen: _Seen) -> None:
        super().__init__(inner)
        self._seen = seen

    def start_local_activity(self, input: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - the SDK's name
        if input.activity == "Journal.write":
            self._seen.pages.append(input.args[0])
        return super().start_local_activity(input)
