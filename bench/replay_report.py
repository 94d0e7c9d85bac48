"""What the replay was found to take, as figures for a program and as a table for a person."""

from __future__ import annotations

from statistics import median
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from bench.replay import BARE, Measured, Plan

PER_PROCESS, ALL_CORES, GROWTH = 0.9, 1.8, 1.05


def figures(measured: Measured, plan: Plan) -> dict[str, Any]:
    """Histories a second of each way, and over plain by round; ``passed``: the bars that are asked for."""
    over = {
        name: [rate / plain for rate, plain in zip(rates, measured.rates["plain"], strict=True)]
        for name, rates in measured.rates.items()
    }
    growth = growth_of([size for _, size in measured.memory])
    passed = {
        "per_process": median(over["ours"]) >= PER_PROCESS,
        "all_cores": median(over["ours, all cores"]) >= ALL_CORES,
        "memory": growth <= GROWTH,
        "bare_named": f"{BARE}: empty" in measured.named,
    }
    return {
        "histories": plan.histories,
        "rounds": plan.rounds,
        "batch": plan.batch,
        "processes": plan.processes,
        "machine_load": [round(one, 1) for one in measured.load],
        "passed": all(passed.values()),
        "bars": passed,
        "ways": {
            name: {
                "a_second": round(median(rates), 1),
                "over_plain": round(median(over[name]), 2),
                "least": round(min(over[name]), 2),
                "most": round(max(over[name]), 2),
            }
            for name, rates in measured.rates.items()
        },
        "long": {
            "a_second": round(measured.long_rate, 1),
            "megabytes": [[done, round(size)] for done, size in measured.memory],
            "growth": round(growth, 3),
            "results": measured.results,
            "named": measured.named[:20],
        },
    }


def growth_of(memory: list[float]) -> float:
    """The most of the last third over the most of the first; the first sample is of processes that still load."""
    third = max(len(memory) // 3, 1)
    early, late = max(memory[1 : third + 1] or memory), max(memory[-third:])
    return late / early if early else 1.0


def table(shown: dict[str, Any]) -> Table:
    long = shown["long"]
    memory = [size for _, size in long["megabytes"]]
    caption = (
        f"{shown['histories']:,} on {shown['processes']} processes: {long['a_second']:.0f} a second, "
        f"{min(memory)} to {max(memory)} MB (last third over first {long['growth']}). "
        f"Passed over: {', '.join(long['named']) or 'none'}. "
        f"The machine's load was {shown['machine_load'][0]} before and {shown['machine_load'][1]} after."
    )
    title = f"{shown['rounds']} rounds of {shown['batch']} histories"
    rows = Table(title=title, title_justify="left", caption=caption, caption_justify="left", box=SIMPLE)
    for number, head in enumerate(("", "histories/s", "over plain", "least", "most")):
        rows.add_column(head, justify="right" if number else "left", no_wrap=True)
    for name, way in shown["ways"].items():
        rows.add_row(name, *(f"{way[key]:.2f}" for key in ("a_second", "over_plain", "least", "most")))
    return rows
