"""A line to cases that are played here: the real engine, the real journal, no server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from database.engine import now
from database.journal import Journal
from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Caring,
    Claiming,
    Correction,
    Event,
    Leaving,
    Opening,
    Releasing,
    Remark,
    Turn,
)
from models.errors import REFUSED, Finished
from models.joining import Joining
from models.journal import Page
from models.money import Money
from models.questions import Amount, Choice, Digits, Option, Text, YesNo
from switchboard.pollers import Working
from workflows.engine.host import StepFailed
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal
from workflows.rehearsal_host import RehearsalHost

Check = Callable[[Any], None]
Handle = Callable[[Any], Coroutine[Any, Any, Turn]]


class PayBill(Moment):
    async def script(self) -> None:
        await self.ask(Amount("amount", most=Money.of("84.20"), suggest=[Money.of("84.20"), Money.of("25.00")]))
        await self.ask(choice("when", "now", "later"))
        await self.confirm("pay", amount="40.00")
        await self.tell("done")


class UpgradeDevice(Moment):
    async def script(self) -> None:
        await self.ask(choice("colour", "blue", "red"))
        await self.ask(choice("storage", "small", "large"))
        await self.ask(YesNo("insured"))
        await self.tell("ordered")


class ChangePlan(Moment):
    async def script(self) -> None:
        await self.ask(choice("plan", "basic", "unlimited"))
        await self.wait_for("begun")
        await self.tell("begun")


class ResolveTechnicalIssue(Moment):
    async def script(self) -> None:
        await self.verify()
        await self.ask(choice("what", "phone", "internet"))
        await self.tell("mended")


class ResolveBillingIssue(Moment):
    async def script(self) -> None:
        await self.ask(Digits("charge", pattern=r"\d{15}", check="luhn"))
        await self.tell("explained")


class Welcome(Moment):
    async def script(self) -> None:
        await self.ask(Text("better"))
        await self.tell("thanks")


def choice(key: str, *options: str) -> Choice:
    return Choice(key, options=[Option(id=option, label=option) for option in options])


@dataclass
class KeptHost(RehearsalHost):
    """Writes into the journal that is looked at afterwards."""

    journal: Journal | None = None
    writing: set[asyncio.Future[None]] = field(default_factory=set)

    async def write(self, page: Page) -> None:
        if self.journal_away or self.journal is None:
            raise StepFailed("Journal.write")
        written = asyncio.ensure_future(self.journal.write(page))
        self.writing.add(written)
        written.add_done_callback(self.writing.discard)
        await written

    async def quiet(self) -> None:
        """What is being written goes on by itself as well."""
        await super().quiet()
        while self.writing:
            await asyncio.wait(self.writing)
            await super().quiet()


@dataclass
class PlayedLine:
    """What a ``Line`` is to the switchboard. ``actors`` perform the steps; ``sent`` are the requests, in order."""

    journal: Journal
    actors: list[Any]
    cases: dict[str, Rehearsal] = field(default_factory=dict)
    sent: list[Any] = field(default_factory=list)

    async def ready(self) -> bool:
        return True

    async def working(self) -> Working:
        return Working({"1@here": now()}, ("0.1.0",), 0)

    async def open(self, opening: Opening, arrival: Arrival) -> Turn:
        if opening.case not in self.cases:
            kinds: dict[str, type[Moment]] = {kind.id: kind for kind in MOMENTS}
            case = Rehearsal(kinds[opening.case.split("/")[0]], opening=opening)
            case.host = case.case.host = KeptHost(self.actors, clock=now(), journal=self.journal)
            self.cases[opening.case] = case
        case = self.cases[opening.case]
        if case.case.state.status.closed and arrival.id not in case.case.state.recent:
            raise Finished
        return await self.send(opening.case, arrival)

    async def send(self, case: str, request: Any) -> Turn:
        played = self.cases.get(case)
        if played is None:
            raise Finished
        self.sent.append(request)
        check, handle = self._ways(played)[type(request)]
        turn = await played.request(check, handle, request)
        if turn.note is not None and (name := turn.note.value.title().replace("-", "")) in REFUSED:
            facts = turn.because.facts if turn.because else {}
            raise REFUSED[name](
                turn.model_dump(mode="json"), reason=turn.because.code if turn.because else "", facts=facts
            )
        return turn

    def _ways(self, played: Rehearsal) -> dict[type, tuple[Check, Handle]]:
        r, d, t = played.script._requests, played.script._driving, played.script._tending
        m = played.script._merging
        return {
            Caring: (t.check, t.care),
            Claiming: (d.check_claiming, d.claim),
            Releasing: (d.check_releasing, d.release),
            Arrival: (r.check_arrival, r.arrive),
            Answer: (r.check_answer, r.answer),
            Correction: (r.check_correction, r.correct),
            Remark: (r.check_remark, r.remark),
            Leaving: (r.check_leaving, r.leave),
            Cancelling: (r.check_cancelling, r.cancel),
            Joining: (m.check, m.join),
            Event: (r.check_event, r.report),
        }

    async def end(self) -> None:
        for case in self.cases.values():
            if case.playing is not None:
                case.playing.cancel()


MOMENTS = (PayBill, UpgradeDevice, ChangePlan, ResolveTechnicalIssue, ResolveBillingIssue, Welcome)
