"""Steps: done once for an input, undone when what they stood on is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter

from activities.step import StepSpec, spec_of
from models.case import Status
from models.errors import Refusal, ScriptError
from models.ledger import Confirmed, Done, Known, Undone
from workflows.engine.host import Call, Performed, StepFailed
from workflows.engine.ledger import fingerprint
from workflows.engine.visitors import VERIFY

if TYPE_CHECKING:
    from workflows.engine.case import Case


@cache
def result_of(step: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(step)["return"])


class Flight:
    """A step that is being performed, and the runs that wait for it."""

    def __init__(self, digest: str, *, reads: bool, final: bool = False) -> None:
        self.digest = digest
        self.reads = reads
        self.final = final
        self.waiting: list[asyncio.Future[Done]] = []
        self.done: Done | None = None  # what it will be, but for what it brings
        self.supplied = False

    @property
    def awaited(self) -> bool:
        return any(not landed.done() for landed in self.waiting)


class Steps:
    """The steps of a case. They are performed in tasks of the engine's own, so stopping a script stops no step."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.in_flight: dict[str, Flight] = {}
        self.tried: dict[str, Callable[..., Any]] = {}
        self.flying: dict[str, asyncio.Task[None]] = {}
        self._reads = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def effects_in_flight(self) -> bool:
        return any(not flight.reads for flight in self.in_flight.values())

    async def do(
        self,
        step: Callable[..., Any],
        argument: Any,
        *,
        name: str | None,
        final: bool,
        undo: Any,
        fresh: timedelta | None,
    ) -> Any:
        """The step's result, from the ledger where its input is the same and it is still fresh."""
        spec = spec_of(step)
        key = self.case.enter(name or spec.name, spec.name)
        if not spec.reads and undo is None and not final:
            raise ScriptError(f"{spec.name} has an effect: give it undo=… or final=True")
        digest = fingerprint(argument)
        entry = self.case.ledger.find(Done, key)
        if entry is not None and (entry.digest != digest or self._stale(entry)):
            if self._seals(entry):
                raise ScriptError(f"{key} is final and done: its input can't change any more")
            if not await self._take_back(entry):
                await self._never()
            entry = None
        if entry is None:
            self.tried[key] = step
            entry = await self._perform(spec, key, digest, argument, final, undo, fresh)
        else:
            self.case.hit()
        if entry.refusal is not None:
            raise _refusal(spec, entry.refusal)
        return result_of(step).validate_python(entry.value)

    def refresh(self) -> bool:
        """True if the script has to run again because it stands on something done too long ago."""
        return any(self._stale(e) for e in self.case.ledger.all(Done) if e.key in self.case.touched)

    def outdate(self, key: str) -> None:
        """Have a step of this run done again by the next one, after its undo."""
        entry = self.case.ledger.find(Done, self.case.within_scope(key))
        if entry is not None:
            self.case.ledger.put(entry.model_copy(update={"good_until": entry.at - timedelta(seconds=1)}))

    def nothing_final_in_flight(self, key: str) -> None:
        if any(flight.final for flight in self.in_flight.values()):
            raise ScriptError(f"{key} comes beside a final step: nothing else may be asked or done at the same time")

    def _seals(self, entry: Done) -> bool:
        return entry.final and entry.refusal is None

    def sealed(self, entry: Done) -> bool:
        return self._seals(entry) or self.case.ledger.index(entry) < self.case.state.sealed

    def _stale(self, entry: Done) -> bool:
        if entry.good_until is None or self.case.sealing or self.sealed(entry) or self._stood_on(entry):
            return False
        return self.case.now() > entry.good_until

    def _stood_on(self, entry: Done) -> bool:
        """Whether an effect that stands was decided on what this read: the effect itself may have changed that."""
        if not entry.reads:
            return False
        later = self.case.ledger.entries[self.case.ledger.index(entry) + 1 :]
        done = (e for e in later if isinstance(e, Done) and not e.reads and e.refusal is None)
        return any(not e.key.startswith(VERIFY) for e in done)

    async def _perform(
        self, spec: StepSpec, key: str, digest: str, argument: Any, final: bool, undo: Any, fresh: timedelta | None
    ) -> Done:
        if final:
            await self._before_final(key)
        else:
            self.nothing_final_in_flight(key)
        flight = self.in_flight.get(key)
        if flight is None or flight.digest != digest:
            flight = self.in_flight[key] = Flight(digest, reads=spec.reads, final=final)
            if final:
                self.case.state.sealing = True
            attempt = self._attempt(spec, key)
            call = Call(spec.name, argument, f"{key}/{attempt}", spec.timeout, spec.budget, summary=key)
            done = Done(
                key=key, digest=digest, attempt=attempt, reads=spec.reads, final=final, at=self.case.now(),
                undo=spec_of(undo).name if undo else None,
                good_until=self.case.now() + fresh if fresh else None,
            )  # fmt: skip
            if key in self.case.state.supplied:
                del self.in_flight[key]
                return self._land(flight, done, Performed(value=self.case.state.supplied.pop(key)))
            flight.done = done
            self.flying[key] = self._start(self._fly(flight, call, done))
        landed: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        flight.waiting.append(landed)
        return await landed

    def _attempt(self, spec: StepSpec, key: str) -> int:
        if spec.reads:
            self._reads += 1
            return self._reads
        return self.case.state.attempts.setdefault(key, 1)

    async def _fly(self, flight: Flight, call: Call, done: Done) -> None:
        try:
            performed = await self.case.host.perform(call)
        except StepFailed:
            if self._forget(done.key, flight) and (flight.awaited or not flight.reads):
                self._break_off(flight.reads, call.name, done.key)
            return
        except Exception:
            if flight.supplied:
                return  # it was called off, because somebody gave what it should have brought
            raise
        if self._forget(done.key, flight):
            self._land(flight, done, performed)

    def _forget(self, key: str, flight: Flight) -> bool:
        current = self.in_flight.get(key) is flight
        if current:
            del self.in_flight[key]
        return current

    def _land(self, flight: Flight, done: Done, performed: Performed) -> Done:
        entry = done.model_copy(update={"value": performed.value, "refusal": performed.refusal, "at": self.case.now()})
        self.case.ledger.put(entry)
        if entry.refusal is not None and not entry.reads:
            self.case.state.attempts[entry.key] = entry.attempt + 1
        if not entry.reads:
            self.case.hits = 0
            self._unseal(entry.final)
        if self._seals(entry):
            self.case.state.sealed = len(self.case.ledger.entries)
        why = {"refused": entry.refusal.type, "reason": entry.refusal.reason} if entry.refusal else {}
        if not entry.reads or why:
            self.case.chronicle.row("did", entry.key, data=dict(why))
        for landed in flight.waiting:
            if not landed.done():
                landed.set_result(entry)
        return entry

    def supply(self, key: str, value: Any) -> None:
        """What a step that can't be done should have brought: for the one that is being tried, or for the next try."""
        flight = self.in_flight.get(key)
        if flight is None or flight.done is None:
            self.case.state.supplied[key] = value
            return
        flight.supplied = True
        self.flying.pop(key).cancel()
        del self.in_flight[key]
        self._land(flight, flight.done, Performed(value=value))

    async def _before_final(self, key: str) -> None:
        if self.case.sealing:
            return  # it ran before and nobody knows how it ended: the same again, on the same ground
        if self.case.state.pending or self.in_flight:
            raise ScriptError(f"{key} is final: nothing else may be asked or done at the same time")
        if self.refresh():
            self.case.hit()
            self.case.rewind()
            raise asyncio.CancelledError
        if not await self.sweep():
            await self._never()

    async def _never(self) -> None:
        # The case is broken: the run waits here to be stopped, and the script never sees why.
        await asyncio.get_running_loop().create_future()

    # -- taking back ------------------------------------------------------------------------------------------

    async def sweep(self) -> bool:
        """Undo the steps of branches no longer taken, last first; confirmations of such branches go for good."""
        for confirmed in self.case.ledger.all(Confirmed):
            if confirmed.key not in self.case.touched and not self.case.sealed(confirmed):
                self.case.ledger.drop(confirmed)
        return await self._take_all_back([e for e in self.case.ledger.all(Done) if e.key not in self.case.touched])

    async def undo_all(self) -> bool:
        """Undo every step that has an undo, last first: the case ends here. False if one could not be undone."""
        return await self._take_all_back(self.case.ledger.all(Done))

    async def _take_all_back(self, entries: list[Done]) -> bool:
        for entry in reversed([e for e in entries if not self.sealed(e)]):
            if not await self._take_back(entry):
                return False
        return True

    async def _take_back(self, entry: Done) -> bool:
        if entry.undo is None or entry.refusal is not None:
            self.case.ledger.drop(entry)
            return True
        call = Call(entry.undo, entry.value, f"undo:{entry.key}/{entry.attempt}", 20, 3600, summary=f"undo {entry.key}")
        undone: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.in_flight[call.id] = Flight(entry.digest, reads=False)
        self._start(self._fly_back(entry, call, undone))
        return await undone

    async def _fly_back(self, entry: Done, call: Call, undone: asyncio.Future[bool]) -> None:
        try:
            await self.case.host.perform(call)
        except StepFailed:
            self._break_off(reads=False, step=call.name)
        else:
            self._unseal(final=False)
            self.case.ledger.drop(entry)
            self.case.ledger.put(Undone(key=entry.key, attempt=entry.attempt, at=self.case.now()))
            self.case.state.attempts[entry.key] = entry.attempt + 1
            self.case.chronicle.row("undid", entry.key)
        del self.in_flight[call.id]
        if not undone.done():
            undone.set_result(self.case.state.broken_at is None)

    def _break_off(self, reads: bool, step: str, key: str = "") -> None:
        # An effect that may have happened seals what it stands on until the same is tried again, under the same key.
        self.case.state.sealing = self.case.sealing or not reads
        named = {"key": key} if key not in {"", step} else {}
        self.case.break_off(Status.STUCK if reads else Status.UNCERTAIN, step=step, **named)

    def _unseal(self, final: bool) -> None:
        # Where another effect broke meanwhile, that one still seals.
        if final or self.case.state.broken_at is None:
            self.case.state.sealing = False

    def _start(self, flight: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(flight)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _refusal(spec: StepSpec, known: Known) -> Refusal:
    for kind in spec.refuses:
        if kind.__name__ == known.type:
            return kind(known.reason, **known.facts)
    raise ScriptError(f"{spec.name} refused with {known.type}, which it does not declare")
