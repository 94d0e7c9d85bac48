"""What goes out, each message once, and how far each came."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    and_,
    case,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.dml import Update

from database.engine import Database, now
from models.people import Address, Channel, Frozen
from models.tables import UNSETTLED, OutboxRow, ReceiptRow

# No two alike, so that reports in any order end the same. Statuses nobody knows stand below all of these.
RANKS = {
    "accepted": 10,
    "scheduled": 20,
    "queued": 30,
    "sending": 40,
    "sent": 50,
    "canceled": 60,
    "failed": 70,
    "undelivered": 80,
    "delivered": 90,
    "bounced": 95,  # a mail may come back after it was taken in
    "read": 100,
}

OPEN = ("pending", "sending", "uncertain")
# What is still known of a message whose words were let go: which question it asked, and what kind it was.
LASTING = frozenset({"asked", "kind", "told"})


class Message(Frozen):
    """Something to be sent. ``key`` is its idempotency key: one key, one message.

    ``always``: also to somebody who wants no more messages, because they have just asked for this one.
    ``prompted``: Segue writes by itself and answers nothing. ``extras``: what else the channel's provider needs.
    ``not_before``: when it may go out at the earliest.
    """

    key: str
    case: str | None
    customer: str | None
    channel: Channel
    to: Address
    body: str
    always: bool = False
    prompted: bool = False
    extras: dict[str, JsonValue] = {}
    not_before: datetime | None = None


class Unsettled(Message):
    """A message that may or may not have gone out, ``since`` when we don't know."""

    since: datetime


class Outgoing(Message):
    """A message and how far it came: ``pending``, ``sending``, ``uncertain``, ``failed``, or the provider's status."""

    status: str
    reason: str | None
    put_at: datetime


_MESSAGE = (
    OutboxRow.key,
    OutboxRow.case_id,
    OutboxRow.customer,
    OutboxRow.channel,
    OutboxRow.kind,
    OutboxRow.address,
    OutboxRow.body,
    OutboxRow.always,
    OutboxRow.prompted,
    OutboxRow.extras,
    OutboxRow.not_before,
)


class Outbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, message: Message) -> bool:
        """Whether it was new; False leaves what is there under the key as it is."""
        when = now()
        new = self._db.insert(OutboxRow).values(
            key=message.key,
            case_id=message.case,
            customer=message.customer,
            channel=message.channel,
            kind=message.to.kind,
            address=message.to.value,
            body=message.body,
            always=message.always,
            prompted=message.prompted,
            extras=message.extras,
            not_before=message.not_before,
            state="pending",
            put_at=when,
            changed_at=when,
        )
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(OutboxRow.key)))

    async def claim(self, key: str) -> Message | None:
        """The message, to be sent by the one who gets it; None when it is not pending (any more), or not yet due."""
        taken = _moved(key, "pending", to="sending").where(_its_time()).returning(*_MESSAGE)
        found = await self._db.change(taken)
        return Message(**_fields(found[0]._mapping)) if found else None

    async def sent(self, key: str, provider_id: str, status: str) -> bool:
        """The provider has it, under its own id; ``status`` is the first it reported.

        Whether the message moved on by it: an id that another message has settles nothing. Its words are let go.
        """
        other = select(OutboxRow.key).where(OutboxRow.provider_id == provider_id, OutboxRow.key != key)
        moving = _moved(key, *OPEN, to="sent").values(provider_id=provider_id)

        def work(connection: Connection) -> bool:
            connection.execute(self._report(provider_id, status, None))
            if connection.execute(other).first():
                return False
            return _let_go(connection, key, moving)

        try:
            return await self._db.at_once(work)
        except IntegrityError:
            return False  # the other one got it in the same moment

    async def failed(self, key: str, reason: str) -> None:
        """It did not go out and won't. Its words are let go."""
        moving = _moved(key, *OPEN, to="failed").values(reason=reason)
        await self._db.at_once(lambda connection: _let_go(connection, key, moving))

    async def forget(self, older_than: timedelta) -> None:
        """Gives up what could not be sent for longer than that, and lets its words go."""
        old = update(OutboxRow).where(
            text(UNSETTLED),
            OutboxRow.state.in_(OPEN),
            func.coalesce(OutboxRow.not_before, OutboxRow.put_at) <= now() - older_than,
        )
        await self._db.change(old.values(state="failed", reason="too-late", body="", changed_at=now()))

    async def uncertain(self, key: str, reason: str) -> None:
        """It may have gone out: to be looked up."""
        await self._db.change(_moved(key, "sending", to="uncertain").values(reason=reason))

    async def again(self, key: str) -> bool:
        """An uncertain message that the provider does not know becomes pending; whether it was uncertain."""
        return bool(await self._db.change(_moved(key, "uncertain", to="pending").returning(OutboxRow.key)))

    async def due(self, older_than: timedelta, limit: int) -> list[str]:
        """Keys that have been pending longer than that, oldest first."""
        return await self._keys("pending", older_than, limit)

    async def stale_sending(self, older_than: timedelta, limit: int = 100) -> list[str]:
        """Keys claimed longer ago than that and never finished: their sender is gone."""
        return await self._keys("sending", older_than, limit)

    async def uncertain_ones(self, limit: int) -> list[Unsettled]:
        """Longest uncertain first."""
        query = select(*_MESSAGE, OutboxRow.changed_at.label("since"))
        query = query.where(text(UNSETTLED), OutboxRow.state == "uncertain")
        found = await self._db.rows(query.order_by(OutboxRow.changed_at, OutboxRow.key).limit(limit))
        return [Unsettled(**_fields(row._mapping)) for row in found]

    async def known_to(self, address: Address) -> set[str]:
        """The provider's ids of all messages to an address that are settled."""
        theirs = select(OutboxRow.provider_id).where(
            OutboxRow.kind == address.kind, OutboxRow.address == address.value, OutboxRow.provider_id.is_not(None)
        )
        return {row.provider_id for row in await self._db.rows(theirs)}

    async def receipt(self, provider_id: str, status: str, error: str | None = None) -> bool:
        """Keeps a provider's report, even one that overtook :meth:`sent`; whether the message moved on by it."""

        def work(connection: Connection) -> bool:
            if connection.execute(self._report(provider_id, status, error).returning(ReceiptRow.status)).first():
                top = connection.execute(_standing(provider_id)).first()
                return top is not None and top.status == status
            # The same status may come twice, first without its error.
            this = (ReceiptRow.provider_id == provider_id) & (ReceiptRow.status == status) & ReceiptRow.error.is_(None)
            connection.execute(update(ReceiptRow).where(this).values(error=error))
            return False

        return await self._db.at_once(work)

    async def status_of(self, key: str) -> str | None:
        """The provider's status once it has the message, before that ours; None for no such key."""
        found = await self._db.rows(select(_status()).where(OutboxRow.key == key))
        return str(found[0].status) if found else None

    async def get(self, key: str) -> Outgoing | None:
        """The message under a key and how far it came; its words are gone once it is settled."""
        found = await self._db.rows(_OUTGOING.where(OutboxRow.key == key))
        return Outgoing(**_fields(found[0]._mapping)) if found else None

    async def key_of(self, provider_id: str) -> str | None:
        """Our own name for a message by the provider's."""
        found = await self._db.rows(select(OutboxRow.key).where(OutboxRow.provider_id == provider_id))
        return found[0].key if found else None

    async def prompted_since(self, customer: str, since: datetime) -> list[datetime]:
        """When messages that Segue writes by itself went, or will go, to a customer over any channel, from ``since``.

        Oldest first; what never went out does not count.
        """
        at = func.coalesce(OutboxRow.not_before, OutboxRow.put_at)
        theirs = OutboxRow.prompted & (OutboxRow.customer == customer) & (OutboxRow.state != "failed")
        query = select(OutboxRow.not_before, OutboxRow.put_at).where(text("prompted"), theirs, at >= since)
        return [row.not_before or row.put_at for row in await self._db.rows(query.order_by(at))]

    async def for_case(self, case: str) -> list[Outgoing]:
        """A case's messages, oldest first."""
        query = _OUTGOING.where(OutboxRow.case_id == case).order_by(OutboxRow.put_at, OutboxRow.key)
        found = await self._db.rows(query)
        return [Outgoing(**_fields(row._mapping)) for row in found]

    async def _keys(self, state: str, older_than: timedelta, limit: int) -> list[str]:
        lying = and_(text(UNSETTLED), OutboxRow.state == state, OutboxRow.changed_at <= now() - older_than, _its_time())
        query = select(OutboxRow.key).where(lying)
        found = await self._db.rows(query.order_by(OutboxRow.changed_at, OutboxRow.key).limit(limit))
        return [row.key for row in found]

    def _report(self, provider_id: str, status: str, error: str | None) -> Insert:
        new = self._db.insert(ReceiptRow).values(
            provider_id=provider_id, status=status, rank=RANKS.get(status, 0), error=error, at=now()
        )
        return new.on_conflict_do_nothing()


def _moved(key: str, *states: str, to: str) -> Update:
    return update(OutboxRow).where(OutboxRow.key == key, OutboxRow.state.in_(states)).values(state=to, changed_at=now())


def _its_time() -> ColumnElement[bool]:
    return OutboxRow.not_before.is_(None) | (OutboxRow.not_before <= now())


def _let_go(connection: Connection, key: str, moving: Update) -> bool:
    """Moves a message that is settled and lets its words go; whether it moved."""
    moved = connection.execute(moving.returning(OutboxRow.extras)).first()
    if moved is None:
        return False
    extras = {name: value for name, value in (moved.extras or {}).items() if name in LASTING}
    connection.execute(update(OutboxRow).where(OutboxRow.key == key).values(body="", extras=extras))
    return True


def _standing(provider_id: str | InstrumentedAttribute[str | None]) -> Select[str, int, str | None]:
    query = select(ReceiptRow.status, ReceiptRow.rank, ReceiptRow.error).where(ReceiptRow.provider_id == provider_id)
    return query.order_by(ReceiptRow.rank.desc(), ReceiptRow.status.desc()).limit(1)


def _top(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    top = _standing(OutboxRow.provider_id).with_only_columns(column)
    return top.correlate(OutboxRow).scalar_subquery()


def _status() -> ColumnElement[str]:
    theirs = func.coalesce(_top(ReceiptRow.status), OutboxRow.state)
    return case((OutboxRow.state == "sent", theirs), else_=OutboxRow.state).label("status")


def _reason() -> ColumnElement[Any]:
    return func.coalesce(OutboxRow.reason, _top(ReceiptRow.error)).label("reason")


def _fields(row: RowMapping) -> dict[str, Any]:
    fields = dict(row)
    fields["case"] = fields.pop("case_id")
    fields["to"] = {"kind": fields.pop("kind"), "value": fields.pop("address")}
    return fields


_OUTGOING = select(*_MESSAGE, _status(), _reason(), OutboxRow.put_at)
