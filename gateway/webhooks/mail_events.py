"""What became of our mails: each event once, however often and in whatever order they come."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from database.outbox import OPEN
from gateway.metrics import DUPLICATES, WEBHOOKS
from gateway.parts import Parts
from gateway.webhooks.lost import lost
from gateway.webhooks.signature import fingerprint
from models.errors import NotUnderstood
from models.people import Address, Channel

# SendGrid's word to the outbox's: what it stores stands higher the further a mail has come.
STATUSES = {
    "processed": "queued",
    "deferred": "sending",
    "delivered": "delivered",
    "bounce": "bounced",
    "dropped": "failed",
}
FAILED = {"bounced", "failed"}
STOPPING = {"spamreport", "unsubscribe", "group_unsubscribe"}
STARTING = {"group_resubscribe"}
_GONE = {"bounced address", "unsubscribed address", "spam reporting address"}
_MOST = 5_000


def events_of(body: bytes) -> list[dict[str, Any]]:
    """The events of one request. Raises NotUnderstood for what is no JSON array of objects."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("not-json") from None
    if not isinstance(found, list) or len(found) > _MOST or not all(isinstance(one, dict) for one in found):
        raise NotUnderstood("not-events")
    return found


class MailEvents:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    async def take(self, events: list[dict[str, Any]]) -> None:
        """Note each event once. Raises NotConfirmed while that can't be kept: SendGrid posts them again then."""
        for event in events:
            id = _identity(event)
            receipt = await self.parts.inbox.receive(id, "mail-event", fingerprint(id), {})
            if receipt.reply is not None:
                DUPLICATES.labels("mail-event").inc()
                continue
            await self._note(event)
            await self.parts.inbox.done(id, "noted")

    async def _note(self, event: dict[str, Any]) -> None:
        name = _text(event, "event")
        WEBHOOKS.labels("events", name if name in STATUSES else "other").inc()
        await self._consent(name, event)
        status = STATUSES.get(name)
        if status is None:
            return
        key, reason = _text(event, "out"), _reason(event)
        provider = _text(event, "sg_message_id").partition(".")[0]
        known = await self.parts.outbox.status_of(key) if key else None
        if not provider:
            # A bounce long after the fact has no message id: its custom argument, where it has that, still names ours.
            if status in FAILED and known is not None:
                await lost(self.parts, key)
            return
        if known in OPEN:
            # The answer to our request was lost, yet here is proof that it was taken.
            await self.parts.outbox.sent(key, provider, "accepted")
        if await self.parts.outbox.receipt(provider, status, reason) and status in FAILED:
            ours = await self.parts.outbox.key_of(provider)
            if ours:
                await lost(self.parts, ours)

    async def _consent(self, name: str, event: dict[str, Any]) -> None:
        email = _text(event, "email").lower()
        if "@" not in email:
            return
        address = Address(kind="email", value=email[:254])
        hard = name == "bounce" and _text(event, "type") in {"", "bounce"}
        gone = name == "dropped" and _text(event, "reason").lower() in _GONE
        if name in STOPPING or hard or gone:
            await self.parts.post.stopped(Channel.EMAIL, address)
        elif name in STARTING:
            await self.parts.post.started(Channel.EMAIL, address)


def _identity(event: dict[str, Any]) -> str:
    named = _text(event, "sg_event_id")
    plain = named or json.dumps(event, sort_keys=True, default=str)
    return "sg:" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _text(event: dict[str, Any], name: str) -> str:
    value = event.get(name)
    return value.replace("\0", "")[:400] if isinstance(value, str) else ""


def _reason(event: dict[str, Any]) -> str | None:
    """The status code, never the words of the other side: those may hold an address."""
    code = _text(event, "status") or _text(event, "type") or _text(event, "reason")
    return code[:60] if code and "@" not in code else None
