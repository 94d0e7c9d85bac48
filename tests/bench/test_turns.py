"""The bench measures what it says it does: all four ways, on a machine of its own, counted from real histories."""

from __future__ import annotations

import io
import json

from rich.console import Console

from bench.report import figures, on_noise, table
from bench.turns import Plan, measure

WAYS = ("bare", "engine", "journal", "http")


async def test_a_few_answers_over_all_ways() -> None:
    plan = Plan(rounds=2, answers=3, cases=2)
    said: list[str] = []

    shown = json.loads(json.dumps(figures(await measure(plan, lambda what, _: said.append(what)), plan)))

    ratios = ("engine_over_bare_p50", "journal_over_bare_p50", "http_over_bare_p50", "throughput_ratio")
    for name in ratios:
        least, most = shown["spread"][name]
        assert 0 < least <= shown[name] <= most
    assert 5 <= shown["events_per_answer"] <= 6.2
    assert shown["rounds"] == 2
    assert {"segue", "temporalio", "temporal", "python"} <= set(shown["versions"])
    for name in WAYS:
        way = shown["ways"][name]
        assert 0 < way["p50_ms"] <= way["p95_ms"]
        assert len(way["p50_ms_by_round"]) == len(way["answers_per_second_by_round"]) == plan.rounds
    assert shown["ways"]["engine"]["events_per_answer"] == shown["ways"]["bare"]["events_per_answer"] < 5.5
    assert said[-1] == "Done"

    paper = io.StringIO()
    Console(width=100, file=paper).print(table(shown))
    assert all(f"{name} " in paper.getvalue() for name in WAYS)
    assert "compare ratios" in on_noise(shown)
