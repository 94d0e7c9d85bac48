"""Mailboxes: mail sent by the company, delivered or not, and mail that customers write."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from simulators.carrier.account import Account
from simulators.carrier.exchange import Exchange, now
from simulators.carrier.mail_posts import File, MailPosts
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.texts import Start
from simulators.carrier.webhooks import Answer


@dataclass
class Letter:
    """One mail to or from one address. ``message_id`` has its angle brackets; ``status`` is the last event's name."""

    by: Literal["company", "customer"]
    sender: str
    to: str
    subject: str
    text: str
    html: str
    status: str
    reply_to: str | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    message_id: str = ""
    references: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    custom_args: dict[str, str] = field(default_factory=dict)
    at: datetime = field(default_factory=now)


class NewFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=500)
    type: str = Field("application/octet-stream", max_length=200)
    base64: str


class NewMail(BaseModel):
    """What a customer writes, ``in_reply_to`` a mail by its id; ``dkim`` and ``spf`` are how it checks out."""

    model_config = ConfigDict(extra="forbid")

    in_reply_to: str | None = None
    to: str | None = None
    subject: str = Field("", max_length=2000)
    text: str = ""
    html: str | None = None
    attachments: list[NewFile] = Field([], max_length=50)
    spf: str = "pass"
    dkim: str = "pass"
    auto: bool = False


class Mailboxes:
    """Everybody's mail. ``versions`` counts what changed for each address."""

    def __init__(self, account: Account, exchange: Exchange, posts: MailPosts, nemesis: Nemesis, start: Start) -> None:
        self._account = account
        self._exchange = exchange
        self._posts = posts
        self._nemesis = nemesis
        self._start = start
        self.letters: dict[str, Letter] = {}
        self.versions: Counter[str] = Counter()
        self.suppressed: dict[str, str] = {}

    def of(self, address: str) -> list[Letter]:
        """An address' mail, oldest first; what never arrived is not in it."""
        mine = [letter for letter in self.letters.values() if address in {letter.sender, letter.to}]
        return [letter for letter in mine if letter.by == "customer" or letter.status in {"delivered", "processed"}]

    def send(self, mail: dict[str, Any]) -> str:
        """Takes a checked mail of the company's; its id, one for all it goes to."""
        id = secrets.token_urlsafe(16)
        content = {part["type"]: part["value"] for part in mail["content"]}
        for one in mail["personalizations"]:
            headers = {**mail.get("headers", {}), **one.get("headers", {})}
            for number, to in enumerate(one["to"]):
                letter = Letter(
                    by="company",
                    sender=mail["from"]["email"].lower(),
                    to=to["email"].lower(),
                    subject=one.get("subject") or mail.get("subject", ""),
                    text=content.get("text/plain", ""),
                    html=content.get("text/html", ""),
                    status="accepted",
                    reply_to=(mail.get("reply_to") or {}).get("email"),
                    id=id if not number else f"{id}-{number}",
                    message_id=headers.get("Message-ID") or f"<{id}@carrier.example>",
                    references=headers.get("References", ""),
                    headers=headers,
                    custom_args={**mail.get("custom_args", {}), **one.get("custom_args", {})},
                )
                self.letters[letter.id] = letter
                self._start(self._travel(letter))
        return id

    async def write(self, address: str, new: NewMail) -> tuple[Letter, Answer]:
        """A customer writes; returns when the webhook has answered. Raises KeyError for no such mail to reply to."""
        old = self.letters[new.in_reply_to] if new.in_reply_to else None
        to = new.to or (old.reply_to or old.sender if old else None) or f"hello@{self._account.mail_domain}"
        subject = new.subject or (f"Re: {old.subject.removeprefix('Re: ')}" if old else "")
        letter = Letter(
            by="customer",
            sender=address,
            to=to,
            subject=subject,
            text=new.text + (_quoted(old) if old else ""),
            html=new.html or "",
            status="received",
            message_id=f"<{uuid4().hex}@{address.rpartition('@')[2]}>",
            references=" ".join(filter(None, [old.references, old.message_id])) if old else "",
            headers={"In-Reply-To": old.message_id} if old else {},
        )
        if new.auto:
            letter.headers["Auto-Submitted"] = "auto-replied"
        self._put(letter)
        answer = await self._posts.inbound(_fields(letter, new), _files(new))
        if answer.error:
            self._exchange.fault(answer.error, "the mail webhook failed", url="/sendgrid/inbound")
        return letter, answer

    async def report(self, address: str, event: str) -> None:
        """The customer calls our mail spam, or unsubscribes."""
        last = next((one for one in reversed(self.letters.values()) if one.to == address), None)
        if last is not None:
            self.suppressed[address] = "Spam Reporting Address" if event == "spamreport" else "Unsubscribed Address"
            await self._posts.events([self._event(last, event)])

    def _put(self, letter: Letter) -> None:
        self.letters[letter.id] = letter
        for address in {letter.sender, letter.to}:
            self.versions[address] += 1
        self._exchange.touch()

    async def _travel(self, letter: Letter) -> None:
        """From accepted to wherever the mail ends, telling the event webhook."""
        events = self._fate(letter)
        backwards = self._nemesis.spend("reorder")
        held = []
        for name, more in events:
            await asyncio.sleep(self._account.pace)
            letter.status = name
            self._put(letter)
            held.append(self._event(letter, name, **more))
            if not backwards:
                await self._posts.events([held.pop()])
        if held:
            await self._posts.events(list(reversed(held)))

    def _fate(self, letter: Letter) -> list[tuple[str, dict[str, Any]]]:
        if letter.to in self.suppressed:
            return [("dropped", {"reason": self.suppressed[letter.to], "status": "5.0.0"})]
        if self._nemesis.spend("drop"):
            return [("dropped", {"reason": "Invalid", "status": "5.0.0"})]
        if self._nemesis.spend("bounce"):
            self.suppressed[letter.to] = "Bounced Address"
            bounce = {"type": "bounce", "status": "5.1.1", "reason": "550 5.1.1 no such user"}
            return [("processed", {}), ("bounce", bounce)]
        return [("processed", {}), ("delivered", {"response": "250 OK", "tls": 1})]

    def _event(self, letter: Letter, name: str, **more: Any) -> dict[str, Any]:
        return {
            **letter.custom_args,
            "email": letter.to,
            "timestamp": int(now().timestamp()),
            "smtp-id": letter.message_id,
            "event": name,
            "sg_event_id": secrets.token_urlsafe(16),
            "sg_message_id": f"{letter.id}.recvd-carrier-1-{letter.id[:6]}-0.0",
            **more,
        }


