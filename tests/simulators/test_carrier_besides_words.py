"""What comes and goes besides words: files, buttons and lists, replies to a message, machines that answer calls."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest
import pytest_asyncio
from twilio.base.exceptions import TwilioRestException

from channels.providers.twilio import Content, TwilioDoor
from models.errors import NotUnderstood
from simulators.carrier.contents import content_sid, templates
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN, World

pytestmark = pytest.mark.asyncio(loop_scope="session")
PHOTO = b"\xff\xd8\xff a photo"
FILE = {"name": "bill.jpg", "type": "image/jpeg", "base64": base64.b64encode(PHOTO).decode()}
BUTTONS = {"1": "Now or later?", "2": "Now", "3": "c k 1 1", "4": "Later", "5": "c k 1 2"}


@pytest_asyncio.fixture(loop_scope="session")
async def door(world: World) -> Any:
    door = TwilioDoor(ACCOUNT, [TOKEN], NUMBER, api_url=world.carrier, timeout=2)
    yield door
    door.close()


async def test_a_photo_is_announced_and_given_to_the_account_only(world: World, door: TwilioDoor) -> None:
    await world.phone.texts(media=[FILE])
    [hook] = world.listener.at("/twilio/messages")
    assert hook.signed
    assert (hook.form["NumMedia"], hook.form["Body"], hook.form["MediaContentType0"]) == ("1", "", "image/jpeg")
    assert hook.form["MessageSid"].startswith("MM")
    url = hook.form["MediaUrl0"]
    assert await door.media(url) == PHOTO
    async with httpx.AsyncClient(trust_env=False) as stranger:
        assert (await stranger.get(url)).status_code == 401
    with pytest.raises(NotUnderstood):
        await door.media(url + "x")
    assert (await world.phone.state())["texts"][0]["files"] == [{"name": "bill.jpg", "type": "image/jpeg"}]


async def test_buttons_are_shown_and_a_tap_says_which(world: World, door: TwilioDoor) -> None:
    await world.phone.texts("hi", channel="whatsapp")
    content = Content(content_sid("buttons-2"), BUTTONS)
    sent = await door.text(
        CUSTOMER, "in words", status_callback=f"{world.company}/receipt", whatsapp=True, content=content
    )
    await world.phone.hears_text("Now or later?")
    await world.phone.taps("Later")
    hook = world.listener.at("/twilio/messages")[-1]
    told = {name: hook.form[name] for name in ("ButtonPayload", "ButtonText", "Body", "MessageType")}
    assert told == {"ButtonPayload": "c k 1 2", "ButtonText": "Later", "Body": "Later", "MessageType": "button"}
    assert hook.form["OriginalRepliedMessageSid"] == sent.provider_id
    assert hook.signed


async def test_buttons_need_the_day_and_approved_words_do_not(world: World) -> None:
    given = {"to": f"whatsapp:{CUSTOMER}", "from_": f"whatsapp:{NUMBER}"}
    for name, variables in (("buttons-2", BUTTONS), ("reminder", {"1": "Not finished yet.", "2": "https://x.example"})):
        more = {"content_sid": content_sid(name), "content_variables": json.dumps(variables)}
        await asyncio.to_thread(
            world.twilio.messages.create, status_callback=f"{world.company}/{name}", **(given | more)
        )
    [receipt] = await world.listener.got("/buttons-2", 1)
    assert receipt.form["ErrorCode"] == "63016"
    assert await world.phone.hears_text("Not finished") == "Not finished yet. https://x.example"


@pytest.mark.parametrize(
    ("sid", "variables", "code"),
    [
        ("HX" + "0" * 32, "{}", 21655),
        (content_sid("reminder"), "{}", 21656),
        (content_sid("reminder"), "nonsense", 21656),
        (content_sid("reminder"), '{"1": 5}', 21656),
        (content_sid("buttons-2"), '{"1": "a", "2": "b"}', 21656),
    ],
)
async def test_templates_are_looked_at_closely(world: World, sid: str, variables: str, code: int) -> None:
    given = {"to": f"whatsapp:{CUSTOMER}", "from_": f"whatsapp:{NUMBER}", "content_sid": sid}
    with pytest.raises(TwilioRestException) as refused:
        await asyncio.to_thread(world.twilio.messages.create, content_variables=variables, **given)
    assert refused.value.code == code


async def test_a_machine_that_answers_is_noticed_where_that_was_asked_for(world: World, door: TwilioDoor) -> None:
    world.listener.replies["/out"] = "<Say>Hello.</Say>"
    url, back = f"{world.company}/out", f"{world.company}/progress"
    await door.call(CUSTOMER, url=url, status_callback=back, to_a_person=True)
    await (await world.phone.rings()).a_machine_answers()
    await door.call(CUSTOMER, url=url, status_callback=back)
    await (await world.phone.rings()).a_machine_answers()
    assert world.listener.forms("/out", "AnsweredBy") == ["machine_start", None]


async def test_the_setting_names_every_template() -> None:
    assert f"list-10:{content_sid('list-10')}" in templates().split(",")
