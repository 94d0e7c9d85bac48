"""One driver at a time: the lease by which an agent has a case, and its fence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from models.case import Claim, Claiming, Event, Releasing, Remark, Request, Status, Turn
from models.errors import Claimed, Refused
from models.people import Actor, Channel, Provenance

if TYPE_CHECKING:
    from workflows.engine.case import Case
    from workflows.engine.requests import Requests


class Claims:
    """While an agent has a case, Segue says nothing of its own; a customer who answers has it back at once."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @property
    def standing(self) -> Claim | None:
        """The claim, as long as its lease lasts."""
        claim = self.case.state.claim
        return claim if claim is not None and claim.until > self.case.now() else None

    def allows(self, request: Request) -> bool:
        """Whether this speaker may change the case now: an agent by the newest claim, the customer always."""
        if request.by.actor is not Actor.AGENT:
            return True
        return self.standing is not None and request.fence == self.standing.fence

    def takes(self, claiming: Claiming) -> bool:
        """Whether the case can be had: it is free, theirs already, handed on, or a supervisor's word stands over it."""
        standing = self.standing
        if standing is None or standing.holder == claiming.holder or claiming.over:
            return True
        return claiming.fence == standing.fence  # whoever drives gives it to a colleague

    def facts(self) -> dict[str, str]:
        """Who has it, and since when."""
        standing = self.standing
        return {"name": standing.name, "since": standing.since.isoformat()} if standing else {}

    def take(self, claiming: Claiming) -> None:
        """A new claim, or the one there is for longer."""
        state, now, standing = self.case.state, self.case.now(), self.standing
        until = now + timedelta(seconds=claiming.seconds)
        if standing is not None and standing.holder == claiming.holder and claiming.fence == standing.fence:
            state.claim = standing.model_copy(update={"until": until})
            return
        state.fence += 1
        state.claim = Claim(holder=claiming.holder, name=claiming.name, fence=state.fence, since=now, until=until)
        self.case.chronicle.row("claimed", by=claiming.by, data={"name": claiming.name})

    def wrote(self, remark: Remark) -> None:
        """A line of the chat, by the agent or the customer; it is on from the agent's first under a claim."""
        if remark.by.actor is Actor.CUSTOMER:
            self.case.visitors.present(remark.by)
        claim, over = self.standing, (remark.facts or {}).get("over")
        if claim is None:
            return
        if remark.by.actor is Actor.AGENT or claim.chat is not None:
            chat = remark.by.channel if remark.by.actor is Actor.CUSTOMER else Channel(str(over))
            self.case.state.claim = claim.model_copy(update={"chat": chat})

    def _goodbye(self) -> None:
        """Who wrote with a person is told that they have left, and what is next; on a page both are seen."""
        claim = self.case.state.claim
        if claim is not None and claim.chat is not None and claim.chat.keeps:
            self.case.state.outgoing.append("left")

    def release(self, by: Provenance, *, to_team: bool = False) -> None:
        """``to_team``: the customer is not helped yet, and goes on waiting for one of the team."""
        if by.actor is Actor.CUSTOMER:
            self.driven(by)
            return
        if not to_team:
            self._goodbye()
        if self._end():
            self.case.chronicle.row("released", by=by)
            if not to_team:
                self.case.cares.helped(by)

    def lapse(self) -> None:
        """The lease is over."""
        self._goodbye()
        if self._end():
            self.case.chronicle.row("claim_ended")

    def driven(self, by: Provenance) -> None:
        """A customer who acts takes the case back."""
        if by.actor is Actor.CUSTOMER and self._end():
            self.case.chronicle.row("taken_back", by=by)

    def _end(self) -> bool:
        had, self.case.state.claim = self.case.state.claim, None
        return had is not None


class Driving:
    """Claiming and releasing, as requests like any other: checked before anything is written."""

    def __init__(self, case: Case, requests: Requests) -> None:
        self.case = case
        self.requests = requests

    def check_claiming(self, claiming: Claiming) -> None:
        if self.requests.known(claiming):
            return
        self.requests.still_open(claiming)
        if not self.case.claims.takes(claiming):
            raise self._claimed(claiming)

    def check_releasing(self, releasing: Releasing) -> None:
        if not self.requests.known(releasing) and not self.case.claims.allows(releasing):
            raise self._claimed(releasing)

    async def claim(self, claiming: Claiming) -> Turn:
        if not self.requests.known(claiming):
            if not self.case.claims.takes(claiming):
                raise self._claimed(claiming)
            self.requests.seen.add(claiming)
            self.case.claims.take(claiming)
        return await self.requests.reply(claiming.by)

    async def release(self, releasing: Releasing) -> Turn:
        if not self.requests.known(releasing):
            self.requests.seen.add(releasing)
            self.case.claims.release(releasing.by, to_team=releasing.to_team)
            if self.case.state.status is Status.WITH_A_PERSON and not releasing.to_team:
                self.case.watch.report(Event(id=f"released/{releasing.id}"[:200], name="released"))
        return await self.requests.reply(releasing.by)

    def _claimed(self, request: Request) -> Refused:
        return self.requests.refused(Claimed, request, "claimed", self.case.claims.facts())
