"""The connection to Temporal, with what is measured and traced on it."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio.client import Client, Interceptor
from temporalio.converter import DataConverter
from temporalio.envconfig import ClientConfig
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError

from models.errors import Misconfigured


async def connected(converter: DataConverter, *, tracing: Sequence[Interceptor] = (), metrics: str = "") -> Client:
    """A client as Temporal's own environment says; :class:`Misconfigured` where nobody answers.

    ``metrics`` is where the library serves its own to Prometheus, as ``host:port``; empty: nowhere.
    """
    config = ClientConfig.load_client_connect_config()
    config.setdefault("target_host", "127.0.0.1:7233")
    try:
        runtime = _measured(metrics) if metrics else None
    except (RuntimeError, ValueError):
        raise Misconfigured(
            f"SEGUE_WORKER_METRICS is {metrics}: it must be a free address like 127.0.0.1:9464."
        ) from None
    try:
        return await Client.connect(**config, data_converter=converter, interceptors=tracing, runtime=runtime)
    except (RuntimeError, RPCError):
        raise Misconfigured(
            f"Temporal does not answer at {config['target_host']}. Start it, or set TEMPORAL_ADDRESS; "
            "`segue up` brings its own."
        ) from None


def _measured(address: str) -> Runtime:
    served = PrometheusConfig(bind_address=address, counters_total_suffix=True, durations_as_seconds=True)
    return Runtime(telemetry=TelemetryConfig(metrics=served))
