"""``segue ops upgrade-check``: what the code at hand would do with every open case, before it is deployed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text
from temporalio.client import WorkflowHistory
from temporalio.service import RPCError

from database.checks import Checks
from models.errors import Misconfigured, NotUnderstood
from ops.commands.opening import FOUND, AsJson, Files, Openers, refuse, unreadable
from ops.findings import HURTS, KINDS, Finding
from ops.histories import files_in, from_files
from ops.upgrading import Forecast, Report, Upgrading, in_files, open_on

_NAMED = 8  # cases shown by name under each kind; ``--json`` has all


def add_upgrade_check(app: typer.Typer, openers: Openers) -> None:
    @app.command("upgrade-check")
    def command(
        query: Annotated[
            str, typer.Option(help="Which open cases, in Temporal's words: SegueMoment = 'pay-bill'.")
        ] = "",
        files: Files = None,
        fail_on: Annotated[
            str, typer.Option(help=f"Kinds that end it with 1, with commas between: {', '.join(KINDS)}.")
        ] = ",".join(HURTS),
        as_json: AsJson = False,
    ) -> None:
        """What this code would do with every open case, before it is deployed. Nothing is done to any of them.

        Ends with 0 where no case has a finding to fail on, 1 where one has, 2 where it could not be looked at.
        """
        kinds = _kinds(fail_on)
        if query and files:
            refuse("Say which cases: --query for Temporal's, or --files FOLDER; one of the two.")
        report = Report()
        try:
            asyncio.run(_checked(openers, query, files, report, kinds))
        except (Misconfigured, NotUnderstood, OSError, RPCError) as error:
            refuse(unreadable(error))
        except (KeyboardInterrupt, asyncio.CancelledError):
            refuse("Stopped before the end: nothing was reported.", 130)
        if as_json:
            typer.echo(json.dumps(report.document(kinds), indent=2))
        else:
            Console(highlight=False, soft_wrap=True).print(shown(report, kinds))
        raise typer.Exit(FOUND if report.hurt(kinds) else 0)


def _kinds(fail_on: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip() for kind in fail_on.split(",") if kind.strip())
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        refuse(f"There is no kind {unknown[0]}. There are: {', '.join(KINDS)}.")
    return kinds


async def _checked(
    openers: Openers, query: str, files: Sequence[Path] | None, report: Report, kinds: tuple[str, ...]
) -> None:
    async with openers.code() as (workflows, converter):
        if files:
            paths = files_in(files)
            await _counted(Upgrading(workflows, converter), in_files(from_files(paths)), len(paths), report)
            return
        async with openers.everything() as opened:
            running = f"ExecutionStatus = 'Running' AND ({query})" if query else "ExecutionStatus = 'Running'"
            total = (await opened.client.count_workflows(running)).count
            upgrading = Upgrading(workflows, opened.client.data_converter, opened.client)
            await _counted(upgrading, open_on(opened.client, query), total, report)
            await Checks(opened.database).keep(report.document(kinds))


async def _counted(
    upgrading: Upgrading, cases: AsyncIterator[tuple[WorkflowHistory, str]], total: int, report: Report
) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Looking ahead", total=total)
        async for forecast in upgrading.check(cases):
            report.add(forecast)
            bar.advance(task)


def shown(report: Report, kinds: tuple[str, ...]) -> RenderableType:
    """The report for a terminal: where cases stand and what becomes of them, then each kind with its cases."""
    if not report.forecasts:
        return Text("No open case was found there.")
    kept = [one for one in report.forecasts if not one.moves]
    hurt = len(report.hurt(kinds))
    parts: list[RenderableType] = [_table(report)]
    parts += [_kind(report, kind, hurts=kind in kinds) for kind in report.kinds if kind != "moves-cleanly"]
    said = f"\n{len(report.forecasts):,} open cases: {len(report.forecasts) - len(kept):,} move at their next pause"
    parts.append(Text(f"{said}, {len(kept):,} have something under way and stay on their build until it is over."))
    word = f"{hurt:,} would be hurt." if hurt else "None would be hurt."
    parts.append(Text(word, style="bold red" if hurt else "bold green"))
    return Group(*parts)


def _table(report: Report) -> Table:
    present = [kind for kind in KINDS if any(counted[kind] for counted in report.steps().values())]
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, head in enumerate(("moment", "stands at", *present)):
        rows.add_column(head, justify="right" if number > 1 else "left", style="dim" if number == 1 else "")
    before = ""
    for (moment, step), counted in report.steps().items():
        styled = [Text(str(counted[kind] or ""), style="red" if kind in HURTS else "") for kind in present]
        rows.add_row("" if moment == before else moment, step, *styled)
        before = moment
    return rows


def _kind(report: Report, kind: str, *, hurts: bool) -> Text:
    hit = report.hurt((kind,))
    text = Text(f"\n{kind}", style="red" if hurts else "yellow")
    text.append(f"  {len(hit)} {'case' if len(hit) == 1 else 'cases'}: {KINDS[kind]}\n", style="dim")
    for one in hit[:_NAMED]:
        said = "; ".join(sentence(one, finding) for finding in one.findings if finding.kind == kind)
        text.append(f"  {one.case}  {said}\n", style="default")
    if len(hit) > _NAMED:
        text.append(f"  … and {len(hit) - _NAMED} more; --json names them all\n", style="dim")
    return text


def sentence(forecast: Forecast, finding: Finding) -> str:
    """One finding in words."""
    facts, key = finding.facts, finding.key
    asks = ", ".join(forecast.asks) or ("nothing more" if forecast.closes else "nothing")
    said = {
        "effect-again": f"would do {facts.get('step')} a second time, as {key}",
        "effect-undone": f"would take {key} back",
        "acts": f"would do {facts.get('step')} by itself, standing at {forecast.step or 'no question'}",
        "stuck": f"breaks off with {facts.get('error')} at {facts.get('where') or 'the start'}",
        "sealed-differs": f"{key or facts.get('where', '')} is final and done; the script now asks {asks}",
        "undecodable": f"{facts.get('error')} while its state is read",
        "moment-unknown": f"{forecast.moment} is not there; give the new moment an alias in models/renamed.py",
        "answer-unfit": f"{key} {_unfit(facts)}",
        "key-vanished": f"{key} was answered and is not asked any more",
        "asks-again": f"asks {key} though {facts.get('answered')} was answered",
        "replay-parted": _parted(facts),
        "asks-new": f"asks {key} next, {'instead of ' + facts['instead'] if facts.get('instead') else 'new'}",
        "reads-anew": f"reads {facts.get('step', key)} first",
    }
    return said.get(finding.kind, KINDS[finding.kind])


def _unfit(facts: dict[str, str]) -> str:
    if facts.get("was") != facts.get("kind"):
        return f"was a {facts.get('was')} and is a {facts.get('kind')} now"
    offers = f"; it takes {facts['options']}" if facts.get("options") else ""
    return f"does not take its answer any more ({facts.get('why', 'unknown')}){offers}"


def _parted(facts: dict[str, str]) -> str:
    if "got" not in facts:
        return f"{facts.get('result', '')} {facts.get('error', '')}".strip()
    return f"event {facts.get('event')}, {facts.get('line')}: has {facts.get('expected')}, gets {facts['got']}"
