"""Which rows belong to a person: the one list that erasing and exporting go by, with every table in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, false, or_, select

from database.engine import Database
from models import tables as t
from models.people import Address
from models.tables import Table

Belongs = Callable[["Whose"], ColumnElement[bool]]
_A_LIST = 400  # parameters of one IN


@dataclass(frozen=True)
class Whose:
    """All that a person's rows are known by: their records, cases, addresses, and ids that a provider gave."""

    records: tuple[str, ...]
    cases: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    calls: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def values(self) -> list[str]:
        return [address.value for address in self.addresses]

    @property
    def marks(self) -> list[str]:
        """What can't stand in anything of somebody else's."""
        return [*self.records, *self.values, *self.calls]


def place_of(table: type[Table]) -> list[Any]:
    """The columns of a table's primary key."""
    return list(table.metadata.tables[table.__tablename__].primary_key.columns)


async def whose(db: Database, customer: str, *, also: tuple[str, ...] = ()) -> Whose:
    """Everything under which one person is known; ``also``: records that are known from elsewhere to be theirs."""

    def work(connection: Connection) -> Whose:
        records = _records(connection, customer, also)
        cases = _texts(connection, t.CaseRow.id, t.CaseRow.customer.in_(records))
        cases += _texts(connection, t.JournalRow.case_id, t.JournalRow.customer.in_(records))
        own = select(t.AddressRow.kind, t.AddressRow.value).where(t.AddressRow.customer.in_(records))
        addresses = [Address(kind=row.kind, value=row.value) for row in connection.execute(own)]
        known = Whose(tuple(records), tuple(sorted(set(cases))), tuple(addresses))
        calls = _texts(connection, t.CallRow.sid, _reached(t.CallRow)(known))
        messages = [id for id in _texts(connection, t.OutboxRow.provider_id, _reached(t.OutboxRow)(known)) if id]
        return Whose(known.records, known.cases, known.addresses, tuple(calls), tuple(messages))

    return await db.read(work)


def _records(connection: Connection, customer: str, also: tuple[str, ...]) -> list[str]:
    """The person's own first, and what was ever joined to it and is not parted."""
    row = t.CustomerRow
    found = connection.execute(select(row.joined).where(row.id == customer)).one_or_none()
    person = (found.joined if found else None) or customer
    joined = _texts(connection, row.id, row.joined == person)
    return list(dict.fromkeys([person, customer, *sorted(joined), *also]))


def _texts(connection: Connection, column: Any, where: ColumnElement[bool]) -> list[str]:
    return [row[0] for row in connection.execute(select(column).where(where).distinct())]


def _among(column: Any, values: Sequence[str]) -> ColumnElement[bool]:
    parts = (values[at : at + _A_LIST] for at in range(0, len(values), _A_LIST))
    return or_(false(), *(column.in_(part) for part in parts))


def _own(table: Any) -> Belongs:
    """By the customer, or by the case."""

    def belongs(who: Whose) -> ColumnElement[bool]:
        found = [_among(table.customer, who.records)] if hasattr(table, "customer") else []
        found += [_among(table.case_id, who.cases)] if hasattr(table, "case_id") else []
        return or_(false(), *found)

    return belongs


def _at(table: Any, who: Whose) -> ColumnElement[bool]:
    each = [and_(table.kind == address.kind, table.address == address.value) for address in who.addresses]
    return or_(false(), *each)


def _reached(table: Any) -> Belongs:
    """By the customer or the case, and by the address."""
    return lambda who: or_(_own(table)(who), _at(table, who))


def _inbox(who: Whose) -> ColumnElement[bool]:
    """It knows no customer: whatever names one of their addresses, records, cases or calls."""
    row = t.InboxRow
    places = (row.id, cast(row.body, Text), row.reply)
    return or_(false(), *(place.contains(mark, autoescape=True) for mark in who.marks for place in places))


def _unplaced(who: Whose) -> ColumnElement[bool]:
    row = t.UnplacedRow
    senders = [row.sender.icontains(value, autoescape=True) for value in who.values]
    return or_(_among(row.customer, who.records), *senders)


