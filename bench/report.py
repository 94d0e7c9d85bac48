"""What was measured, as figures for a program and as a table for a person."""

from __future__ import annotations

import platform
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from statistics import median, quantiles
from typing import Any

from rich.table import Table

from bench.turns import Measured, Plan
from simulators.machine import temporal_binary

ABOUT = "bare: written by hand · engine: a moment without its journal · journal: a moment as it is · http: over the API"


def figures(measured: Mapping[str, Measured], plan: Plan) -> dict[str, Any]:
    """Ratios first, then what they were made of. Times in ms, throughput in answers per second.

    A ratio is the median of the rounds' own ratios; ``spread`` has the least and the most of them.
    """
    p50 = {name: [median(times) for times in way.latency] for name, way in measured.items()}
    rates = {name: way.throughput for name, way in measured.items()}
    ratios = {f"{name}_over_bare_p50": _ratios(p50[name], p50["bare"]) for name in ("engine", "journal", "http")}
    ratios["throughput_ratio"] = _ratios(rates["journal"], rates["bare"])
    return {
        **{name: round(median(values), 3) for name, values in ratios.items()},
        "spread": {name: [round(min(values), 3), round(max(values), 3)] for name, values in ratios.items()},
        "events_per_answer": round(measured["journal"].events, 2),
        "rounds": plan.rounds,
        "answers": plan.answers,
        "cases_in_flight": plan.cases,
        "ways": {name: _raw(way) for name, way in measured.items()},
        "versions": versions(),
    }


def _ratios(values: Sequence[float], against: Sequence[float]) -> list[float]:
    return [value / other for value, other in zip(values, against, strict=True)]


def _raw(way: Measured) -> dict[str, Any]:
    times = [time for times in way.latency for time in times]
    return {
        "p50_ms": round(median(times), 2),
        "p95_ms": round(quantiles(times, n=20)[-1], 2),
        "p50_ms_by_round": [round(median(times), 2) for times in way.latency],
        "answers_per_second": round(median(way.throughput), 1),
        "answers_per_second_by_round": [round(rate, 1) for rate in way.throughput],
        "events_per_answer": round(way.events, 2),
        "history_bytes_per_answer": round(way.bytes),
    }


def versions() -> dict[str, str]:
    """What was measured with."""
    temporal = subprocess.run([temporal_binary(), "--version"], capture_output=True, text=True, check=True).stdout
    libraries = {
        name: version(name) for name in ("segue", "temporalio", "pydantic", "sqlalchemy", "fastapi", "uvicorn")
    }
    return {
        **libraries,
        "temporal": temporal.strip().removeprefix("temporal version "),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def table(shown: Mapping[str, Any]) -> Table:
    """The figures for a person."""
    title = "An answer, from sending it to having the next question"
    rows = Table(title=title, title_justify="left", caption=ABOUT, caption_justify="left")
    rows.add_column("")
    for column in ("p50 ms", "p95 ms", "/ bare", "answers/s", "/ bare", "events", "bytes"):
        rows.add_column(column, justify="right")
    bare = shown["ways"]["bare"]
    for name, way in shown["ways"].items():
        over = shown.get(f"{name}_over_bare_p50", 1.0)
        rate = median(_ratios(way["answers_per_second_by_round"], bare["answers_per_second_by_round"]))
        rows.add_row(
            name,
            f"{way['p50_ms']:.1f}",
            f"{way['p95_ms']:.1f}",
            f"{over:.2f}",
            f"{way['answers_per_second']:.0f}",
            f"{rate:.2f}",
            f"{way['events_per_answer']:.1f}",
            f"{way['history_bytes_per_answer']}",
        )
    return rows


def on_noise(shown: Mapping[str, Any]) -> str:
    """One honest sentence."""
    low, high = shown["spread"]["journal_over_bare_p50"]
    slow, fast = shown["spread"]["throughput_ratio"]
    return (
        f"Over {shown['rounds']} rounds on this machine, whatever else it did, journal/bare lay between {low:.2f} and "
        f"{high:.2f} in latency and between {slow:.2f} and {fast:.2f} in throughput: compare ratios, not milliseconds."
    )
