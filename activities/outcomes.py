"""How steps end, counted by the worker: done, refused (and why), failed. It goes out with Temporal's own metrics."""

from __future__ import annotations

from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

METRIC = "segue_step_outcomes"
ABOUT = "How steps ended, by step and outcome"


class Outcomes(Interceptor):
    """Counts each try of each step."""

    def intercept_activity(
        self,
        next: ActivityInboundInterceptor,  # noqa: A002 - the library's own name
    ) -> ActivityInboundInterceptor:
        return _Counted(next)


class _Counted(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002 - the library's own name
        outcome = "failed"
        try:
            result = await super().execute_activity(input)
            outcome = "done"
        except ApplicationError as error:
            outcome = _refused(error) or "failed"
            raise
        else:
            return result
        finally:
            step = {"step": activity.info().activity_type, "outcome": outcome}
            activity.metric_meter().create_counter(METRIC, ABOUT).add(1, step)


def _refused(error: ApplicationError) -> str | None:
    """The name of a declared refusal: a way to end, not a fault, and a word out of our own list."""
    known = error.details[0] if error.type == "Refusal" and error.details else None
    return str(known.get("type", "refused")) if isinstance(known, dict) else None
