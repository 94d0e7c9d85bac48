"""A chat over WhatsApp and by text: where the lines go, and what is said of those that did not arrive."""

from __future__ import annotations

import pytest

from tests.gateway.conftest import CUSTOMER
from tests.gateway.test_desk_chat import chatting, driving, lines, quiet_carrier
from tests.switchboard.conftest import Town, town

__all__ = ["quiet_carrier", "town"]


async def test_whatsapp_goes_by_whatsapp_both_ways(town: Town) -> None:
    await town.says("pay my bill", over="whatsapp:")
    ann = await driving(town)
    await ann.sends("/chat", text="Hello, let me look.")
    assert await town.says("thank you", over="whatsapp:") == ""
    assert await lines(town) == [("agent", "Hello, let me look."), ("customer", "thank you")]
    sent = await town.parts.outbox.for_case((await town.turn("pay-bill")).case)
    (ours,) = [each for each in sent if each.key.startswith("chat:")]
    assert ours.channel.value == "whatsapp"


@pytest.mark.parametrize(
    ("status", "said"),
    [("delivered", "data-state>delivered"), ("failed", "not delivered:"), ("undelivered", "not delivered:")],
)
async def test_how_far_a_line_came_is_said(town: Town, status: str, said: str) -> None:
    ann = await chatting(town)
    case = (await town.turn("pay-bill")).case
    (key,) = [each.key for each in await town.parts.outbox.for_case(case) if each.key.startswith("chat:")]
    await town.parts.outbox.claim(key)
    await town.parts.outbox.sent(key, "SM" + "7" * 32, "sent")
    form = {"MessageSid": "SM" + "7" * 32, "MessageStatus": status, "From": CUSTOMER, "ErrorCode": "30003"}
    await town.provider(f"/twilio/messages/status?out={key}", form)
    await ann.opens(f"/desk/case/{case}")
    assert said in ann.page.text.lower()
