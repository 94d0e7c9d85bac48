"""``segue``: everything one starts by hand."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

import server as server_process
import worker as worker_process
from bench.commands import app as bench
from bootstrap import code_at_hand, wire
from database.engine import migrate, open_database
from database.indexing import Words
from database.rebuilding import rebuild
from models.errors import Misconfigured
from models.staff import Role
from ops.commands.app import ops_app
from ops.commands.opening import Openers
from ops.commands.people import Keeping, add_people
from settings import environment, load, temporal_is_elsewhere
from simulators.machine import Machine, Ports
from simulators.staff import make_account

app = typer.Typer(
    help="Segue: start by text, go on by phone, finish on the web, and never be asked anything twice.",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(bench, name="bench")
keeping = Keeping(lambda: wire(load()), lambda: load().master_keys(), lambda: load().retention())
app.add_typer(ops_app(Openers(lambda: wire(load()), code_at_hand), keeping), name="ops")
add_people(app, keeping)


@app.command()
def up(
    port: Annotated[int, typer.Option(help="The server's port.")] = 8000,
    data: Annotated[Path, typer.Option(help="Where everything is kept.")] = Path(".segue"),
) -> None:
    """Bring up everything on this machine: Temporal, worker, server, company and carrier. Ctrl-C stops all."""
    settings = load()
    machine = Machine(
        data=data,
        environment=environment(),
        ports=Ports(server=port),
        own_temporal=not temporal_is_elsewhere(),
        carrier=not settings.twilio_account_sid,
    )
    try:
        asyncio.run(machine.run(typer.echo))
    except Misconfigured as error:
        sys.exit(str(error))
    except (KeyboardInterrupt, asyncio.CancelledError):
        typer.echo("Stopped.")


@app.command()
def worker(
    current: Annotated[bool, typer.Option(help="Make this build the one that new cases start on.")] = False,
) -> None:
    """Run moments and steps; start as many as needed."""
    try:
        asyncio.run(worker_process.run(current=current))
    except Misconfigured as error:
        sys.exit(str(error))


@app.command()
def server(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
) -> None:
    """Run the HTTP door; start as many as needed."""
    try:
        asyncio.run(server_process.run(host, port))
    except Misconfigured as error:
        sys.exit(str(error))


@app.command()
def staff(
    sign_in: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[Role, typer.Option(help="What they do here.")],
    team: Annotated[str, typer.Option(help="The team they are in.")] = "",
) -> None:
    """Make an account for one of the staff, and print its password once."""
    try:
        typer.echo(asyncio.run(make_account(load().database_url, sign_in, role, team)))
    except Misconfigured as error:
        sys.exit(str(error))


@app.command("rebuild-search")
def rebuild_search() -> None:
    """Make what the desk's search looks in anew: after an upgrade, or with another key. All may go on running."""
    settings = load()

    async def run() -> None:
        await migrate(settings.database_url)
        database = await open_database(settings.database_url)
        try:
            await rebuild(
                database, Words.under(settings.key()), lambda what, count: typer.echo(f"{what}: {count}", err=True)
            )
        finally:
            await database.close()

    try:
        asyncio.run(run())
    except Misconfigured as error:
        sys.exit(str(error))


def main() -> None:
    app()


if __name__ == "__main__":
    main()
