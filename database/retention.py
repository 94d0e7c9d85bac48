"""What is old goes: by kind of data, in small steps, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, null, or_, select, tuple_, update

from database.belonging import place_of
from database.engine import Database, now
from models import tables as t
from models.case import Status
from models.retention import Retention
from models.tables import Table

_A_STEP = 500
_CLOSED = [status.value for status in Status if status.closed]
_OPEN = ("pending", "sending", "uncertain")
Old = Callable[[datetime], Iterator[tuple[type[Table], ColumnElement[bool]]]]


def _inbox(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.InboxRow, (t.InboxRow.received_at < before) & (t.InboxRow.state != "waiting")


def _outbox(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    old = (t.OutboxRow.changed_at < before) & t.OutboxRow.state.not_in(_OPEN)
    yield t.ReceiptRow, t.ReceiptRow.provider_id.in_(select(t.OutboxRow.provider_id).where(old))
    yield t.OutboxRow, old


def _receipts(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    message = exists().where(t.OutboxRow.provider_id == t.ReceiptRow.provider_id)
    yield t.ReceiptRow, (t.ReceiptRow.at < before) & ~message


def _calls(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.CallRow, (t.CallRow.started_at < before) & t.CallRow.over
    yield t.CallbackRow, t.CallbackRow.called_at < before
    yield t.PutThroughRow, t.PutThroughRow.asked_at < before


def _codes(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.CodeRow, t.CodeRow.expires_at < before
    locked = t.TriesRow.until.is_not(None) & (t.TriesRow.until >= before)
    yield t.TriesRow, (t.TriesRow.since < before) & ~locked


def _passes(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.PassRow, t.PassRow.expires_at < before
    yield t.InvitationRow, t.InvitationRow.expires_at < before


def _sessions(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    for table in (t.SessionRow, t.StaffSessionRow, t.SignInRow, t.GlassRow, t.ReasonRow):
        yield table, table.expires_at < before
    yield t.OpenPageRow, t.OpenPageRow.seen_at < before
    yield t.PopRow, t.PopRow.seen_at < before


def _asked(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.OfferedRow, t.OfferedRow.at < before
    yield t.SpokenRow, t.SpokenRow.at < before


def _unplaced(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.UnplacedRow, t.UnplacedRow.received_at < before


def _closed(before: datetime) -> Any:
    return select(t.CaseRow.id).where(t.CaseRow.status.in_(_CLOSED), t.CaseRow.touched_at < before)


def _attachments(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    row = t.AttachmentRow
    yield row, (row.at < before) & or_(row.case_id.is_(None), row.case_id.in_(_closed(before)))


def _chat(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.ChatRow, t.ChatRow.case_id.in_(_closed(before))


def _cases(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    told: tuple[Any, ...] = (
        t.SoughtTextRow, t.JournalRow, t.RatingRow, t.WrapUpRow, t.HandOverRow, t.GestureRow, t.RepairedRow
    )  # fmt: skip
    for table in told:
        yield table, table.case_id.in_(_closed(before))
    yield t.RepairRow, (t.RepairRow.ended_at < before) & ~exists().where(t.RepairedRow.repair == t.RepairRow.id)
    yield t.BookingRow, t.BookingRow.end < before
    yield t.AmendsRow, t.AmendsRow.at < before


def _archives(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.ArchiveRow, t.ArchiveRow.closed_at < before


def _facts(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.FactRow, t.FactRow.until < before


def _audit(before: datetime) -> Iterator[tuple[type[Table], ColumnElement[bool]]]:
    yield t.DeedRow, t.DeedRow.at < before


RULES: dict[str, Old] = {
    "inbox": _inbox,
    "outbox": _outbox,
    "receipts": _receipts,
    "calls": _calls,
    "codes": _codes,
    "passes": _passes,
    "sessions": _sessions,
    "asked": _asked,
    "unplaced": _unplaced,
    "attachments": _attachments,
    "chat": _chat,
    "cases": _cases,
    "archives": _archives,
    "facts": _facts,
    "audit": _audit,
}


async def sweep(db: Database, rules: Retention, told: Callable[[str, int], None] = lambda *_: None) -> None:
    """Remove what is older than it may be; any number may do so at once. ``told`` is given kinds with their rows."""
    for kind, old in RULES.items():
        days = getattr(rules, kind)
        if days is None:
            continue
        before = now() - timedelta(days=days)
        count = 0
        for table, which in old(before):
            count += await _emptied(db, table, which)
        if kind == "cases":
            await db.change(_blanked(before))
        told(kind, count)


async def _emptied(db: Database, table: type[Table], which: ColumnElement[bool]) -> int:
    place = place_of(table)
    some = select(*place).where(which).limit(_A_STEP)
    count = 0

    def step(connection: Connection) -> int:
        keys = [tuple(row) for row in connection.execute(some)]
        return connection.execute(delete(table).where(tuple_(*place).in_(keys))).rowcount if keys else 0

    while gone := await db.at_once(step):
        count += gone
    return count


def _blanked(before: datetime) -> Any:
    """That there was a case stays: its number is never given again."""
    old = t.CaseRow.status.in_(_CLOSED) & (t.CaseRow.touched_at < before) & t.CaseRow.turn.is_not(None)
    return update(t.CaseRow).where(old).values(turn=null(), step=None)
