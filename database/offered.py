"""What somebody was last asked beside the questions of a case, so that "the second one" can be an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import ColumnElement, and_, bindparam, delete, select

from database.engine import Database, now
from models.people import Address, Channel, Frozen
from models.tables import OfferedRow

GOOD_FOR = timedelta(minutes=30)
What = Literal["moments", "cases", "resume", "aside", "missed"]


class Offer(Frozen):
    """``moments`` and ``cases`` are picked from ``options``; ``resume`` asks to go on with a case, ``aside`` is one
    that was not wanted just now; ``missed`` counts words that nobody understood. ``words`` wait for the answer.
    """

    what: What
    options: tuple[str, ...] = ()
    words: str = ""
    misses: int = 0


_LAST = select(OfferedRow.offer).where(
    OfferedRow.channel == bindparam("channel"),
    OfferedRow.kind == bindparam("kind"),
    OfferedRow.address == bindparam("address"),
    OfferedRow.at > bindparam("since"),
)


class Offered:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def offer(self, channel: Channel, address: Address, offer: Offer) -> None:
        """Notes what was just asked there; what was asked before no longer counts."""
        what = {"offer": offer.model_dump(mode="json"), "at": now()}
        new = self._db.insert(OfferedRow).values(channel=channel, kind=address.kind, address=address.value, **what)
        await self._db.change(new.on_conflict_do_update(index_elements=["channel", "kind", "address"], set_=what))

    async def last(self, channel: Channel, address: Address) -> Offer | None:
        """What was asked there last and is not answered yet; None once it is half an hour old."""
        since: datetime = now() - GOOD_FOR
        found = await self._db.rows(_LAST, channel=channel, kind=address.kind, address=address.value, since=since)
        try:
            return Offer.model_validate(found[0].offer) if found else None
        except ValidationError:
            return None

    async def settled(self, channel: Channel, address: Address) -> None:
        """Answered, or overtaken by something else."""
        await self._db.change(delete(OfferedRow).where(_this(channel, address)))


def _this(channel: Channel, address: Address) -> ColumnElement[bool]:
    return and_(OfferedRow.channel == channel, OfferedRow.kind == address.kind, OfferedRow.address == address.value)
