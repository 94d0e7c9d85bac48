"""Who calls: a request is read only when its signature holds over the public address, byte for byte."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.datastructures import FormData

from channels.providers.twilio import TwilioDoor
from gateway.metrics import WEBHOOKS
from gateway.parts import parts_of

log = logging.getLogger(__name__)
MOST_FIELDS = 1000
IDS = ("MessageSid", "CallSid")
SID = re.compile(r"(?:SM|MM|CA)[0-9a-f]{32}")
SETTINGS = "x-twilio-webhooks-signature-settings"


async def signed_form(request: Request) -> FormData:
    """The form of a request about a call or a message that Twilio signed, as :func:`signed`."""
    return await signed(request, about_us)


async def signed(request: Request, ours: Callable[[FormData, TwilioDoor], bool]) -> FormData:
    """The form of a request that Twilio signed. Raises 403 before anything is done; blank fields stay.

    The address is the configured one with the raw path and query: what a proxy says about itself is anybody's word.
    ``ours`` says whether what is signed is about this account.
    """
    parts = parts_of(request)
    raw_path = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope.get("query_string", b"")
    url = parts.url(raw_path.decode("latin-1") + (f"?{query.decode('latin-1')}" if query else ""))
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        pairs = []
    form = FormData([(name, value) for name, value in pairs])
    signature, settings = (request.headers.get(name) for name in ("x-twilio-signature", SETTINGS))
    if not parts.door.signed(url, form, signature, settings):
        WEBHOOKS.labels(request.scope["route"].path, "forbidden").inc()
        log.warning("a request to %s was not signed by the provider", request.scope["route"].path)
        raise HTTPException(403)
    if not ours(form, parts.door):
        WEBHOOKS.labels(request.scope["route"].path, "not-ours").inc()
        log.warning("a signed request to %s was not about this account", request.scope["route"].path)
        raise HTTPException(403)
    return form


def about_us(form: FormData, door: TwilioDoor) -> bool:
    """Whether a signed request is one of our account and number, under an id of the provider's own making.

    What is signed has no marks between the fields: the same signature holds for the same text cut otherwise, which
    could turn an old request into one with a new id.
    """
    ids = [value for name in IDS for value in form.getlist(name)]
    if not ids or not all(SID.fullmatch(str(id)) for id in ids):
        return False
    ends = {text_of(form, name).removeprefix("whatsapp:") for name in ("To", "From")}
    return form.getlist("AccountSid") == [door.account_sid] and door.number in ends


def text_of(form: FormData, name: str) -> str:
    """A field as text; the first where it was repeated, empty where it is missing."""
    found = form.getlist(name)
    return str(found[0]) if found else ""


def fingerprint(*values: str) -> str:
    """What tells one content from another without holding it."""
    return hashlib.sha256("\x1f".join(values).encode("utf-8", "surrogatepass")).hexdigest()
