"""Somebody who writes mails to the door, and reads what comes back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from channels.letters import Letters
from channels.providers.outbox import Post
from channels.providers.sendgrid import SendGridDoor
from database.consent import Consent
from database.engine import Database
from database.outbox import Message
from database.unplaced import Stray, Unplaced
from database.vault import Vault
from gateway.app import create_app
from gateway.mailroom import Mailroom
from gateway.webhooks.mail_desk import MailDesk
from simulators.carrier.mail_posts import Signer
from tests.gateway.conftest import API_KEY, PUBLIC, TRUSTED_KEY, World, made_parts

JANE = "jane@home.example"
DOMAIN = "reply.segue.example"
SIGNER = Signer("5e9")
INBOUND = "/sendgrid/inbound"
SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"


class Mailing(World):
    """A world with a mailbox in front of it; ``got`` is all that was mailed back, oldest first."""

    def __init__(self, world: World, mailroom: Mailroom, desk: MailDesk) -> None:
        super().__init__(world.parts, world.client)
        self.mailroom = mailroom
        self.desk = desk
        self.got: list[Message] = []
        self.count = 0

    async def writes(
        self,
        text: str | bytes | None,
        *,
        sender: str = JANE,
        to: str | None = None,
        subject: str = "Re: my bill",
        html: str | None = None,
        headers: str = "",
        spf: str = "pass",
        dkim: str | None = None,
        envelope_from: str | None = None,
        charsets: dict[str, str] | None = None,
        files: list[tuple[str, bytes]] | None = None,
        message_id: str | None = None,
        path: str = INBOUND,
        extra: dict[str, str] | None = None,
    ) -> int:
        """A mail as SendGrid posts it; a reply goes where the last mail asked it to. The status it got."""
        self.count += 1
        to = to or (str(self.got[-1].extras["reply_to"]) if self.got else f"hello@{DOMAIN}")
        bare = sender.rpartition("<")[2].rstrip(">")
        named = message_id or f"<{self.count}@home.example>"
        fields = {
            "headers": f"From: {sender}\nMessage-ID: {named}\nSubject: {' '.join(subject.split())}\n{headers}",
            "dkim": dkim if dkim is not None else f"{{@{bare.rpartition('@')[2]} : pass}}",
            "SPF": spf,
            "from": sender,
            "to": to,
            "subject": subject,
            "envelope": json.dumps({"to": [to], "from": bare if envelope_from is None else envelope_from}),
            "charsets": json.dumps(charsets or {}),
        }
        written = {"text": text.encode() if isinstance(text, str) else text, "html": html.encode() if html else None}
        parts: list[tuple[str, tuple[str | None, bytes]]] = [(n, (None, v.encode())) for n, v in fields.items()]
        parts += [(name, (None, words)) for name, words in written.items() if words is not None]
        parts += [(f"attachment{n}", file) for n, file in enumerate(files or [], start=1)]
        answer = await self.client.post(path, files=parts, headers=extra)
        await self.settles()
        return answer.status_code

    async def settles(self) -> None:
        """The webhook has its answer after 1.5 s; the first mail of a process may take longer."""
        await self.desk.finish()
        self.got += await self.sent()

    async def hears(self) -> str:
        """The last mail that came back."""
        return self.got[-1].body if self.got else ""

    async def strays(self) -> list[Stray]:
        return await self.mailroom.unplaced.strays(50)

    async def events(self, *events: dict[str, object], sign: Signer = SIGNER, age: float = 0) -> int:
        body = json.dumps(events).encode()
        timestamp = str(int(datetime.now(UTC).timestamp() - age))
        headers = {SIGNATURE: sign(timestamp, body), TIMESTAMP: timestamp}
        return (await self.client.post("/sendgrid/events", content=body, headers=headers)).status_code

    async def api(self, method: str, path: str, *, key: str = TRUSTED_KEY, **json_body: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"}
        return await self.client.request(method, f"/api/v1{path}", headers=headers, json=json_body or None)


@pytest.fixture
async def mailing(db: Database) -> AsyncIterator[Mailing]:
    async with mailed(db) as made:
        yield made


class mailed:  # noqa: N801 - used as a function is
    """A world whose mail is as configured."""

    def __init__(
        self, db: Database, *, secret: str = "", signed: bool = False, door: SendGridDoor | None = None
    ) -> None:
        self._db, self._secret, self._signed, self._door = db, secret, signed, door

    async def __aenter__(self) -> Mailing:
        parts = made_parts(self._db)
        # Nobody listens at the discard port: mails stay in the outbox, to be looked at.
        door = self._door or SendGridDoor("SG.key", f"Segue <segue@{DOMAIN}>", [SIGNER.public()], "http://127.0.0.1:9")
        unplaced = Unplaced(self._db, Vault(self._db, bytes(32)))
        room = Mailroom(door, Letters(b"a secret", DOMAIN, PUBLIC), unplaced, self._secret, self._signed)
        post = Post(parts.outbox, parts.door, "", Consent(self._db), mail=door)
        self._parts = replace(parts, mail=room, post=post)
        app = create_app(self._parts)
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC)
        return Mailing(World(self._parts, self._client), room, app.state.mails)

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()
        self._parts.door.close()


__all__ = ["API_KEY", "DOMAIN", "JANE", "Mailing", "mailed", "mailing"]
