"""What a request of a call says: who is on the line, and what was heard."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.datastructures import FormData

from channels.reading import Said
from channels.reading.mask import mask
from gateway.webhooks.place import Place
from gateway.webhooks.signature import text_of
from models.errors import Unknown
from models.people import Address

NUMBER = re.compile(r"\+[1-9]\d{6,14}")
CALL = ("CallSid", "From", "To", "Direction", "CallStatus", "SequenceNumber", "DialCallStatus")
WORDS = ("SpeechResult", "Confidence", "Digits")


def kept(form: FormData) -> dict[str, str]:
    """The fields worth keeping, with what looks like a card number masked."""
    fields = {name: text_of(form, name) for name in CALL + WORDS}
    return fields | {"SpeechResult": mask(fields["SpeechResult"]), "Digits": mask(fields["Digits"])}


def turn_id(body: Mapping[str, str]) -> str:
    return f"{body['CallSid']}:{Place.read(body).id}"


def said(body: Mapping[str, str]) -> Said:
    """The caller's words or keys; nothing at all is an empty Said."""
    if body["Digits"]:
        return Said(body["Digits"], "keypad")
    try:
        confidence = float(body["Confidence"])
    except ValueError:
        return Said(body["SpeechResult"], "speech")
    return Said(body["SpeechResult"], "speech", confidence if 0 <= confidence <= 1 else None)


def ours(body: Mapping[str, str]) -> bool:
    """Whether we placed the call."""
    return body["Direction"].startswith("outbound")


def caller(body: Mapping[str, str]) -> Address | None:
    """The customer's number, or None where it is withheld."""
    number = body["To"] if ours(body) else body["From"]
    return Address(kind="phone", value=number) if NUMBER.fullmatch(number) else None


def address_of(body: Mapping[str, str]) -> Address:
    address = caller(body)
    if address is None:
        raise Unknown
    return address
