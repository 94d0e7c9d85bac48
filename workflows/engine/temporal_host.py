"""The engine's host in life: a Temporal workflow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError

from models.case import Status
from models.journal import Page
from models.ledger import Known
from workflows.engine.host import Call, Performed, StepFailed

CUSTOMER = SearchAttributeKey.for_keyword("SegueCustomer")
MOMENT = SearchAttributeKey.for_keyword("SegueMoment")
STATUS = SearchAttributeKey.for_keyword("SegueStatus")

# An update costs five events, an answer's journal one more: well before the 2,000 updates a run may take.
UPDATES_PER_RUN = 500
_JOURNAL_BUDGET = timedelta(seconds=2)
_TRY_AGAIN = RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(seconds=20))


class TemporalHost:
    """Time, steps and the journal as Temporal has them."""

    def __init__(self) -> None:
        self.updates = 0
        self._shown: Status | None = None

    def now(self) -> datetime:
        return workflow.now()

    def run_id(self) -> str:
        return workflow.info().run_id

    def update_id(self) -> str | None:
        update = workflow.current_update_info()
        return update.id if update else None

    def due_to_move(self) -> bool:
        info = workflow.info()
        return (
            self.updates >= UPDATES_PER_RUN
            or info.is_continue_as_new_suggested()
            or info.is_target_worker_deployment_version_changed()
        )

    async def wait_until(self, ready: Callable[[], bool], timeout: float | None = None) -> bool:
        try:
            await workflow.wait_condition(ready, timeout=timeout)
        except TimeoutError:
            return False
        return True

    async def perform(self, call: Call) -> Performed:
        try:
            value: Any = await workflow.execute_activity(
                call.name,
                call.argument,
                activity_id=call.id,
                start_to_close_timeout=timedelta(seconds=call.timeout),
                schedule_to_close_timeout=timedelta(seconds=call.budget),
                retry_policy=_TRY_AGAIN,
                summary=call.summary or None,
            )
        except ActivityError as error:
            cause = error.cause
            if isinstance(cause, ApplicationError) and cause.type == "Refusal" and cause.details:
                return Performed(refusal=Known.model_validate(cause.details[0]))
            if isinstance(cause, CancelledError) and workflow.cancellation_reason() is None:
                raise
            raise StepFailed(call.name) from None
        return Performed(value=value)

    async def write(self, page: Page) -> None:
        try:
            await workflow.execute_local_activity(
                "Journal.write",
                page,
                schedule_to_close_timeout=_JOURNAL_BUDGET,
                retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=50), maximum_attempts=5),
            )
        except ActivityError:
            raise StepFailed("Journal.write") from None

    def show(self, status: Status, details: str) -> None:
        workflow.set_current_details(details)
        if status is self._shown:
            return
        # Only where the server knows the attribute, and only when the status moved: an upsert is an event.
        known = workflow.info().typed_search_attributes.get(STATUS)
        if known is not None and known != status.value:
            workflow.upsert_search_attributes([STATUS.value_set(status.value)])
        self._shown = status
