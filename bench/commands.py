"""``segue bench``: how fast, measured here and now."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench.report import figures, on_noise, table
from bench.turns import Plan, measure
from models.errors import Misconfigured

app = typer.Typer(help="Measure how fast Segue is on this machine.", no_args_is_help=True)
QUICK = Plan(rounds=3, answers=10, cases=5)


@app.callback()
def bench() -> None:
    """Measure how fast Segue is on this machine."""


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
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    # The bar moves between measurements only: drawing it would be measured too.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=1.0)

        def progress(what: str, done: float) -> None:
            bar.update(task, description=what, completed=done, refresh=True)

        try:
            shown = figures(asyncio.run(measure(plan, progress)), plan)
        except Misconfigured as error:
            sys.exit(str(error))
    if as_json:
        typer.echo(json.dumps(shown, indent=2))
        return
    Console().print(table(shown))
    typer.echo(on_noise(shown))
