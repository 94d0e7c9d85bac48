"""The engine's host without a server: steps are called, the journal is a list, and time moves only when told to."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter
from temporalio.exceptions import ApplicationError

from activities.step import rehearsed_key, spec_of
from models.journal import Page
from models.ledger import Known
from workflows.engine.host import Call, Performed, StepFailed
from workflows.engine.ledger import as_json

# Longer than any chain of tasks that wake one another inside a script; for a loop that does not tell when it is idle,
# or that somebody else keeps busy.
QUIET = 24


@dataclass(eq=False)
class _Wait:
    ready: Callable[[], bool]
    done: asyncio.Future[bool]
    until: datetime | None


@dataclass
class RehearsalHost:
    """The engine's host without Temporal. ``actors`` are the activity objects; time moves only by :meth:`skip`."""

    actors: list[Any]
    clock: datetime = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    pages: list[Page] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    journal_away: bool = False
    moving: bool = False
    _waits: list[_Wait] = field(default_factory=list)
    _pump: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        return self.clock

    def run_id(self) -> str:
        return "rehearsal"

    def update_id(self) -> str | None:
        return None

    def due_to_move(self) -> bool:
        return self.moving

    def show(self, status: Any, details: str) -> None:
        pass

    async def wait_until(self, ready: Callable[[], bool], timeout: float | None = None) -> bool:
        until = None if timeout is None else self.clock + timedelta(seconds=timeout)
        wait = _Wait(ready, asyncio.get_running_loop().create_future(), until)
        self._waits.append(wait)
        self.kick()
        return await wait.done

    def kick(self) -> None:
        """Look at all conditions again as soon as everything is quiet."""
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._look())

    async def _look(self) -> None:
        woken = True
        while woken:
            await _all_others()
            self._waits = [w for w in self._waits if not w.done.done()]
            ready = [w for w in self._waits if w.ready()]
            for wait in ready:
                wait.done.set_result(True)
            woken = bool(ready)

    async def quiet(self) -> None:
        """Return when nothing can go on by itself."""
        self.kick()
        while self._pump is not None and not self._pump.done():
            await asyncio.wait([self._pump])

    async def skip(self, by: timedelta) -> None:
        """Let time pass, stopping at everything that falls due on the way."""
        end = self.clock + by
        await self.quiet()
        while True:
            due = [w for w in self._waits if w.until is not None and w.until <= end and not w.done.done()]
            if not due:
                break
            first = min(due, key=lambda w: w.until or end)
            self.clock = max(self.clock, first.until or end)
            first.done.set_result(False)
            self.kick()
            await self.quiet()
        self.clock = end

    async def write(self, page: Page) -> None:
        if self.journal_away:
            raise StepFailed("Journal.write")
        self.pages.append(page)

    async def perform(self, call: Call) -> Performed:
        self.calls.append(call)
        try:
            performed = await self._tried(call)
        except StepFailed:
            self.kick()
            raise
        self.kick()
        return performed

    async def _tried(self, call: Call) -> Performed:
        if call.name in self.broken:
            raise StepFailed(call.name)
        step = self._find(call.name)
        if step is None:
            return Performed()
        rehearsed_key.set(f"rehearsal/{call.id}")
        try:
            return Performed(value=as_json(await step(_argument(step, call.argument))))
        except ApplicationError as error:
            return Performed(refusal=Known.model_validate(error.details[0]))
        except Exception as error:
            # In life it would be tried again until its budget is used up.
            raise StepFailed(f"{call.name}: {type(error).__name__}") from error

    def _find(self, name: str) -> Any:
        owner, _, method = name.partition(".")
        for actor in self.actors:
            if type(actor).__name__ == owner and spec_of(getattr(type(actor), method)).name == name:
                return getattr(actor, method)
        return None


async def _all_others() -> None:
    """Let every task run that can, as far as it can."""
    ready = getattr(asyncio.get_running_loop(), "_ready", None)  # asyncio's own loop: what it runs next
    for _ in range(QUIET):
        await asyncio.sleep(0)
        if ready is not None and not ready:
            return


def _argument(step: Any, argument: Any) -> Any:
    takes = _takes(step.__func__)
    return takes.validate_python(as_json(argument)) if takes else argument


@cache
def _takes(step: Callable[..., Any]) -> TypeAdapter[Any] | None:
    hints = get_type_hints(inspect.unwrap(step))
    kinds = [kind for name, kind in hints.items() if name != "return"]
    return TypeAdapter(kinds[0]) if kinds else None
