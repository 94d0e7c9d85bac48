"""``segue erase``, ``segue export``, and the journal, the keys and the age of what is kept under ``segue ops``."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import typer
from temporalio.client import WorkflowHistory

from channels.providers.outbox import Post
from database.audit import Audit
from database.engine import Database, migrate, open_database
from database.indexing import Words
from database.rebuilt import Difference, counted, differences
from database.retention import sweep
from models.erasure import Report
from models.errors import Misconfigured, NotConfirmed, NotUnderstood, Unknown
from models.retention import Retention
from ops.archive import Archive
from ops.commands.opening import FOUND, AsJson, Opened, Openers, operator, refuse
from ops.erasing import Erasing
from ops.exporting import Exporting
from ops.farewell import farewell
from ops.rebuilding import Rebuilding, Tally, each_once, of_archive, of_files, of_server
from ops.rotation import rotate

T = TypeVar("T")
_SHOWN = 20


class Peopled(Opened, Protocol):
    """What is open, with the way out to a customer."""

    @property
    def post(self) -> Post: ...


@dataclass(frozen=True)
class Keeping:
    """What the commands of this file are given by the root: ``keys``, the master key and those that it replaces."""

    people: Callable[[], AbstractAsyncContextManager[Peopled]]
    keys: Callable[[], list[bytes]]
    retention: Callable[[], Retention]


def add_people(app: typer.Typer, keeping: Keeping) -> None:
    """``erase`` and ``export``, at the top."""
    _add_erase(app, keeping)
    _add_export(app, keeping)


def _add_erase(app: typer.Typer, keeping: Keeping) -> None:
    @app.command("erase")
    def erase(
        customer: Annotated[str, typer.Argument(help="The customer's id.")],
        tell: Annotated[bool, typer.Option(help="Send them a last message that it is done.")] = False,
        why: Annotated[
            str, typer.Option(help="Kept for good in the audit, with your name: it may not name them.")
        ] = "",
        yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
        scan: Annotated[
            list[Path] | None, typer.Option(help="Also look through this file or folder: Temporal's own database.")
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Erase a person for good, and prove that nothing of them is left.

        Ends with 0 where nothing is left, 1 where something was still found, 2 where it could not be done.
        """
        for path in scan or ():
            if not path.exists():
                refuse(f"{path} is not there: give Temporal's database file, or leave --scan away.")

        # A script says what it means; a person may have meant somebody else.
        if not (dry_run or yes) and sys.stdin.isatty():
            typer.confirm(f"Erase {customer} for good? Nothing brings them back.", abort=True)

        async def run() -> Report:
            async with keeping.people() as opened:
                erasing = Erasing(
                    opened.database, opened.vault, opened.client, farewell(opened.database, opened.post),
                    scan=tuple(scan or ()), told=lambda what: None if as_json else typer.echo(f"{what} …", err=True),
                )  # fmt: skip
                return await (erasing.look(customer) if dry_run else _erased(erasing, customer, why, tell=tell))

        report = _run(run(), f"There is nobody with the id {customer}.")
        typer.echo(report.model_dump_json(indent=2) if as_json else shown(report))
        raise typer.Exit(0 if report.clean else FOUND)


async def _erased(erasing: Erasing, customer: str, why: str, *, tell: bool) -> Report:
    if why and await erasing.names(customer, why):
        refuse("The reason stays when they are gone: say it without their name, number or address.")
    me = operator()
    report = await erasing.erase(customer, me.id, tell=tell)
    # Behind it: what the audit notes of somebody goes with them, and why they went shall stay.
    await Audit(erasing.db).note(me, "erase", customer=customer, note=why or None)
    return report


def _add_export(app: typer.Typer, keeping: Keeping) -> None:
    @app.command("export")
    def export(
        customer: Annotated[str, typer.Argument(help="The customer's id.")],
        to: Annotated[Path, typer.Option(help="The folder to write to; made if it is not there.")] = Path("export"),
        language: Annotated[str, typer.Option(help="Of the page; theirs where none is given.")] = "",
        why: Annotated[str, typer.Option(help="Kept in the audit, with your name.")] = "",
    ) -> None:
        """Write all of a person's data into a folder: person.json, person.html, and their files."""

        async def run() -> list[Path]:
            async with keeping.people() as opened:
                found = await Exporting(opened.database, opened.vault).export(customer, language or None)
                await Audit(opened.database).note(operator(), "export", customer=customer, note=why or None)
                return found.write(to)

        for file in _run(run(), f"There is nobody with the id {customer}, or they were erased."):
            typer.echo(str(file))


def add_keeping(app: typer.Typer, openers: Openers, keeping: Keeping) -> None:
    """``rebuild``, ``rotate-key`` and ``sweep``, under ``segue ops``."""
    _add_rebuild(app, openers, keeping)

    @app.command("rotate-key")
    def rotate_key() -> None:
        """Wrap every customer's key with the first of SEGUE_MASTER_KEY, and make anew what is derived from it."""
        keys = _given(keeping.keys)
        if len(keys) < 2:
            refuse("SEGUE_MASTER_KEY holds one key: set it to the new one and the old one, with a comma between them.")

        async def run() -> int:
            async with keeping.people() as opened:
                words = Words.under(keys[0])
                return await rotate(opened.database, opened.vault, words, _counting)

        count = _run(run())
        typer.echo(f"{count} keys are wrapped anew. Keep the old one for 14 days: links in mails are sealed with it.")

    @app.command("sweep")
    def sweep_now(
        as_json: Annotated[bool, typer.Option("--json", help="The counts for a program.")] = False,
    ) -> None:
        """Remove what is older than SEGUE_KEEP lets it be; the servers do so once a day."""
        rules, counts = _given(keeping.retention), dict[str, int]()

        async def run() -> None:
            async with keeping.people() as opened:
                await sweep(opened.database, rules, counts.__setitem__)

        _run(run())
        lines = [f"{kind}: {count}" for kind, count in counts.items() if count] or ["Nothing was old enough to go."]
        typer.echo(json.dumps(counts) if as_json else "\n".join(lines))


