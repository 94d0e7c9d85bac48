"""What commands are given by the root: how to open everything, and what a process of its own replays with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NoReturn, Protocol

import typer
from temporalio.client import Client

from database.engine import Database
from database.vault import Vault
from ops.ending import Reaching
from ops.fleet import Code
from switchboard.line import Line

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
