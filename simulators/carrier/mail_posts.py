"""Posting to the company as SendGrid does: mail that came in, and batches of events, signed."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from simulators.carrier.account import Account
from simulators.carrier.nemesis import Nemesis
from simulators.carrier.tls import trusted
from simulators.carrier.webhooks import CONNECTION_FAILURE, HTTP_FAILURE, Answer, Delivery

File = tuple[str, tuple[str | None, bytes] | tuple[str | None, bytes, str]]
TRIES = 4
_SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
_TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"


@dataclass(frozen=True)
class Signer:
    """Signs webhooks with ECDSA on P-256. ``secret`` is the private number in hex."""

    secret: str

    def __call__(self, timestamp: str, body: bytes) -> str:
        """The signature of a timestamp and body, base64 of DER."""
        return base64.b64encode(self._key().sign(timestamp.encode() + body, ec.ECDSA(SHA256()))).decode()

    def public(self) -> str:
        """The public key as SendGrid's settings show it: base64 of DER."""
        der = self._key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode()

    def _key(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int(self.secret, 16), ec.SECP256R1())


class MailPosts:
    """``log`` is the carrier's, with every attempt."""

    def __init__(self, account: Account, nemesis: Nemesis, log: deque[Delivery]) -> None:
        self._account = account
        self._nemesis = nemesis
        self._log = log
        self._sign = Signer(account.mail_key)
        self._client = httpx.AsyncClient(
            timeout=account.webhook_limit, verify=trusted(), trust_env=False, follow_redirects=False
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def events(self, events: list[dict[str, Any]]) -> None:
        """Post a batch of events; what is not taken comes again."""
        content = json.dumps(events).encode()
        headers = {"Content-Type": "application/json"}
        await self._delivered("event", f"{self._account.webhooks}/sendgrid/events", content, headers, lost=())

    async def inbound(self, fields: Mapping[str, bytes], files: list[File]) -> Answer:
        """Post a mail; 5xx has it come again, 3xx and 4xx lose it. The last answer."""
        parts: list[File] = [(name, (None, value)) for name, value in fields.items()]
        secret = f"/{self._account.mail_secret}" if self._account.mail_secret else ""
        url = f"{self._account.webhooks}/sendgrid/inbound{secret}"
        request = self._client.build_request("POST", url, files=[*parts, *files])
        headers = {"Content-Type": request.headers["Content-Type"]}
        return await self._delivered("mail", url, await request.aread(), headers, lost=(3, 4))

    async def _delivered(
        self,
        kind: Literal["mail", "event"],
        url: str,
        content: bytes,
        headers: dict[str, str],
        *,
        lost: tuple[int, ...],
    ) -> Answer:
        nemesis = self._nemesis
        touched = nemesis.touches(kind)
        if touched and nemesis.delay:
            await asyncio.sleep(nemesis.delay)
        copies = 1 + (nemesis.duplicate if touched else 0)
        post = [self._until_taken(kind, url, content, headers, lost) for _ in range(copies)]
        if nemesis.parallel:
            return (await asyncio.gather(*post))[0]
        answers = [await one for one in post]
        return answers[0]

    async def _until_taken(
        self, kind: Literal["mail", "event"], url: str, content: bytes, headers: dict[str, str], lost: tuple[int, ...]
    ) -> Answer:
        for attempt in range(TRIES):
            answer = await self._attempt(kind, url, content, headers)
            self._log.append(Delivery(kind, url, {}, str(uuid4()), answer.status, answer.error))
            if not answer.error or answer.status // 100 in lost:
                break
            await asyncio.sleep(self._account.pace * 2**attempt)
        return answer

    async def _attempt(
        self, kind: Literal["mail", "event"], url: str, content: bytes, headers: dict[str, str]
    ) -> Answer:
        nemesis, touched = self._nemesis, self._nemesis.touches(kind)
        if touched and nemesis.spend("lose_requests"):
            return Answer(error=CONNECTION_FAILURE)
        timestamp = str(int(datetime.now(UTC).timestamp()))
        signed = content + b"?" if touched and nemesis.spend("tamper") else content
        signature = {_SIGNATURE: self._sign(timestamp, signed), _TIMESTAMP: timestamp}
        try:
            response = await self._client.post(url, content=content, headers=headers | signature)
        except (httpx.TransportError, httpx.InvalidURL):
            return Answer(error=CONNECTION_FAILURE)
        if touched and nemesis.spend("lose_answers"):
            return Answer(error=CONNECTION_FAILURE)
        failed = HTTP_FAILURE if response.status_code >= 300 else 0
        return Answer(response.status_code, response.content, response.headers.get("content-type", ""), failed)
