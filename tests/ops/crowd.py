"""Many customers with something in every table, and cases whose histories were recorded and given to them."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Integer, LargeBinary, insert
from sqlalchemy.dialects import postgresql, sqlite
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from database.attachments import Attachments
from database.belonging import THEIRS
from database.chat import Chat
from database.customers import Customers
from database.engine import Database
from database.vault import Vault
from models import tables as t
from models.columns import Exact, UtcTime
from models.people import Address, Channel
from ops.archive import Archive
from ops.histories import files_in, from_files, run_of
from ops.rebuilding import Rebuilding
from switchboard.codec import HistoryCodec, customer_of
from tests.engine.record import HISTORIES
from workflows.catalogue import MOMENTS

PLAIN = HISTORIES / "pay-bill" / "plain.json"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MADE_OTHERWISE = {t.CustomerRow, t.AddressRow, t.CaseRow, t.JournalRow, t.ChatRow, t.AttachmentRow, t.ArchiveRow}


@dataclass(frozen=True)
class Somebody:
    """One of the crowd; ``secret`` stands in whatever is written of them and of nobody else."""

    id: str
    number: str
    secret: str
    history: WorkflowHistory

    @property
    def case(self) -> str:
        return self.history.workflow_id

    @property
    def marks(self) -> list[bytes]:
        return [self.secret.encode(), self.number.lstrip("+").encode(), f"{self.secret}@example.com".encode()]


@dataclass(frozen=True)
class Template:
    """A recorded history as bytes; what takes the place of an id is as long as that."""

    case: str
    content: bytes
    runs: tuple[str, ...]
    events: int
    number: str = "+14155550001"

    @classmethod
    def of(cls, file: Path) -> Template:
        (history,) = from_files([file])
        content = History(events=history.events).SerializeToString()
        return cls(history.workflow_id, content, (run_of(history),), len(history.events))

    def given_to(self, customer: str, number: str) -> WorkflowHistory:
        """The same history, as that of another customer."""
        old = customer_of(self.case)
        assert len(old) == len(customer)
        content = self.content.replace(old.encode(), customer.encode()).replace(self.number.encode(), number.encode())
        for run in self.runs:
            new = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{customer} {run}"))
            content = content.replace(run.encode(), new.encode())
        case = self.case.replace(old, customer)
        return WorkflowHistory(case, list(History.FromString(content).events))


def templates() -> list[Template]:
    """Every recorded history that is a case's first run."""
    return [Template.of(file) for file in files_in([HISTORIES]) if not file.stem.startswith("moved")]


async def sealed(history: WorkflowHistory, vault: Vault) -> WorkflowHistory:
    """As Temporal has it: every payload closed with the customer's own key."""

    async def closed(node: Any) -> Any:
        if isinstance(node, list):
            return [await closed(item) for item in node]
        if not isinstance(node, dict):
            return node
        if set(node) == {"metadata", "data"}:
            (payload,) = await codec.encode([node])
            return payload
        # What Temporal itself keeps is in the open: search attributes, and its notes on a local activity.
        return {
            key: value if key in {"searchAttributes", "data"} else await closed(value) for key, value in node.items()
        }

    codec = HistoryCodec(vault)
    codec._codec._customer = customer_of(history.workflow_id)
    return WorkflowHistory.from_json(history.workflow_id, await closed(json.loads(history.to_json())))


async def settle(db: Database, vault: Vault, count: int, first: int = 0) -> list[Somebody]:
    """That many customers, each with a closed case, its archived history, and a row in every other table."""
    template, people = Template.of(PLAIN), list[Somebody]()
    for number in range(first, first + count):
        phone = f"+1415{5_550_000 + number % 10_000 + 10_000 * (number // 10_000):07}"
        person = await Customers(db).meet(Address(kind="phone", value=phone))
        somebody = Somebody(
            person.id, phone, secret_of(number), await sealed(template.given_to(person.id, phone), vault)
        )
        await lives(db, vault, somebody)
        people.append(somebody)
    await rebuild(db, people, vault)
    return people


def secret_of(number: int) -> str:
    return base64.b32encode(hashlib.sha256(f"{number}".encode()).digest()).decode().lower()[:16]


async def rebuild(db: Database, people: list[Somebody], vault: Vault) -> None:
    from switchboard.codec import data_converter

    async def each() -> Any:
        for somebody in people:
            yield somebody.history

    await Rebuilding(db, list(MOMENTS.values()), data_converter(vault)).rebuild(each())


