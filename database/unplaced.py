"""Messages that belong to nobody yet: kept as they came, sealed, until a person says whose they are."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, func, select, update

from database.engine import Database, now
from database.vault import Vault
from models.errors import Unknown
from models.people import Frozen
from models.tables import UnplacedRow

NEW = "new"  # kept, and not looked at yet
_NOBODY = "unplaced"  # whose key seals what is nobody's
_NONCE = 12


class Stray(Frozen):
    """A message nobody was found for. ``customer`` is set once a person assigned it, ``by`` the name of their key.

    One that was put aside waits for nobody, and can still be assigned.
    """

    id: str
    kind: str
    reason: str
    sender: str
    subject: str
    received_at: datetime
    customer: str | None = None
    assigned_at: datetime | None = None
    assigned_by: str | None = None
    aside_at: datetime | None = None
    aside_by: str | None = None
    aside_reason: str | None = None


_STRAY = (
    UnplacedRow.id,
    UnplacedRow.kind,
    UnplacedRow.reason,
    UnplacedRow.sender,
    UnplacedRow.subject,
    UnplacedRow.received_at,
    UnplacedRow.customer,
    UnplacedRow.assigned_at,
    UnplacedRow.assigned_by,
    UnplacedRow.aside_at,
    UnplacedRow.aside_by,
    UnplacedRow.aside_reason,
)
_WAITS = (UnplacedRow.assigned_at.is_(None), UnplacedRow.aside_at.is_(None), UnplacedRow.reason != NEW)


class Unplaced:
    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def keep(self, id: str, kind: str, raw: bytes) -> None:
        """Keep what has just come in, before anybody reads it. The same id is kept once."""
        new = self._db.insert(UnplacedRow).values(
            id=id, kind=kind, reason=NEW, sender="", subject="", raw=await self._sealed(id, None, raw),
            received_at=now(),
        )  # fmt: skip
        await self._db.change(new.on_conflict_do_nothing())

    async def lies(self, id: str, reason: str, *, sender: str, subject: str) -> None:
        """Nobody was found for it: it stands in the list, with the reason as a code."""
        this = update(UnplacedRow).where(UnplacedRow.id == id, UnplacedRow.assigned_at.is_(None))
        await self._db.change(this.values(reason=reason, sender=sender[:254], subject=subject[:200]))

    async def placed(self, id: str) -> None:
        """It was somebody's after all: nothing of it is kept here. What a person assigned stays, with who did."""
        await self._db.change(delete(UnplacedRow).where(UnplacedRow.id == id, UnplacedRow.assigned_at.is_(None)))

    async def strays(self, limit: int, *, assigned: bool = False) -> list[Stray]:
        """The list, newest first: what waits for somebody, or what was assigned."""
        listed = (UnplacedRow.assigned_at.is_not(None),) if assigned else _WAITS
        query = select(*_STRAY).where(*listed)
        found = await self._db.rows(query.order_by(UnplacedRow.received_at.desc(), UnplacedRow.id).limit(limit))
        return [Stray(**row._mapping) for row in found]

    async def put_aside(self, limit: int) -> list[Stray]:
        """What nobody has to look at any more, put aside last first."""
        aside = select(*_STRAY).where(UnplacedRow.assigned_at.is_(None), UnplacedRow.aside_at.is_not(None))
        found = await self._db.rows(aside.order_by(UnplacedRow.aside_at.desc(), UnplacedRow.id).limit(limit))
        return [Stray(**row._mapping) for row in found]

    async def waiting(self) -> int:
        """How many wait for somebody to say whose they are."""
        return int((await self._db.rows(select(func.count().label("many")).where(*_WAITS)))[0].many)

    async def aside(self, id: str, by: str, reason: str) -> bool:
        """It is nobody's, for a reason; whether it was still waiting."""
        this = update(UnplacedRow).where(UnplacedRow.id == id, *_WAITS)
        values = this.values(aside_at=now(), aside_by=by, aside_reason=reason[:500])
        return bool(await self._db.change(values.returning(UnplacedRow.id)))

    async def stray(self, id: str) -> Stray | None:
        found = await self._db.rows(select(*_STRAY).where(UnplacedRow.id == id))
        return Stray(**found[0]._mapping) if found else None

    async def raw(self, id: str) -> bytes | None:
        """The message as it came; None where there is none, or its customer was erased."""
        found = await self._db.scan(select(UnplacedRow.raw, UnplacedRow.customer).where(UnplacedRow.id == id))
        if not found:
            return None
        try:
            key = await self._vault.key_of(found[0].customer or _NOBODY)
            return AESGCM(key.secret).decrypt(found[0].raw[:_NONCE], found[0].raw[_NONCE:], id.encode())
        except (Unknown, InvalidTag):
            return None

    async def assign(self, id: str, customer: str, by: str) -> bool:
        """Say whose it is, once; whether it was still nobody's. From then on it is sealed with their own key."""
        raw = await self.raw(id)
        if raw is None:
            return False
        sealed = await self._sealed(id, customer, raw)
        this = update(UnplacedRow).where(UnplacedRow.id == id, UnplacedRow.assigned_at.is_(None))
        values = this.values(customer=customer, assigned_at=now(), assigned_by=by, raw=sealed)
        return bool(await self._db.change(values.returning(UnplacedRow.id)))

    async def forget(self, older_than: timedelta) -> None:
        """Lets go what lay longer than that."""
        await self._db.change(delete(UnplacedRow).where(UnplacedRow.received_at <= now() - older_than))

    async def _sealed(self, id: str, customer: str | None, raw: bytes) -> bytes:
        key = await self._vault.key_of(customer or _NOBODY)
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(key.secret).encrypt(nonce, raw, id.encode())
