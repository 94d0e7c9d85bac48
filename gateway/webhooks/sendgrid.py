"""SendGrid's addresses: mail that comes in, which is never refused, and what became of ours, which must be signed."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import logging
from typing import cast

from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from gateway.mailroom import Mailroom
from gateway.metrics import WEBHOOKS
from gateway.parts import parts_of
from gateway.webhooks.mail_desk import MailDesk
from gateway.webhooks.mail_events import MailEvents, events_of
from models.errors import NotConfirmed, NotUnderstood

log = logging.getLogger(__name__)
router = APIRouter(prefix="/sendgrid", include_in_schema=False)
LARGEST_MAIL = 32 * 1024 * 1024  # SendGrid takes 30 MB in all
_HEAD = 256 * 1024
READ_WITHIN = 60.0  # seconds: whoever sends drop by drop keeps others out no longer than that
SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
_AGAIN = {"Retry-After": "300"}


@router.post("/inbound")
@router.post("/inbound/{secret:path}")
async def inbound(request: Request, secret: str = "") -> Response:
    """A mail. 200, or 503 to have it sent again: SendGrid drops a mail for good at any 3xx or 4xx."""
    parts = parts_of(request)
    if parts.mail is None:
        return Response(status_code=503, headers=_AGAIN)
    desk = cast("MailDesk", request.app.state.mails)
    try:
        async with desk.room:
            return await _take(request, parts.mail, desk, secret)
    except (ClientDisconnect, TimeoutError):
        return Response(status_code=503, headers=_AGAIN)
    except NotConfirmed:
        log.warning("a mail could not be kept: it will be sent again")
    except Exception as error:  # noqa: BLE001 - a bug must not lose a mail
        log.error("a mail could not be taken: %s", type(error).__name__)
    WEBHOOKS.labels("inbound", "failed").inc()
    return Response(status_code=503, headers=_AGAIN)


async def _take(request: Request, mail: Mailroom, desk: MailDesk, secret: str) -> Response:
    if not mail.signed and not _admitted(request, mail, secret):
        # Not 403: should it be our own setting that is wrong, the mail comes again for three days.
        WEBHOOKS.labels("inbound", "forbidden").inc()
        return Response(status_code=503, headers=_AGAIN)
    async with asyncio.timeout(READ_WITHIN):
        body, whole = await _read(request)
    if not whole and not mail.signed:
        await desk.too_large(body[:_HEAD])
        return Response(status_code=200)
    given = request.headers
    if mail.signed and not (whole and mail.door.signed(given.get(TIMESTAMP), body, given.get(SIGNATURE))):
        WEBHOOKS.labels("inbound", "forbidden").inc()
        return Response(status_code=503, headers=_AGAIN)
    await desk.receive(given.get("content-type", ""), body)
    return Response(status_code=200)


async def _read(request: Request) -> tuple[bytes, bool]:
    """The body, and whether all of it was taken."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_MAIL:
            return bytes(body), False
    return bytes(body), True


def _admitted(request: Request, mail: Mailroom, secret: str) -> bool:
    """Whether the request brings the secret, in its address or as a password, where one is set."""
    if not mail.secret:
        return True
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    password = ""
    if scheme.lower() == "basic":
        try:
            password = base64.b64decode(given).decode("utf-8", "replace").partition(":")[2]
        except (binascii.Error, ValueError):
            password = ""
    return any(hmac.compare_digest(said.encode(), mail.secret.encode()) for said in (secret.strip("/"), password))


@router.post("/events")
async def events(request: Request) -> Response:
    """What became of our mails. Everything here is signed or 403; 503 has a batch posted again."""
    parts = parts_of(request)
    body = await request.body()
    given = request.headers
    if parts.mail is None or not parts.mail.door.signed(given.get(TIMESTAMP), body, given.get(SIGNATURE)):
        WEBHOOKS.labels("events", "forbidden").inc()
        log.warning("mail events were not signed by the provider")
        return Response(status_code=403)
    try:
        found = events_of(body)
    except NotUnderstood:
        WEBHOOKS.labels("events", "malformed").inc()
        return Response(status_code=400)
    await MailEvents(parts).take(found)
    return Response(status_code=204)
