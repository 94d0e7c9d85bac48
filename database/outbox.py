"""What goes out, each message once, and how far each came."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import JsonValue
from sqlalchemy import (
    Connection,
    Integer,
    RowMapping,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import UpdateBase

from database.engine import Database, Inserting, now
from database.receipts import reason_told, reported, standing, status_told
from models.people import Address, Channel, Frozen
from models.tables import UNSETTLED, OutboxRow, ReceiptRow

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


_AT = bindparam("at", type_=OutboxRow.changed_at.type)
_ITS_TIME = OutboxRow.not_before.is_(None) | (OutboxRow.not_before <= _AT)
_LYING = (
    select(OutboxRow.key)
    .where(
        text(UNSETTLED), OutboxRow.state == bindparam("state"), OutboxRow.changed_at <= bindparam("until"), _ITS_TIME
    )
    .order_by(OutboxRow.changed_at, OutboxRow.key)
    .limit(bindparam("most", type_=Integer))
)
_THIS = update(OutboxRow).where(OutboxRow.key == bindparam("this"))
_MOVED = _THIS.where(OutboxRow.state.in_(bindparam("from", expanding=True))).values(
    state=bindparam("to"), changed_at=_AT
)
_CLAIMED = _MOVED.where(_ITS_TIME).returning(*_MESSAGE)
_SENT = _MOVED.values(provider_id=bindparam("provider")).returning(OutboxRow.extras)
_UNSURE = _MOVED.values(reason=bindparam("why"))
_FAILED = _UNSURE.returning(OutboxRow.extras)
_AGAIN = _MOVED.returning(OutboxRow.key)
_WORDLESS = _THIS.values(body="")


@cache
def _putting(insert: Inserting) -> UpdateBase:
    return insert(OutboxRow).on_conflict_do_nothing().returning(OutboxRow.key)


class Outbox:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, message: Message) -> bool:
        """Whether it was new; False leaves what is there under the key as it is."""
        when = now()
        new = await self._db.change(
            _putting(self._db.insert),
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
        return bool(new)

    async def claim(self, key: str) -> Message | None:
        """The message, to be sent by the one who gets it; None when it is not pending (any more), or not yet due."""
        found = await self._db.change(_CLAIMED, **_moved(key, "pending", to="sending"))
        return Message(**_fields(found[0]._mapping)) if found else None

    async def sent(self, key: str, provider_id: str, status: str) -> bool:
        """The provider has it, under its own id; ``status`` is the first it reported.

        Whether the message moved on by it: an id that another message has settles nothing. Its words are let go.
        """
        other = select(OutboxRow.key).where(OutboxRow.provider_id == provider_id, OutboxRow.key != key)
        values = _moved(key, *OPEN, to="sent") | {"provider": provider_id}

        def work(connection: Connection) -> bool:
            connection.execute(reported(self._db.insert, provider_id, status, None))
            if connection.execute(other).first():
                return False
            return _let_go(connection, _SENT, values)

        try:
            return await self._db.at_once(work)
        except IntegrityError:
            return False  # the other one got it in the same moment

    async def failed(self, key: str, reason: str) -> None:
        """It did not go out and won't. Its words are let go."""
        values = _moved(key, *OPEN, to="failed") | {"why": reason}
        await self._db.at_once(lambda connection: _let_go(connection, _FAILED, values))

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
        await self._db.change(_UNSURE, **_moved(key, "sending", to="uncertain"), why=reason)

    async def again(self, key: str) -> bool:
        """An uncertain message that the provider does not know becomes pending; whether it was uncertain."""
        return bool(await self._db.change(_AGAIN, **_moved(key, "uncertain", to="pending")))

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
            if connection.execute(
                reported(self._db.insert, provider_id, status, error).returning(ReceiptRow.status)
            ).first():
                top = connection.execute(standing(provider_id)).first()
                return top is not None and top.status == status
            # The same status may come twice, first without its error.
            this = (ReceiptRow.provider_id == provider_id) & (ReceiptRow.status == status) & ReceiptRow.error.is_(None)
            connection.execute(update(ReceiptRow).where(this).values(error=error))
            return False

        return await self._db.at_once(work)

    async def status_of(self, key: str) -> str | None:
        """The provider's status once it has the message, before that ours; None for no such key."""
        found = await self._db.rows(_STATUS, key=key)
        return str(found[0].status) if found else None

    async def get(self, key: str) -> Outgoing | None:
        """The message under a key and how far it came; its words are gone once it is settled."""
        found = await self._db.rows(_ONE, key=key)
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
        found = await self._db.rows(_OF_CASE, case=case)
        return [Outgoing(**_fields(row._mapping)) for row in found]

    async def _keys(self, state: str, older_than: timedelta, limit: int) -> list[str]:
        here = now()
        found = await self._db.rows(_LYING, state=state, until=here - older_than, at=here, most=limit)
        return [row.key for row in found]


def _moved(key: str, *states: str, to: str) -> dict[str, Any]:
    """The values of a statement that moves a message from one of these states to another."""
    return {"this": key, "from": list(states), "to": to, "at": now()}


def _let_go(connection: Connection, moving: UpdateBase, values: dict[str, Any]) -> bool:
    """Moves a message that is settled and lets its words go; whether it moved."""
    moved = connection.execute(moving, values).first()
    if moved is None:
        return False
    extras = {name: value for name, value in (moved.extras or {}).items() if name in LASTING}
    connection.execute(_WORDLESS, {"this": values["this"], "extras": extras})
    return True


def _fields(row: RowMapping) -> dict[str, Any]:
    fields = dict(row)
    fields["case"] = fields.pop("case_id")
    fields["to"] = {"kind": fields.pop("kind"), "value": fields.pop("address")}
    return fields


_OUTGOING = select(*_MESSAGE, status_told(), reason_told(), OutboxRow.put_at)
_ONE = _OUTGOING.where(OutboxRow.key == bindparam("key"))
_OF_CASE = _OUTGOING.where(OutboxRow.case_id == bindparam("case")).order_by(OutboxRow.put_at, OutboxRow.key)
_STATUS = select(status_told()).where(OutboxRow.key == bindparam("key"))
