"""Two agents and the customer at one case at once: a clean sequence by whoever may write, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given as drawn, settings, strategies as st

from models.case import Answer, Claiming, Correction, Note, Pending, Releasing, Turn
from models.journal import Row
from models.ledger import Answered
from models.people import Actor, Channel
from tests.aside import run_aside
from tests.engine.shop import rows, text
from workflows.engine.claims import Claims
from workflows.moment import Moment
from workflows.rehearsal import Rehearsal

LEASE = 60
AGENTS = ("ann", "bob")
WRITTEN = {"answered", "corrected"}


class Long(Moment):
    """Goes round its questions, for there is always one more."""

    async def script(self) -> None:
        for number in range(40):
            await self.ask(text(f"q{number}"))


@dataclass
class Try:
    """A request as it was sent, and why it was not taken in the end."""

    who: str
    request: Any
    note: Note | None = None


@dataclass
class Hammer:
    """``fences`` are all that each agent was ever given; ``tries`` what was sent, in order."""

    case: Rehearsal = field(default_factory=lambda: Rehearsal(Long))
    fences: dict[str, list[int]] = field(default_factory=lambda: {who: [] for who in AGENTS})
    tries: list[Try] = field(default_factory=list)

    # -- what is done: each gives what is to be sent, or nothing ------------------------------------------------

    def claim(self, who: str, n: int) -> Any:
        return self._claiming(who, None)

    def take_over(self, who: str, n: int) -> Any:
        return self._claiming(who, None, over=True)

    def renew(self, who: str, n: int) -> Any:
        return self._claiming(who, self._fence(who, 0))

    def renew_a_stale_one(self, who: str, n: int) -> Any:
        return self._claiming(who, self._fence(who, 1 + n))

    def release(self, who: str, n: int) -> Any:
        return Releasing(id=self.case.next_id(), by=self.case.agent(), fence=self._fence(who, n % 2))

    def drive(self, who: str, n: int) -> Any:
        return self._answer(who, self._fence(who, 0))

    def drive_from_a_stale_tab(self, who: str, n: int) -> Any:
        return self._answer(who, self._fence(who, 1 + n))

    def drive_without(self, who: str, n: int) -> Any:
        return self._answer(who, None)

    def correct(self, who: str, n: int) -> Any:
        return self._correction(who, n, self._fence(who, n % 2))

    def answer(self, _: str, n: int) -> Any:
        return self._answer("jane", None)

    def answer_an_old_page(self, _: str, n: int) -> Any:
        request = self._answer("jane", None)
        return request.model_copy(update={"key": f"q{n}"}) if request else None

    def change_their_mind(self, _: str, n: int) -> Any:
        return self._correction("jane", n, None)

    def again(self, _: str, n: int) -> Any:
        return self.tries[n % len(self.tries)].request if self.tries else None

    # -- inside --------------------------------------------------------------------------------------------------

    def _fence(self, who: str, back: int) -> int | None:
        """Their newest fence, or one of so many claims ago."""
        own = self.fences[who]
        return own[-1 - back] if len(own) > back else None

    def _by(self, who: str) -> Any:
        return self.case.by(Channel.SMS) if who == "jane" else self.case.agent()

    def _claiming(self, who: str, fence: int | None, *, over: bool = False) -> Claiming:
        by, id = self.case.agent(), self.case.next_id()
        return Claiming(id=id, by=by, holder=who, name=who, seconds=LEASE, fence=fence, over=over)

    def _answer(self, who: str, fence: int | None) -> Answer | None:
        pending: list[Pending] = self.case.case.state.pending
        if not pending:
            return None
        id, key = self.case.next_id(), pending[0].question.key
        value = f"{who} {id}"
        return Answer(id=id, by=self._by(who), key=key, revision=pending[0].revision, value=value, fence=fence)

    def _correction(self, who: str, n: int, fence: int | None) -> Correction | None:
        given = self.case.case.ledger.all(Answered)
        if not given:
            return None
        id, key = self.case.next_id(), given[n % len(given)].key
        return Correction(id=id, by=self._by(who), key=key, value=f"{who} {id}", fence=fence)

    async def send(self, who: str, request: Any) -> None:
        requests, driving = self.case.script._requests, self.case.script._driving
        doors: dict[type[Any], Any] = {
            Claiming: (driving.check_claiming, driving.claim),
            Releasing: (driving.check_releasing, driving.release),
            Answer: (requests.check_answer, requests.answer),
            Correction: (requests.check_correction, requests.correct),
        }
        check, handle = doors[type(request)]
        turn: Turn = await self.case.request(check, handle, request)
        known = next((each for each in self.tries if each.request is request), None)
        if known is None:
            self.tries.append(Try(who, request, turn.note))
        elif turn.note is None:
            known.note = None  # it came too early, and again
        if isinstance(request, Claiming) and turn.note is None and turn.claim and turn.claim.holder == who:
            self.fences[who].append(turn.claim.fence)
        if turn.note is Note.CLAIMED and self.case.case.claims.standing is not None:
            assert turn.because is not None
            assert turn.because.facts["name"] in AGENTS

    async def all_at_once(self, deeds: list[tuple[str, str, int]]) -> None:
        """What is sent in the same moment, each having seen the case as it was before."""
        seen = [(who, getattr(self, what)(who, n)) for what, who, n in deeds]
        await asyncio.gather(*(self.send(who, request) for who, request in seen if request))


DEEDS = (
    *("claim", "take_over", "renew", "renew_a_stale_one", "release", "drive", "drive_from_a_stale_tab"),
    *("drive_without", "correct", "answer", "answer_an_old_page", "change_their_mind", "again"),
)
SENT = st.tuples(st.sampled_from(DEEDS), st.sampled_from(AGENTS), st.integers(0, 5))
PLAYS = st.lists(
    st.lists(SENT, min_size=1, max_size=4) | st.sampled_from(["later", "much later", "moves"]), max_size=24
)
"""Each a moment in which one to four things are sent, or time that passes, or a move to another worker."""


async def hammered(play: list[Any]) -> Hammer:
    hammer = Hammer()
    await hammer.case.arrive(Channel.SMS)
    for what in play:
        if what == "moves":
            await hammer.case.move()
        elif isinstance(what, str):
            await hammer.case.skips(seconds=LEASE / 2 if what == "later" else LEASE + 1)
        else:
            await hammer.all_at_once(what)
    await hammer.case.arrive(Channel.SMS)
    return hammer


def wrong(hammer: Hammer) -> list[str]:
    """What the journal shows that may not be."""
    journal = rows(hammer.case)
    numbers = [row.sequence for row in journal]
    found = [] if numbers == list(range(1, len(numbers) + 1)) else ["not a clean sequence"]
    return found + unlawful(journal) + lost(hammer, journal)


def unlawful(journal: list[Row]) -> list[str]:
    """Agents' writes while somebody else, or nobody, had the case."""
    driver, found = "", []
    for row in journal:
        if row.what == "claimed":
            driver = str(row.data["name"])
        elif row.what in {"released", "claim_ended", "taken_back"}:
            driver = ""
        elif row.what in WRITTEN and row.actor is Actor.AGENT and value(row).split()[0] != driver:
            found.append(f"{value(row)} wrote while {driver or 'nobody'} had it")
        elif row.what in WRITTEN and row.actor is Actor.CUSTOMER and driver:
            found.append(f"the customer wrote, and {driver} still had it")
    return found


