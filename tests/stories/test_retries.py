"""A request that comes again after its answer was taken, as it does when the server died in between."""

from __future__ import annotations

import pytest

from bootstrap import wire
from channels.reading import Said
from models.money import Money
from models.people import Address, Assurance, Channel
from settings import Settings
from switchboard.conversation import Conversation
from switchboard.front_door import front_desk
from tests.stories.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_same_text_again_gets_the_same_turn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    there = world.machine.environment
    monkeypatch.setenv("TEMPORAL_ADDRESS", there["TEMPORAL_ADDRESS"])
    async with wire(Settings.model_validate(dict(there))) as wiring:
        switchboard = wiring.switchboard()
        talk = Conversation(switchboard, front_desk(wiring.database, wiring.post))
        address = Address(kind="phone", value=world.number())
        speaker = await switchboard.recognise(Channel.SMS, address, Assurance.POSSESSION)
        await talk.hear(speaker, Said("pay my bill", "typed"), request_id="SM1")
        once = await talk.hear(speaker, Said("25", "typed"), request_id="SM2")
        again = await talk.hear(speaker, Said("25", "typed"), request_id="SM2")
    assert once.turn is not None
    assert again.turn == once.turn
    assert again.turn.question is not None
    assert again.turn.question.question.key == "when"
    assert Money.model_validate(again.turn.answers[0].value) == Money.of(25)
