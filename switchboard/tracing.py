"""Traces from a request to the steps it led to, where somebody collects them; nothing of a person is in them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from opentelemetry import trace
from temporalio.client import Interceptor

from models.errors import Misconfigured

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

SERVICE = "service.name"
# Ids of cases, runs and steps say nothing; a route is a template. What is none of these never leaves.
KEPT = frozenset(
    {
        "http.request.method", "http.route", "http.response.status_code", "segue.case", "temporalWorkflowID",
        "temporalRunID", "temporalActivityID", "temporalActivityType", "temporalUpdateID",
    }
)  # fmt: skip


class Discreet:
    """Hands spans on without what customers said: an error goes out as its kind, never as its words."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_told(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)


def _told(span: ReadableSpan) -> ReadableSpan:
    from opentelemetry.sdk.trace import Event, ReadableSpan  # noqa: PLC0415 - an extra

    attributes = {name: value for name, value in (span.attributes or {}).items() if name in KEPT}
    kinds = [str((event.attributes or {}).get("exception.type", "")) for event in span.events]
    events = [
        Event(event.name, {"exception.type": kind} if kind else {}, timestamp=event.timestamp)
        for event, kind in zip(span.events, kinds, strict=True)
    ]
    return ReadableSpan(
        span.name, span.context, span.parent, span.resource, attributes, events, span.links, span.kind,
        status=trace.Status(span.status.status_code), start_time=span.start_time, end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )  # fmt: skip


def provider_for(service: str, exporter: SpanExporter) -> TracerProvider:
    """What makes spans of this process, and hands them on in the background."""
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - an extra

    provider = TracerProvider(resource=Resource.create({SERVICE: service}))
    provider.add_span_processor(BatchSpanProcessor(Discreet(exporter)))  # type: ignore[arg-type] # an exporter in all it does
    return provider


def interceptors(service: str, endpoint: str) -> list[Interceptor]:
    """What Temporal's client, and a worker made of it, are given; none without an endpoint (OTLP over HTTP).

    :class:`Misconfigured` where the libraries are not there.
    """
    if not endpoint:
        return []
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - an extra

        from switchboard.spans import Tracing  # noqa: PLC0415 - needs the extra
    except ImportError:
        raise Misconfigured(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but OpenTelemetry is not there: pip install 'segue[otel]'."
        ) from None
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    trace.set_tracer_provider(provider_for(service, exporter))
    return [Tracing(trace.get_tracer("segue.temporal"))]


def finish() -> None:
    """Hand on what is left, when the process ends."""
    with suppress(AttributeError):
        trace.get_tracer_provider().shutdown()  # type: ignore[attr-defined] # only the library's own has it
