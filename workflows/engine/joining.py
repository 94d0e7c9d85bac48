"""Two cases of one person become one: the one is held, the other takes its answers over; and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.case import Turn
from models.errors import Claimed, Sealed
from models.joining import Brought, Hold, Joining
from models.ledger import Answered, Confirmed, Dated, Done, Entry
from models.people import Assurance
from models.questions import Misfit, Question
from workflows.engine.visitors import VERIFY

if TYPE_CHECKING:
    from workflows.engine.case import Case
    from workflows.engine.requests import Requests

# What is worth nothing in another case: a proof, a card that is somebody's, a file sealed with their own key.
STAYS_BEHIND = {"code", "payment_method", "file", "confirm", "change"}


class Joins:
    """What a case has of others that went on in it."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @property
    def effects(self) -> bool:
        """Whether something was done that stands, or may have been: such a case goes on in no other."""
        done = (e for e in self.case.ledger.all(Done) if not e.reads and e.refusal is None)
        return self.case.sealing or self.case.state.sealed > 0 or any(not e.key.startswith(VERIFY) for e in done)

    def answer(self, question: Question[Any]) -> Answered | None:
        """The other case's answer to a question that comes up here, taken over as it was given."""
        for brought in self.case.state.brought:
            for answer in brought.answers:
                if answer.key == question.key and self._fits(question, answer):
                    self._take(question, answer, brought.case)
                    self._forget(brought.case, answer.key)
                    return self.case.ledger.find(Answered, answer.key)
        return None

    def withdrawn(self, key: str) -> None:
        """What was taken back here is not brought back by another case."""
        for brought in self.case.state.brought:
            self._forget(brought.case, key)

    def take(self, joining: Joining) -> None:
        """Take over what this case has not got, and what was said later and at least as surely."""
        case, before = self.case, [_named(e) for e in self.case.ledger.entries]
        answers: list[Answered] = []
        replaced: list[Answered] = []
        for answer in joining.answers:
            mine = case.ledger.find(Answered, answer.key)
            if answer.kind in STAYS_BEHIND or answer.key.startswith(VERIFY) or answer.key in case.state.because:
                continue
            if mine is None:
                answers.append(answer)
            elif self._better(answer, mine):
                self._take(case.asking.questions[answer.key], answer, joining.other)
                replaced.append(mine)
        brought = Brought(case=joining.other, answers=answers, replaced=replaced, before=before)
        case.state.brought = [*case.state.brought, brought]
        case.chronicle.row("joined_by", by=joining.by, data={"case": joining.other})
        if not case.sealing:
            case.rewind()

    def give_back(self, joining: Joining) -> Brought | None:
        """What came from the other case is asked again, and what it had replaced stands again, unless it is sealed."""
        case = self.case
        brought = next((b for b in case.state.brought if b.case == joining.other), None)
        if brought is None:
            return None
        case.state.brought = [b for b in case.state.brought if b is not brought]
        own = {answer.key: answer for answer in brought.replaced}
        for entry in [e for e in case.ledger.all(Answered) if e.from_case == joining.other and not case.sealed(e)]:
            if entry.key in own:
                case.ledger.put(own[entry.key])
            else:
                case.asking.withdraw(entry)
        case.chronicle.row("parted_from", by=joining.by, data={"case": joining.other})
        if not case.sealing:
            case.rewind()
        return brought

    def clear(self, brought: Brought) -> None:
        """What was only looked up for the sake of answers that are gone again goes, too."""
        for entry in list(self.case.ledger.entries):
            looked_up = isinstance(entry, Dated) or (isinstance(entry, Done) and entry.reads)
            if looked_up and entry.key not in self.case.touched and _named(entry) not in brought.before:
                self.case.ledger.drop(entry)

    def _better(self, answer: Answered, mine: Answered) -> bool:
        """Said later and at least as surely; but nothing changes under an agreement or an effect."""
        case = self.case
        question = case.asking.questions.get(mine.key)
        if question is None or answer.value == mine.value or case.sealed(mine) or not self._fits(question, answer):
            return False
        later = case.ledger.entries[case.ledger.index(mine) + 1 :]
        if any(isinstance(e, Confirmed) or (isinstance(e, Done) and not e.reads) for e in later):
            return False
        return answer.by.at > mine.by.at and answer.by.assurance.rank >= mine.by.assurance.rank

    def _fits(self, question: Question[Any], answer: Answered) -> bool:
        floor: Assurance = self.case.state.floor
        if answer.kind != question.kind or answer.by.assurance.rank < floor.rank:
            return False
        if answer.value is None:
            return question.optional
        try:
            question.accept(answer.value)
        except Misfit:
            return False
        return True

    def _take(self, question: Question[Any], answer: Answered, source: str) -> None:
        shown = question.shown(answer.value)
        taken = answer.model_copy(update={"shown": shown, "revision": 0, "from_case": source, "from_fact": None})
        self.case.ledger.put(taken)
        data = {"kind": answer.kind, "value": answer.value, "shown": shown, "case": source}
        self.case.chronicle.row("brought", answer.key, answer.by, data)

    def _forget(self, source: str, key: str) -> None:
        self.case.state.brought = [
            b if b.case != source else b.model_copy(update={"answers": [a for a in b.answers if a.key != key]})
            for b in self.case.state.brought
        ]


class Merging:
    """Holding and taking over, as requests like any other: checked before anything is written."""

    def __init__(self, case: Case, requests: Requests) -> None:
        self.case = case
        self.requests = requests

    def check(self, joining: Joining) -> None:
        if self.requests.known(joining) or joining.what in {"lift", "give-back"}:
            return
        if joining.what == "take":
            self.requests.still_open(joining)
            return
        if self.case.state.hold is None:
            self.requests.still_open(joining)
        claim = self.case.claims.standing
        if claim is not None and joining.fence != claim.fence:
            raise self.requests.refused(Claimed, joining, "claimed", self.case.claims.facts())
        if self.case.settled and self.case.joins.effects:
            raise self.requests.refused(Sealed, joining)

    async def join(self, joining: Joining) -> Turn:
        if not self.requests.known(joining):
            await self.case.host.wait_until(lambda: self.case.settled)
            self.check(joining)
            self.requests.seen.add(joining)
            await self._done(joining)
        return await self.requests.reply(joining.by)

    async def _done(self, joining: Joining) -> None:
        match joining.what:
            case "hold":
                self._hold(joining)
            case "lift":
                self._lift(joining)
            case "take":
                self.case.joins.take(joining)
            case "give-back" if not self.case.state.status.closed:
                brought = self.case.joins.give_back(joining)
                await self.case.host.wait_until(lambda: self.case.settled)
                if brought is not None:
                    self.case.joins.clear(brought)

    def _hold(self, joining: Joining) -> None:
        state = self.case.state
        if state.hold is not None:
            return
        assert joining.until is not None, "a hold has an end"  # noqa: S101 - a type fact
        state.hold = Hold(to=joining.other, until=joining.until)
        state.claim = None
        state.outgoing = []
        self.case.chronicle.row("went_on", by=joining.by, data={"case": joining.other})

    def _lift(self, joining: Joining) -> None:
        state = self.case.state
        if state.hold is None or state.status.closed:
            return
        state.hold = None
        # Nobody was asked anything meanwhile: their time begins anew.
        state.heard_at = self.case.now() if state.heard_at else None
        self.case.chronicle.row("came_back", by=joining.by, data={"case": joining.other})
        self.case.rewind()


def _named(entry: Entry) -> str:
    return f"{entry.type}:{entry.key}"
