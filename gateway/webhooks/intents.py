"""What a provider is asked to do in our name is on record before it is asked: whatever else it reports is not taken."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from channels.phone import Pay, Speech
from database.inbox import Inbox
from gateway.webhooks.place import Place
from gateway.webhooks.signature import fingerprint


async def intended(inbox: Inbox, sid: str, speech: Speech) -> None:
    """Note that a card is asked for in the call, where the speech asks for one."""
    for verb in speech:
        if isinstance(verb, Pay):
            id = intent_id(sid, Place.read(dict(parse_qsl(urlsplit(verb.action).query))))
            await inbox.receive(id, "pay-asked", fingerprint(id), {})
            await inbox.done(id, "")


def intent_id(sid: str, place: Place) -> str:
    return f"{sid}:pay:{place.case}:{place.id}"
