"""``segue ops``, put together."""

from __future__ import annotations

import typer

from ops.commands.looking import add_looking
from ops.commands.opening import Openers
from ops.commands.people import Keeping, add_keeping
from ops.commands.repairing import add_repair
from ops.commands.replaying import add_replay
from ops.commands.travelling import add_travel
from ops.commands.upgrading import add_upgrade_check


def ops_app(openers: Openers, keeping: Keeping | None = None) -> typer.Typer:
    """All commands of ``segue ops``, on what the root opens."""
    app = typer.Typer(help="Look after cases: replay, travel, and what else they need.", no_args_is_help=True)
    for add in (add_replay, add_travel, add_upgrade_check, add_looking, add_repair):
        add(app, openers)
    if keeping:
        add_keeping(app, openers, keeping)
    return app
