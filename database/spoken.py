"""The question last texted to an address: what a bare option number replies to, wherever the case is by now."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
from models.people import Address, Channel, Frozen
from models.tables import SpokenRow


class Question(Frozen):
    """One question of one case, as it was asked; ``at`` is when, where that is known."""

    case: str
    key: str
    revision: int
    at: datetime | None = None


_LAST = select(SpokenRow.case_id.label("case"), SpokenRow.key, SpokenRow.revision, SpokenRow.at).where(
    SpokenRow.channel == bindparam("channel"),
    SpokenRow.kind == bindparam("kind"),
    SpokenRow.address == bindparam("address"),
)


@cache
def _asking(insert: Inserting) -> UpdateBase:
    new = insert(SpokenRow)
    what = {name: new.excluded[name] for name in ("case_id", "key", "revision", "at")}
    return new.on_conflict_do_update(index_elements=["channel", "kind", "address"], set_=what)


class Spoken:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def asked(self, channel: Channel, address: Address, question: Question) -> None:
        """Notes what was just texted; the question before it no longer counts."""
        what = {"case_id": question.case, "key": question.key, "revision": question.revision, "at": now()}
        where = {"channel": channel, "kind": address.kind, "address": address.value}
        await self._db.change(_asking(self._db.insert), **where, **what)

    async def last(self, channel: Channel, address: Address) -> Question | None:
        """The question last texted there, if any ever was."""
        found = await self._db.rows(_LAST, channel=channel, kind=address.kind, address=address.value)
        return Question(**found[0]._mapping) if found else None
