"""What a case takes from outside: each request is checked before anything is written, then answered with the turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Correction,
    Event,
    Leaving,
    Remark,
    Request,
    Status,
    Turn,
)
from models.errors import (
    AlreadyAnswered,
    Claimed,
    Conflict,
    Finished,
    NotAsked,
    Refused,
    Sealed,
    Settling,
    Unfit,
    Unproved,
)
from models.people import Channel, Provenance
from models.questions import AnyQuestion, Misfit
from models.requests import WROTE
from workflows.engine.corrections import Corrections
from workflows.engine.ledger import as_json
from workflows.engine.seen import Seen
from workflows.engine.visitors import VERIFY

if TYPE_CHECKING:
    from workflows.engine.case import Case

R = TypeVar("R", bound=Request)

WORKING_AFTER = 1.5


class Requests:
    """The handlers of a case. ``check_*`` refuse by raising :class:`Refused` and change nothing."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.seen = Seen(case.state.recent)
        self.corrections = Corrections(case, self)

    def parse(self, kind: type[R], raw: Any) -> R:
        try:
            return kind.model_validate(raw)
        except ValidationError:
            raise Unfit(reason="malformed") from None

    def parse_event(self, raw: Any) -> Event:
        try:
            return Event.model_validate(raw)
        except ValidationError:
            raise Unfit(reason="malformed") from None

    # -- checks: run before anything reaches history ----------------------------------------------------------

    def check_arrival(self, arrival: Arrival) -> None:
        if not self.known(arrival):
            self.not_held(arrival)

    def check_answer(self, answer: Answer) -> None:
        if self.known(answer):
            return
        self.still_open(answer)
        self._may(answer)
        pending = self.case.asking.find(answer.key)
        if pending is None and self.case.visitors.holding and not answer.key.startswith(VERIFY):
            return  # held for somebody else: this one is known, and the question comes back for them
        if pending is None or pending.revision != answer.revision:
            raise self._passed(answer, None if pending is None else pending.revision)
        if answer.value is None and pending.question.optional:
            return
        self.fits(pending.question, answer)

    def check_correction(self, correction: Correction) -> None:
        if self.known(correction):
            return
        self.still_open(correction)
        self._may(correction)
        if self.case.sealing:
            raise self.refused(Sealed, correction)
        if self.case.settled and not self.case.expected and not self.case.visitors.holding:
            self.corrections.check(correction)

    def check_remark(self, remark: Remark) -> None:
        if self.known(remark):
            return
        self.still_open(remark)
        if remark.deed == WROTE and not self.case.claims.allows(remark):
            raise self.refused(Claimed, remark, "claimed", self.case.claims.facts())

    def check_leaving(self, leaving: Leaving) -> None:
        if not self.known(leaving):
            self.not_held(leaving)

    def check_cancelling(self, cancelling: Cancelling) -> None:
        if self.known(cancelling):
            return
        self.still_open(cancelling)
        self._may(cancelling)
        if self.case.sealing or self.case.state.sealed:
            raise self.refused(Sealed, cancelling)

    def check_event(self, event: Event) -> None:
        if not self.known(event) and self.case.state.hold is None:
            self.still_open(None)

    # -- handlers ---------------------------------------------------------------------------------------------

    async def arrive(self, arrival: Arrival) -> Turn:
        if self._new(arrival):
            if self.case.visitors.present(arrival.by, arrival):
                self.case.chronicle.row("arrived", by=arrival.by)
            if self.case.state.broken_at is not None or self.case.steps.refresh():
                self.case.rewind()
        return await self.reply(arrival.by)

    async def answer(self, answer: Answer) -> Turn:
        if not self.known(answer):
            if self.case.visitors.holding and not self.case.visitors.unsure(answer.by):
                self.case.visitors.present(answer.by)
                await self.case.host.wait_until(lambda: self.case.settled)
            pending = self.case.asking.find(answer.key)
            if pending is None or pending.revision != answer.revision:
                raise self._passed(answer, None if pending is None else pending.revision)
            self._may(answer)
            self._new(answer)
            self.case.claims.driven(answer.by)
            self.case.visitors.present(answer.by)
            self.case.asking.take(pending, as_json(answer.value), answer.by)
        return await self.reply(answer.by)

    async def correct(self, correction: Correction) -> Turn:
        if not self.known(correction):
            self.case.visitors.present(correction.by)
            while not self.case.settled:  # another correction may have got in before
                await self.case.host.wait_until(lambda: self.case.settled)
            self.still_open(correction)
            if self.case.sealing:
                raise self.refused(Sealed, correction)
            self._may(correction)
            self.corrections.check(correction)
            if self._new(correction):
                self.case.claims.driven(correction.by)
                self.corrections.apply(correction)
        return await self.reply(correction.by)

    async def remark(self, remark: Remark) -> Turn:
        if self._new(remark):
            said: dict[str, Any] = {"facts": remark.facts or {}}
            if remark.deed is None:
                said = remark.model_dump(include={"text", "why"}, exclude_none=True)
            if remark.why == "unclear":
                self.case.asking.unclear()
            self.case.chronicle.row(remark.deed or "remarked", by=remark.by, data=said)
            if remark.deed == WROTE:
                self.case.claims.wrote(remark)
        await self.case.chronicle.write()
        return self._turn(remark.by)

    async def leave(self, leaving: Leaving) -> Turn:
        state = self.case.state
        if self._new(leaving) and not state.status.closed:
            self.case.chronicle.row("left", by=leaving.by)
            here = self.case.visitors.here
            if self.case.visitors.holding and self.case.visitors.unsure(leaving.by):
                self.case.visitors.let_go()
            elif here is None or here.channel == leaving.by.channel:
                if state.status is Status.OPEN:
                    state.status = Status.PARKED
                if leaving.by.channel is Channel.PHONE:
                    state.outgoing.append("way_back")
        return self._turn(leaving.by)

    async def cancel(self, cancelling: Cancelling) -> Turn:
        if self._new(cancelling):
            self.case.claims.driven(cancelling.by)
            self.case.visitors.present(cancelling.by)
            self.case.chronicle.row("called_off", by=cancelling.by)
            self.case.cancelling = True
        return await self.reply(cancelling.by)

    async def report(self, event: Event) -> Turn:
        if self._new(event):
            self.case.visitors.let_go()
            self.case.watch.report(event)
        await self.case.host.wait_until(lambda: True)
        return self.case.turn(since=self.case.state.told)

    # -- inside -----------------------------------------------------------------------------------------------

    def fits(self, question: AnyQuestion, request: Answer | Correction) -> None:
        try:
            question.accept(as_json(request.value))
        except Misfit as misfit:
            raise self.refused(Unfit, request, misfit.reason, misfit.facts) from None

    def _passed(self, answer: Answer, revision: int | None) -> Refused:
        asked = self.case.state.asked.get(answer.key)
        if asked is None:
            return self.refused(NotAsked if self.case.settled else Settling, answer)
        if revision is None and not self.case.settled and answer.revision >= asked.revision:
            return self.refused(Settling, answer)
        return self.refused(AlreadyAnswered, answer)

    def not_held(self, request: Request) -> None:
        """A case that goes on in another one takes nothing, and says where that is."""
        hold = self.case.state.hold
        if hold is not None:
            raise self.refused(Finished, request, "joined", {"case": hold.to})

    def still_open(self, request: Request | None) -> None:
        if request is not None:
            self.not_held(request)
        if self.case.state.status.closed or self.case.cancelling or self.case.ending:
            raise self.refused(Finished, request)

    def _may(self, request: Answer | Correction | Cancelling) -> None:
        """Whoever is not known well enough may answer what proves them, and nothing else."""
        key = "" if isinstance(request, Cancelling) else request.key
        if self.case.visitors.unsure(request.by) and not key.startswith(VERIFY):
            raise self.refused(Unproved, request)
        if not self.case.claims.allows(request):
            raise self.refused(Claimed, request, "claimed", self.case.claims.facts())

    def refused(
        self, kind: type[Refused], request: Request | None, reason: str = "", facts: dict[str, str] | None = None
    ) -> Refused:
        turn = None
        if self.case.settled or kind is Unproved:
            now = self.case.turn(since=self.case.state.told)
            turn = as_json(now if request is None else self.case.visitors.shown(now, request.by))
        return kind(turn, reason=reason, facts=facts)

    def _turn(self, by: Provenance) -> Turn:
        """What this speaker gets to see, with what was not told yet."""
        state = self.case.state
        # What was sent to be kept is not said again where it can be read.
        since = max(state.heard, state.kept) if by.channel.keeps else state.heard
        return self.case.visitors.shown(self.case.turn(since=since), by)

    def known(self, request: Request | Event) -> bool:
        """Whether the very same request came before; the same id with other content is refused."""
        if self.seen.differs(request):
            raise self.refused(Conflict, None if isinstance(request, Event) else request)
        return request in self.seen

    def _new(self, request: Request | Event) -> bool:
        return not self.known(request) and self.seen.add(request)

    async def reply(self, by: Provenance) -> Turn:
        """The turn once the case has settled, or "working on it" where that takes long."""
        case, state = self.case, self.case.state
        case.replying += 1
        try:
            await case.host.wait_until(lambda: True)
            if case.settled or await case.host.wait_until(lambda: case.settled, WORKING_AFTER):
                case.settle()
            turn = self._turn(by)
            if not case.visitors.unsure(by):
                state.heard = state.told
                state.kept = state.told if by.channel.keeps else state.kept
                case.asking.seen()
            if not case.host.due_to_move():
                await case.chronicle.write()
            case.host.show(state.status, case.view.describe())
        finally:
            case.replying -= 1
        return turn
