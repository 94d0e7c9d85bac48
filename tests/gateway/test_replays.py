"""An old signature holds for the same text cut otherwise: such a request is refused before it does anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulators.carrier import signature
from tests.gateway.conftest import ACCOUNT, CUSTOMER, NUMBER, PUBLIC, TOKEN, World, sid

FORM = {
    "AccountSid": ACCOUNT,
    "Body": "1",
    "From": CUSTOMER,
    "MessageSid": sid("SM1"),
    "NumMedia": "0",
    "To": NUMBER,
}


def cut(**changed: str | None) -> dict[str, str]:
    return {name: value for name, value in (FORM | changed).items() if value is not None}


REPLAYS = {
    "the next field in the id": cut(MessageSid=f"{sid('SM1')}NumMedia0", NumMedia=None),
    "the id in the sender": cut(From=f"{CUSTOMER}MessageSid{sid('SM1')}", MessageSid=None),
    "the account in a name": {"AccountSid" + ACCOUNT + "Body": "1"} | cut(AccountSid=None, Body=None),
}


@pytest.mark.parametrize("why", REPLAYS)
async def test_an_old_request_cut_otherwise_is_refused(world: World, why: str) -> None:
    signed = signature(TOKEN, f"{PUBLIC}/twilio/messages", FORM)
    again = REPLAYS[why]
    assert signature(TOKEN, f"{PUBLIC}/twilio/messages", again) == signed
    answer = await world.client.post("/twilio/messages", data=again, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 403
    assert await world.parts.inbox.unfinished(timedelta(seconds=-5), 10) == []
    assert await world.sent() == []


@pytest.mark.parametrize(
    "other",
    [
        {"MessageSid": "SM" + "A" * 32},
        {"MessageSid": "XX" + "a" * 32},
        {"AccountSid": "AC" + "b2" * 16},
        {"To": "+18005550199"},
    ],
)
async def test_a_signed_request_of_somebody_else_is_refused(world: World, other: dict[str, str]) -> None:
    answer = await world.provider("/twilio/messages", FORM | other)
    assert answer.status_code == 403
    assert await world.sent() == []


async def test_the_request_itself_is_taken(world: World) -> None:
    assert (await world.provider("/twilio/messages", FORM | {"MessageSid": "MM" + "a" * 32})).status_code == 200
    assert len(await world.sent()) == 1
