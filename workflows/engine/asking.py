"""Questions: asked once, answered from the ledger ever after."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from pydantic import JsonValue

from models.case import Asked, Because, Pending
from models.errors import ScriptError
from models.ledger import Answered, Confirmed, Done
from models.people import Actor, Provenance
from models.questions import AnyQuestion, Change, Confirm, Misfit, Question
from workflows.engine.ledger import as_json, fingerprint

if TYPE_CHECKING:
    from workflows.engine.case import Case

T = TypeVar("T")


class Asking:
    """What is asked in this run, and who waits for it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.questions: dict[str, AnyQuestion] = {}
        self._waiters: dict[str, asyncio.Future[None]] = {}

    def begin_run(self) -> None:
        self.questions = {}

    def end_run(self) -> None:
        """Nobody waits any more: what the script left behind in a gather ends here too."""
        self.case.state.pending = []
        for waiter in self._waiters.values():
            waiter.cancel()
        self._waiters = {}

    async def ask(self, question: Question[T], within: timedelta | None = None, *, aka: str | None = None) -> T | None:
        """The answer, from the ledger, from a fact, or from whoever gives it first; None once an offer has lapsed."""
        key = self.case.enter(question.key, type(question).__name__)
        if aka is not None:
            self._renamed(self.case.scoped_key(aka), key)
        question = self._keyed(question, key)
        standing = self._standing(question)
        if standing is None:
            standing = self.case.joins.answer(question) or self._from_fact(question)
        if standing is None and within is not None:
            self.case.state.deadlines.setdefault(key, self.case.now() + within)
        while standing is None:
            await self._pause(question)
            standing = self._standing(question)
        self.case.state.deadlines.pop(key, None)
        self.case.hit()
        return None if standing.value is None else question.accept(standing.value)

    async def confirm(self, key: str, values: dict[str, Any]) -> None:
        """Returns once exactly these values have been agreed to."""
        key = self.case.enter(key, "confirm")
        shown: dict[str, JsonValue] = {name: as_json(value) for name, value in values.items()}
        digest = fingerprint(shown)
        entry = self.case.ledger.find(Confirmed, key)
        if entry is not None and entry.digest != digest:
            self.case.ledger.drop(entry)
            self.case.state.because.setdefault(key, Because(code="changed"))
            self.case.state.held.pop(key, None)
        while self.case.ledger.find(Confirmed, key) is None:
            question: AnyQuestion = Confirm(key, values=shown)
            if self.case.state.held.get(key):
                question = Change(key, answers=[e.key for e in self._changeable()])
            await self._pause(question)
        self.case.hit()

    def reject(self, key: str, because: str, facts: dict[str, str]) -> NoReturn:
        """Withdraw an answer that turned out not to do; the run ends here and the next one asks anew."""
        self.case.alive()
        key = self.case.within_scope(key)
        entry = self.case.ledger.find(Answered, key)
        if entry is None or key not in self.case.touched or self.case.sealed(entry):
            raise ScriptError(f"reject({key!r}): there is no such answer, or it is sealed")
        # The refusals that followed are dealt with by this: the same input may be tried again, as a new attempt.
        position = self.case.ledger.index(entry)
        for step in self.case.ledger.all(Done):
            # What can go stale is read again: the refusal may be news of it.
            rereadable = step.reads and step.good_until is not None and not self.case.steps.sealed(step)
            if rereadable or (step.refusal is not None and self.case.ledger.index(step) > position):
                self.case.ledger.drop(step)
        self.withdraw(entry, Because(code=because, facts=facts))
        self.case.chronicle.row("refused", key, data={"because": because})
        self.case.rewind()
        raise asyncio.CancelledError

    def another_code(self, key: str) -> None:
        """The code asked for did not arrive: what sent it is done again, and the old one is worthless."""
        asked = self.case.state.asked.get(key)
        if asked is not None:
            asked.revision += 1
        self.case.steps.outdate(f"{key.rpartition('/')[0]}/Identity.send_code")
        self.case.rewind()

    def seen(self) -> None:
        """Somebody was shown what is pending."""
        for pending in self.case.state.pending:
            self.case.state.asked[pending.question.key].shown = pending.revision

    def unclear(self) -> None:
        """What was said to the question in hand could not be read."""
        first, rest = self.case.state.pending[:1], self.case.state.pending[1:]
        self.case.state.pending = [p.model_copy(update={"unclear": p.unclear + 1}) for p in first] + rest

    @property
    def unseen(self) -> bool:
        """Whether something came up that nobody has been shown."""
        pending, asked = self.case.state.pending[:1], self.case.state.asked
        return any(asked[p.question.key].shown != p.revision for p in pending)

    def withdraw(self, entry: Answered, because: Because | None = None) -> None:
        """Take an answer back, with every confirmation that came after it."""
        position = self.case.ledger.index(entry)
        for confirmed in self.case.ledger.all(Confirmed):
            if self.case.ledger.index(confirmed) > position:
                self.case.ledger.drop(confirmed)
        self.case.ledger.drop(entry)
        self.case.joins.withdrawn(entry.key)
        # Nor may a fact bring back what was taken back.
        said = (entry.by, entry.value)
        facts = self.case.state.facts
        self.case.state.facts = [f for f in facts if f.name != entry.from_fact and (f.by, f.value) != said]
        self.case.state.held.clear()
        asked = self.case.state.asked.get(entry.key)
        if asked is not None:
            asked.revision += 1
        if because is None:
            self.case.state.because.pop(entry.key, None)
        else:
            self.case.state.because[entry.key] = because

    # -- answers that come in ---------------------------------------------------------------------------------

    def find(self, key: str) -> Pending | None:
        """The pending question of that key; right after a move, the one that was pending before it."""
        for pending in [*self.case.state.pending, *self.case.expected]:
            if pending.question.key == key:
                return pending
        return None

    def take(self, pending: Pending, value: JsonValue, by: Provenance) -> None:
        """Put an answer that was found to fit into the ledger and wake whoever waits for it."""
        question, key = pending.question, pending.question.key
        if isinstance(question, Confirm):
            self._take_confirm(question, bool(value), by)
        elif isinstance(question, Change):
            self._take_change(str(value), by)
        else:
            kept = None if value is None else question.keep(value)
            shown = question.shown(kept)
            answered = Answered(key=key, kind=question.kind, revision=pending.revision, value=kept, shown=shown, by=by)
            self.case.ledger.put(answered)
            self.case.chronicle.row("answered", key, by, {"kind": question.kind, "value": kept, "shown": shown})
            if question.fact:
                self.case.chronicle.learn(question, kept, by)
        self.case.state.because.pop(key, None)
        self.case.touched.add(key)
        self.case.state.pending = [p for p in self.case.state.pending if p.question.key != key]
        self.case.expected = [p for p in self.case.expected if p.question.key != key]
        waiter = self._waiters.pop(key, None)
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def _take_confirm(self, question: Confirm, yes: bool, by: Provenance) -> None:
        if yes:
            digest = fingerprint(question.values)
            self.case.ledger.put(Confirmed(key=question.key, digest=digest, by=by))
            self.case.chronicle.row("confirmed", question.key, by, dict(question.values))
        else:
            self.case.state.held[question.key] = True
            self.case.chronicle.row("held", question.key, by)

    def _take_change(self, key: str, by: Provenance) -> None:
        self.case.state.held.clear()
        entry = self.case.ledger.find(Answered, key)
        if entry is not None:
            self.withdraw(entry)
            self.case.chronicle.row("withdrawn", key, by)
            self.case.rewind()

    def asks(self, key: str) -> bool:
        return key in self._waiters

    def lapse(self, key: str) -> None:
        """Nobody took up an offer: it counts as declined."""
        pending = self.find(key)
        here = self.case.visitors.here
        if pending is not None and here is not None:
            by = Provenance(channel=here.channel, actor=Actor.SEGUE, assurance=here.assurance, at=self.case.now())
            self.take(pending, None, by)

    # -- inside -----------------------------------------------------------------------------------------------

    def _keyed(self, question: Question[T], key: str) -> Question[T]:
        if question.key != key:
            question = type(question)(**{**question.__dict__, "key": key})
        self.questions[key] = question  # type: ignore[assignment]  # AnyQuestion is the closed union of its subclasses
        return question

    def _renamed(self, old: str, key: str) -> None:
        """What was asked and answered under the old key is so under the new one."""
        asked, answered = self.case.state.asked, self.case.ledger.find(Answered, old)
        if old in asked:
            asked.setdefault(key, asked.pop(old))
        if answered is not None and self.case.ledger.find(Answered, key) is None:
            self.case.ledger.rename(answered, key)

    def _standing(self, question: Question[T]) -> Answered | None:
        """The answer in the ledger, where it is of the same kind and still fits; one that does not is withdrawn."""
        entry = self.case.ledger.find(Answered, question.key)
        if entry is None or entry.kind != question.kind:
            return None
        if entry.value is None and question.optional:
            return entry
        try:
            question.accept(entry.value)
        except Misfit as misfit:
            self.withdraw(entry, Because(code="no-longer-fits", facts={"why": misfit.reason}))
            return None
        return entry

    def _from_fact(self, question: Question[T]) -> Answered | None:
        for fact in self.case.state.facts:
            if fact.name != question.fact or (fact.until is not None and fact.until < self.case.now()):
                continue
            if not question.fits(fact.value):
                continue
            by = Provenance(channel=fact.by.channel, actor=Actor.SEGUE, assurance=fact.by.assurance, at=fact.by.at)
            shown = question.shown(fact.value)
            known = Answered(
                key=question.key,
                kind=question.kind,
                revision=0,
                value=fact.value,
                shown=shown,
                by=by,
                from_fact=fact.name,
            )
            self.case.ledger.put(known)
            self.case.chronicle.row("known", question.key, by, {"fact": fact.name, "value": fact.value, "shown": shown})
            return known
        return None

    async def _pause(self, question: Question[Any]) -> None:
        """Wait until the question's key gets something; the question is pending meanwhile."""
        self.case.alive()
        self.case.steps.nothing_final_in_flight(question.key)
        key = question.key
        because = self.case.state.because.get(key)
        revision = self._revision(question)
        known = self._stale_fact(question)
        pending = Pending(question=question, revision=revision, because=because, known=known)  # type: ignore[arg-type]  # as in _keyed
        self.case.state.pending.append(pending)
        waiter = asyncio.get_running_loop().create_future()
        self._waiters[key] = waiter
        try:
            await waiter
        finally:
            self.case.state.pending = [p for p in self.case.state.pending if p is not pending]

    def _stale_fact(self, question: Question[Any]) -> JsonValue:
        """What was known once: not taken for granted any more, but shown."""
        for fact in self.case.state.facts:
            if question.fact and fact.name == question.fact and question.fits(fact.value):
                return fact.value
        return None

    def _revision(self, question: Question[Any]) -> int:
        # A revision belongs to what is asked: a re-run that asks the same keeps every open page fresh.
        digest = fingerprint(question)
        asked = self.case.state.asked.setdefault(question.key, Asked(digest=digest))
        if asked.digest != digest:
            asked.digest, asked.revision = digest, asked.revision + 1
        if asked.said != asked.revision:
            asked.said = asked.revision
            self.case.state.asked_at, self.case.state.reminded = self.case.now(), 0
            self.case.chronicle.row("asked", question.key, data={"revision": asked.revision})
        return asked.revision

    def _changeable(self) -> list[Answered]:
        answers = self.case.ledger.all(Answered)
        return [e for e in answers if e.key in self.case.touched and not self.case.sealed(e)]
