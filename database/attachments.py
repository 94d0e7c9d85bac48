"""Files that customers send: pictures and PDF, known by their content, sealed with the customer's own key."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta
from pathlib import PurePosixPath

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import func, select

from database.customers import opaque
from database.engine import Database, now
from database.vault import Vault
from models.answers import Attachment
from models.errors import NotUnderstood
from models.tables import AttachmentRow

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 80
MOST_A_DAY = 50
_NONCE = 12
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_NO_NAME = re.compile(r'[<>:"|?*&%$`]+')


class Attachments:
    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def keep(
        self, customer: str, case: str | None, name: str, media_type: str, content: bytes, *, once: str = ""
    ) -> Attachment:
        """Keep a file of at most 10 MB; its type is what its content says, ``media_type`` is only the sender's claim.

        ``once`` names its source (``MM…/0``): the same one is kept once, and given back as it is.
        Raises NotUnderstood with the reason ``file-empty``, ``file-too-big``, ``file-type`` or ``file-too-many`` (in
        24 hours), and Unknown for an erased customer.
        """
        kind = recognised(content)
        attachment = Attachment(id=_id(customer, once), name=safe_name(name, kind), type=kind, size=len(content))
        key = await self._vault.key_of(customer)
        if await self._lately(customer, attachment.id) >= MOST_A_DAY:
            raise NotUnderstood("file-too-many")
        nonce = secrets.token_bytes(_NONCE)
        new = self._db.insert(AttachmentRow).values(
            **attachment.model_dump(),
            customer=customer,
            case_id=case,
            content=nonce + AESGCM(key.secret).encrypt(nonce, content, attachment.id.encode()),
            key_id=key.id,
            at=now(),
        )
        await self._db.change(new.on_conflict_do_nothing())
        return attachment

    async def open(self, id: str, customer: str) -> tuple[Attachment, bytes] | None:
        """A customer's own file and its content; None for another's, an unknown one, and an erased customer's."""
        row = AttachmentRow
        query = select(row.id, row.name, row.type, row.size, row.content, row.key_id)
        found = await self._db.scan(query.where(row.id == id, row.customer == customer))
        secret = await self._vault.key(found[0].key_id) if found else None
        if secret is None:
            return None
        sealed = found[0].content
        try:
            content = AESGCM(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], id.encode())
        except InvalidTag:
            return None
        kept = Attachment(id=id, name=found[0].name, type=found[0].type, size=found[0].size)
        return kept, content

    async def _lately(self, customer: str, but: str) -> int:
        row = AttachmentRow
        theirs = (row.customer == customer) & (row.at > now() - timedelta(days=1)) & (row.id != but)
        return int((await self._db.rows(select(func.count()).select_from(row).where(theirs)))[0][0])

    async def of_case(self, case: str) -> list[Attachment]:
        """A case's files, oldest first."""
        row = AttachmentRow
        query = select(row.id, row.name, row.type, row.size).where(row.case_id == case).order_by(row.at, row.id)
        return [Attachment(**found._mapping) for found in await self._db.rows(query)]


def recognised(content: bytes) -> str:
    """The media type of a picture or PDF by its first bytes. Raises NotUnderstood, see :meth:`Attachments.keep`."""
    if not content:
        raise NotUnderstood("file-empty")
    if len(content) > LARGEST:
        raise NotUnderstood("file-too-big")
    for mark, kind in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-", "application/pdf"),
    ):
        if content.startswith(mark):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and _brands(content) & _HEIC:
        return "image/heic"
    raise NotUnderstood("file-type")


def _brands(content: bytes) -> set[bytes]:
    """The brands of an ISO media file: the major one and the compatible ones of its first box."""
    size = min(int.from_bytes(content[:4], "big"), 256)
    return {content[8:12], *(content[at : at + 4] for at in range(16, size, 4))}


def safe_name(name: str, kind: str) -> str:
    """A file name without folders, control characters and tricks of writing direction, ending as its type does."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last if not _hidden(c))
    clean = " ".join(_NO_NAME.sub("_", shown).split()).lstrip(". -")
    path = PurePosixPath(clean or "file")
    stem = path.stem if path.suffix.lower() in _ENDINGS[kind] else clean
    return f"{stem[:LONGEST_NAME].rstrip('. ') or 'file'}{_ENDINGS[kind][0]}"


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Cs", "Co", "Cn"}


def _id(customer: str, once: str) -> str:
    return f"f_{hashlib.sha256(f'{customer} {once}'.encode()).hexdigest()[:24]}" if once else opaque("f")