def _tries(who: Whose) -> ColumnElement[bool]:
    subjects = [f"pass:{address.kind}:{address.value}" for address in who.addresses]
    return _among(t.TriesRow.subject, [hashlib.sha256(subject.encode()).hexdigest() for subject in subjects])


def _amends(who: Whose) -> ColumnElement[bool]:
    return or_(false(), *(t.AmendsRow.once.contains(record, autoescape=True) for record in who.records))


# What is removed, and how it is known. Whatever refers to another table stands before it.
THEIRS: dict[type[Table], Belongs] = {
    t.AddressRow: _own(t.AddressRow),
    t.AmendsRow: _amends,
    t.ArchiveRow: _own(t.ArchiveRow),
    t.AttachmentRow: _own(t.AttachmentRow),
    t.BookingRow: _own(t.BookingRow),
    t.CallbackRow: _reached(t.CallbackRow),
    t.CallRow: _reached(t.CallRow),
    t.CaseRow: _own(t.CaseRow),
    t.ChatRow: _own(t.ChatRow),
    t.CodeRow: lambda who: _among(t.CodeRow.subject, [*who.records, *who.values]),
    t.ConsentRow: lambda who: _at(t.ConsentRow, who),
    t.FactRow: _own(t.FactRow),
    t.GestureRow: _own(t.GestureRow),
    t.GlassRow: _own(t.GlassRow),
    t.HandOverRow: _own(t.HandOverRow),
    t.InboxRow: _inbox,
    t.InvitationRow: _own(t.InvitationRow),
    t.JoinRow: lambda who: or_(_among(t.JoinRow.person, who.records), _among(t.JoinRow.record, who.records)),
    t.JournalRow: _own(t.JournalRow),
    t.MethodRow: _own(t.MethodRow),
    t.OfferedRow: lambda who: _at(t.OfferedRow, who),
    t.OpenPageRow: _own(t.OpenPageRow),
    t.ReceiptRow: lambda who: _among(t.ReceiptRow.provider_id, who.messages),
    t.OutboxRow: _reached(t.OutboxRow),
    t.PaperRow: _own(t.PaperRow),
    t.PassRow: _own(t.PassRow),
    t.PaymentRow: _own(t.PaymentRow),
    t.BillRow: _own(t.BillRow),
    t.PopRow: _own(t.PopRow),
    t.PutThroughRow: _own(t.PutThroughRow),
    t.RatingRow: _reached(t.RatingRow),
    t.ReasonRow: _own(t.ReasonRow),
    t.RebuiltRow: _own(t.RebuiltRow),
    t.RepairedRow: _own(t.RepairedRow),
    t.SessionRow: _own(t.SessionRow),
    t.SoughtNameRow: lambda who: _among(t.SoughtNameRow.record, who.records),
    t.SoughtPaperRow: lambda who: _among(t.SoughtPaperRow.record, who.records),
    t.SoughtWordRow: lambda who: t.SoughtWordRow.text.in_(
        select(t.SoughtTextRow.id).where(_among(t.SoughtTextRow.record, who.records))
    ),
    t.SoughtTextRow: lambda who: _among(t.SoughtTextRow.record, who.records),
    t.SpokenRow: lambda who: or_(_at(t.SpokenRow, who), _among(t.SpokenRow.case_id, who.cases)),
    t.TriesRow: _tries,
    t.UnplacedRow: _unplaced,
    t.WrapUpRow: _own(t.WrapUpRow),
    t.CustomerRow: lambda who: _among(t.CustomerRow.id, who.records),
}

# What stays, and why it may.
KEPT: dict[type[Table], str] = {
    t.DeedRow: "who of the staff did what: opaque ids stay, the notes about this customer go",
    t.KeyRow: "a tombstone without a key, so that nobody with this id is ever met again",
    t.ErasureRow: "that it was done: opaque ids and counts",
    t.CheckRow: "what a deploy would do: opaque cases and keys of questions, and the last few only",
    t.RepairRow: "a repair of many cases: what was done, without anything of a customer",
    t.AttendanceRow: "the staff's own",
    t.StaffRow: "the staff's own",
    t.StaffSessionRow: "the staff's own",
    t.SignInRow: "the staff's own",
}
