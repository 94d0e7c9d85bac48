"""A person's rows: what is known of them gathered, all of it removed, and the erasing kept as counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, false, or_, select, update

from database.attachments import Attachments
from database.belonging import THEIRS, Whose, place_of
from database.chat import Chat
from database.customers import opaque
from database.engine import Database, now
from database.indexing import written
from database.probing import Known
from database.unplaced import Unplaced
from database.vault import Vault
from models import tables as t
from models.erasure import Erased
from models.journal import Row

_JOURNAL = [getattr(t.JournalRow, name) for name in Row.model_fields]
# Where people's own words, and what tells who they are, stand; the journal, files and chats are read apart.
_WORDS: tuple[Any, ...] = (
    t.FactRow.value,
    t.GestureRow.why,
    t.GlassRow.note,
    t.HandOverRow.why,
    t.HandOverRow.tried,
    t.HandOverRow.promised,
    t.HandOverRow.next_step,
    t.InboxRow.body,
    t.JoinRow.reason,
    t.JoinRow.kept,
    t.OutboxRow.body,
    t.OfferedRow.offer,
    t.PaperRow.body,
    t.PaymentRow.reference,
    t.ReasonRow.why,
    t.UnplacedRow.subject,
    t.WrapUpRow.note,
)
_REACHED: tuple[Any, ...] = (t.CallRow, t.CallbackRow, t.OutboxRow, t.RatingRow)


class Erasures:
    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def known(self, who: Whose) -> Known:
        """Everything that is known of a person, as long as their key is there."""
        known = Known(set())
        for address in who.addresses:
            known.add(address.kind, address.value)
        await self._db.read(lambda connection: _read(connection, who, known))
        chat, files = Chat(self._db, self._vault), Attachments(self._db, self._vault)
        for record in who.records:
            for line in (await chat.of_customer(record, most=None)).values():
                known.add("words", line.text)
        for id, customer, name in await self._files(who):
            known.add("words", name.rpartition(".")[0])
            if kept := await files.open(id, customer):
                known.add_file(kept[1])
        unplaced = await self._db.scan(select(t.UnplacedRow.id).where(THEIRS[t.UnplacedRow](who)))
        for row in unplaced:
            if raw := await Unplaced(self._db, self._vault).raw(row.id):
                known.add_file(raw)
        return known

    async def count(self, who: Whose) -> dict[str, int]:
        """How many rows there are of theirs, by table."""

        def work(connection: Connection) -> dict[str, int]:
            found = {}
            for table, belongs in THEIRS.items():
                rows = connection.execute(select(*place_of(table)).where(belongs(who))).all()
                found[table.__tablename__] = len(rows)
            return {name: count for name, count in found.items() if count}

        return await self._db.read(work)

    async def remove(self, who: Whose) -> dict[str, int]:
        """Destroy their keys and remove every row of theirs; how many there were, by table. Again as often as you like.

        Of the audit only the notes about them go, for what was done is done; why they were erased names nobody.
        """
        for record in who.records:
            await self._vault.destroy(record)

        def work(connection: Connection) -> dict[str, int]:
            gone = {}
            for table, belongs in THEIRS.items():
                gone[table.__tablename__] = connection.execute(delete(table).where(belongs(who))).rowcount
            gone["notes of the audit"] = connection.execute(_notes(who)).rowcount
            return {name: count for name, count in gone.items() if count}

        return await self._db.at_once(work)

    async def note(self, customer: str, by: str, *, clean: bool, report: dict[str, Any]) -> str:
        """Keep what an erasing did; its id."""
        id = opaque("e")
        values = {"id": id, "customer": customer, "at": now(), "by": by, "clean": clean, "report": report}
        await self._db.change(self._db.insert(t.ErasureRow).values(**values))
        return id

    async def done(self, customer: str | None = None, limit: int = 20) -> list[Erased]:
        """The erasings there were, newest first; of one customer, where given."""
        row = t.ErasureRow
        query = select(*(getattr(row, name) for name in Erased.model_fields)).order_by(row.at.desc()).limit(limit)
        found = await self._db.scan(query.where(row.customer == customer) if customer else query)
        return [Erased(**each._mapping) for each in found]

    async def _files(self, who: Whose) -> list[tuple[str, str, str]]:
        row = t.AttachmentRow
        found = await self._db.scan(select(row.id, row.customer, row.name).where(THEIRS[row](who)))
        return [(each.id, each.customer, each.name) for each in found]


def _notes(who: Whose) -> Any:
    row = t.DeedRow
    about = or_(false(), row.customer.in_(who.records), *(row.case_id.contains(f"/{id}/") for id in who.records))
    return update(row).where(about, row.what != "erase", row.note.is_not(None)).values(note=None)


def _read(connection: Connection, who: Whose, known: Known) -> None:
    for (name,) in connection.execute(select(t.CustomerRow.name).where(THEIRS[t.CustomerRow](who))):
        known.add("name", name or "")
    for column in _WORDS:
        for (value,) in connection.execute(select(column).where(THEIRS[column.class_](who))):
            known.add_leaves(value)
    for table in _REACHED:
        for row in connection.execute(select(table.kind, table.address).where(THEIRS[table](who))):
            known.add(row.kind or "words", row.address or "")
    for row in connection.execute(select(*_JOURNAL).where(THEIRS[t.JournalRow](who))):
        told = Row.model_validate(dict(row._mapping))
        for text in written(told):
            known.add("words", text)
        known.add_leaves(told.data)
