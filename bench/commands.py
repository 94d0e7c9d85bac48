"""``segue bench``: how fast, measured here and now."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench import queue as orders, queue_report, replay as replays, replay_report, search as searches, search_report
from bench.report import figures, on_noise, table
from bench.search_ground import Plan as SearchPlan
from bench.turns import Plan, measure
from models.errors import Misconfigured

app = typer.Typer(help="Measure how fast Segue is on this machine.", no_args_is_help=True)
QUICK = Plan(rounds=3, answers=10, cases=5)


@app.callback()
def bench() -> None:
    """Measure how fast Segue is on this machine."""


@contextmanager
def measuring() -> Iterator[Callable[[str, float], None]]:
    """A bar that moves between measurements only: drawing it would be measured too. What is missing ends the run."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=1.0)

        def progress(what: str, done: float) -> None:
            bar.update(task, description=what, completed=done, refresh=True)

        try:
            yield progress
        except Misconfigured as error:
            sys.exit(str(error))


def say(
    shown: dict[str, Any],
    table: Callable[[dict[str, Any]], RenderableType],
    markdown: Callable[[dict[str, Any]], str] | None = None,
    *,
    as_json: bool = False,
) -> None:
    """The figures, in the form that was asked for."""
    if as_json:
        typer.echo(json.dumps(shown, indent=2))
    elif markdown is not None:
        typer.echo(markdown(shown))
    else:
        Console().print(table(shown))


@app.command()
def turns(
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is measured.")] = Plan.rounds,
    answers: Annotated[int, typer.Option(min=2, max=400, help="How many answers a case gets.")] = Plan.answers,
    cases: Annotated[int, typer.Option(min=1, max=200, help="Cases in flight for the throughput.")] = Plan.cases,
    quick: Annotated[bool, typer.Option("--quick", help="A rough look, in well under half a minute.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Figures for a program.")] = False,
) -> None:
    """An answer, from sending it to having the next question: bare Temporal, the engine, its journal, HTTP."""
    plan = QUICK if quick else Plan(rounds, answers, cases)
    with measuring() as progress:
        shown = figures(asyncio.run(measure(plan, progress)), plan)
    say(shown, table, as_json=as_json)
    if not as_json:
        typer.echo(on_noise(shown))


@app.command()
def queue(
    mix: Annotated[str, typer.Option(help=f"What comes in: {', '.join(orders.MIXES)}.")] = orders.Plan.mix,
    load: Annotated[float, typer.Option(min=0.1, max=1.5, help="Work that comes in over work that can be done.")] = (
        orders.Plan.load
    ),
    agents: Annotated[int, typer.Option(min=1, max=200, help="Who serves.")] = orders.Plan.agents,
    seeds: Annotated[int, typer.Option(min=1, help="How often, each time with other arrivals.")] = orders.Plan.seeds,
    cases: Annotated[int, typer.Option(min=100, help="How many cases come in.")] = orders.Plan.cases,
    as_json: Annotated[bool, typer.Option("--json", help="Figures for a program.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="A table for a page.")] = False,
) -> None:
    """Whom to serve first: the desk's order against first come, earliest deadline and points added up."""
    if mix not in orders.MIXES:
        sys.exit(f"There is no mix {mix}: {', '.join(orders.MIXES)}.")
    plan = orders.Plan(seeds=seeds, cases=cases, agents=agents, load=load, mix=mix)
    with measuring() as progress:
        shown = queue_report.figures(orders.measure(plan, progress), plan)
    say(shown, queue_report.table, queue_report.markdown if as_markdown else None, as_json=as_json)


@app.command()
def search(
    cases: Annotated[int, typer.Option(min=1000, help="How many cases there are.")] = SearchPlan.cases,
    tries: Annotated[int, typer.Option(min=5, help="How often each kind of search is tried.")] = SearchPlan.tries,
    database: Annotated[str, typer.Option(help="An empty PostgreSQL; without it, one is started.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Figures for a program.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="A table for a page.")] = False,
) -> None:
    """The desk's search over very many cases, and what it adds to the writing of a turn."""
    with measuring() as progress:
        shown = search_report.figures(asyncio.run(searches.measure(SearchPlan(cases, tries), database, progress)))
    say(shown, search_report.table, search_report.markdown if as_markdown else None, as_json=as_json)


@app.command()
def replay(
    histories: Annotated[int, typer.Option(min=40, help="How many in the long run.")] = replays.Plan.histories,
    rounds: Annotated[int, typer.Option(min=1, help="How often every way is measured.")] = replays.Plan.rounds,
    batch: Annotated[int, typer.Option(min=10, help="How many histories a round.")] = replays.Plan.batch,
    processes: Annotated[int, typer.Option(min=1, help="How many at once.")] = replays.Plan.processes,
    files: Annotated[Path, typer.Option(help="A folder of opened histories.")] = replays.RECORDED,
    as_json: Annotated[bool, typer.Option("--json", help="Figures for a program.")] = False,
) -> None:
    """Replaying histories: ours beside Temporal's plain Replayer, and whether memory stays flat over very many."""
    plan = replays.Plan(histories, rounds, batch, processes, files)
    with measuring() as progress:
        shown = replay_report.figures(asyncio.run(replays.measure(plan, progress)), plan)
    say(shown, replay_report.table, as_json=as_json)
