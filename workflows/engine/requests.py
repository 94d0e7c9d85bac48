"""What a case takes from outside: each request is checked before anything is written, then answered with the turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from models.case import (
    Answer,
    Arrival,
    Because,
    Cancelling,
    Correction,
    Event,
    Leaving,
    Note,
    Presence,
    Remark,
    Request,
    Status,
    Turn,
)
from models.errors import AlreadyAnswered, Conflict, Finished, NotAsked, Refused, Sealed, Settling, Unfit
from models.ledger import Answered, Fact
from models.people import Channel, Provenance
from models.questions import AnyQuestion, Misfit
from workflows.engine.ledger import as_json, fingerprint

if TYPE_CHECKING:
    from workflows.engine.case import Case

R = TypeVar("R", bound=Request)

RECENT = 300
WORKING_AFTER = 1.5


class Requests:
    """The handlers of a case. ``check_*`` refuse by raising :class:`Refused` and change nothing."""

    def __init__(self, case: Case) -> None:
        self.case = case

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
        self._known(arrival)

    def check_answer(self, answer: Answer) -> None:
        if self._known(answer):
            return
        self._open()
        pending = self.case.asking.find(answer.key)
        if pending is None or pending.revision != answer.revision:
            raise self._passed(answer, None if pending is None else pending.revision)
        if answer.value is None and pending.question.optional:
            return
        self._fits(pending.question, answer.value)

    def check_correction(self, correction: Correction) -> None:
        if self._known(correction):
            return
        self._open()
        if self.case.sealing:
            raise self._refused(Sealed)
        if self.case.settled and not self.case.expected:
            self._correctable(correction)

    def check_remark(self, remark: Remark) -> None:
        if not self._known(remark):
            self._open()

    def check_leaving(self, leaving: Leaving) -> None:
        self._known(leaving)

    def check_cancelling(self, cancelling: Cancelling) -> None:
        if self._known(cancelling):
            return
        self._open()
        if self.case.sealing or self.case.state.sealed:
            raise self._refused(Sealed)

    def check_event(self, event: Event) -> None:
        seen = self.case.state.recent.get(f"event:{event.id}")
        if seen is None:
            self._open()
        elif seen != _event_content(event):
            raise self._refused(Conflict)

    # -- handlers ---------------------------------------------------------------------------------------------

    async def arrive(self, arrival: Arrival) -> Turn:
        if self._new(arrival):
            if self._present(arrival.by, arrival):
                self.case.chronicle.row("arrived", by=arrival.by)
            if self.case.state.broken_at is not None or self.case.steps.refresh():
                self.case.rewind()
        return await self._reply(arrival.by)

    async def answer(self, answer: Answer) -> Turn:
        if self._is_new(answer):
            pending = self.case.asking.find(answer.key)
            if pending is None or pending.revision != answer.revision:
                raise self._passed(answer, None if pending is None else pending.revision)
            self._new(answer)
            self._present(answer.by)
            self.case.asking.take(pending, as_json(answer.value), answer.by)
        return await self._reply(answer.by)

    async def correct(self, correction: Correction) -> Turn:
        if self._is_new(correction):
            while not self.case.settled:  # another correction may have got in before
                await self.case.host.wait_until(lambda: self.case.settled)
            self._open()
            if self.case.sealing:
                raise self._refused(Sealed)
            self._correctable(correction)
            if self._new(correction):
                self._present(correction.by)
                self._apply(correction)
        return await self._reply(correction.by)

    async def remark(self, remark: Remark) -> Turn:
        if self._new(remark):
            self.case.chronicle.row("remarked", by=remark.by, data={"text": remark.text})
        await self.case.chronicle.write()
        return self.case.turn(since=self.case.state.heard)

    async def leave(self, leaving: Leaving) -> Turn:
        state = self.case.state
        if self._new(leaving) and not state.status.closed:
            self.case.chronicle.row("left", by=leaving.by)
            here = self.case.presence
            if here is None or here.channel == leaving.by.channel:
                if state.status is Status.OPEN:
                    state.status = Status.PARKED
                if leaving.by.channel is Channel.PHONE:
                    state.outgoing.append("way_back")
        return self.case.turn(since=state.heard)

    async def cancel(self, cancelling: Cancelling) -> Turn:
        if self._new(cancelling):
            self._present(cancelling.by)
            self.case.chronicle.row("called_off", by=cancelling.by)
            self.case.cancelling = True
        return await self._reply(cancelling.by)

    async def report(self, event: Event) -> Turn:
        if self._remember(f"event:{event.id}", _event_content(event)):
            self.case.watch.report(event)
        await self.case.host.wait_until(lambda: True)
        return self.case.turn(since=self.case.state.told)

    # -- inside -----------------------------------------------------------------------------------------------

    def _apply(self, correction: Correction) -> None:
        entry = self._entry(correction.key)
        if correction.withdraw:
            self.case.asking.withdraw(entry)
            self.case.chronicle.row("withdrawn", entry.key, correction.by)
        else:
            question = self.case.asking.questions[entry.key]
            kept = question.keep(as_json(correction.value))
            if kept == entry.value:
                return
            self.case.state.held.clear()
            self.case.ledger.put(entry.model_copy(update={"value": kept, "by": correction.by, "from_fact": None}))
            if question.fact:
                self.case.chronicle.learn(Fact(name=question.fact, value=kept, by=correction.by))
            self.case.chronicle.row(
                "corrected", entry.key, correction.by, {"kind": entry.kind, "value": kept, "was": entry.value}
            )
        self.case.rewind()

    def _entry(self, key: str) -> Answered:
        entry = self.case.ledger.find(Answered, key)
        if entry is None or key not in self.case.touched or key not in self.case.asking.questions:
            raise self._refused(NotAsked)
        return entry

    def _correctable(self, correction: Correction) -> None:
        entry = self._entry(correction.key)
        if self.case.sealed(entry):
            raise self._refused(Sealed)
        if not correction.withdraw:
            self._fits(self.case.asking.questions[entry.key], correction.value)

    def _fits(self, question: AnyQuestion, value: Any) -> None:
        try:
            question.accept(as_json(value))
        except Misfit as misfit:
            raise self._refused(Unfit, misfit.reason, misfit.facts) from None

    def _passed(self, answer: Answer, revision: int | None) -> Refused:
        asked = self.case.state.asked.get(answer.key)
        if asked is None:
            return self._refused(NotAsked if self.case.settled else Settling)
        if revision is None and not self.case.settled and answer.revision >= asked.revision:
            return self._refused(Settling)
        return self._refused(AlreadyAnswered)

    def _open(self) -> None:
        if self.case.state.status.closed or self.case.cancelling or self.case.ending:
            raise self._refused(Finished)

    def _refused(self, kind: type[Refused], reason: str = "", facts: dict[str, str] | None = None) -> Refused:
        turn = as_json(self.case.turn(since=self.case.state.told)) if self.case.settled else None
        return kind(turn, reason=reason, facts=facts)

    def _known(self, request: Request) -> bool:
        """Whether the very same request came before; the same id with other content is refused."""
        seen = self.case.state.recent.get(request.id)
        if seen is not None and seen != _content(request):
            raise self._refused(Conflict)
        return seen is not None

    def _is_new(self, request: Request) -> bool:
        return not self._known(request)

    def _new(self, request: Request) -> bool:
        return self._is_new(request) and self._remember(request.id, _content(request))

    def _remember(self, request_id: str, content: str) -> bool:
        recent = self.case.state.recent
        if request_id in recent:
            return False
        recent[request_id] = content
        while len(recent) > RECENT:
            del recent[next(iter(recent))]
        return True

    def _present(self, by: Provenance, arrival: Arrival | None = None) -> bool:
        """Note who is there; whether that is a new visit and not the next word of one."""
        state, here = self.case.state, self.case.presence
        visit = here is None or here.channel != by.channel or state.status is not Status.OPEN
        state.heard_at = self.case.now()
        state.reminded = 0
        if state.status is Status.PARKED:
            state.status = Status.OPEN
        known = next((p.reply_to for p in state.presence if p.channel == by.channel), None)
        reply_to = (arrival.reply_to if arrival else None) or known
        now_here = Presence(channel=by.channel, at=by.at, reply_to=reply_to, assurance=by.assurance)
        state.presence = [*(p for p in state.presence if p.channel != by.channel), now_here]
        return visit

    async def _reply(self, by: Provenance) -> Turn:
        """The turn once the case has settled, or "working on it" where that takes long."""
        case, state = self.case, self.case.state
        case.replying += 1
        try:
            await case.host.wait_until(lambda: True)
            if case.settled or await case.host.wait_until(lambda: case.settled, WORKING_AFTER):
                case.settle()
            turn = case.turn(since=state.heard)
            state.heard = state.told
            if by.channel.keeps:
                state.kept = state.told
            if not case.host.due_to_move():
                await case.chronicle.write()
            case.host.show(state.status, case.view.describe())
        finally:
            case.replying -= 1
        return turn


def _content(request: Request) -> str:
    # When and by whom it was delivered again may differ; what was asked for may not.
    return fingerprint([type(request).__name__, request.model_dump(mode="json", exclude={"id", "by"})])


def _event_content(event: Event) -> str:
    return fingerprint([event.name, event.about, event.data])


def as_turn(refused: Refused, turn: Turn) -> Turn:
    """A refusal as the value it is: the current turn, with what became of the request and why."""
    because = Because(code=refused.reason, facts=refused.facts) if refused.reason else None
    return turn.model_copy(update={"note": Note(refused.code), "because": because})
