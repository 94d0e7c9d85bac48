"""Two records of one person become one, and part again: previewed, by one of the team, for a reason."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from database.cases import CaseRecord
from database.customers import Customer
from database.joins import Join, Joins, Pair, Wanted
from models.case import Note, Turn
from models.errors import NotConfirmed, Unknown
from models.joining import Joining
from models.journal import Row
from models.ledger import Answered, Fact
from models.people import Actor, Address, Assurance, Channel, Provenance
from switchboard.becoming import Becoming, Open, becoming
from switchboard.switchboard import Switchboard

log = logging.getLogger(__name__)
MOST_CLOSED = 20


@dataclass(frozen=True)
class Side:
    """One of the two: who it is, and all that is theirs."""

    customer: Customer
    records: list[str]
    addresses: list[Address]
    open: list[Open]
    closed: list[CaseRecord]
    facts: dict[str, Fact]
    passes: int


@dataclass(frozen=True)
class Differing:
    """A fact of which the two have different values; ``newest`` is the side that said it last."""

    name: str
    one: Fact
    other: Fact
    newest: Literal["one", "other"]


@dataclass(frozen=True)
class Preview:
    """What joining ``other`` to ``one`` would do. ``held`` names whoever else of the team drives one of the cases."""

    one: Side
    other: Side
    cases: list[Becoming]
    facts: list[Differing]
    held: tuple[str, ...]


@dataclass(frozen=True)
class Wish:
    """Who joins, why, and what was chosen. ``facts`` are the names of those whose older value is to count."""

    staff: str
    staff_name: str
    reason: str
    name: str | None
    language: str
    older: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Since:
    """What has happened since two were joined, and stays where it happened when they part."""

    cases: list[CaseRecord]
    addresses: list[Address]
    moved: dict[str, int]


@dataclass(frozen=True)
class Registry:
    """Raises NotConfirmed while the database is away, Unknown for somebody there is not, or who is joined already."""

    switchboard: Switchboard
    joins: Joins

    async def side(self, customer: str) -> Side:
        board = self.switchboard
        known = await board.customers.get(await board.customers.owner(customer))
        if known is None:
            raise Unknown
        records = await board.customers.records(known.id)
        closed = [case for record in records for case in await board.cases.closed_for(record, MOST_CLOSED)]
        return Side(
            customer=known,
            records=records,
            addresses=await board.customers.addresses(known.id),
            open=[await self._open(case.id) for case in await board.open_cases(known.id)],
            closed=sorted(closed, key=lambda case: case.touched_at, reverse=True)[:MOST_CLOSED],
            facts=await self._facts(records),
            passes=await self.joins.passes(records),
        )

    async def preview(self, one: str, other: str, staff: str) -> Preview:
        """What would happen; nothing has."""
        mine, theirs = await self.side(one), await self.side(other)
        if mine.customer.id == theirs.customer.id:
            raise Unknown
        cases = becoming(mine.open, theirs.open)
        both = sorted(mine.facts.keys() & theirs.facts.keys())
        facts = [_differing(name, mine.facts[name], theirs.facts[name]) for name in both]
        claims = [each.turn.claim for pair in cases for each in (pair.goes, pair.stays) if not pair.apart]
        held = sorted(
            {claim.name for claim in claims if claim is not None and _stands(claim.until, claim.holder, staff)}
        )
        return Preview(mine, theirs, cases, [f for f in facts if f.one.value != f.other.value], tuple(held))

    async def join(self, one: str, other: str, wish: Wish) -> Join | None:
        """Make them one; None where somebody else of the team has one of the cases in hand."""
        preview = await self.preview(one, other, wish.staff)
        if preview.held:
            return None
        at = datetime.now(UTC)
        chosen = [_chosen(fact, at) for fact in preview.facts if fact.name in wish.older]
        wanted = Wanted(
            person=preview.one.customer.id, record=preview.other.customer.id, staff=wish.staff,
            staff_name=wish.staff_name, reason=wish.reason, name=wish.name, language=wish.language,
            facts=tuple(chosen), pairs=tuple(pair.pair for pair in preview.cases),
        )  # fmt: skip
        id = await self.joins.join(wanted)
        return await self.settle(id)

    async def part(self, id: str, staff_name: str, reason: str) -> bool:
        """Undo a joining; whether it still stood, and no later one stands on it."""
        join = await self.joins.get(id)
        if join is None or not await self.partable(join) or not await self.joins.part(id, staff_name, reason):
            return False
        await self.settle(id)
        return True

    async def partable(self, join: Join) -> bool:
        """Whether it can be undone now: within its time, and not under a later one."""
        if join.parted_at is not None or join.until <= datetime.now(UTC):
            return False
        return await self.switchboard.customers.owner(join.person) == join.person

    async def settle(self, id: str) -> Join:
        """Tell the cases of a joining or a parting what became of them; what can't be told now is told later.

        Done again it changes nothing.
        """
        join = await self.joins.get(id)
        if join is None:
            raise Unknown
        if join.due:
            try:
                pairs = [await self._told(join, pair) for pair in join.pairs]
            except NotConfirmed:
                log.warning("the cases of a joining can't be reached yet")
                return join
            join = join.model_copy(update={"pairs": tuple(pairs), "due": False})
            await self.joins.told(join)
        return join

    async def settle_due(self, limit: int = 10) -> None:
        """For the background: what could not be told before."""
        for join in await self.joins.due(limit):
            await self.settle(join.id)

    async def since(self, join: Join) -> Since:
        """What happened after the joining: it stays where it happened."""
        board, moved = self.switchboard, dict[str, int]()
        for pair in join.pairs:
            if not pair.apart:
                moved[pair.stays] = _happened(await board.journal.rows(pair.stays), pair.goes)
        theirs = [case for record in await board.customers.records(join.person) for case in await self._all(record)]
        known = {(kind, value) for kind, value in _listed(join.kept.get("addresses"))}
        addresses = await board.customers.addresses(join.person)
        return Since(
            [c for c in theirs if c.opened_at > join.at], [a for a in addresses if (a.kind, a.value) in known], moved
        )

    async def _all(self, record: str) -> list[CaseRecord]:
        cases = self.switchboard.cases
        return [*await cases.open_for(record), *await cases.closed_for(record, MOST_CLOSED)]

    async def _told(self, join: Join, pair: Pair) -> Pair:
        if pair.apart:
            return pair
        if join.parted_at is not None:
            await self._ask(join, pair.stays, "give-back", pair.goes)
            await self._ask(join, pair.goes, "lift", pair.stays)
            return pair
        turn = await self._ask(join, pair.goes, "hold", pair.stays)
        if turn.joined != pair.stays:
            # Something was done in it, or one of the team took it, since we looked: both go on.
            return pair.model_copy(update={"apart": turn.note.value if turn.note else Note.CONFLICT.value})
        taken = await self._ask(join, pair.stays, "take", pair.goes, _answers(turn))
        if taken.note is not None:
            await self._ask(join, pair.goes, "lift", pair.stays)
            return pair.model_copy(update={"apart": taken.note.value})
        return pair

    async def _ask(
        self, join: Join, case: str, what: Literal["hold", "lift", "take", "give-back"], other: str,
        answers: Sequence[Answered] = (),
    ) -> Turn:  # fmt: skip
        known = await self.switchboard.look(case)
        claim = known.claim if known is not None else None
        by = Provenance(
            channel=Channel.DESK, actor=Actor.AGENT, assurance=Assurance.VERIFIED, at=join.parted_at or join.at
        )
        request = Joining(
            id=f"{join.id}/{what}/{other}"[:200], by=by, what=what, other=other, until=join.until,
            answers=list(answers), fence=claim.fence if claim is not None and claim.holder == join.staff else None,
        )  # fmt: skip
        return await self.switchboard.merge(case, request)

    async def _open(self, case: str) -> Open:
        turn = await self.switchboard.look(case)
        if turn is None:
            record = await self.switchboard.cases.get(case)
            assert record is not None, "a case that was listed"  # noqa: S101 - a type fact
            turn = Turn(case=case, moment=record.moment, status=record.status, sequence=record.sequence)
        return Open.read(turn, await self.switchboard.journal.rows(case))

    async def _facts(self, records: list[str]) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        for record in records:
            for fact in await self.switchboard.journal.facts(record):
                if fact.name not in found or found[fact.name].by.at < fact.by.at:
                    found[fact.name] = fact
        return found


def _differing(name: str, one: Fact, other: Fact) -> Differing:
    return Differing(name, one, other, "one" if one.by.at >= other.by.at else "other")


def _chosen(fact: Differing, at: datetime) -> Fact:
    """The older value, as said now: no surer than it was."""
    older = fact.other if fact.newest == "one" else fact.one
    by = older.by.model_copy(update={"at": at, "actor": Actor.AGENT, "channel": Channel.DESK})
    return older.model_copy(update={"by": by})


def _happened(rows: Sequence[Row], joined: str) -> int:
    """How many things happened in a case since another one was joined to it, but for what that itself led to."""
    at = max((row.sequence for row in rows if row.what == "joined_by" and row.data.get("case") == joined), default=0)
    return sum(row.sequence > at > 0 and row.what not in {"joined_by", "brought", "went_on", "asked"} for row in rows)


def _stands(until: datetime, holder: str, staff: str) -> bool:
    return until > datetime.now(UTC) and holder != staff


def _answers(turn: Turn) -> list[Answered]:
    keys = ("key", "kind", "revision", "value", "shown", "by")
    return [Answered(**{key: getattr(line, key) for key in keys}) for line in turn.answers]


def _listed(found: object) -> list[tuple[str, str]]:
    return [(str(each[0]), str(each[1])) for each in found] if isinstance(found, list) else []
