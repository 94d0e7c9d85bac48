"""The switchboard: who speaks, in which case, and what the case makes of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

from database.cases import CaseRecord, Cases
from database.customers import Customers
from database.journal import Journal
from database.sessions import Session
from models.case import (
    Answer,
    Arrival,
    Cancelling,
    Caring,
    Claiming,
    Correction,
    Event,
    Leaving,
    Note,
    Opening,
    Policy,
    Releasing,
    Remark,
    Status,
    Turn,
)
from models.errors import Claimed, Finished, Refused, Unknown
from models.joining import Joining
from models.ledger import Fact
from models.people import Address, Assurance, Channel, Frozen
from models.renamed import by_its_name, now_called, once_called
from models.requests import RemarkWhy
from switchboard.codec import customer_of
from switchboard.line import Line
from switchboard.measures import LEASE_REFUSALS, asking
from switchboard.onward import Onward, onward_of
from switchboard.pollers import Working
from switchboard.speaking import Speaker, visit_named
from workflows.engine.refusing import as_turn

__all__ = ["Speaker", "Switchboard", "visit_named"]


@dataclass(frozen=True)
class Switchboard:
    """Every method returns the case's turn; what was not taken says so in ``turn.note``.

    :class:`NotConfirmed` when Temporal gives no answer in time, :class:`Unknown` for a case there is not.
    """

    line: Line
    cases: Cases
    customers: Customers
    journal: Journal
    moments: frozenset[str]
    policy: Policy = field(default_factory=Policy)

    @property
    def onward(self) -> Onward:
        return Onward(self.cases)

    async def recognise(
        self, channel: Channel, address: Address, assurance: Assurance, *, visit: str | None = None
    ) -> Speaker:
        """The customer behind an address, or a new person. A visit is the address itself where none is named."""
        customer = await self.customers.meet(address)
        reply_to = address if channel is not Channel.WEB else None
        here = visit_named(channel.value, visit or f"{address.kind}:{address.value}")
        return Speaker(customer.id, channel, assurance, reply_to, customer.language, customer.zone, visit=here)

    async def speaker_of(self, session: Session, channel: Channel = Channel.WEB) -> Speaker:
        customer = await self.customers.get(await self.customers.owner(session.customer))
        if customer is None:
            raise Unknown
        return Speaker(
            customer.id, channel, session.assurance, None, customer.language, customer.zone, only=session.case
        )

    async def start(self, speaker: Speaker, moment: str, request_id: str, topic: dict[str, Any] | None = None) -> Turn:
        """Start that moment, or resume it where the customer left it."""
        if (moment := now_called(moment)) not in self.moments:
            raise Unknown
        record = await self._held(speaker, moment) or await self.cases.open(speaker.customer, moment)
        turn = await self._open(speaker, record, request_id, topic or {})
        if turn.note is Note.FINISHED and turn.sequence == record.sequence:
            # It closed between our look and our call: the next number is a fresh case.
            await self.cases.lost(record.id)
            record = await self.cases.open(speaker.customer, moment)
            turn = await self._open(speaker, record, request_id, topic or {})
        return turn

    async def arrive(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        return await self._open(speaker, await self._record(speaker, case), request_id, {})

    async def answer(self, speaker: Speaker, case: str, request_id: str, key: str, revision: int, value: Any) -> Turn:
        by, fence = speaker.provenance(), speaker.fence
        request = Answer(id=request_id, by=by, fence=fence, key=key, revision=revision, value=value)
        return await self._send(speaker, case, request)

    async def correct(
        self, speaker: Speaker, case: str, request_id: str, key: str, value: Any = None, withdraw: bool = False
    ) -> Turn:
        """Another value for an answer, or (``withdraw``) have it asked again."""
        by, fence = speaker.provenance(), speaker.fence
        request = Correction(id=request_id, by=by, fence=fence, key=key, value=value, withdraw=withdraw)
        return await self._send(speaker, case, request)

    async def remark(
        self, speaker: Speaker, case: str, request_id: str, text: str, why: RemarkWhy | None = None
    ) -> Turn:
        remark = Remark(id=request_id, by=speaker.provenance(), text=text[:2000], why=why)
        return await self._send(speaker, case, remark)

    async def deed(self, speaker: Speaker, case: str, request_id: str, what: str, facts: dict[str, Any]) -> Turn:
        """What an agent did beside the case, for its story: a word of the journal, and what fills its sentence."""
        by, fence = speaker.provenance(), speaker.fence
        remark = Remark(id=request_id, by=by, fence=fence, text="", deed=what, facts=facts)
        return await self._send(speaker, case, remark)

    async def leave(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        return await self._send(speaker, case, Leaving(id=request_id, by=speaker.provenance()))

    async def cancel(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        by, fence = speaker.provenance(), speaker.fence
        return await self._send(speaker, case, Cancelling(id=request_id, by=by, fence=fence))

    async def claim(
        self,
        speaker: Speaker,
        case: str,
        request_id: str,
        *,
        holder: str,
        name: str,
        seconds: float,
        over: bool = False,
    ) -> Turn:
        """An agent takes the case, or has it for longer; ``turn.claim`` holds the fence for what they do with it."""
        by, fence = speaker.provenance(), speaker.fence
        request = Claiming(id=request_id, by=by, fence=fence, holder=holder, name=name, seconds=seconds, over=over)
        return await self._send(speaker, case, request)

    async def release(self, speaker: Speaker, case: str, request_id: str, *, to_team: bool = False) -> Turn:
        """The agent lets go: the case goes on with the customer, or (``to_team``) waits for a colleague."""
        by, fence = speaker.provenance(), speaker.fence
        return await self._send(speaker, case, Releasing(id=request_id, by=by, fence=fence, to_team=to_team))

    async def care(self, case: str, caring: Caring) -> Turn:
        """Somebody of ours takes a sore case to heart, or (``caring.helped``) has seen to it."""
        if await self.cases.get(case) is None:
            raise Unknown
        return await self._taken(case, self.line.send(case, caring))

    async def report(self, case: str, event: Event) -> Turn:
        """What an outside system reports to a case."""
        if await self.cases.get(case) is None:
            raise Unknown
        return await self._taken(case, self.line.send(case, event))

    async def open_cases(self, customer: str) -> list[CaseRecord]:
        """The person's open cases, last touched first: also those begun before we knew who they were."""
        records = await self.customers.records(customer)
        found = [case for record in records for case in await self.cases.open_for(record)]
        return sorted(found, key=lambda case: case.touched_at, reverse=True) if len(records) > 1 else found

    async def owns(self, customer: str, case: str) -> bool:
        """Whether a case is this person's: a case keeps the record that it began with, whoever that was joined to."""
        record = customer_of(case)
        return record == customer or await self.customers.owner(record) == customer

    async def merge(self, case: str, request: Joining) -> Turn:
        """Have a case go on in another one, take over what that one has, or part them again."""
        return await self._taken(case, self.line.send(case, request))

    async def look(self, case: str) -> Turn | None:
        """The case as the journal has it: what a refresh, a list or a desk reads. Never asks Temporal."""
        return by_its_name(turn) if (turn := await self.cases.turn(case)) else None

    async def ended(self, speaker: Speaker, turn: Turn, after: int | None = None) -> Turn:
        """The turn of a closed case for somebody who was in it: with what it told after that place in its journal.

        Where the place is not known, with the last it told, if it came to its end. Nothing for whoever may not see it.
        """
        if not speaker.may_see(turn):
            return _withheld(turn)
        known = await self.look(turn.case)
        told = known.notices if known else []
        if after is not None:
            count = sum(row.what == "told" for row in await self.journal.rows(turn.case, after))
        else:
            count = int(turn.status is Status.FINISHED)
        return turn.model_copy(update={"notices": told[-count:] if count else [], "note": None})

    async def ready(self) -> bool:
        return await self.line.ready()

    async def working(self) -> Working:
        return await self.line.working()

    async def _record(self, speaker: Speaker, case: str) -> CaseRecord:
        record = await self.cases.get(case)
        if record is None:
            raise Unknown
        await self._allow(speaker, case)
        return record

    async def _allow(self, speaker: Speaker, case: str) -> None:
        """Raises Unknown for a case of somebody else, and for any but the one that a pass opened."""
        # Whose case it is stands in its id: no look-up on the path of every answer.
        only = speaker.only is None or speaker.only == case or await self.onward.follow(speaker.only) == case
        if not only or not await self.owns(speaker.customer, case):
            raise Unknown

    async def _held(self, speaker: Speaker, moment: str) -> CaseRecord | None:
        """The open case the person began under another record, or under an id the moment had. A pass starts none."""
        if speaker.only is not None:
            raise Unknown
        named = once_called(moment)
        for record in (await self.customers.records(speaker.customer))[len(named) == 1 :]:
            for case in await self.cases.open_for(record):
                if case.moment in named:
                    return case
        return None

    async def _open(self, speaker: Speaker, record: CaseRecord, request_id: str, topic: dict[str, Any]) -> Turn:
        facts = await self._facts(speaker.customer) if record.sequence == 0 else []
        opening = Opening(
            case=record.id,
            customer=record.customer,
            language=speaker.language,
            zone=speaker.zone,
            topic=topic,
            facts=facts,
            policy=self.policy,
        )
        arrival = Arrival(id=request_id, by=speaker.provenance(), reply_to=speaker.reply_to)
        turn = await self._taken(record.id, self.line.open(opening, arrival), speaker)
        onward = onward_of(turn, record.id)
        return turn if onward is None else await self.arrive(await self._today(speaker), onward, request_id)

    async def _facts(self, customer: str) -> list[Fact]:
        """What is known of the person, by all their records; what was learned last counts."""
        found: dict[str, Fact] = {}
        for record in await self.customers.records(customer):
            for fact in await self.journal.facts(record):
                if fact.name not in found or found[fact.name].by.at < fact.by.at:
                    found[fact.name] = fact
        return list(found.values())

    async def _send(self, speaker: Speaker, case: str, request: Frozen) -> Turn:
        await self._allow(speaker, case)
        turn = await self._taken(case, self.line.send(case, request), speaker)
        onward = onward_of(turn, case)
        if onward is None:
            return turn
        if isinstance(request, Answer) and (asked := await self.onward.carried(case, request.key, request.revision)):
            request = request.model_copy(update={"revision": asked[1]})
        return await self._send(await self._today(speaker), onward, request)

    async def _today(self, speaker: Speaker) -> Speaker:
        """Whoever spoke when their record was joined to another one is that person since then."""
        return replace(speaker, customer=await self.customers.owner(speaker.customer))

    async def _taken(self, case: str, call: Any, speaker: Speaker | None = None) -> Turn:
        try:
            with asking(case):
                turn: Turn = await call
        except Refused as refused:
            if isinstance(refused, Claimed):
                LEASE_REFUSALS.inc()
            now = await self._current(case, refused)
            # What the case itself sends is for this speaker; the journal's turn is for whoever has proved it.
            secret = refused.turn is None and speaker is not None and not speaker.may_see(now)
            return by_its_name(as_turn(refused, _withheld(now) if secret else now))
        return by_its_name(turn)

    async def _current(self, case: str, refused: Refused) -> Turn:
        """The turn that goes with a refusal: the one it carries, or what the journal has."""
        if refused.turn is not None:
            return Turn.model_validate(refused.turn)
        if isinstance(refused, Finished) and await self.cases.get(case) is None:
            raise Unknown
        turn = await self.look(case)
        if isinstance(refused, Finished):
            # The last page of a case may still be on its way into the journal.
            for _ in range(20):
                if turn is not None and turn.status.closed:
                    break
                await asyncio.sleep(0.05)
                turn = await self.look(case)
        if turn is None:
            return Turn(case=case, moment=case.split("/", maxsplit=1)[0], status=Status.OPEN, sequence=0)
        return turn.model_copy(update={"notices": []})


def _withheld(turn: Turn) -> Turn:
    return turn.model_copy(update={"notices": [], "answers": [], "pending": []})
