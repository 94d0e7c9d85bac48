"""What the orders of serving were found to cost, as figures for a program and as tables for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from bench.queue import OURS, Outcome, Plan

FIFO = "first come, first served"
HEADS = ("", "cost", "FIFO / it", "late", "weighted", "99.9 %", "longest")


def figures(measured: Mapping[str, Sequence[Outcome]], plan: Plan) -> dict[str, Any]:
    """For each rule: the mean over seeds, the longest wait of all, and by how much FIFO costs more, seed by seed.

    Waits are in promises: at 1 the promise runs out. ``passed``: at least five times cheaper than FIFO in every seed,
    and nobody waited longer than 20 promises.
    """
    rules = {name: _figures(outcomes, measured[FIFO]) for name, outcomes in measured.items()}
    ours = rules[OURS]
    return {
        "mix": plan.mix,
        "seeds": plan.seeds,
        "cases": plan.cases,
        "agents": plan.agents,
        "load": plan.load,
        "passed": min(ours["fifo_over_it"]) >= 5 and ours["longest"] <= 20,
        "rules": rules,
    }


def _figures(outcomes: Sequence[Outcome], fifo: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "cost": round(fmean(one.cost for one in outcomes), 3),
        "fifo_over_it": [round(base.cost / one.cost, 1) for base, one in zip(fifo, outcomes, strict=True)],
        "late": round(fmean(one.breach for one in outcomes), 4),
        "late_weighted": round(fmean(one.weighted_breach for one in outcomes), 4),
        "p999": round(max(one.p999 for one in outcomes), 1),
        "longest": round(max(one.longest for one in outcomes), 1),
        "mean_minutes": round(fmean(one.mean_minutes for one in outcomes), 1),
    }


def table(shown: Mapping[str, Any]) -> Table:
    title = f"{shown['mix']}: {shown['agents']} agents, load {shown['load']}, {shown['seeds']} x {shown['cases']} cases"
    rows = Table(title=title, title_justify="left", caption=_caption(shown), caption_justify="left", box=SIMPLE)
    for number, head in enumerate(HEADS):
        rows.add_column(head, justify="right" if number else "left", no_wrap=number > 0)
    for cells in _cells(shown):
        rows.add_row(*cells)
    return rows


def markdown(shown: Mapping[str, Any]) -> str:
    """The same as a table for a page."""
    lines = ["| " + " | ".join(HEADS) + " |", "| --- |" + " ---: |" * (len(HEADS) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(cells) + " |" for cells in _cells(shown))])


def _cells(shown: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"{rule['cost']:.2f}",
            f"{min(rule['fifo_over_it']):.1f} to {max(rule['fifo_over_it']):.1f}",
            f"{rule['late']:.1%}",
            f"{rule['late_weighted']:.1%}",
            f"{rule['p999']:.1f}",
            f"{rule['longest']:.1f}",
        )
        for name, rule in shown["rules"].items()
    ]


def _caption(shown: Mapping[str, Any]) -> str:
    verdict = "holds" if shown["passed"] else "does NOT hold"
    return f"Waits in promises. Five times cheaper than FIFO in every seed and nobody beyond 20 promises: {verdict}."
