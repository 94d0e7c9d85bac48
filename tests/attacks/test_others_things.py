"""What belongs to one customer, brought by another: buttons, reply addresses, tokens, records."""

from __future__ import annotations

import json

import pytest

from channels.whatsapp import tapped
from models.people import Address
from switchboard.identity import Addresses
from tests.gateway.conftest import CUSTOMER, World
from tests.gateway.mailing import DOMAIN, JANE, Mailing
from tests.switchboard.conftest import FRIEND, Town

EVE = "+14155550199"


async def taps(world: World, payload: str, sid: str, by: str = EVE) -> None:
    form = {"From": f"whatsapp:{by}", "To": "whatsapp:+18005550100", "ButtonPayload": payload, "ButtonText": "x"}
    assert (await world.texts("x", sid, **form)).status_code == 200


@pytest.mark.parametrize("own_case", [False, True])
async def test_anothers_button_answers_nothing(world: World, own_case: bool) -> None:
    await world.texts("pay my bill")
    theirs = next(iter(world.switchboard.plays))
    if own_case:
        await world.texts("pay my bill", "SM5", From=EVE)
    payload = f"{theirs} amount 1 25"
    assert tapped(payload) is not None
    await taps(world, payload, "SM6")
    assert [play.answers for play in world.switchboard.plays.values()] == [{}] * (1 + own_case)


@pytest.mark.parametrize(
    "payload",
    ["a/b/c amount 1 25", "a/b/c amount 99999999999 25", "/// a 1 x", "x" * 4000, "a/b/c  1 25", "a/b/c \x00 1 25"],
)
async def test_a_made_up_button_breaks_nothing(world: World, payload: str) -> None:
    await world.texts("pay my bill", From=EVE)
    await taps(world, payload, "SM7")
    await world.texts("25", "SM8", From=EVE)
    (play,) = world.switchboard.plays.values()
    assert list(play.answers) in (["amount"], ["amount", "when"])


async def test_a_reply_to_anothers_message_answers_nothing(world: World) -> None:
    await world.texts("pay my bill")
    (asked,) = await world.sent()
    await world.parts.outbox.sent(asked.key, "SM" + "a" * 32, "delivered")
    more = {"From": f"whatsapp:{EVE}", "To": "whatsapp:+18005550100", "OriginalRepliedMessageSid": "SM" + "a" * 32}
    await world.texts("25", "SM9", **more)
    (play,) = world.switchboard.plays.values()
    assert play.answers == {}


async def test_records_are_joined_by_the_code_that_went_to_the_address(town: Town) -> None:
    """Saying so joins nobody, nor does guessing."""
    await town.says("upgrade my phone")
    victim, eve = await town.parts.customers.meet(_of(CUSTOMER)), await town.parts.customers.meet(_of(FRIEND))
    door = Addresses(town.parts.codes, town.parts.customers, town.parts.post)
    await door.claim(eve.id, _of(CUSTOMER), "claim")
    for code in ("", "000000", "'; --", "0" * 40):
        assert await door.prove(eve.id, _of(CUSTOMER), code) != "right"
    assert await town.parts.customers.find(_of(CUSTOMER)) == victim
    assert await town.parts.switchboard.open_cases(eve.id) == []


def _of(number: str) -> Address:
    return Address(kind="phone", value=number)


async def test_an_old_mail_is_still_answered_after_records_were_joined(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    case = next(iter(mailing.switchboard.plays))
    jane = await mailing.parts.customers.find(Address(kind="email", value=JANE))
    ada = await mailing.parts.customers.meet(_of(CUSTOMER))
    assert jane is not None
    await mailing.parts.customers.join(jane.id, ada.id)
    assert await mailing.writes("25") == 200
    assert await mailing.strays() == []
    assert list(mailing.switchboard.plays[case].answers) == ["amount"]


async def test_an_address_among_others_is_not_the_writers(mailing: Mailing) -> None:
    """The envelope says whom it reached, but To, Cc and References are whatever was written there."""
    await mailing.writes("pay my bill")
    reply_to = str(mailing.got[-1].extras["reply_to"])
    headers = f"References: <{reply_to}> <x@{DOMAIN}>\nIn-Reply-To: <{reply_to}>\nCc: {reply_to}"
    await mailing.writes("25", sender="eve@elsewhere.example", to=f"hello@{DOMAIN}", headers=headers)
    assert [play.answers for play in mailing.switchboard.plays.values()] == [{}]


async def test_an_envelope_of_another_says_nothing_of_the_writer(mailing: Mailing) -> None:
    await mailing.writes("pay my bill")
    before = len(mailing.got)
    await mailing.writes("25", dkim="{@elsewhere.example : pass}", spf="pass", envelope_from="eve@elsewhere.example")
    await mailing.writes("25", dkim="{@home.example : fail}", spf="pass", envelope_from=f"{JANE} <eve@e.example>")
    await mailing.writes("25", dkim="{@notexample : pass}{@ome.example : pass}{@example : pass}", spf="fail")
    assert [play.answers for play in mailing.switchboard.plays.values()] == [{}]
    assert [m.key.partition(":")[0] for m in mailing.got[before:]] in ([], ["unproved"])
    assert json.dumps([stray.reason for stray in await mailing.strays()]).count("not-proved") == 3
