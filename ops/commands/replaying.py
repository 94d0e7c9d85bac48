"""``segue ops replay``: histories of the server, or of files, against the code at hand."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from temporalio.client import WorkflowHistory
from temporalio.service import RPCError

from models.errors import Misconfigured, NotUnderstood
from ops.commands.opening import FOUND, AsJson, Files, Openers, refuse, unreadable
from ops.fleet import replay
from ops.histories import files_in, from_files, from_server
from ops.report import Report

_STOPPED = 130


def add_replay(app: typer.Typer, openers: Openers) -> None:
    @app.command("replay")
    def command(
        query: Annotated[
            str, typer.Option(help="Temporal's: SegueMoment = 'pay-bill' AND SegueStatus = 'open'; '' is all.")
        ] = "-",
        files: Files = None,
        more: Annotated[list[Path] | None, typer.Argument(hidden=True, help="More files.")] = None,
        processes: Annotated[int, typer.Option(min=0, help="How many at once; 0: one for each core.")] = 0,
        as_json: AsJson = False,
    ) -> None:
        """Replay histories against the code at hand: would it do to these cases what was done?

        Ends with 0 where all is fine, 1 where something is not, 2 where it could not be looked at.
        """
        paths = [*(files or []), *(more or [])]
        if (query == "-") == (not paths):
            refuse("Say which histories: --query \"SegueStatus = 'open'\", or --files FOLDER; one of the two.")
        report, began = Report(), time.monotonic()
        stopped = False
        try:
            asyncio.run(_replayed(openers, query, paths, processes, report))
        except (Misconfigured, NotUnderstood, OSError, RPCError) as error:
            refuse(unreadable(error))
        except (KeyboardInterrupt, asyncio.CancelledError):
            stopped = True
        told(report, time.monotonic() - began, as_json=as_json, stopped=stopped)
        raise typer.Exit(_STOPPED if stopped else 0 if report.good else FOUND)


def told(report: Report, seconds: float, *, as_json: bool, stopped: bool = False) -> None:
    """Print the report, and nothing else on stdout."""
    if as_json:
        typer.echo(json.dumps(report.document(seconds) | {"stopped": stopped}, indent=2))
        return
    Console(highlight=False, soft_wrap=True).print(report.shown(seconds))
    if stopped:
        typer.echo("Stopped before the end: what is above is what was replayed until then.", err=True)
    elif not report.total:
        typer.echo("No history was found there.", err=True)


async def _replayed(openers: Openers, query: str, files: Sequence[Path], processes: int, report: Report) -> None:
    if files:
        paths = files_in(files)
        await _counted(openers, _of_files(paths), len(paths), processes, report)
        return
    async with openers.everything() as opened:
        total = (await opened.client.count_workflows(query or None)).count
        await _counted(openers, from_server(opened.client, query), total, processes, report)


async def _of_files(paths: Sequence[Path]) -> AsyncIterator[WorkflowHistory]:
    for history in from_files(paths):
        yield history


async def _counted(
    openers: Openers, histories: AsyncIterator[WorkflowHistory], total: int, processes: int, report: Report
) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Replaying", total=total)
        playing = replay(histories, openers.code, processes=processes or None)
        async with aclosing(playing):
            async for played in playing:
                report.add(played)
                said = f"{report.wrong} not fine" if report.wrong else "Replaying"
                bar.update(task, completed=report.total, description=said)
