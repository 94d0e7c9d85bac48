"""Who is there, how sure the case is of it, and what it shows to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.case import Arrival, Presence, Status, Turn
from models.ledger import Answered, Done, Entry
from models.people import Assurance, Provenance

if TYPE_CHECKING:
    from workflows.engine.case import Case

PROVED_KEPT = 50
VERIFY = "verify/"


class Visitors:
    """Whoever comes with less assurance than the script has asked for gets nothing but the question that proves them.

    ``holding``: the script has stopped at that question.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.holding = False

    # -- how sure ---------------------------------------------------------------------------------------------

    def assurance(self, by: Provenance) -> Assurance:
        """What the speaker brings along, or has proved on this visit."""
        return self._surest(by)

    def unsure(self, by: Provenance) -> bool:
        return self.assurance(by).rank < self.case.state.floor.rank

    @property
    def here(self) -> Presence | None:
        return self.case.state.presence[-1] if self.case.state.presence else None

    def met(self, level: Assurance) -> bool:
        """Whether whoever was last there is that sure; nobody came with less."""
        return level is Assurance.CLAIMED or (self.here is not None and self._surest(self.here).rank >= level.rank)

    def _surest(self, who: Provenance | Presence) -> Assurance:
        # Whoever can't be told from others has to prove it every time.
        proved = self.case.state.proved.get(who.visit or "?", Assurance.CLAIMED)
        return max(who.assurance, proved, key=lambda level: level.rank)

    def demand(self, level: Assurance) -> None:
        """From now on, nobody with less is told or asked anything of the case."""
        if level.rank > self.case.state.floor.rank:
            self.case.state.floor = level

    def prove(self, scope: str, level: Assurance) -> None:
        """Whoever gave the answer in that scope has proved to be the customer, for as long as their visit lasts."""
        code = next((e for e in self.case.ledger.all(Answered) if e.key.startswith(scope)), None)
        visit = code.by.visit if code else self.here.visit if self.here else ""
        proved = {name: was for name, was in self.case.state.proved.items() if name != visit}
        proved[visit] = level
        self.case.state.proved = dict(list(proved.items())[-PROVED_KEPT:])
        # The next to prove something does so anew.
        done: list[Entry] = [e for e in self.case.ledger.entries if e.key.startswith(scope)]
        for entry in done:
            self.case.ledger.drop(entry)
            if isinstance(entry, Done):
                # Under its old key nothing would happen: that code was sent, and is spent.
                self.case.state.attempts[entry.key] = entry.attempt + 1
        asked = self.case.state.asked.get(code.key) if code else None
        if asked is not None:
            asked.revision += 1
        self.holding = False

    # -- coming and going -------------------------------------------------------------------------------------

    def present(self, by: Provenance, arrival: Arrival | None = None) -> bool:
        """Note who is there; whether that is a new visit and not the next word of one."""
        state, here = self.case.state, self.here
        visit = here is None or here.channel != by.channel or state.status is not Status.OPEN
        state.heard_at = self.case.now()
        state.reminded = 0
        if state.status is Status.PARKED:
            state.status = Status.OPEN
        known = next((p.reply_to for p in state.presence if p.channel == by.channel), None)
        reply_to = (arrival.reply_to if arrival else None) or known
        now_here = Presence(channel=by.channel, at=by.at, reply_to=reply_to, assurance=by.assurance, visit=by.visit)
        state.presence = [*(p for p in state.presence if p.channel != by.channel), now_here]
        self._turn_to_them()
        return visit

    def let_go(self) -> None:
        """Whoever could not prove anything is gone: the case goes on with those it knows."""
        state = self.case.state
        others = state.presence[:-1]
        if self.holding and others and self._surest(others[-1]).rank >= state.floor.rank:
            state.presence = others
            self.case.rewind()

    def _turn_to_them(self) -> None:
        met = self.met(self.case.state.floor)
        if self.holding is met and not self.case.sealing and not self.case.state.status.closed:
            self.case.rewind()

    # -- what they see ----------------------------------------------------------------------------------------

    def shown(self, turn: Turn, by: Provenance) -> Turn:
        """The turn for this speaker: of a case that is not sure of them, only the question that would prove them."""
        if not self.unsure(by):
            return turn
        pending = [p for p in turn.pending if p.question.key.startswith(VERIFY)]
        return turn.model_copy(update={"notices": [], "answers": [], "pending": pending})
