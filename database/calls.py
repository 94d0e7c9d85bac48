"""Phone calls: what their carrier reports of them, which case each is about, and who wants to be called back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from database.customers import opaque
from database.engine import Database, now
from models.people import Address, Assurance, Frozen
from models.tables import CallbackRow, CallRow

OVER = {"completed", "busy", "failed", "no-answer", "canceled"}
PERSON = "person"
ABOUT = "case:"


class Callback(Frozen):
    """Somebody who was promised a call, and about which case, where it is about one."""

    id: str
    customer: str
    address: Address
    case: str | None = None


class Calls:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def started(self, call_sid: str, customer: str, address: Address) -> None:
        """Who is on the line. May come before or after the first report."""
        who = {"customer": customer, "kind": address.kind, "address": address.value}
        new = self._db.insert(CallRow).values(
            sid=call_sid, number=-1, status="started", over=False, started_at=now(), **who
        )
        await self._db.change(new.on_conflict_do_update(index_elements=["sid"], set_=who))

    async def progress(self, call_sid: str, sequence_number: int, status: str) -> bool:
        """Whether the report was news: False for one that is not newer than the last, and for any after the end."""
        new = self._db.insert(CallRow).values(
            sid=call_sid, number=sequence_number, status=status, over=status in OVER, started_at=now()
        )
        newer = new.on_conflict_do_update(
            index_elements=["sid"],
            set_={name: new.excluded[name] for name in ("number", "status", "over")},
            where=(new.excluded.number > CallRow.number) & ~CallRow.over,
        )
        return bool(await self._db.change(newer.returning(CallRow.sid)))

    async def attach(self, call_sid: str, case: str) -> None:
        """The call is now about this case."""
        new = self._db.insert(CallRow).values(
            sid=call_sid, case_id=case, number=-1, status="started", over=False, started_at=now()
        )
        await self._db.change(new.on_conflict_do_update(index_elements=["sid"], set_={"case_id": case}))

    async def proved(self, call_sid: str, assurance: Assurance) -> None:
        """How sure we are from now on, on this call, who speaks."""
        known = update(CallRow).where(CallRow.sid == call_sid).values(assurance=assurance.value)
        await self._db.change(known)

    async def assurance_of(self, call_sid: str) -> Assurance:
        """What was proved on this call; ``claimed`` while nothing was."""
        found = await self._db.rows(select(CallRow.assurance).where(CallRow.sid == call_sid))
        return Assurance(found[0].assurance) if found and found[0].assurance else Assurance.CLAIMED

    async def over(self, call_sid: str) -> bool:
        """Whether the call has ended: whatever is answered now, nobody hears."""
        found = await self._db.rows(select(CallRow.over).where(CallRow.sid == call_sid))
        return bool(found and found[0].over)

    async def case_of(self, call_sid: str) -> str | None:
        found = await self._db.rows(select(CallRow.case_id).where(CallRow.sid == call_sid))
        return found[0].case_id if found else None

    async def callback_wanted(
        self, customer: str, address: Address, reason: str, *, at: datetime | None = None
    ) -> None:
        """Notes a promise to call, now or ``at`` a later time.

        ``away`` and ``case:…`` (about that case) are for calls the machine makes, :data:`PERSON` for one of the team.
        Who is waiting for that already is noted once.
        """
        new = self._db.insert(CallbackRow).values(
            id=opaque("b"),
            customer=customer,
            kind=address.kind,
            address=address.value,
            reason=reason,
            wanted_at=at or now(),
        )
        await self._db.change(new.on_conflict_do_nothing())

    async def callbacks_due(self, limit: int) -> list[Callback]:
        """Whom the machine calls back, longest waiting first."""
        return await self._waiting((CallbackRow.reason != PERSON) & (CallbackRow.wanted_at <= now()), limit)

    async def people_waiting(self, limit: int) -> list[Callback]:
        """Who was promised a call by one of the team, longest waiting first. The machine never makes these."""
        return await self._waiting(CallbackRow.reason == PERSON, limit)

    async def _waiting(self, which: ColumnElement[bool], limit: int) -> list[Callback]:
        query = (
            select(CallbackRow.id, CallbackRow.customer, CallbackRow.kind, CallbackRow.address, CallbackRow.reason)
            .where(CallbackRow.called_at.is_(None), which)
            .order_by(CallbackRow.wanted_at, CallbackRow.id)
        )
        found = await self._db.rows(query.limit(limit))
        return [
            Callback(
                id=row.id,
                customer=row.customer,
                address=Address(kind=row.kind, value=row.address),
                case=row.reason.removeprefix(ABOUT) if row.reason.startswith(ABOUT) else None,
            )
            for row in found
        ]

    async def called_back(self, id: str) -> bool:
        """Takes a promise off the list; True for the one caller who did, who may then dial."""
        kept = update(CallbackRow).where(CallbackRow.id == id, CallbackRow.called_at.is_(None))
        return bool(await self._db.change(kept.values(called_at=now()).returning(CallbackRow.id)))
