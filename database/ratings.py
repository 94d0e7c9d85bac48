"""How customers rated us: asked by text, given there or on the page, once a case and changeable for a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from database.engine import Database, now
from models.people import Actor, Address, Channel, Frozen
from models.tables import AmendsRow, CaseRow, JournalRow, RatingRow

CHANGEABLE = timedelta(days=1)
ANSWERABLE = timedelta(days=3)
MOST = 5


class Wanted(Frozen):
    """A rating that was asked for by text, and when."""

    case: str
    customer: str
    asked_at: datetime


class Ratings:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def asked(self, case: str, customer: str, channel: Channel, to: Address, at: datetime) -> bool:
        """A text that asks for it goes out then; False where the case was asked about, or rated, before."""
        new = self._db.insert(RatingRow).values(
            case_id=case, customer=customer, channel=channel, kind=to.kind, address=to.value, asked_at=at
        )
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(RatingRow.case_id)))

    async def wanted(self, channel: Channel, address: Address) -> Wanted | None:
        """What a bare number from there would rate: asked for within three days, and not given more than a day ago."""
        here = now()
        of = select(RatingRow.case_id.label("case"), RatingRow.customer, RatingRow.asked_at, RatingRow.rated_at)
        theirs = of.where(
            RatingRow.channel == channel,
            RatingRow.kind == address.kind,
            RatingRow.address == address.value,
            RatingRow.asked_at.between(here - ANSWERABLE, here),
        )
        found = await self._db.rows(theirs.order_by(RatingRow.asked_at.desc()).limit(1))
        if not found or (found[0].rated_at is not None and found[0].rated_at < here - CHANGEABLE):
            return None
        return Wanted(case=found[0].case, customer=found[0].customer, asked_at=found[0].asked_at)

    async def given(self, case: str) -> int | None:
        """How a case was rated, from 1 to 5; None: it was not."""
        found = await self._db.rows(select(RatingRow.score).where(RatingRow.case_id == case))
        return found[0].score if found else None

    async def rate(self, case: str, customer: str, score: int, channel: Channel, words: str = "") -> bool:
        """Keeps a rating from 1 to 5; False where it is too late.

        It is written into the journal of the closed case, with the ``words`` that came with it; the same again is no
        second row.
        """
        here = now()

        def work(connection: Connection) -> bool:
            known = connection.execute(
                select(RatingRow.score, RatingRow.rated_at).where(RatingRow.case_id == case).with_for_update()
            ).first()
            since = known.rated_at if known and known.rated_at else here
            if known is not None and (known.score == score or since < here - CHANGEABLE):
                return bool(known.score == score)
            kept = {"score": score, "rated_at": since}
            new = self._db.insert(RatingRow).values(
                case_id=case, customer=customer, channel=channel, asked_at=here, **kept
            )
            connection.execute(new.on_conflict_do_update(index_elements=["case_id"], set_=kept))
            _journal(connection, case, score, channel, here, words)
            return True

        return await self._db.at_once(work)

    async def first(self, once: str) -> bool:
        """Whether this is the first time that something is done about a sore case, over all servers."""
        new = self._db.insert(AmendsRow).values(once=once, at=now())
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(AmendsRow.once)))


def _journal(connection: Connection, case: str, score: int, channel: Channel, at: datetime, words: str) -> None:
    """The case is closed and writes no more: its next row is ours."""
    last = select(func.max(JournalRow.sequence)).where(JournalRow.case_id == case)
    sequence = int(connection.execute(last).scalar() or 0) + 1
    row: dict[str, Any] = {
        "case_id": case,
        "sequence": sequence,
        "customer": case.split("/")[1],
        "at": at,
        "what": "rated",
        "key": None,
        "channel": channel.value,
        "actor": Actor.CUSTOMER.value,
        "assurance": None,
        "data": {"score": score, "of": MOST} | ({"text": words} if words else {}),
        "run": "",
        "update_id": None,
    }
    connection.execute(insert(JournalRow).values(**row))
    connection.execute(update(CaseRow).where(CaseRow.id == case).values(sequence=sequence, touched_at=at))
