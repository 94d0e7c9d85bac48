"""Temporal's side of a case: the workflow's run, its updates and their validators, and the move to a new run."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, NoReturn, TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Caring,
    Claiming,
    Closing,
    Correction,
    Leaving,
    Opening,
    Releasing,
    Remark,
    Status,
    Turn,
)
from models.errors import Refused
from models.joining import Joining
from models.requests import Repairing
from models.standing import Standing
from workflows.engine.caring import Tending
from workflows.engine.case import Case
from workflows.engine.claims import Driving
from workflows.engine.joining import Merging
from workflows.engine.ledger import as_json
from workflows.engine.repairing import Mending
from workflows.engine.requests import R, Requests
from workflows.engine.temporal_host import TemporalHost

A = TypeVar("A")
U = TypeVar("U")


class Execution:
    """What every moment is as a workflow, beside the verbs of its script."""

    id: ClassVar[str] = "moment"

    async def _guarded(self) -> None:
        raise NotImplementedError

    async def script(self) -> None:
        """The moment itself."""
        raise NotImplementedError

    @workflow.init
    def __init__(self, opening: Opening) -> None:
        self._host = TemporalHost()
        self._case = Case(opening, self.id, self._guarded, self._host, type(self).script.__code__.co_filename)
        self._requests = Requests(self._case)
        self._driving = Driving(self._case, self._requests)
        self._tending = Tending(self._case, self._requests)
        self._merging = Merging(self._case, self._requests)
        self._mending = Mending(self._case, self._requests)

    async def play(self, opening: Opening) -> Closing:
        """Play the case to its end, moving to a new run (and to new code) whenever it is time and all is at rest."""
        playing = asyncio.create_task(self._case.play())
        while True:
            try:
                await workflow.wait_condition(lambda: playing.done() or self._may_move())
            except asyncio.CancelledError:
                if workflow.cancellation_reason() is None:
                    raise  # the worker makes room in its cache; the case lives on elsewhere
                if not self._case.sealing:
                    self._case.cancelling = True
                continue
            if playing.done():
                await workflow.wait_condition(workflow.all_handlers_finished)
                return playing.result()
            self._move(opening)

    def _may_move(self) -> bool:
        moving = self._case.movable and not self._case.state.status.closed and self._host.due_to_move()
        return moving and workflow.all_handlers_finished()

    def _move(self, opening: Opening) -> NoReturn:
        changed = workflow.info().is_target_worker_deployment_version_changed()
        upgrade = workflow.ContinueAsNewVersioningBehavior.AUTO_UPGRADE if changed else None
        workflow.continue_as_new(self._carried(opening), initial_versioning_behavior=upgrade)

    def _carried(self, opening: Opening) -> Opening:
        state = self._case.state.model_copy(update={"pending": self._case.state.pending or self._case.expected})
        return opening.model_copy(update={"state": state})

    @workflow.update
    async def arrive(self, raw: Any) -> Turn:
        return await self._handle(self._requests.arrive, self._requests.parse(Arrival, raw))

    @arrive.validator
    def _check_arrival(self, raw: Any) -> None:
        self._check(self._requests.check_arrival, Arrival, raw)

    @workflow.update
    async def answer(self, raw: Any) -> Turn:
        return await self._handle(self._requests.answer, self._requests.parse(Answer, raw))

    @answer.validator
    def _check_answer(self, raw: Any) -> None:
        self._check(self._requests.check_answer, Answer, raw)

    @workflow.update
    async def correct(self, raw: Any) -> Turn:
        return await self._handle(self._requests.correct, self._requests.parse(Correction, raw))

    @correct.validator
    def _check_correction(self, raw: Any) -> None:
        self._check(self._requests.check_correction, Correction, raw)

    @workflow.update
    async def remark(self, raw: Any) -> Turn:
        return await self._handle(self._requests.remark, self._requests.parse(Remark, raw))

    @remark.validator
    def _check_remark(self, raw: Any) -> None:
        self._check(self._requests.check_remark, Remark, raw)

    @workflow.update
    async def leave(self, raw: Any) -> Turn:
        return await self._handle(self._requests.leave, self._requests.parse(Leaving, raw))

    @leave.validator
    def _check_leaving(self, raw: Any) -> None:
        self._check(self._requests.check_leaving, Leaving, raw)

    @workflow.update
    async def cancel(self, raw: Any) -> Turn:
        return await self._handle(self._requests.cancel, self._requests.parse(Cancelling, raw))

    @cancel.validator
    def _check_cancelling(self, raw: Any) -> None:
        self._check(self._requests.check_cancelling, Cancelling, raw)

    @workflow.update
    async def claim(self, raw: Any) -> Turn:
        return await self._handle(self._driving.claim, self._requests.parse(Claiming, raw))

    @claim.validator
    def _check_claiming(self, raw: Any) -> None:
        self._check(self._driving.check_claiming, Claiming, raw)

    @workflow.update
    async def release(self, raw: Any) -> Turn:
        return await self._handle(self._driving.release, self._requests.parse(Releasing, raw))

    @release.validator
    def _check_releasing(self, raw: Any) -> None:
        self._check(self._driving.check_releasing, Releasing, raw)

    @workflow.update
    async def care(self, raw: Any) -> Turn:
        return await self._handle(self._tending.care, self._requests.parse(Caring, raw))

    @care.validator
    def _check_caring(self, raw: Any) -> None:
        self._check(self._tending.check, Caring, raw)

    @workflow.update
    async def join(self, raw: Any) -> Turn:
        return await self._handle(self._merging.join, self._requests.parse(Joining, raw))

    @join.validator
    def _check_joining(self, raw: Any) -> None:
        self._check(self._merging.check, Joining, raw)

    @workflow.update
    async def repair(self, raw: Any) -> Turn:
        return await self._handle(self._mending.repair, self._requests.parse(Repairing, raw))

    @repair.validator
    def _check_repairing(self, raw: Any) -> None:
        self._check(self._mending.check, Repairing, raw)

    @workflow.update
    async def report(self, raw: Any) -> Turn:
        return await self._handle(self._requests.report, self._requests.parse_event(raw))

    @report.validator
    def _check_event(self, raw: Any) -> None:
        self._refusing(lambda: self._requests.check_event(self._requests.parse_event(raw)))

    @workflow.query
    def turn(self) -> Turn:
        """The case as it stands, for whoever looks at a single one; lists and refreshes read the journal."""
        return self._case.turn(since=self._case.state.told)

    @workflow.query
    def standing(self) -> Standing:
        """What a new run would begin with, for whoever has to know what other code would make of it."""
        case = self._case
        return Standing(opening=self._carried(case.opening), touched=tuple(sorted(case.touched)), rests=case.movable)

    async def _handle(self, handler: Callable[[A], Awaitable[U]], request: A) -> U:
        self._host.updates += 1
        try:
            return await handler(request)
        except Refused as refused:
            raise _as_failure(refused) from None
        except ApplicationError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is
            # Anything else would block this case for good: it is set aside for a person instead.
            self._case.break_off(Status.STUCK, error=type(error).__name__, where="handler")
            raise ApplicationError("stuck", type="Stuck", non_retryable=True) from None

    def _check(self, check: Callable[[R], None], kind: type[R], raw: Any) -> None:
        self._refusing(lambda: check(self._requests.parse(kind, raw)))

    def _refusing(self, check: Callable[[], None]) -> None:
        try:
            check()
        except Refused as refused:
            raise _as_failure(refused) from None


def _as_failure(refused: Refused) -> ApplicationError:
    details = {"turn": as_json(refused.turn), "reason": refused.reason, "facts": refused.facts}
    return ApplicationError(refused.code, details, type=type(refused).__name__, non_retryable=True)
