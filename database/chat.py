"""What a customer and the team write to each other in a case: line by line, sealed with the customer's own key."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Row, Select, func, select

from database.engine import Database, now
from database.vault import Vault
from models.answers import Attachment
from models.people import Actor, Channel, Frozen
from models.tables import ChatRow

LATELY = 200
_NONCE = 12


class ChatLine(Frozen):
    """One line. ``fence`` is that of the claim it was written under; ``person`` and ``name`` are the agent's.

    ``out`` is the key of the message that carries it in the outbox; None on a page, and for the customer's own.
    ``text`` is empty once the customer is erased: ``gone``.
    """

    id: str
    case: str
    actor: Actor
    person: str | None = None
    name: str = ""
    channel: Channel
    fence: int
    text: str
    files: tuple[Attachment, ...] = ()
    out: str | None = None
    at: datetime
    gone: bool = False

    @property
    def ours(self) -> bool:
        return self.actor is Actor.AGENT


class Chat:
    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def say(
        self,
        case: str,
        *,
        once: str,
        text: str,
        channel: Channel,
        fence: int,
        actor: Actor = Actor.CUSTOMER,
        person: str | None = None,
        name: str = "",
        out: str | None = None,
        files: tuple[Attachment, ...] = (),
    ) -> bool:
        """Keep a line under :func:`line_id` of ``once``; False where it was there before. Unknown for the erased."""
        customer, id = case.split("/")[1], line_id(case, once)
        key = await self._vault.key_of(customer)
        nonce = secrets.token_bytes(_NONCE)
        words = json.dumps({"text": text, "files": [file.model_dump(mode="json") for file in files]}).encode()
        new = self._db.insert(ChatRow).values(
            id=id,
            case_id=case,
            customer=customer,
            actor=actor.value,
            person=person,
            name=name,
            channel=channel.value,
            fence=fence,
            content=nonce + AESGCM(key.secret).encrypt(nonce, words, id.encode()),
            key_id=key.id,
            out=out,
            at=now(),
        )
        return bool(await self._db.change(new.on_conflict_do_nothing().returning(ChatRow.id)))

    async def lines(self, case: str) -> list[ChatLine]:
        """The last :data:`LATELY` lines of a case, oldest first."""
        return await self._read(select(ChatRow).where(ChatRow.case_id == case))

    async def of_customer(self, record: str, *, most: int | None = LATELY) -> dict[str, ChatLine]:
        """The last lines over all cases that began with a record, by their ids; all of them where ``most`` is None."""
        lines = await self._read(select(ChatRow).where(ChatRow.customer == record), most)
        return {line.id: line for line in lines}

    async def count(self, case: str) -> int:
        """How many lines there are, without opening any."""
        found = await self._db.rows(select(func.count()).select_from(ChatRow).where(ChatRow.case_id == case))
        return int(found[0][0])

    async def _read(self, which: Select[Any], most: int | None = LATELY) -> list[ChatLine]:
        columns = ChatRow.__table__.columns
        lately = which.with_only_columns(*columns).order_by(ChatRow.at.desc(), ChatRow.id).limit(most)
        rows = await self._db.rows(lately)
        keys = {row.key_id: await self._vault.key(row.key_id) for row in rows}
        return [_opened(row, keys[row.key_id]) for row in reversed(rows)]


def line_id(case: str, once: str) -> str:
    """A line's own name, which tells nothing of what it came with."""
    return f"l_{hashlib.sha256(f'{case} {once}'.encode(errors='replace')).hexdigest()[:24]}"


def _opened(row: Row[*tuple[Any, ...]], secret: bytes | None) -> ChatLine:
    words: dict[str, Any] = {}
    if secret is not None:
        try:
            sealed = row.content
            words = json.loads(AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], row.id.encode()))
        except InvalidTag:
            words = {}
    return ChatLine(
        id=row.id,
        case=row.case_id,
        actor=row.actor,
        person=row.person,
        name=row.name,
        channel=row.channel,
        fence=row.fence,
        text=words.get("text", ""),
        files=tuple(Attachment.model_validate(file) for file in words.get("files", ())),
        out=row.out,
        at=row.at,
        gone=not words,
    )
