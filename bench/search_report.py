"""What the search was found to take, as figures for a program and as tables for a person."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from bench.search import Measured, ratios

HEADS = ("", "p50", "p95", "longest", "found")
LIMIT = 100.0  # milliseconds at p95


def figures(measured: Measured) -> dict[str, Any]:
    """Milliseconds of each kind and of all tries together; ``passed``: p95 of all, and of each kind, within 100 ms."""
    each = {
        timing.kind: {
            "p50": round(timing.at(0.5), 1),
            "p95": round(timing.at(0.95), 1),
            "longest": round(timing.at(1), 1),
            "found": f"{timing.found}/{len(timing.tries)}",
        }
        for timing in measured.searches
    }
    every = sorted(one for timing in measured.searches for one in timing.tries)
    written = {
        kind: {"without": round(median(without), 2), "with": round(median(with_), 2), "ratio": round(ratio, 2)}
        for (kind, (without, with_)), ratio in zip(measured.writes.items(), ratios(measured).values(), strict=True)
    }
    return {
        "cases": measured.cases,
        "customers": measured.customers,
        "seconds_to_load": round(measured.seconds_to_load),
        "machine_load": [round(one, 1) for one in measured.load],
        "p50": round(every[len(every) // 2], 1),
        "p95": round(every[int(len(every) * 0.95)], 1),
        "longest": round(every[-1], 1),
        "passed": all(one["p95"] <= LIMIT for one in each.values()),  # type: ignore[operator] # a float of ours
        "searches": each,
        "writes": written,
    }


def table(shown: Mapping[str, Any]) -> Table:
    title = f"{shown['cases']:,} cases of {shown['customers']:,} customers, in milliseconds"
    rows = Table(title=title, title_justify="left", caption=caption(shown), caption_justify="left", box=SIMPLE)
    for number, head in enumerate(HEADS):
        rows.add_column(head, justify="right" if number else "left", no_wrap=True)
    for cells in _cells(shown):
        rows.add_row(*cells)
    return rows


def markdown(shown: Mapping[str, Any]) -> str:
    """The same as a table for a page."""
    lines = ["| " + " | ".join(HEADS) + " |", "| --- |" + " ---: |" * (len(HEADS) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(cells) + " |" for cells in _cells(shown)), "", caption(shown)])


def caption(shown: Mapping[str, Any]) -> str:
    writes = ", ".join(
        f"with {kind} {one['with']} for {one['without']} ms ({one['ratio']} times)"
        for kind, one in shown["writes"].items()
    )
    before, after = shown["machine_load"]
    return f"Writing a turn: {writes}. The machine's load was {before} before and {after} after."


def _cells(shown: Mapping[str, Any]) -> list[tuple[str, ...]]:
    every = {"p50": shown["p50"], "p95": shown["p95"], "longest": shown["longest"], "found": ""}
    return [
        (kind, *(f"{one[head]:.1f}" for head in HEADS[1:4]), one["found"])
        for kind, one in [*shown["searches"].items(), ("all of them", every)]
    ]
