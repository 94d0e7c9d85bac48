"""The one door to SendGrid: sends mail and checks what it signs. Nothing else imports its SDK."""

from __future__ import annotations

import asyncio
import base64
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any
from urllib.error import URLError

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from python_http_client.client import Client as HttpClient
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import (
    ClickTracking,
    Content,
    CustomArg,
    Email,
    Header,
    Mail,
    OpenTracking,
    Personalization,
    ReplyTo,
    SubscriptionTracking,
    To,
    TrackingSettings,
)

from channels.providers.twilio import BUSY, UNREACHABLE, Sent
from models.errors import Misconfigured, Uncertain, Undelivered

NOTHING: Mapping[str, str] = MappingProxyType({})
OLDEST = timedelta(minutes=5)
_UNSENT = (ConnectionRefusedError,)


class SendGridDoor:
    """Sends mails, and knows what SendGrid signed.

    ``sender``: ``Name <address>`` or an address, verified at SendGrid. ``public_keys``: the webhooks' keys as SendGrid
    shows them (base64 of DER), several while one is replaced. ``api_url``: the carrier's address on one machine, None
    for SendGrid itself. ``timeout`` in seconds. The SDK is used in a thread and never tries again by itself.
    """

    def __init__(
        self,
        api_key: str,
        sender: str,
        public_keys: Sequence[str],
        api_url: str | None = None,
        timeout: float = 10,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        host = {"host": api_url.rstrip("/")} if api_url else {}
        self._client = SendGridAPIClient(api_key, **host)
        self._client.client = _Client(
            local=api_url is not None, host=self._client.host, version=3, timeout=timeout,
            request_headers=self._client.client.request_headers,
        )  # fmt: skip
        self._sender = Email(sender)
        self._keys = [_public_key(key) for key in public_keys if key.strip()]
        self._clock = clock

    async def mail(
        self,
        to: str,
        subject: str,
        text: str,
        html: str,
        *,
        reply_to: str | None = None,
        headers: Mapping[str, str] = NOTHING,
        custom_args: Mapping[str, str] = NOTHING,
    ) -> Sent:
        """Send one mail; its id is SendGrid's ``X-Message-Id``. ``custom_args`` come back with every event: opaque ids.

        Raises :class:`Undelivered` with the HTTP status (``20429`` and ``unreachable`` may be sent again), or
        :class:`Uncertain` where it may have been sent: an event with its ``custom_args`` settles that.
        """
        body = _body(self._sender, to, subject, text, html, reply_to, headers, custom_args)
        try:
            answer = await asyncio.to_thread(self._client.client.mail.send.post, request_body=body)
        except HTTPError as refusal:
            status = int(refusal.status_code)
            if status == 429:
                raise Undelivered(BUSY) from None
            raise (Uncertain(str(status)) if status >= 500 or status == 408 else Undelivered(str(status))) from None
        except URLError as lost:
            unsent = isinstance(lost.reason, _UNSENT)
            raise (Undelivered(UNREACHABLE) if unsent else Uncertain("lost")) from None
        except Exception as unknown:  # noqa: BLE001  # a timeout, half an answer: it may be on its way
            raise Uncertain(type(unknown).__name__) from None
        return Sent(str(answer.headers.get("X-Message-Id") or custom_args.get("out", "")), "accepted")

    def signed(self, timestamp: str | None, body: bytes, signature: str | None) -> bool:
        """Whether SendGrid signed this body, not longer than five minutes ago. Never raises."""
        try:
            age = abs(self._clock() - datetime.fromtimestamp(int(timestamp or ""), UTC))
            raw = base64.b64decode(signature or "", validate=True)
            return age <= OLDEST and any(_fits(key, raw, (timestamp or "").encode() + body) for key in self._keys)
        except Exception:  # noqa: BLE001  # whatever can't be checked is not signed
            return False


class _Client(HttpClient):  # type: ignore[misc]  # the library ships no types
    """The SDK's client; with ``local`` no proxy of the environment comes between us and this machine."""

    def __init__(self, *, local: bool = False, **given: Any) -> None:
        super().__init__(**given)
        self._local = local

    def _build_client(self, name: str | None = None) -> _Client:
        path = [*self._url_path, name] if name else self._url_path
        return _Client(
            local=self._local, host=self.host, version=self._version, request_headers=self.request_headers,
            url_path=path, append_slash=self.append_slash, timeout=self.timeout,
        )  # fmt: skip

    def _make_request(self, opener: Any, request: Any, timeout: float | None = None) -> Any:
        handlers = [urllib.request.ProxyHandler({})] if self._local else []
        return super()._make_request(urllib.request.build_opener(*handlers, _Straight), request, timeout=timeout)


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a mail that is posted somewhere else is not known to be sent."""

    def redirect_request(self, *given: Any) -> None:
        return None


def _body(
    sender: Email,
    to: str,
    subject: str,
    text: str,
    html: str,
    reply_to: str | None,
    headers: Mapping[str, str],
    custom_args: Mapping[str, str],
) -> dict[str, Any]:
    mail, one = Mail(), Personalization()
    one.add_to(To(to))
    for name, value in headers.items():
        one.add_header(Header(name, value))
    for name, value in custom_args.items():
        one.add_custom_arg(CustomArg(name, value))
    mail.add_personalization(one)
    mail.from_email = sender
    if reply_to:
        mail.reply_to = ReplyTo(reply_to)
    mail.subject = subject
    mail.add_content(Content("text/plain", text))
    if html:
        mail.add_content(Content("text/html", html))
    # A tracked link leads through a host of the provider's, and a tracked opening says nothing: scanners open mail too.
    mail.tracking_settings = TrackingSettings(
        click_tracking=ClickTracking(False, False),
        open_tracking=OpenTracking(False),
        subscription_tracking=SubscriptionTracking(False),
    )
    body: dict[str, Any] = mail.get()
    return body


def _public_key(text: str) -> EllipticCurvePublicKey:
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except ValueError:
        key = None
    if not isinstance(key, EllipticCurvePublicKey):
        raise Misconfigured("SENDGRID_WEBHOOK_PUBLIC_KEY is not the key that SendGrid shows: base64, beginning MFkw.")
    return key


def _fits(key: EllipticCurvePublicKey, signature: bytes, content: bytes) -> bool:
    try:
        key.verify(signature, content, ECDSA(SHA256()))
    except Exception:  # noqa: BLE001  # not this key's
        return False
    return True
