"""One trace from the request to the steps it led to: scripts hand on what came with the last request, and no more.

Temporal's own interceptor hangs every step on the trace that began the case, weeks ago perhaps. This one makes no
spans in scripts, and hangs a step on the answer that led to it. It needs the extra ``otel``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from temporalio.api.common.v1 import Payload
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.worker import (
    ContinueAsNewInput,
    ExecuteWorkflowInput,
    HandleUpdateInput,
    StartActivityInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)
from temporalio.workflow import ActivityHandle

KEY = "_tracer-data"


class Tracing(TracingInterceptor):
    """Spans of requests to Temporal and of steps."""

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> type[Any]:  # noqa: A002 - the library's own name
        return HandingOn


class HandingOn(WorkflowInboundInterceptor):
    """Remembers the trace of the request that was heard last."""

    latest: Payload | None = None

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_HandedOn(outbound, self))

    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002 - the library's own name
        self.latest = input.headers.get(KEY)
        return await super().execute_workflow(input)

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:  # noqa: A002 - the library's own name
        self.latest = input.headers.get(KEY) or self.latest
        return await super().handle_update_handler(input)


class _HandedOn(WorkflowOutboundInterceptor):
    def __init__(self, outbound: WorkflowOutboundInterceptor, heard: HandingOn) -> None:
        super().__init__(outbound)
        self._heard = heard

    def _with(self, headers: Mapping[str, Payload]) -> Mapping[str, Payload]:
        return headers if self._heard.latest is None else {**headers, KEY: self._heard.latest}

    def start_activity(self, input: StartActivityInput) -> ActivityHandle[Any]:  # noqa: A002 - the library's own name
        input.headers = self._with(input.headers)
        return super().start_activity(input)

    def start_local_activity(self, input: StartLocalActivityInput) -> ActivityHandle[Any]:  # noqa: A002 - as above
        input.headers = self._with(input.headers)
        return super().start_local_activity(input)

    def continue_as_new(self, input: ContinueAsNewInput) -> NoReturn:  # noqa: A002 - the library's own name
        input.headers = self._with(input.headers)
        super().continue_as_new(input)