def lost(hammer: Hammer, journal: list[Row]) -> list[str]:
    """Accepted and not there exactly once, refused and there, or not what stands in the ledger."""
    written = Counter(value(row) for row in journal if row.what in WRITTEN)
    sent = [each for each in hammer.tries if isinstance(each.request, Answer | Correction)]
    found = [
        f"{each.request.value}: {each.note}, {written[each.request.value]} times"
        for each in sent
        if written[each.request.value] != (each.note is None)
    ]
    stands = {row.key: value(row) for row in journal if row.what in WRITTEN}
    kept = {entry.key: entry.value for entry in hammer.case.case.ledger.all(Answered)}
    return found if stands == kept else [*found, f"{kept} is kept, {stands} was written"]


def value(row: Row) -> str:
    return str(row.data["value"])


@settings(max_examples=200)
@drawn(PLAYS)
@example([[("claim", "ann", 0)], [("drive", "ann", 0), ("take_over", "bob", 0), ("drive", "ann", 0)], "much later"])
@example([[("claim", "ann", 0)], [("answer", "ann", 0), ("drive", "ann", 0)], [("again", "ann", 1)]])
def test_the_ledger_is_a_clean_sequence_by_lawful_drivers_and_nothing_is_lost(play: list[Any]) -> None:
    async def whole() -> list[str]:
        hammer = await hammered(play)
        try:
            return wrong(hammer)
        finally:
            await hammer.case.end()

    assert run_aside(whole()) == []


@pytest.mark.parametrize("breach", ["any fence does", "the customer's answer leaves the claim"])
async def test_a_breach_is_seen(breach: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The property is only worth what it would notice."""
    if breach == "any fence does":
        monkeypatch.setattr(Claims, "allows", lambda *_: True)
    else:
        monkeypatch.setattr(Claims, "driven", lambda *_: None)
    play = [[("claim", "ann", 0)], [("answer", "ann", 0)], [("drive", "bob", 0)], [("drive", "ann", 0)]]
    hammer = await hammered(play)
    assert wrong(hammer) != []
    await hammer.case.end()
