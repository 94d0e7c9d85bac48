"""``segue ops cases``, ``stuck`` and ``archive``: what there is, what does not go on, and what is kept of it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from temporalio.service import RPCError

from database.cases import CaseRecord
from database.customers import Customers
from database.overseeing import Oversight
from models.case import Status
from models.errors import Misconfigured, NotConfirmed
from models.people import Address
from models.upkeep import StuckCase, Wanted
from ops.archive import Archive, gather
from ops.commands.opening import FOUND, Opened, Openers, refuse
from ops.stuck import Finder

T = TypeVar("T")
_SPAN = re.compile(r"(\d{1,5})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
AsJson = Annotated[bool, typer.Option("--json", help="One document for a program.")]


def add_looking(app: typer.Typer, openers: Openers) -> None:
    """Put the commands that look, and archive, into the app."""
    _add_cases(app, openers)
    _add_stuck(app, openers)
    _add_archive(app, openers)


def _add_cases(app: typer.Typer, openers: Openers) -> None:
    @app.command("cases")
    def cases(
        moment: Annotated[str, typer.Option(help="pay-bill, …")] = "",
        status: Annotated[list[Status] | None, typer.Option(help="May be given more than once.")] = None,
        step: Annotated[str, typer.Option(help="The question they stand at, by its key.")] = "",
        customer: Annotated[str, typer.Option(help="An id, a number (+1415…) or a mail address.")] = "",
        text: Annotated[str, typer.Option(help="A part of the case's id.")] = "",
        since: Annotated[str, typer.Option(help="Touched since: 30m, 12h, 7d, or a date.")] = "",
        open_only: Annotated[bool, typer.Option("--open", help="Only those that are not closed.")] = False,
        stuck: Annotated[bool, typer.Option("--stuck", help="Only those that are stuck.")] = False,
        limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many, last touched first.")] = 50,
        as_json: AsJson = False,
    ) -> None:
        """List cases by anything. It reads the journal, which keeps them beyond Temporal's retention."""
        wanted = Wanted(
            moment=moment, statuses=tuple(status or ()), step=step, text=text, since=moment_of(since),
            open_only=open_only,
        )  # fmt: skip

        async def run(opened: Opened) -> list[CaseRecord]:
            narrowed = wanted
            if customer:
                narrowed = wanted.model_copy(update={"customers": await records_of(opened, customer)})
            found = await Oversight(opened.database).found(narrowed, limit)
            if not stuck:
                return found
            held = {each.case for each in await Finder(opened.database, opened.client).find()}
            return [case for case in found if case.id in held]

        found = opened_for(openers, run)
        if as_json:
            typer.echo(json.dumps([case.model_dump(mode="json") for case in found], indent=2))
        elif found:
            rows = [(c.id, c.status.value, c.step or "", told(c.touched_at)) for c in found]
            table(("case", "status", "step", "touched"), rows)
        else:
            typer.echo("No case is like that.", err=True)


def _add_stuck(app: typer.Typer, openers: Openers) -> None:
    @app.command("stuck")
    def stuck(
        moment: Annotated[str, typer.Option(help="Only of this moment.")] = "",
        kind: Annotated[str, typer.Option(help="bug, away, uncertain, retrying, task-failing, slow or message.")] = "",
        as_json: AsJson = False,
    ) -> None:
        """List the cases that can't go on, why, since when, and which repair to think of first. Ends with 1 if any."""

        async def run(opened: Opened) -> list[StuckCase]:
            return await Finder(opened.database, opened.client).find()

        found = [each for each in opened_for(openers, run) if moment in {"", each.moment} and kind in {"", each.kind}]
        if as_json:
            typer.echo(json.dumps([_document(each) for each in found], indent=2))
        elif found:
            rows = [(each.case, each.kind, _where(each), told(each.since), each.suggests or "look") for each in found]
            table(("case", "why", "where", "since", "think of"), rows)
        else:
            typer.echo("Nothing is stuck.", err=True)
        raise typer.Exit(FOUND if found else 0)


def _add_archive(app: typer.Typer, openers: Openers) -> None:
    @app.command("archive")
    def archive(
        since: Annotated[str, typer.Option(help="Closed since: 12h, 7d, or a date. Else all there are.")] = "",
        as_json: AsJson = False,
    ) -> None:
        """Archive the histories of closed cases, compressed and sealed. Workers do so every hour by themselves."""

        async def run(opened: Opened) -> tuple[int, int, int]:
            kept = Archive(opened.database, opened.vault)
            new = await gather(opened.client, kept, since=moment_of(since))
            return (new, *await kept.kept.size())

        new, runs, size = opened_for(openers, run)
        if as_json:
            typer.echo(json.dumps({"archived": new, "runs": runs, "bytes": size}))
        else:
            typer.echo(f"Archived {new} histories; {runs} are kept, {size / 1024:.0f} kB.")


def opened_for(openers: Openers, run: Callable[[Opened], Coroutine[Any, Any, T]]) -> T:
    """Run with everything open; what is missing or away is said in a sentence."""

    async def all_of_it() -> T:
        async with openers.everything() as opened:
            return await run(opened)

    try:
        return asyncio.run(all_of_it())
    except Misconfigured as error:
        refuse(str(error))
    except NotConfirmed as error:
        refuse(f"It could not be done now: {error}. Try again.")
    except RPCError as error:
        refuse(f"Temporal refused it: {error.message}.")


async def records_of(opened: Opened, customer: str) -> tuple[str, ...]:
    """All records of a customer, told by an id, a number or a mail address; ends where there is none."""
    books, id = Customers(opened.database), customer
    if "@" in customer or customer.startswith("+"):
        address = Address(kind="email" if "@" in customer else "phone", value=customer.casefold())
        known = await books.find(address)
        id = known.id if known else ""
    if not id or await books.get(id) is None:
        refuse("There is no such customer. Give an id (c_…), a number with its country (+1415…) or a mail address.")
    return tuple(await books.records(await books.owner(id)))


def moment_of(text: str) -> datetime | None:
    """A time told as how long ago, or as a date; None for nothing told."""
    if not text:
        return None
    span = _SPAN.fullmatch(text.strip())
    if span:
        return datetime.now(UTC) - timedelta(**{_UNITS[span.group(2)]: int(span.group(1))})
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        refuse(f"{text} is no time: say 30m, 12h, 7d, or a date like 2026-03-31.")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def told(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows under names."""
    drawn = Table(box=None, pad_edge=False)
    for name in names:
        drawn.add_column(name, overflow="fold", no_wrap=name == "case")
    for row in rows:
        drawn.add_row(*row)
    Console(highlight=False, soft_wrap=False).print(drawn)


def _where(each: StuckCase) -> str:
    parts = [each.where or each.key, each.error]
    if each.attempts:
        parts.append(f"{each.attempts} tries")
    if each.usual:
        parts.append(f"usually within {timedelta(seconds=round(each.usual))}")
    return " · ".join(part for part in parts if part)


def _document(each: StuckCase) -> dict[str, Any]:
    return each.model_dump(mode="json", exclude={"open"}) | {"suggests": each.suggests}
