"""What is looked at while a history plays: the case after each task, its journal, and what it answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import PayloadCodec, SerializationContext, WithSerializationContext
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    StartActivityInput,
    StartLocalActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInstance,
    WorkflowInstanceDetails,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from models.case import CaseState, Opening, Reach, Turn
from models.journal import Page, Row
from ops.parting import Answered
from workflows.moment import Moment

# What the SDK logs of a replay that fails is told by its result; of a worker beside it everything is logged.
replaying: ContextVar[bool] = ContextVar("replaying", default=False)
_LOGS = ("temporalio.worker._workflow", "temporalio.worker._workflow_instance", "temporalio.worker._replayer")


@dataclass(frozen=True)
class Frame:
    """A case after a workflow task.

    ``event`` is how many events that took, ``line`` where its script stands, ``rows`` what it then had to tell the
    journal, ``waits`` what of the world it waits for, ``touched`` the keys that its script came by; it ``rests`` where
    nothing is under way. The parts of ``state`` and ``turn`` are shared between frames: neither is to be changed.
    """

    event: int
    at: datetime
    line: str
    state: CaseState
    turn: Turn
    rows: tuple[Row, ...] = ()
    waits: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
    rests: bool = True


@dataclass
class Seen:
    """What is seen of the history that plays just now."""

    frames: bool
    moment: Moment | None = None
    taken: list[Frame] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    reached: list[tuple[int, Reach]] = field(default_factory=list)
    asked_for: list[Reach] = field(default_factory=list)
    event: int = 0
    line: str = ""
    asks: tuple[str, ...] = ()
    commands: list[WorkflowCommand] = field(default_factory=list)
    answered: dict[str, Answered] = field(default_factory=dict)
    updates: dict[str, str] = field(default_factory=dict)
    failed: str = ""
    sealed: bool = False

    def begin(self) -> None:
        """Forget the history before."""
        self.__dict__.update(Seen(self.frames).__dict__)

    @property
    def opening(self) -> Opening | None:
        return self.moment._case.opening if self.moment else None  # noqa: SLF001 - ops look into a case

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
        self.reached += [(self.event, reach) for reach in self.asked_for]
        self.asked_for = []
        if self.frames:
            self._take(activation.timestamp.ToDatetime(UTC), self.moment)

    def _take(self, at: datetime, moment: Moment) -> None:
        if self.taken and self.taken[-1].event == self.event:
            self.taken.pop()
        case = moment._case  # noqa: SLF001 - ops look into a case as nobody else does
        before = self.taken[-1].state.sequence if self.taken else 0
        written = [row for page in self.pages[-4:] for row in page.rows] + case.state.unwritten
        rows = {row.sequence: row for row in written if row.sequence > before}
        told = tuple(rows[number] for number in sorted(rows))
        state, turn, waits = _kept(case.state), case.turn(since=0), tuple(case.watch.waiting)
        touched, rests = frozenset(case.touched), case.movable
        self.taken.append(Frame(self.event, at, self.line, state, turn, told, waits, touched, rests))

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


def _kept(state: CaseState) -> CaseState:
    """A copy that shares what never changes: all the parts of a state but its lists, its dicts and what is asked."""
    copied: dict[str, Any] = {}
    for name, value in state.__dict__.items():
        if name == "asked":
            copied[name] = {key: asked.model_copy() for key, asked in value.items()}
        else:
            copied[name] = value.copy() if isinstance(value, list | dict) else value
    return CaseState.model_construct(**copied)


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


class Runner(UnsandboxedWorkflowRunner):
    """Looks at a case after each activation. The sandbox guards against what a script does; here it has been done."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        activate: Callable[[WorkflowActivation], WorkflowActivationCompletion] = instance.activate

        def watched(act: WorkflowActivation) -> WorkflowActivationCompletion:
            replaying.set(True)
            completion = activate(act)
            self._seen.after(act, completion)
            return completion

        instance.activate = watched  # type: ignore[method-assign]  # one instance is watched, not the class
        return instance


class Seeing(Interceptor):
    """Knows the moment that plays, and what it writes to the journal."""

    def __init__(self, seen: Seen) -> None:
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
    """Sees what is sent, and what is written to the journal: a local activity's input is in no history."""

    def __init__(self, inner: WorkflowOutboundInterceptor, seen: Seen) -> None:
        super().__init__(inner)
        self._seen = seen

    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - the SDK's name
        if input.activity == "Delivery.reach":
            self._seen.asked_for.append(input.args[0])
        return super().start_activity(input)

    def start_local_activity(self, input: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - the SDK's name
        if input.activity == "Journal.write":
            self._seen.pages.append(input.args[0])
        return super().start_local_activity(input)


class OpeningCodec(PayloadCodec, WithSerializationContext):
    """Opens what a history holds, and seals nothing: what a replay makes goes nowhere, and makes nobody a key."""

    def __init__(self, inner: PayloadCodec, seen: Seen) -> None:
        self._inner, self._seen = inner, seen

    def with_context(self, context: SerializationContext) -> Self:
        inner = self._inner
        if isinstance(inner, WithSerializationContext):
            inner = inner.with_context(context)
        return type(self)(inner, self._seen)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return list(payloads)

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        try:
            return await self._inner.decode(payloads)
        except Exception:
            self._seen.sealed = True
            raise


class _Hush(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not replaying.get()


def hush() -> None:
    """Have the SDK's loggers say nothing of replays."""
    for name in _LOGS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _Hush) for each in logger.filters):
            logger.addFilter(_Hush())
