"""A person's rows as they may have them: every table of theirs but what is a secret, or an index of the rest."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, or_, select

from database.belonging import THEIRS, Whose, place_of
from database.engine import Database
from models import tables as t
from models.tables import Table

# What a copy leaves out, and why.
OMITTED: dict[type[Table], str] = {
    t.AmendsRow: "marks that something was done once",
    t.ArchiveRow: "sealed histories of the cases; the journal tells the same",
    t.ChatRow: "sealed; given as chats",
    t.AttachmentRow: "sealed; given as files",
    t.UnplacedRow: "sealed; given as mails",
    t.CodeRow: "digests of one-time codes",
    t.InboxRow: "how a message was taken in; what it said stands in the journal",
    t.JoinRow: "how records were joined; theirs are all given",
    t.OpenPageRow: "which page stood open when",
    t.PassRow: "digests of links and codes",
    t.PopRow: "what was put before one of the team",
    t.RebuiltRow: "marks of a rebuilding",
    t.SessionRow: "digests of sign-ins",
    t.SoughtNameRow: "the search's index",
    t.SoughtPaperRow: "the search's index",
    t.SoughtTextRow: "the search's index",
    t.SoughtWordRow: "the search's index",
    t.TriesRow: "digests of who guessed",
}
_SECRET = {"digest", "salt", "run", "update_id", "session", "token", "kept", "pairs", "reply", "turn"}
_DEED = ("at", "role", "what", "case_id", "why", "note")


async def rows_of(db: Database, who: Whose) -> dict[str, list[dict[str, Any]]]:
    """By table, what is kept of them; and under ``audit``, who of which role looked at or changed it, and why."""

    def work(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for table, belongs in THEIRS.items():
            if table in OMITTED:
                continue
            place = place_of(table)
            rows = connection.execute(select(*table.__table__.columns).where(belongs(who)).order_by(*place))
            found[table.__tablename__] = [_plain(dict(row._mapping)) for row in rows]
        deeds = t.DeedRow
        about = or_(deeds.customer.in_(who.records), *(deeds.case_id.contains(f"/{id}/") for id in who.records))
        columns = [getattr(deeds, name) for name in _DEED]
        audit = connection.execute(select(*columns).where(about).order_by(deeds.number))
        found["audit"] = [_plain(dict(row._mapping)) for row in audit]
        return {name: rows for name, rows in found.items() if rows}

    return await db.read(work)


async def files_of(db: Database, who: Whose) -> list[tuple[str, str]]:
    """Their files, each with the record that it was sent by."""
    row = t.AttachmentRow
    query = select(row.id, row.customer).where(THEIRS[row](who)).order_by(row.at, row.id)
    return [(each.id, each.customer) for each in await db.scan(query)]


async def mails_of(db: Database, who: Whose) -> list[str]:
    """Mails that were nobody's at first, and were found to be theirs."""
    row = t.UnplacedRow
    query = select(row.id).where(row.customer.in_(who.records)).order_by(row.received_at)
    return [each.id for each in await db.scan(query)]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items() if name not in _SECRET}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
