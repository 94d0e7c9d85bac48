"""A customer who wrote STOP gets no more texts over that channel until START."""

from __future__ import annotations

import asyncio

from database.consent import Consent
from database.engine import Database
from models.people import Address, Channel

ADA = Address(kind="phone", value="+12125550142")
EVE = Address(kind="phone", value="+12125550143")


async def test_stop_and_start(db: Database) -> None:
    consent = Consent(db)
    assert await consent.may(Channel.SMS, ADA)
    await consent.stop(Channel.SMS, ADA)
    await consent.stop(Channel.SMS, ADA)
    assert not await consent.may(Channel.SMS, ADA)
    assert await consent.may(Channel.WHATSAPP, ADA)
    assert await consent.may(Channel.SMS, EVE)
    await consent.start(Channel.SMS, ADA)
    await consent.start(Channel.SMS, ADA)
    assert await consent.may(Channel.SMS, ADA)


async def test_many_stops_at_once_are_one(db: Database) -> None:
    consent = Consent(db)
    await asyncio.gather(*(consent.stop(Channel.SMS, ADA) for _ in range(12)))
    assert not await consent.may(Channel.SMS, ADA)
