"""The switchboard: who speaks, in which case, and what the case makes of it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from database.cases import CaseRecord, Cases
from database.customers import Customers
from database.journal import Journal
from database.sessions import Session
from models.case import (
    Answer,
    Arrival,
    Cancelling,
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
from models.errors import Finished, Refused, Unknown
from models.ledger import Fact
from models.people import Actor, Address, Assurance, Channel, Frozen, Provenance
from switchboard.codec import customer_of
from switchboard.line import Line
from workflows.engine.refusing import as_turn


@dataclass(frozen=True)
class Speaker:
    """Who speaks now, over what, and how sure we are of it.

    ``visit`` tells one call, browser or address from another without naming it; ``only`` is the one case that a pass
    opened to somebody who is not known to be the customer. An agent drives a case by the ``fence`` of their claim.
    """

    customer: str
    channel: Channel
    assurance: Assurance
    reply_to: Address | None = None
    language: str = "en"
    zone: str = "America/New_York"
    actor: Actor = Actor.CUSTOMER
    visit: str = ""
    only: str | None = None
    fence: int | None = None

    def may_see(self, turn: Turn) -> bool:
        """Whether the speaker is as sure as the case has asked for; what was proved in it alone is not counted."""
        return turn.floor.rank <= self.assurance.rank

    def provenance(self) -> Provenance:
        return Provenance(
            channel=self.channel,
            actor=self.actor,
            assurance=self.assurance,
            at=datetime.now(UTC),
            visit=self.visit,
        )


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

    async def recognise(
        self, channel: Channel, address: Address, assurance: Assurance, *, visit: str | None = None
    ) -> Speaker:
        """The customer behind an address, or a new person. A visit is the address itself where none is named."""
        customer = await self.customers.meet(address)
        reply_to = address if channel is not Channel.WEB else None
        here = visit_named(channel.value, visit or f"{address.kind}:{address.value}")
        return Speaker(customer.id, channel, assurance, reply_to, customer.language, customer.zone, visit=here)

    async def speaker_of(self, session: Session, channel: Channel = Channel.WEB) -> Speaker:
        customer = await self.customers.get(session.customer)
        if customer is None:
            raise Unknown
        return Speaker(
            customer.id, channel, session.assurance, None, customer.language, customer.zone, only=session.case
        )

    async def start(self, speaker: Speaker, moment: str, request_id: str, topic: dict[str, Any] | None = None) -> Turn:
        """Start that moment, or resume it where the customer left it."""
        if moment not in self.moments:
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
        self, speaker: Speaker, case: str, request_id: str, text: str, why: Literal["unclear", "person"] | None = None
    ) -> Turn:
        remark = Remark(id=request_id, by=speaker.provenance(), text=text[:2000], why=why)
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

    async def release(self, speaker: Speaker, case: str, request_id: str) -> Turn:
        """The agent lets go: the case goes on with the customer."""
        return await self._send(speaker, case, Releasing(id=request_id, by=speaker.provenance(), fence=speaker.fence))

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

    async def look(self, case: str) -> Turn | None:
        """The case as the journal has it: what a refresh, a list or a desk reads. Never asks Temporal."""
        return await self.cases.turn(case)

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

    async def _record(self, speaker: Speaker, case: str) -> CaseRecord:
        record = await self.cases.get(case)
        if record is None:
            raise Unknown
        await self._allow(speaker, case)
        return record

    async def _allow(self, speaker: Speaker, case: str) -> None:
        """Raises Unknown for a case of somebody else, and for any but the one that a pass opened."""
        # Whose case it is stands in its id: no look-up on the path of every answer.
        if speaker.only not in {None, case} or not await self.owns(speaker.customer, case):
            raise Unknown

    async def _held(self, speaker: Speaker, moment: str) -> CaseRecord | None:
        """The open case of a moment that the person began under another record. A pass starts nothing."""
        if speaker.only is not None:
            raise Unknown
        for record in (await self.customers.records(speaker.customer))[1:]:
            for case in await self.cases.open_for(record):
                if case.moment == moment:
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
        return await self._taken(record.id, self.line.open(opening, arrival), speaker)

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
        return await self._taken(case, self.line.send(case, request), speaker)

    async def _taken(self, case: str, call: Any, speaker: Speaker | None = None) -> Turn:
        try:
            turn: Turn = await call
        except Refused as refused:
            now = await self._current(case, refused)
            # What the case itself sends is for this speaker; the journal's turn is for whoever has proved it.
            secret = refused.turn is None and speaker is not None and not speaker.may_see(now)
            return as_turn(refused, _withheld(now) if secret else now)
        return turn

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


def visit_named(kind: str, name: str) -> str:
    """A visit's own name, which tells nothing of the number or address behind it."""
    return hashlib.sha256(f"{kind}:{name}".encode(errors="replace")).hexdigest()[:32]
