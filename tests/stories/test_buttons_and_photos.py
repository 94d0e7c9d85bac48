"""On WhatsApp: options are tapped, a photo is kept, and an old button answers nothing new."""

from __future__ import annotations

import base64

import pytest

from tests.stories.world import Customer, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHOTO = {"name": "x.exe", "type": "image/png", "base64": base64.b64encode(b"\x89PNG\r\n\x1a\n photo").decode()}


async def test_a_bill_is_paid_by_taps(world: World, customer: Customer) -> None:
    phone = customer.phone
    await phone.texts("pay my bill", channel="whatsapp")
    await customer.hears("How much would you like to pay?")
    await phone.taps("Minimum $25.00")
    await customer.hears("now, or on a later day?")
    await phone.texts(media=[PHOTO], channel="whatsapp")
    await customer.hears("Thanks, we have kept your file.")
    await phone.taps("Full $84.20")
    assert "now, or on a later day?" in await customer.hears("already")
    await phone.taps("Now")
    await customer.hears("How would you like to pay?")
    await phone.taps("Visa ending 4242")
    await customer.hears("Pay $25.00 now with Visa ending 4242?")
    await phone.taps("Yes")
    await customer.hears("$25.00")
    assert await world.payments(phone.number) == 1
    assert await customer.faults() == []
