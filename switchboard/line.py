"""The line to Temporal: the only client code there is, with its own deadline around every call."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from temporalio.client import (
    Client,
    RPCError,
    RPCStatusCode,
    RPCTimeoutOrCancelledError,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
)
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Caring,
    Claiming,
    Correction,
    Event,
    Leaving,
    Opening,
    Releasing,
    Remark,
    Status,
    Turn,
)
from models.errors import REFUSED, Finished, NotConfirmed, Refused, Settling
from models.joining import Joining
from models.people import Frozen
from models.requests import Repairing
from switchboard.pollers import Working, working
from workflows.engine.ledger import fingerprint
from workflows.engine.temporal_host import CUSTOMER, MOMENT, STATUS

T = TypeVar("T")
_SETTLING_PAUSE = 0.05
_UPDATES: dict[type[Frozen], str] = {
    Arrival: "arrive",
    Answer: "answer",
    Correction: "correct",
    Remark: "remark",
    Leaving: "leave",
    Cancelling: "cancel",
    Claiming: "claim",
    Caring: "care",
    Releasing: "release",
    Joining: "join",
    Repairing: "repair",
    Event: "report",
}


@dataclass(frozen=True)
class Line:
    """Calls to cases. ``deadline`` in seconds is for a whole call, tries included; beyond it: :class:`NotConfirmed`.

    ``search_attributes`` is off only for a server that does not know them.
    """

    client: Client
    task_queue: str = "segue"
    deadline: float = 4.0
    task_timeout: float = 3.0
    search_attributes: bool = True

    async def open(self, opening: Opening, arrival: Arrival) -> Turn:
        """Start the case or resume it, in one round trip."""
        moment = opening.case.split("/")[0]

        async def call() -> Turn:
            start: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
                moment,
                opening,
                id=opening.case,
                task_queue=self.task_queue,
                task_timeout=timedelta(seconds=self.task_timeout),
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=self._attributes(opening, moment),
                static_summary=f"{moment} · case {opening.case.split('/')[-1]}",
                static_details="A customer's case. *Current details* below tell where it stands.",
            )
            turn: Turn = await self.client.execute_update_with_start_workflow(
                "arrive", arrival, start_workflow_operation=start, id=_update_id(arrival), result_type=Turn
            )
            return turn

        return await self._within(call)

    async def begin_again(self, opening: Opening, status: Status) -> None:
        """Have a case go on in a new run from what its opening carries; the run there is ends at once."""
        moment = opening.case.split("/")[0]
        await self.client.start_workflow(
            moment,
            opening,
            id=opening.case,
            task_queue=self.task_queue,
            task_timeout=timedelta(seconds=self.task_timeout),
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=self._attributes(opening, moment, status),
            static_summary=f"{moment} · case {opening.case.split('/')[-1]}",
            static_details="A customer's case, put back to an earlier point. *Current details* tell where it stands.",
        )

    async def send(self, case: str, request: Frozen) -> Turn:
        """Give a request to an open case; :class:`Refused` and its leaves where the case does not take it."""

        async def call() -> Turn:
            handle = self.client.get_workflow_handle(case)
            turn: Turn = await handle.execute_update(
                _UPDATES[type(request)], request, id=_update_id(request), result_type=Turn
            )
            return turn

        return await self._within(call)

    async def ready(self) -> bool:
        """Whether Temporal answers at all."""
        try:
            return await asyncio.wait_for(self.client.service_client.check_health(), 1.0)
        except (RPCError, TimeoutError):
            return False

    async def working(self) -> Working:
        return await working(self.client, self.task_queue)

    async def _within(self, call: Callable[[], Coroutine[Any, Any, Turn]]) -> Turn:
        try:
            async with asyncio.timeout(self.deadline):
                return await self._settled(call)
        except TimeoutError:
            raise NotConfirmed from None

    async def _settled(self, call: Callable[[], Coroutine[Any, Any, Turn]]) -> Turn:
        while True:
            try:
                return await _translated(call)
            except Settling:
                await asyncio.sleep(_SETTLING_PAUSE)

    def _attributes(self, opening: Opening, moment: str, status: Status = Status.OPEN) -> TypedSearchAttributes:
        if not self.search_attributes:
            return TypedSearchAttributes.empty
        pairs = [(CUSTOMER, opening.customer), (MOMENT, moment), (STATUS, status.value)]
        return TypedSearchAttributes([SearchAttributePair(key, value) for key, value in pairs])


async def _translated(call: Callable[[], Coroutine[Any, Any, Turn]]) -> Turn:
    """Temporal's errors as our own."""
    try:
        return await call()
    except WorkflowUpdateFailedError as failed:
        raise _refused(failed.cause) from None
    except WorkflowAlreadyStartedError:
        raise Finished from None
    except RPCTimeoutOrCancelledError:
        raise NotConfirmed from None
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Finished from None
        if error.status is RPCStatusCode.CANCELLED:
            raise
        raise NotConfirmed from None


def _refused(cause: BaseException | None) -> Refused | NotConfirmed:
    if isinstance(cause, ApplicationError) and cause.type in REFUSED:
        details = cause.details[0] if cause.details else {}
        return REFUSED[cause.type](details.get("turn"), reason=details.get("reason", ""), facts=details.get("facts"))
    return NotConfirmed()


def _update_id(request: Frozen) -> str:
    # The provider's id, hashed; with the content, so that the same id with other content reaches the case,
    # which refuses it, instead of getting the first one's result from Temporal.
    content = request.model_dump(mode="json", exclude={"by"})
    return hashlib.sha256(fingerprint(content).encode()).hexdigest()[:32]
