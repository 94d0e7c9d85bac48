"""Requests that are not from whom they say: unsigned, signed long ago, or signed for something else."""

from __future__ import annotations

import json

import pytest
from fastapi.routing import APIRoute

from doors import mail_door
from gateway.webhooks import tasks, twilio
from models.errors import Misconfigured
from settings import Settings
from simulators.carrier import signature
from tests.gateway.conftest import ACCOUNT, CUSTOMER, NUMBER, PUBLIC, TOKEN, World, sid
from tests.gateway.mailing import INBOUND, Mailing, mailed

TWILIO = [
    route.path.removeprefix("/twilio").removeprefix("/")
    for route in (*twilio.router.routes, *tasks.router.routes)
    if isinstance(route, APIRoute)
]


@pytest.mark.parametrize("path", TWILIO)
async def test_every_address_of_twilio_wants_its_signature(world: World, path: str) -> None:
    form = {"MessageSid": "SM" + "1" * 32, "CallSid": "CA" + "1" * 32, "From": CUSTOMER, "Body": "pay my bill"}
    for headers in ({}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "a" * 28}, {"X-Twilio-Signature": "\xe9"}):
        raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
        assert (await world.client.post(f"/twilio/{path}", data=form, headers=raw)).status_code == 403
    assert (await world.client.get(f"/twilio/{path}", params=form)).status_code in {404, 405}
    assert (await world.provider(f"/twilio/{path}", form, token="another")).status_code == 403
    assert world.switchboard.requests == []


async def test_a_signature_is_good_for_its_own_address(world: World) -> None:
    """A receipt's signature opens no call, nor the same call at another place."""
    heard = await world.calls()
    assert "Gather" in heard
    form = {"CallSid": "CA1", "From": CUSTOMER, "Direction": "inbound", "CallStatus": "in-progress"}
    form |= {"AccountSid": ACCOUNT, "To": NUMBER, "CallSid": sid("CA1")}
    signed = signature(TOKEN, f"{PUBLIC}/twilio/voice", form)
    for path in ("/twilio/voice/turn?c=pay-bill/c_x/1&k=pay&r=1", "/twilio/voice?case=x", "/twilio/pay"):
        answer = await world.client.post(path, data=form, headers={"X-Twilio-Signature": signed})
        assert answer.status_code == 403


async def test_events_of_mail_that_are_old_or_of_the_future_are_refused(mailing: Mailing) -> None:
    event: dict[str, object] = {"event": "bounce", "email": "jane@home.example", "sg_event_id": "e1"}
    assert await mailing.events(event, age=3600) == 403
    assert await mailing.events(event, age=-3600) == 403
    assert await mailing.events(event) == 204


async def test_mail_that_must_be_signed_leaves_nothing_behind_unsigned(mailing: Mailing) -> None:
    """Not even its beginning where it is too large: else anybody could fill the list of what is nobody's."""
    async with mailed(mailing.parts.database, signed=True) as signed:
        body = b"x" * (33 * 1024 * 1024)
        assert (await signed.client.post(INBOUND, content=body)).status_code == 503
        assert await signed.writes("pay my bill") == 503
        assert await signed.strays() == []


def test_mail_that_anybody_could_post_is_no_way_to_run() -> None:
    """Where neither a secret nor a signature says that SendGrid posted it, its word on the sender is anybody's."""
    given = {"SENDGRID_API_KEY": "SG.x", "SEGUE_MAIL_FROM": "Segue <a@b.example>"}
    with pytest.raises(Misconfigured, match="SEGUE_MAIL_SECRET"):
        mail_door(Settings.model_validate(given))
    for way in ({"SEGUE_MAIL_SECRET": "s"}, {"SEGUE_MAIL_SIGNED": "1"}, {"SEGUE_CARRIER_URL": "http://127.0.0.1:9"}):
        assert mail_door(Settings.model_validate(given | way)) is not None


async def test_a_form_that_is_no_form_is_no_fault(world: World) -> None:
    for body in (b"", b"%", b"&&&===", b"a=" + b"%ff" * 1000, b"&".join(b"a=1" for _ in range(2000)), b"\x00"):
        answer = await world.client.post(
            "/twilio/messages", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 403
    nested = json.dumps({"a": 1}).encode()
    assert (await world.client.post("/twilio/voice", content=nested)).status_code == 403
