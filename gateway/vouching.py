"""What an app may say for a customer: no cards, only the customer's own methods, no more than it may vouch for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from pydantic import JsonValue

from activities.billing import BackOffice
from channels.reading import has_card
from database.company import ISSUED
from gateway.parts import Parts
from models.errors import Forbidden, NotConfirmed, Refusal
from models.people import Assurance, Channel

# Whoever speaks here was seen by one of the company's people.
SEEN = {Channel.DESK, Channel.STORE}
RELEASED = "released"  # by the person who had the case
# An identifier's chance digits may pass for a card's.
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def cardless(value: JsonValue) -> JsonValue:
    """The value, unless a card number or security code stands anywhere in it: then Refusal, before it is kept."""
    if any(has_card(text) for text in texts(value) if not IDENTIFIER.fullmatch(text)):
        raise Refusal("no-card-numbers-here")
    return value


async def kept_out(parts: Parts, case: str, key: str, value: JsonValue) -> None:
    """The same for an answer; but digits that the case asks for, an IMEI's say, may look like a card's."""
    try:
        cardless(value)
    except Refusal:
        turn = await parts.switchboard.look(case)
        asked = [(p.question.key, p.question.kind) for p in turn.pending] if turn else []
        given = [(line.key, line.kind) for line in turn.answers] if turn else []
        if (key, "digits") not in [*asked, *given]:
            raise


def texts(value: JsonValue) -> Iterator[str]:
    """Every text and number in a value, and what neighbours in a list make together."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield name
            yield from texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from texts(inside)
        for alone, together in groupby(value, lambda inside: not isinstance(inside, dict | list)):
            if alone:
                yield " ".join(map(str, together))
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def vouch(parts: Parts, key: str, channel: Channel, assurance: Assurance) -> None:
    """Raises Forbidden where only a trusted key may claim who or where the customer is."""
    if key not in parts.trusted_keys and (channel in SEEN or assurance is Assurance.VERIFIED):
        raise Forbidden


def may_report(parts: Parts, key: str, event: str) -> None:
    """Raises Forbidden where giving a case back would vouch for a customer, and the key may not."""
    if event == RELEASED and key not in parts.trusted_keys:
        raise Forbidden


async def resolved(office: BackOffice, customer: str, value: JsonValue) -> JsonValue:
    """A payment method as the company knows it, whatever the app calls it; any other value as it is.

    A token that is not the customer's comes back without a label, which no question takes.
    """
    token = value.get("token") if isinstance(value, dict) else value
    if not isinstance(token, str) or not (isinstance(value, dict) or token.startswith(ISSUED)):
        return value
    try:
        method = await office.method(customer, token)
    except OSError:
        raise NotConfirmed from None
    if method is not None:
        return method.model_dump()
    return {"token": token} if isinstance(value, dict) else value