def _add_rebuild(app: typer.Typer, openers: Openers, keeping: Keeping) -> None:
    @app.command("rebuild")
    def rebuild(
        query: Annotated[str | None, typer.Option(help="Only histories of the server that this finds.")] = None,
        files: Annotated[list[Path] | None, typer.Option(help="Only these exported histories, or folders.")] = None,
        archive: Annotated[bool, typer.Option(help="Only what is archived.")] = False,
        into: Annotated[str, typer.Option(help="Another database, like DATABASE_URL; else into our own.")] = "",
        check: Annotated[bool, typer.Option(help="Say what differs from our own; alone, it changes nothing.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Write the journal again, out of histories: of the archive and the server, where nothing else is said.

        Ends with 0 where all was written and nothing differs, 1 where not, 2 where it could not be done.
        """
        keys = _given(keeping.keys)
        if sum((query is not None, bool(files), archive)) > 1:
            refuse("Say where from once: --query, --files or --archive.")

        async def run() -> tuple[Tally, dict[str, int], list[Difference]]:
            async with (
                openers.everything() as opened,
                openers.code() as (workflows, converter),
                _target(opened.database, into, scratch=check) as target,
            ):
                rebuilding = Rebuilding(target, workflows, converter, Words.under(keys[0]))
                tally = await rebuilding.rebuild(_histories(opened, query, files, archive=archive), _told)
                found = [each async for each in differences(opened.database, target)] if check else []
                return tally, await counted(target), found

        tally, counts, found = _run(run())
        typer.echo(_document(tally, counts, found) if as_json else _sentences(tally, counts, found, checked=check))
        raise typer.Exit(FOUND if found or not tally.whole else 0)


async def _histories(
    opened: Opened, query: str | None, files: list[Path] | None, *, archive: bool
) -> AsyncIterator[WorkflowHistory]:
    kept, client = Archive(opened.database, opened.vault), opened.client
    if files:
        source = of_files(files)
    elif archive:
        source = of_archive(kept)
    elif query is not None:
        source = of_server(client, query)
    else:
        source = each_once(of_archive(kept), of_server(client))
    async for history in source:
        yield history


@asynccontextmanager
async def _target(own: Database, into: str, *, scratch: bool) -> AsyncIterator[Database]:
    if not into and not scratch:
        yield own
        return
    with tempfile.TemporaryDirectory(prefix="segue-rebuild-") as folder:
        address = into or f"sqlite:///{folder}/rebuilt.db"
        await migrate(address)
        target = await open_database(address)
        try:
            yield target
        finally:
            await target.close()


def shown(report: Report) -> str:
    """The report in sentences."""
    lines = [f"{report.customer}: {len(report.records)} record(s), {len(report.cases)} running case(s)"]
    lines += [f"  {case}: {how}" for case, how in report.cases.items()]
    lines += [f"  {table}: {count}" for table, count in sorted(report.rows.items())]
    if report.dry:
        return "\n".join([*lines, "Nothing was changed: this was a dry run."])
    if report.told is not None:
        lines.append("They were told." if report.told else "They could NOT be told: no address took the message.")
    looked = ", ".join(f"{count} {kind}" for kind, count in sorted(report.looked_for.items()))
    lines.append(f"Looked for {looked or 'nothing'} (pieces) in {', '.join(report.looked_in)}.")
    if report.shared or report.short:
        lines.append(f"{report.shared} are others' words too; {report.short} were too short to tell.")
    left = ", ".join(f"{place} ({count})" for place, count in report.left.items())
    lines.append(f"STILL FOUND in {left}. Run it once more." if left else "Nothing was found: erased.")
    return "\n".join(lines)


def _sentences(tally: Tally, counts: dict[str, int], found: list[Difference], *, checked: bool) -> str:
    lines = [", ".join(f"{count} {name}" for name, count in sorted(tally.runs.items())) or "No history was found."]
    lines.append(", ".join(f"{table} {count}" for table, count in counts.items()))
    lines += [f"not written: {run}" for run in tally.not_written[:_SHOWN]]
    if checked:
        lines += [f"{each.table} {'/'.join(each.key)}: {each.column}" for each in found[:_SHOWN]]
        lines.append(f"{len(found)} differences." if found else "Equal, byte for byte.")
    return "\n".join(lines)


def _document(tally: Tally, counts: dict[str, int], found: list[Difference]) -> str:
    told: dict[str, Any] = {"runs": dict(tally.runs), "pages": tally.pages, "rows": counts}
    told |= {"not_written": tally.not_written, "differences": [each.model_dump() for each in found]}
    return json.dumps(told, indent=2)


def _told(tally: Tally) -> None:
    if (count := tally.runs.total()) % 500 == 0:
        typer.echo(f"{count} runs …", err=True)


def _counting(what: str, count: int) -> None:
    typer.echo(f"{what}: {count}", err=True)


def _given(read: Callable[[], T]) -> T:
    try:
        return read()
    except Misconfigured as error:
        refuse(str(error))


def _run(work: Coroutine[Any, Any, T], unknown: str = "There is nothing of that name.") -> T:
    try:
        return asyncio.run(work)
    except Unknown:
        refuse(unknown)
    except NotConfirmed:
        refuse("The database or Temporal did not answer. Run it again: what is done already does no harm.")
    except (Misconfigured, NotUnderstood) as error:
        refuse(str(error))
