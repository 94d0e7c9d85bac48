"""What commands are given by the root: how to open everything, and what a process of its own replays with."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn, Protocol

import typer
from temporalio.client import Client
from temporalio.service import RPCError

from database.engine import Database
from database.vault import Vault
from models.errors import Misconfigured, NotUnderstood
from models.staff import Person, Role
from ops.ending import Reaching
from ops.fleet import Code
from switchboard.line import Line

# Options that several commands take.
Files = Annotated[list[Path] | None, typer.Option(help="An exported history, or a folder of them.")]
AsJson = Annotated[bool, typer.Option("--json", help="The report for a program.")]
MISUSED = 2
FOUND = 1


class Opened(Protocol):
    """What is open while a command runs."""

    @property
    def client(self) -> Client: ...

    @property
    def database(self) -> Database: ...

    @property
    def vault(self) -> Vault: ...

    def line(self) -> Line: ...

    def outreach(self) -> Reaching: ...


@dataclass(frozen=True)
class Openers:
    """``everything`` opens database, vault and Temporal; ``code`` opens what a replay needs, also without those."""

    everything: Callable[[], AbstractAsyncContextManager[Opened]]
    code: Code


def refuse(sentence: str, code: int = MISUSED) -> NoReturn:
    """Say what to do on stderr, and end."""
    typer.echo(sentence, err=True)
    sys.exit(code)


def unreadable(error: Exception) -> str:
    """What to do about histories that could not be had, from files or by a query."""
    if isinstance(error, Misconfigured):
        return str(error)
    if isinstance(error, NotUnderstood):
        return f"{error.reason}. Export it with `temporal workflow show --output json`."
    if isinstance(error, RPCError):
        return f"Temporal does not take this query: {error.message}. Example: --query \"SegueMoment = 'pay-bill'\"."
    return f"{error.filename}: {error.strerror}." if isinstance(error, OSError) else str(error)


def operator() -> Person:
    """Whoever sits at this machine, as the audit has them."""
    user = getpass.getuser()
    return Person(
        id=f"cli:{user}", sign_in=user, name=user, role=Role.OPS, team="command line", local=False,
        made_at=datetime.now(UTC),
    )  # fmt: skip
