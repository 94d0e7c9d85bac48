"""A person's data for themselves: as JSON, and as a page that can be read without any program of ours."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.wording.book import Wording, wording
from database.attachments import Attachments
from database.belonging import Whose, whose
from database.chat import Chat
from database.customers import Customers
from database.engine import Database
from database.exports import files_of, mails_of, rows_of
from database.journal import Journal
from database.unplaced import Unplaced
from database.vault import Vault
from models.errors import Unknown
from models.journal import Row
from models.people import Channel

_NOTES = ("wrap_ups", "hand_overs", "goodwill", "staff_glass", "staff_reasons")
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Export:
    """``told`` is the whole document as JSON, ``page`` the same to be read, ``files`` contents by their names."""

    told: dict[str, Any]
    page: str
    files: Mapping[str, bytes]

    @property
    def contents(self) -> dict[str, bytes]:
        """``person.json``, ``person.html`` and ``files/…``."""
        told = {"person.json": json.dumps(self.told, indent=2, ensure_ascii=False).encode()}
        return told | {"person.html": self.page.encode()} | {f"files/{name}": file for name, file in self.files.items()}

    def zipped(self) -> bytes:
        held = BytesIO()
        with ZipFile(held, "w", ZIP_DEFLATED) as archive:
            for name, content in self.contents.items():
                archive.writestr(name, content)
        return held.getvalue()

    def write(self, folder: Path) -> list[Path]:
        """Write all of it, for this user's eyes only; what was written."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = []
        for name, content in self.contents.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True, mode=0o700)
            file.touch(0o600)
            file.write_bytes(content)
            written.append(file)
        return written


class Exporting:
    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def export(self, customer: str, language: str | None = None) -> Export:
        """All of one person, over all their records, in their language. Raises Unknown for nobody, and the erased."""
        person = await Customers(self._db).get(await Customers(self._db).owner(customer))
        if person is None:
            raise Unknown
        who = await whose(self._db, person.id)
        words = wording(language or person.language, person.zone)
        cases, chats = await self._cases(who, words), await self._chats(who)
        files = await self._files(who)
        rows = await rows_of(self._db, who)
        told = {
            "customer": person.model_dump(mode="json"),
            "made_at": datetime.now(UTC).isoformat(),
            "cases": cases,
            "chats": chats,
            "files": [{"name": name, "size": len(content)} for name, content in files.items()],
            "kept": rows,
        }
        page = await asyncio.to_thread(_page, told, words)
        return Export(told, page, files)

    async def _cases(self, who: Whose, words: Wording) -> list[dict[str, Any]]:
        journal, found = Journal(self._db), []
        for case in who.cases:
            moment, rows = case.split("/")[0], await journal.rows(case)
            timeline = [{"at": row.at.isoformat(), "says": words.story(moment, row)} for row in rows]
            began = rows[0].at.isoformat() if rows else ""
            found.append(
                {"id": case, "moment": moment, "began_at": began, "timeline": timeline, "answers": _answers(rows)}
            )
        return sorted(found, key=lambda each: str(each["began_at"]))

    async def _chats(self, who: Whose) -> list[dict[str, Any]]:
        chat, found = Chat(self._db, self._vault), []
        for record in who.records:
            for line in (await chat.of_customer(record, most=None)).values():
                kept = {"at": line.at.isoformat(), "case": line.case, "who": line.actor.value, "text": line.text}
                found.append(kept | {"files": [file.name for file in line.files]})
        return sorted(found, key=lambda line: str(line["at"]))

    async def _files(self, who: Whose) -> dict[str, bytes]:
        attachments, unplaced, files = Attachments(self._db, self._vault), Unplaced(self._db, self._vault), {}
        for number, (id, record) in enumerate(await files_of(self._db, who), 1):
            if kept := await attachments.open(id, record):
                files[f"{number}-{kept[0].name}"] = kept[1]
        for number, id in enumerate(await mails_of(self._db, who), 1):
            if raw := await unplaced.raw(id):
                files[f"mail-{number}.eml"] = raw
        return files


def _answers(rows: list[Row]) -> list[dict[str, Any]]:
    said = (row for row in rows if row.what in {"answered", "corrected"})
    return [{"at": row.at.isoformat(), "to": row.key, "value": row.data.get("value")} for row in said]


def _page(told: dict[str, Any], words: Wording) -> str:
    def when(text: str) -> str:
        return words.formats.instant(datetime.fromisoformat(text)) if text else ""

    def channel(name: str) -> str:
        return words.say(f"channel-{name}") if name in set(Channel) else name

    return _PAGES.get_template("export.html").render(
        told=told,
        kept=defaultdict(list, told["kept"]),
        t=words.say,
        when=when,
        channel=channel,
        words=words,
        notes=_NOTES,
    )
