"""The verbs of a moment script."""

import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any, NoReturn, TypeVar

from temporalio import workflow

from activities.identity import CodeRequest, Identity, SentCode, TypedCode
from models.case import Event, Status
from models.errors import TooManyCodes, WrongCode
from models.people import Assurance
from models.questions import OneTimeCode, Question
from workflows.engine import definition
from workflows.engine.case import scoped
from workflows.execution import Execution

T = TypeVar("T")
A = TypeVar("A")


class Moment(Execution):
    """A moment that matters, as one straight script. Subclasses give ``script`` and, for Temporal, ``run``."""

    def __init_subclass__(cls) -> None:
        cls.id = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()
        if not workflow.unsafe.in_sandbox():
            definition.check(cls)

    async def script(self) -> None:
        raise NotImplementedError

    # -- the verbs --------------------------------------------------------------------------------------------

    @property
    def customer(self) -> str:
        """The customer's opaque id."""
        return self._case.opening.customer

    @property
    def topic(self) -> dict[str, Any]:
        """What whoever opened the case knew it to be about, as JSON."""
        return self._case.opening.topic

    async def ask(self, question: Question[T], *, aka: str | None = None) -> T:
        """Wait, durably, until any channel brings the answer. ``aka`` is the key that the question had once: what
        was answered under it stands.
        """
        answer = await self._case.asking.ask(question, aka=aka)
        assert answer is not None, "only an offered question may stay without an answer"  # noqa: S101 - a type fact
        return answer

    async def offer(self, question: Question[T], *, within: timedelta | None = None) -> T | None:
        """Ask something that may be declined: None is "no, thanks", and so is no answer ``within`` that time."""
        optional = type(question)(**{**question.__dict__, "optional": True})
        return await self._case.asking.ask(optional, within)

    async def confirm(self, key: str, **values: Any) -> None:
        """Return once the customer agreed to exactly these values; "no" leads to what should change, not back."""
        await self._case.asking.confirm(key, values)

    def reject(self, key: str, because: str, **facts: str) -> NoReturn:
        """Withdraw an answer that turned out not to do, and run again: it is asked anew, saying why."""
        self._case.asking.reject(key, because, facts)

    def each(self, name: str, item: str) -> AbstractContextManager[None]:
        """Repeat for an item, named by its own id: ``with self.each("line", line.id): await self.ask(…)``."""
        scope: AbstractContextManager[None] = scoped(f"{name}/{item}")
        return scope

    async def tell(self, key: str, notice: Any = None) -> None:
        """Tell the customer something, once, wherever they are; a copy goes where it can be kept."""
        self._case.chronicle.tell(key, notice)

    async def do(
        self,
        step: Callable[[Any, A], Awaitable[T]],
        argument: A,
        *,
        name: str | None = None,
        final: bool = False,
        undo: Callable[[Any, T], Awaitable[Any]] | None = None,
        fresh: timedelta | None = None,
    ) -> T:
        """Perform a step once for this input.

        ``final`` seals what came before it; ``undo`` takes the step's result back; what was read is read again
        once it is older than ``fresh``, but not under an effect that stands. Raises the refusals that the step
        declares, and nothing else.
        """
        result: T = await self._case.steps.do(step, argument, name=name, final=final, undo=undo, fresh=fresh)
        return result

    async def wait_for(
        self,
        event: str | None = None,
        *,
        about: str | None = None,
        until: datetime | None = None,
        within: timedelta | None = None,
        key: str | None = None,
    ) -> Event | None:
        """Wait for what an outside system reports, or for a date; None when the date came first.

        ``within`` counts from when it is first waited for.
        """
        return await self._case.watch.wait_for(event, about, until, within, key)

    def today(self, key: str = "today") -> date:
        """The customer's date when this was first asked; the same on every re-run."""
        return self._case.watch.today(key)

    async def verify(self, level: Assurance = Assurance.POSSESSION) -> None:
        """Go on only when whoever speaks is at least this sure to be the customer: a code to an address on file.

        From then on it holds for the whole case: whoever comes with less proves it first. Where no more codes may be
        sent, a person makes sure instead: giving the case back vouches for the customer.
        """
        visitors = self._case.visitors
        visitors.demand(level)
        if visitors.met(level):
            return
        visitors.holding = True
        with self.each("verify", level.value):
            await self._prove(level)
            visitors.prove(f"verify/{level.value}/", level)

    async def _prove(self, level: Assurance) -> None:
        here = self._case.visitors.here
        known_already = here.reply_to if here and here.assurance is not Assurance.CLAIMED else None
        ask = CodeRequest(customer=self.customer, other_than=known_already)
        try:
            sent: SentCode = await self.do(Identity.send_code, ask, undo=Identity.void_code)
        except TooManyCodes as refusal:
            await self.hand_over(refusal.reason)
            return
        code = await self.ask(OneTimeCode("code", sent_to=sent.masked))
        try:
            await self.do(Identity.check_code, TypedCode(customer=self.customer, code=code))
        except WrongCode as refusal:
            if refusal.reason == "code-used-up":
                self._case.steps.outdate("Identity.send_code")
            self.reject("code", because=refusal.reason)

    async def _guarded(self) -> None:
        """The script, once the case is as sure of who is there as it has come to ask for."""
        await self.verify(self._case.state.floor)
        await self.script()

    async def hand_over(self, because: str) -> None:
        """Give the case to a person; the script goes on when they give it back."""
        key = f"released/{because}"
        if not self._case.watch.taken(key):
            if self._case.state.status is not Status.WITH_A_PERSON:
                self._case.chronicle.row("handed_over", data={"because": because})
            self._case.state.status = Status.WITH_A_PERSON
        await self.wait_for("released", key=key)
        if self._case.state.status is Status.WITH_A_PERSON:
            self._case.state.status = Status.OPEN
