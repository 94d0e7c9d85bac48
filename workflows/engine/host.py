"""What the engine needs from whoever runs it: Temporal in life, plain asyncio in a rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import JsonValue

from models.case import Status
from models.journal import Page
from models.ledger import Known


@dataclass(frozen=True)
class Call:
    """One step to perform. ``id`` is the same for every try of the same attempt."""

    name: str
    argument: Any
    id: str
    timeout: float
    budget: float
    summary: str = ""


@dataclass(frozen=True)
class Performed:
    """How a step ended: a value as JSON, or a declared refusal."""

    value: JsonValue = None
    refusal: Known | None = None


class StepFailed(Exception):
    """A step used up its budget without an answer: for an effect, it may or may not have happened."""


class Host(Protocol):
    """``wait_until`` looks at its condition only when nothing else can run; that is what "settled" rests on."""

    def now(self) -> datetime: ...

    def run_id(self) -> str: ...

    def update_id(self) -> str | None: ...

    def due_to_move(self) -> bool:
        """Whether the case should go on in a new run as soon as it can."""

    async def wait_until(self, ready: Callable[[], bool], timeout: float | None = None) -> bool:
        """True once ``ready()``, False after ``timeout`` seconds."""

    async def perform(self, call: Call) -> Performed:
        """Do a step to its end; raises :class:`StepFailed`."""

    async def write(self, page: Page) -> None:
        """Write the journal; raises :class:`StepFailed`."""

    def show(self, status: Status, details: str) -> None:
        """Tell whoever watches the engine itself; ``details`` is Markdown."""
