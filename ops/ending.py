"""Ending a case that nothing else helps, as it is; the customer is told, and can begin anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from database.cases import CaseRecord, Cases
from database.customers import Customers
from database.engine import Database
from database.journal import Journal
from database.overseeing import Oversight
from models.case import Notice, Reach, Status, Turn
from models.errors import NotUnderstood
from models.journal import Page, Row
from models.people import Actor, Channel
from models.upkeep import Verdict

TOLD = "ended"


class Reaching(Protocol):
    """Sends a message on our own, once for its key."""

    async def reach(self, reach: Reach) -> str: ...


class Ending:
    def __init__(self, client: Client, db: Database, outreach: Reaching) -> None:
        self._client, self._outreach = client, outreach
        self._cases, self._customers = Cases(db), Customers(db)
        self._journal, self._books = Journal(db), Oversight(db)

    async def end(self, case: str, name: str, why: str, *, word: bool) -> Verdict:
        """Stop the workflow where it is, close the case, and tell the customer. What was done stands.

        Again for a case that was ended so: what is still missing of it. NotUnderstood ``closed`` for any other.
        """
        record = await self._cases.get(case)
        if record is None:
            raise NotUnderstood("gone")
        ended = (await self._books.last([case], [TOLD])).get(case)
        if record.status.closed and ended is None:
            raise NotUnderstood("closed")
        await self._stop(case, why)
        turn = await self._cases.turn(case) or _bare(record)
        if ended is None:
            turn = await self._close(record, turn, name, why, word=word)
        went = await self._tell(record, turn) if word else "no-word"
        return Verdict(case=case, outcome="done", told="ended", about=went)

    async def _stop(self, case: str, why: str) -> None:
        try:
            await self._client.get_workflow_handle(case).terminate(reason=f"segue ops: {why}"[:500])
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def _close(self, record: CaseRecord, turn: Turn, name: str, why: str, *, word: bool) -> Turn:
        """No workflow is left to write this: the last rows of the journal are ours."""
        at, sequence = datetime.now(UTC), max(record.sequence, turn.sequence)
        notices = list(turn.notices)
        rows = [_row(sequence + 1, at, name, why, await self._books.effects(record.id))]
        if word:
            number = max((notice.number for notice in notices), default=0) + 1
            notices.append(Notice(number=number, key=TOLD, at=at))
            rows.append(Row(sequence=sequence + 2, at=at, what="told", key=TOLD))
        closed = turn.model_copy(
            update={"status": Status.CANCELLED, "pending": [], "notices": notices, "working": False, "claim": None,
                    "care": None, "sequence": rows[-1].sequence}
        )  # fmt: skip
        await self._journal.write(
            Page(
                case=record.id,
                customer=record.customer,
                moment=record.moment,
                run=TOLD,
                status=closed.status.value,
                sequence=closed.sequence,
                turn=closed.model_dump(mode="json"),
                rows=rows,
                at=at,
            )
        )
        return closed

    async def _tell(self, record: CaseRecord, turn: Turn) -> str:
        owner = await self._customers.get(await self._customers.owner(record.customer))
        if owner is None:
            return "nowhere"
        news = turn.model_copy(update={"notices": [n for n in turn.notices if n.key == TOLD]})
        key = f"{record.id}/reach/{TOLD}"
        return await self._outreach.reach(
            Reach(
                key=key,
                kind="notices",
                customer=record.customer,
                language=owner.language,
                zone=owner.zone,
                turn=news,
            )
        )


def _row(sequence: int, at: datetime, name: str, why: str, stands: list[str]) -> Row:
    facts = {"note": why, "stands": ", ".join(stands)}
    return Row(
        sequence=sequence, at=at, what=TOLD, channel=Channel.DESK, actor=Actor.SEGUE,
        data={"name": name or None, "facts": dict(facts)},
    )  # fmt: skip


def _bare(record: CaseRecord) -> Turn:
    return Turn(case=record.id, moment=record.moment, status=record.status, sequence=record.sequence)
