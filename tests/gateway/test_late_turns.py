"""Words that arrive after the hang-up count; since nobody hears the reply, the case is left once more."""

from __future__ import annotations

from tests.gateway.conftest import CUSTOMER, NUMBER, World
from tests.gateway.test_calls import action

ENDED = {"CallSid": "CA1", "Direction": "inbound", "From": CUSTOMER, "CallStatus": "completed", "SequenceNumber": "5"}


async def test_a_turn_after_the_hang_up_leaves_again(world: World) -> None:
    await world.texts("pay my bill")
    where = action(await world.calls())
    await world.provider("/twilio/voice/status", ENDED | {"To": NUMBER})
    await world.calls(where, SpeechResult="forty dollars")
    done = [what for what, _ in world.switchboard.requests]
    assert done[-4:] == ["leave", "arrive", "answer", "leave"]


async def test_a_turn_before_the_hang_up_does_not(world: World) -> None:
    await world.texts("pay my bill")
    await world.calls(action(await world.calls()), SpeechResult="forty dollars")
    assert "leave" not in [what for what, _ in world.switchboard.requests]
