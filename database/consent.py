"""Who wants no more messages over which channel."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, delete, select

from database.engine import Database, now
from models.people import Address, Channel
from models.tables import ConsentRow

_STOPPED = select(ConsentRow.stopped_at).where(
    ConsentRow.channel == bindparam("channel"),
    ConsentRow.kind == bindparam("kind"),
    ConsentRow.address == bindparam("address"),
)


class Consent:
    """Whoever never said STOP may be written to."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def stop(self, channel: Channel, address: Address) -> None:
        """No more messages there. The first time it was said stays."""
        new = self._db.insert(ConsentRow).values(
            channel=channel.value, kind=address.kind, address=address.value, stopped_at=now()
        )
        await self._db.change(new.on_conflict_do_nothing())

    async def start(self, channel: Channel, address: Address) -> None:
        """Messages are welcome there again."""
        await self._db.change(delete(ConsentRow).where(_this(channel, address)))

    async def may(self, channel: Channel, address: Address) -> bool:
        """Whether a message may be sent there."""
        stopped = await self._db.rows(_STOPPED, channel=channel.value, kind=address.kind, address=address.value)
        return not stopped


def _this(channel: Channel, address: Address) -> ColumnElement[bool]:
    return and_(
        ConsentRow.channel == channel.value, ConsentRow.kind == address.kind, ConsentRow.address == address.value
    )
