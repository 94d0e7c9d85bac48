"""Traces and logs: joined by case and trace, and without a word of a customer."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import gateway.access
import gateway.metrics
from gateway.metrics import TURN_SECONDS
from switchboard.logs import JsonLines, Plainly
from switchboard.tracing import Discreet
from tests.gateway.conftest import CUSTOMER
from tests.switchboard.conftest import Town, town

__all__ = ["town"]
SECRETS = (CUSTOMER, "4155552671", "the minimum", "pay my bill", "purple elephant", "84.20")


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Collected as they would leave, by what a server is wired with."""
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(Discreet(kept)))  # type: ignore[arg-type] # an exporter in all it does
    for module in (gateway.access, gateway.metrics):
        monkeypatch.setattr(module, "_tracer", provider.get_tracer("test"))
    yield kept
    provider.shutdown()


def line(record: logging.LogRecord) -> dict[str, str]:
    found: dict[str, str] = json.loads(JsonLines().format(record))
    return found


async def test_a_text_is_one_trace_from_the_webhook_to_the_turn(town: Town, spans: InMemorySpanExporter) -> None:
    await town.says("pay my bill")
    await town.client._transport.app.state.texts.finish()  # type: ignore[attr-defined] # the app under test
    webhook, turn = sorted(spans.get_finished_spans(), key=lambda span: span.name)
    assert (turn.name, webhook.name) == ("turn sms", "POST /twilio/messages")
    assert turn.parent is not None
    assert turn.context is not None
    assert webhook.context is not None
    assert turn.parent.span_id == webhook.context.span_id
    assert dict(webhook.attributes or {})["http.response.status_code"] == 200


async def test_no_span_and_no_line_tells_of_the_customer(
    town: Town, spans: InMemorySpanExporter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for words in ("pay my bill", "purple elephant", "the minimum"):
        await town.says(words)
    told = "".join(span.to_json() for span in spans.get_finished_spans())
    written = "\n".join(json.dumps(line(record)) for record in caplog.records)
    for secret in SECRETS:
        assert secret not in told
        assert secret not in written
    lines = [line(record) for record in caplog.records if record.name == "segue.access"]
    assert {each["route"] for each in lines} == {"/twilio/messages"}


def test_an_error_leaves_as_its_kind_and_never_in_its_words(spans: InMemorySpanExporter) -> None:
    tracer = gateway.metrics._tracer
    with pytest.raises(ValueError, match="elephant"), tracer.start_as_current_span("a", attributes={"said": "x"}):
        raise ValueError("purple elephant")
    (span,) = spans.get_finished_spans()
    assert "elephant" not in span.to_json()
    assert (span.events[0].name, dict(span.events[0].attributes or {})) == (
        "exception", {"exception.type": "ValueError"},
    )  # fmt: skip
    assert dict(span.attributes or {}) == {}


def test_a_line_is_joined_by_trace_and_case_and_keeps_an_error_to_its_places() -> None:
    record = logging.LogRecord("segue", logging.ERROR, "x.py", 1, "it failed: %s", ("ValueError",), None)
    record.case = "pay-bill/c_1/1"
    try:
        int("purple elephant")
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    with TracerProvider().get_tracer("t").start_as_current_span("a") as span:
        told = line(record)
        assert told["trace"] == trace.format_trace_id(span.get_span_context().trace_id)
    assert (told["case"], told["error"], told["level"]) == ("pay-bill/c_1/1", "ValueError", "ERROR")
    assert told["stack"][0].startswith("test_seeing.py:")
    record.exc_text = None
    assert "elephant" not in Plainly("%(message)s").format(record)


async def test_what_is_logged_after_a_case_was_asked_bears_it(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    before = TURN_SECONDS.labels("sms")._sum.get()
    caplog.handler.setFormatter(JsonLines())
    await town.says("pay my bill")
    case = (await town.turn("pay-bill")).case
    lines = [json.loads(each) for each in caplog.text.splitlines() if each.startswith("{")]
    assert [each["case"] for each in lines if each["logger"] == "channels.providers.outbox"] == [case]
    assert TURN_SECONDS.labels("sms")._sum.get() > before
