"""The simulation of the queue plays by the rules it names, and the order of the desk keeps its promise there."""

from __future__ import annotations

import io
import json
import random
from datetime import timedelta

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bench.commands import app
from bench.queue import (
    MIXES,
    RULES,
    START,
    Job,
    Plan,
    additive,
    arrivals,
    cost_of_waiting,
    earliest_deadline,
    fifo,
    measure,
    outcome,
    play,
)
from bench.queue_report import figures, markdown, table
from insight.priority import Weights, order

SMALL = Plan(seeds=2, cases=1500)


def test_the_same_seed_is_the_same_day() -> None:
    assert arrivals(SMALL, 7) == arrivals(SMALL, 7)
    assert arrivals(SMALL, 7) != arrivals(SMALL, 8)


@pytest.mark.parametrize("mix", MIXES)
def test_the_load_is_what_it_says(mix: str) -> None:
    jobs = arrivals(Plan(cases=20_000, mix=mix), 1)
    assert sum(kind.share for kind in MIXES[mix]) == pytest.approx(1)
    assert sum(job.takes for job in jobs) / (8 * jobs[-1].came) == pytest.approx(0.97, abs=0.03)


def test_one_agent_serves_one_after_the_other() -> None:
    jobs = arrivals(Plan(cases=100, agents=1), 3)
    waits = play(jobs, 1, fifo)
    ends = [job.came + wait + job.takes for job, wait in zip(jobs, waits, strict=True)]
    assert all(job.came + wait >= end - 1e-6 for job, wait, end in zip(jobs[1:], waits[1:], ends, strict=False))


@pytest.mark.parametrize("name", RULES)
def test_every_rule_serves_everybody_once_and_no_agent_idles(name: str) -> None:
    jobs = arrivals(SMALL, 1)
    waits = play(jobs, 8, RULES[name])
    assert min(waits) >= 0
    busy = sum(job.takes for job in jobs)
    assert max(job.came + wait for job, wait in zip(jobs, waits, strict=True)) <= jobs[-1].came + busy


def test_the_rules_pick_whom_they_say() -> None:
    early, late = arrivals(Plan(cases=2000), 2)[:2]
    assert (fifo([late, early], late.came), fifo([early, late], late.came)) == (1, 0)
    due = sorted([early, late], key=lambda job: job.came + job.kind.promise)
    assert earliest_deadline(due, late.came) == 0
    assert additive([early], late.came) == 0


@pytest.mark.parametrize("guard", [Weights().guard, 1.0])
def test_the_simulation_picks_whom_the_desk_would(guard: float) -> None:
    rng = random.Random(5)
    jobs = arrivals(Plan(cases=400), 5)
    weights = Weights(guard=guard)
    for _ in range(60):
        some: list[Job] = rng.sample(jobs, rng.randint(1, 30))
        now = max(job.came for job in some) + rng.uniform(0, 600)
        chosen = some[cost_of_waiting(guard)(some, now)]
        [best, *_] = order([job.known for job in some], START + timedelta(minutes=now), weights)
        assert chosen.known.case == best.case


def test_a_cost_worked_out_by_hand() -> None:
    jobs = arrivals(Plan(cases=10), 4)
    made = outcome(jobs, [2 * job.kind.promise for job in jobs])
    assert made.cost == pytest.approx(4 * sum(job.weight for job in jobs[1:]) / 9)
    assert (made.breach, made.weighted_breach, round(made.longest, 9)) == (1, 1, 2)


def test_the_desk_costs_a_fifth_of_first_come_and_nobody_starves() -> None:
    shown = json.loads(json.dumps(figures(measure(Plan(seeds=2, cases=4000)), Plan(seeds=2, cases=4000))))
    ours = shown["rules"]["cost of waiting"]
    assert shown["passed"]
    assert min(ours["fifo_over_it"]) >= 5
    assert ours["longest"] <= 20
    paper = io.StringIO()
    Console(width=140, file=paper).print(table(shown))
    assert "earliest deadline" in paper.getvalue()
    assert markdown(shown).count("\n") == len(RULES) + 1


def test_the_command() -> None:
    asked = ["queue", "--seeds", "1", "--cases", "300", "--mix", "moments"]
    result = CliRunner().invoke(app, [*asked, "--json"])
    assert json.loads(result.stdout)["mix"] == "moments"
    assert CliRunner().invoke(app, [*asked, "--markdown"]).stdout.startswith("| ")
    assert CliRunner().invoke(app, ["queue", "--mix", "none"]).exit_code