async def lives(db: Database, vault: Vault, who: Somebody) -> None:
    customers = Customers(db)
    await customers.named(who.id, f"Ana {who.secret.title()}")
    await customers.add_address(who.id, Address(kind="email", value=f"{who.secret}@example.com"))
    once, said = who.secret, f"My cat is called {who.secret}."
    await Chat(db, vault).say(who.case, once=once, text=said, channel=Channel.WEB, fence=1)
    picture = b"\x89PNG\r\n\x1a\n" + hashlib.sha256(who.secret.encode()).digest() * 8 + who.secret.encode()
    await Attachments(db, vault).keep(who.id, who.case, f"{who.secret}.png", "image/png", picture, once=once)
    await Archive(db, vault).keep(who.history)
    await db.at_once(lambda connection: _fill(connection, who))


def _fill(connection: Connection, who: Somebody) -> None:
    """A row of theirs in every table that has one, also those made tomorrow."""
    repair = {"options": {}, "rate": 1, **dict.fromkeys(("made_at", "beat_at"), NOW)}
    names = dict.fromkeys(("action", "state", "staff", "name", "why"), "x")
    connection.execute(insert(t.RepairRow).values(id=f"rep {who.secret[:4]}{who.id}", **repair, **names))
    order = [each.name for each in t.Table.metadata.sorted_tables]
    for table in sorted(THEIRS, key=lambda each: order.index(each.__tablename__)):
        if table not in MADE_OTHERWISE:
            columns = {column.name: _value(table, column, who) for column in table.__table__.columns}
            connection.execute(_new(connection, table).values(**columns).on_conflict_do_nothing())


def _new(connection: Connection, table: type[t.Table]) -> Any:
    """What the case itself has written already stays."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def _value(table: Any, column: Any, who: Somebody) -> Any:
    name, special = column.name, _special(who)
    if (found := special.get(f"{table.__tablename__}.{name}", special.get(name))) is not None:
        return found
    kind = column.type
    if isinstance(kind, UtcTime | DateTime):
        return NOW + timedelta(days=900) if name in {"expires_at", "until"} else NOW
    if isinstance(kind, JSON):
        return {"text": f"Words of {who.secret}", "From": who.number}
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Exact):
        return Decimal(1)
    if isinstance(kind, LargeBinary):
        return who.secret.encode()
    if isinstance(kind, Integer):
        return int(hashlib.sha256(f"{who.secret}{name}".encode()).hexdigest()[:12], 16) % 2**31
    return NOW.date() if isinstance(kind, Date) else f"{name} {who.secret}"


def _special(who: Somebody) -> dict[str, Any]:
    digest = hashlib.sha256(f"pass:phone:{who.number}".encode()).hexdigest()
    bill, text = f"bill {who.secret}", int(hashlib.sha256(who.secret.encode()).hexdigest()[:12], 16)
    return {
        "customer": who.id, "record": who.id, "person": who.id, "case_id": who.case, "kind": "phone",
        "address": who.number, "subject": who.number, "tries.subject": digest, "amends.once": f"sorry/{who.case}",
        "company_bills.id": bill, "company_payments.bill": bill, "sought_texts.id": text, "sought_words.text": text,
        "sender": f"{who.secret}@example.com", "unplaced.kind": "mail",
        "repaired.repair": f"rep {who.secret[:4]}{who.id}",
        "joins.record": f"c_{who.secret}", "channel": "sms", "outbox.provider_id": f"SM{who.secret}",
        "receipts.provider_id": f"SM{who.secret}", "staff": "s_ann", "sequence": 1,
        "unplaced.subject": f"From {who.secret}",
        "moment": "pay-bill", "booking_invitations.booking": "", "currency": "USD", "state": "done",
        "facts.value": f"likes {who.secret}", "zone": "UTC", "ratings.score": 5, "facts.by": {"channel": "web"},
    }  # fmt: skip


def traces(files: Iterator[Path] | list[Path], who: Somebody) -> dict[str, int]:
    """Where anything of somebody stands, byte for byte."""
    contents = {file.name: file.read_bytes() for file in files if file.is_file()}
    found = {name: sum(content.count(mark) for mark in who.marks) for name, content in contents.items()}
    return {name: count for name, count in found.items() if count}


__all__ = ["PLAIN", "Somebody", "Template", "pydantic_data_converter", "sealed", "settle", "templates", "traces"]
