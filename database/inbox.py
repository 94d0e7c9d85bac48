"""What came in from outside, each thing once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Connection, bindparam, select, text, update
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
from models.people import Frozen
from models.tables import REMEMBERED, WAITING, InboxRow


class Receipt(Frozen):
    """``fresh``: nobody had this before. ``same``: the first had the same content. ``reply``: its answer."""

    fresh: bool
    same: bool
    reply: str | None = None


class Waiting(Frozen):
    """Something received that was not dealt with."""

    id: str
    kind: str
    body: dict[str, str]
    received_at: datetime


_FIRST = select(InboxRow.fingerprint, InboxRow.reply).where(InboxRow.id == bindparam("id"))
_BODY = select(InboxRow.body).where(InboxRow.id == bindparam("id")).with_for_update()
_MORE = update(InboxRow).where(InboxRow.id == bindparam("this"), InboxRow.state == "waiting")
_DONE = update(InboxRow).where(InboxRow.id == bindparam("this"), InboxRow.state != "done").values(state="done", body={})


@cache
def _receiving(insert: Inserting) -> UpdateBase:
    return insert(InboxRow).on_conflict_do_nothing().returning(InboxRow.id)


class Inbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def receive(self, id: str, kind: str, fingerprint: str, body: dict[str, str]) -> Receipt:
        """Takes something in under its source's own id. Of any number at once exactly one is fresh."""
        what = {"kind": kind, "fingerprint": fingerprint, "body": body, "received_at": now(), "state": "waiting"}
        if await self._db.change(_receiving(self._db.insert), id=id, **what):
            return Receipt(fresh=True, same=True)
        (first,) = await self._db.rows(_FIRST, id=id)
        return Receipt(fresh=False, same=first.fingerprint == fingerprint, reply=first.reply)

    async def about(self, id: str, more: dict[str, str]) -> dict[str, str]:
        """Adds to the content of what is not dealt with yet, and gives all of it. What stands there already stays."""

        def work(connection: Connection) -> dict[str, str]:
            row = connection.execute(_BODY, {"id": id}).one_or_none()
            body: dict[str, str] = more | (row.body if row else {})
            connection.execute(_MORE, {"this": id, "body": body})
            return body

        return await self._db.at_once(work)

    async def knows(self, id: str) -> bool:
        """Whether it was ever received."""
        return bool(await self._db.rows(_FIRST, id=id))

    async def answered(self, id: str) -> bool:
        """Whether it was dealt with."""
        return any(row.reply is not None for row in await self._db.rows(_FIRST, id=id))

    async def done(self, id: str, reply: str) -> None:
        """Keeps the reply for repeats, and lets the content go. The first reply stays."""
        await self._db.change(_DONE, this=id, reply=reply)

    async def unfinished(self, older_than: timedelta, limit: int) -> list[Waiting]:
        """What has waited longer than that, oldest first."""
        query = (
            select(InboxRow.id, InboxRow.kind, InboxRow.body, InboxRow.received_at)
            .where(text(WAITING), InboxRow.received_at <= now() - older_than)
            .order_by(InboxRow.received_at, InboxRow.id)
        )
        return [Waiting(**row._mapping) for row in await self._db.rows(query.limit(limit))]

    async def give_up(self, id: str) -> None:
        """Takes it off the unfinished ones; its content stays to be looked into."""
        await self._db.change(
            update(InboxRow).where(InboxRow.id == id, InboxRow.state == "waiting").values(state="given_up")
        )

    async def forget(self, older_than: timedelta) -> None:
        """Blanks what callers were told longer ago than that: nobody asks for it again, and it may hold links."""
        old = update(InboxRow).where(text(REMEMBERED), InboxRow.received_at <= now() - older_than)
        await self._db.change(old.values(reply=""))