def _quoted(old: Letter) -> str:
    """As mail programs do it."""
    lines = "\n".join(f"> {line}" for line in old.text.splitlines())
    return f"\n\nOn {old.at:%b %d, %Y at %H:%M}, {old.sender} wrote:\n\n{lines}\n"


def _fields(letter: Letter, new: NewMail) -> dict[str, bytes]:
    domain = letter.sender.rpartition("@")[2]
    headers = {
        "MIME-Version": "1.0",
        "From": letter.sender,
        "Date": format_datetime(letter.at),
        "Message-ID": letter.message_id,
        "Subject": " ".join(letter.subject.split()),
        "To": letter.to,
        **letter.headers,
    }
    if letter.references:
        headers["References"] = letter.references
    fields = {
        "headers": "\n".join(f"{name}: {value}" for name, value in headers.items()) + "\n",
        "dkim": f"{{@{domain} : {new.dkim}}}" if new.dkim else "none",
        "to": letter.to,
        "from": letter.sender,
        "subject": letter.subject,
        "envelope": json.dumps({"to": [letter.to], "from": letter.sender}),
        "charsets": json.dumps({"to": "UTF-8", "from": "UTF-8", "subject": "UTF-8", "text": "UTF-8"}),
        "SPF": new.spf,
        "sender_ip": "203.0.113.9",
        "attachments": str(len(new.attachments)),
        "text": letter.text,
    }
    if letter.html:
        fields["html"] = letter.html
    if new.attachments:
        info = {f"attachment{n}": {"filename": f.name, "type": f.type} for n, f in enumerate(new.attachments, start=1)}
        fields["attachment-info"] = json.dumps(info)
    return {name: value.encode("utf-8", "replace") for name, value in fields.items()}


def _files(new: NewMail) -> list[File]:
    return [
        (f"attachment{n}", (file.name, base64.b64decode(file.base64), file.type))
        for n, file in enumerate(new.attachments, start=1)
    ]
