"""Messages by the real client: sent, received, refused, stopped, kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from simulators.carrier import Account, Handset, create_carrier, listening
from simulators.carrier.exchange import Exchange
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN, World, twiml

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def refused(world: World, **given: Any) -> tuple[int, int]:
    """The HTTP status and the code that a message is refused with."""
    with pytest.raises(TwilioRestException) as caught:
        await asyncio.to_thread(world.twilio.messages.create, **given)
    return caught.value.status, caught.value.code


async def test_a_text_arrives_and_its_receipts_come_back_signed(world: World) -> None:
    sent = await world.send("How much would you like to pay? https://segue.example/c/abc.")
    assert (sent.status, sent.direction, sent.num_segments) == ("queued", "outbound-api", "1")
    assert sent.date_created.tzinfo is UTC

    heard = await world.phone.hears_text("How much")
    assert heard.endswith("abc.")
    assert await world.phone.link() == "https://segue.example/c/abc"
    receipts = await world.listener.got("/receipt", 2)
    assert [receipt.form["MessageStatus"] for receipt in receipts] == ["sent", "delivered"]
    assert all(receipt.signed and receipt.query == {"m": "1"} for receipt in receipts)
    assert {receipt.agent for receipt in receipts} == {"TwilioProxy/1.1"}
    assert receipts[0].token != receipts[1].token
    assert receipts[1].form["MessageSid"] == sent.sid
    assert len(receipts[1].form["RawDlrDoneDate"]) == 10
    fetched = await asyncio.to_thread(world.twilio.messages(sent.sid).fetch)
    assert (fetched.status, fetched.error_code, fetched.body) == ("delivered", None, sent.body)


async def test_a_customer_texts_with_all_the_documented_parameters(world: World) -> None:
    told = await world.phone.texts("pay my bill")
    assert told["webhook"] == {"status": 200, "error": 0}
    [hook] = world.listener.at("/twilio/messages")
    assert hook.signed
    given = {"AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", "SmsStatus": "received", "Body": "pay my bill"}
    given |= dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), told["sid"])
    given |= {"From": CUSTOMER, "FromCity": "", "FromState": "", "FromZip": "", "FromCountry": "US"}
    given |= {"To": NUMBER, "ToCity": "", "ToState": "", "ToZip": "", "ToCountry": hook.form["ToCountry"]}
    assert hook.form == given | {"NumMedia": "0", "NumSegments": "1"}
    assert await world.phone.errors() == []


async def test_whatsapp_has_its_own_parameters_and_its_24_hours(world: World) -> None:
    addresses = {"to": f"whatsapp:{CUSTOMER}", "from_": f"whatsapp:{NUMBER}"}
    await world.send("Your bill is due", **addresses)
    [receipt] = await world.listener.got("/receipt", 1)
    assert (receipt.form["MessageStatus"], receipt.form["ErrorCode"]) == ("failed", "63016")

    await world.phone.texts("hola 🙏", channel="whatsapp")
    [hook] = world.listener.at("/twilio/messages")
    assert (hook.form["From"], hook.form["WaId"]) == (addresses["to"], CUSTOMER[1:])
    assert hook.form["Body"] == "hola 🙏"
    assert hook.signed
    await world.send("Your bill is due", **addresses)
    await world.phone.hears_text("Your bill")


async def test_a_reply_in_the_answer_is_a_text_and_nonsense_is_an_error(world: World) -> None:
    world.listener.replies["/twilio/messages"] = twiml("<Message>Hello</Message>")
    await world.phone.texts("hi")
    await world.phone.hears_text("Hello")
    for nonsense in ("<Message>broken", "<Say>Hello</Say>"):
        world.listener.replies["/twilio/messages"] = twiml(nonsense)
        await world.phone.texts("hi")
    world.listener.replies["/twilio/messages"] = httpx_like(500)
    await world.phone.texts("hi")
    assert [error["code"] for error in await world.phone.errors()] == [12100, 12200, 11200]
    await world.phone.hears_no_text(within=0.05)


def httpx_like(status: int) -> Any:
    answer = twiml("")
    answer.status_code = status
    return answer


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": CUSTOMER, "from_": NUMBER}, 21602),
        ({"to": CUSTOMER, "from_": NUMBER, "body": "  "}, 21602),
        ({"to": CUSTOMER, "from_": NUMBER, "body": "x" * 1601}, 21617),
        ({"to": CUSTOMER, "body": "hi"}, 21603),
        ({"to": "", "from_": NUMBER, "body": "hi"}, 21604),
        ({"to": "4155552671", "from_": NUMBER, "body": "hi"}, 21211),
        ({"to": "+0155552671", "from_": NUMBER, "body": "hi"}, 21211),
        ({"to": CUSTOMER, "from_": "company", "body": "hi"}, 21212),
        ({"to": CUSTOMER, "from_": "+18005550199", "body": "hi"}, 21606),
        ({"to": f"whatsapp:{CUSTOMER}", "from_": NUMBER, "body": "hi"}, 21910),
        ({"to": CUSTOMER, "from_": NUMBER, "body": "hi", "status_callback": "/relative"}, 21609),
        ({"to": CUSTOMER, "from_": NUMBER, "body": "hi", "status_callback": "https://our_host.example/s"}, 21609),
        ({"to": CUSTOMER, "from_": NUMBER, "body": "hi", "schedule_type": "fixed"}, 20001),
        ({"to": CUSTOMER, "from_": NUMBER, "body": "hi", "validity_period": 0}, 20001),
        ({"to": CUSTOMER, "messaging_service_sid": "MG1", "body": "hi"}, 20001),
        ({"to": CUSTOMER, "from_": NUMBER, "content_sid": "HX1"}, 20001),
    ],
)
async def test_what_is_not_a_message_is_refused(world: World, given: dict[str, Any], code: int) -> None:
    assert await refused(world, **given) == (400, code)
    assert (await world.phone.state())["texts"] == []


async def test_the_wrong_token_and_unknown_things_are_refused(world: World) -> None:
    with pytest.raises(TwilioRestException) as missing:
        await asyncio.to_thread(world.twilio.messages("SM" + "0" * 32).fetch)
    assert (missing.value.status, missing.value.code) == (404, 20404)
    async with httpx.AsyncClient(base_url=f"{world.carrier}/2010-04-01/Accounts") as client:
        path = f"/{ACCOUNT}/Messages.json"
        form = {"To": CUSTOMER, "From": NUMBER, "Body": "hi"}
        assert (await client.post(path, data=form)).status_code == 401
        assert (await client.post(path, data=form, auth=(ACCOUNT, "wrong"))).json()["code"] == 20003
        assert (await client.post("/AC1/Messages.json", data=form, auth=(ACCOUNT, TOKEN))).status_code == 401
        assert (await client.delete(path, auth=(ACCOUNT, TOKEN))).json()["code"] == 20004
        assert (await client.get(f"/{ACCOUNT}/Faxes.json", auth=(ACCOUNT, TOKEN))).json()["code"] == 20404
        assert (await client.post(path, json=form, auth=(ACCOUNT, TOKEN))).status_code == 415
        twice = await client.post(path, data=form | {"Body": ["a", "b"]}, auth=(ACCOUNT, TOKEN))
        assert twice.json()["message"].endswith("Body was given twice")


async def test_stop_is_obeyed_until_start(world: World) -> None:
    await world.phone.texts(" Stop ")
    assert world.listener.forms("/twilio/messages", "Body") == [" Stop "]
    await world.phone.hears_text("unsubscribed")
    assert await refused(world, to=CUSTOMER, from_=NUMBER, body="hi") == (400, 21610)
    assert (await world.phone.state())["opted_out"] is True

    await world.phone.texts("START")
    await world.phone.hears_text("re-subscribed")
    await world.send("Welcome back")
    await world.phone.hears_text("Welcome back")


@pytest.mark.parametrize(("word", "out"), [("CANCEL", True), ("end", True), ("stop please", False), ("yes", False)])
async def test_only_a_keyword_alone_opts_out(world: World, word: str, *, out: bool) -> None:
    await world.phone.texts(word)
    assert (await world.phone.state())["opted_out"] is out


async def test_an_uncertain_message_can_be_looked_up(world: World) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    for body in ("one", "two", "three"):
        await world.send(body)
    await world.send("elsewhere", to="+14155550000")

    def bodies(**filters: Any) -> list[str]:
        return [text.body for text in world.twilio.messages.list(**filters)]

    assert await asyncio.to_thread(bodies, to=CUSTOMER, date_sent_after=before) == ["three", "two", "one"]
    assert await asyncio.to_thread(bodies, to=CUSTOMER, page_size=1) == ["three", "two", "one"]
    assert await asyncio.to_thread(bodies, to=CUSTOMER, limit=1) == ["three"]
    assert await asyncio.to_thread(bodies, date_sent_after=before + timedelta(days=1)) == []
    assert await asyncio.to_thread(bodies, date_sent_before=before) == []
    assert len(await asyncio.to_thread(bodies, date_sent=datetime.now(UTC).date())) == 4
    with pytest.raises(TwilioException):
        await asyncio.to_thread(bodies, date_sent_after="yesterday")


async def test_texts_and_opt_outs_outlive_the_carrier(account: Account, tmp_path: Path) -> None:
    keep = tmp_path / "kept" / "texts.jsonl"
    for start, word in enumerate(("first", "STOP", "third")):
        async with listening(create_carrier(account, keep=keep)) as carrier, Handset(carrier, CUSTOMER) as phone:
            assert len((await phone.state())["texts"]) == (0, 1, 3)[start]
            assert (await phone.state())["opted_out"] is (start == 2)
            await phone.texts(word)
    with keep.open("a") as file:
        file.write('{"sid": "SM1", "sen')
    assert [text.body for text in Exchange(keep).texts.values() if text.by == "customer"] == ["first", "STOP", "third"]
    assert keep.read_text().endswith("\n")


async def test_the_handset_refuses_what_no_handset_does(world: World) -> None:
    with pytest.raises(AssertionError, match="422"):
        await world.phone.texts("x" * 1601)
    with pytest.raises(AssertionError, match="422"):
        await world.phone.ask("GET", "nobody")
    with pytest.raises(AssertionError, match="422"):
        await world.phone.nemesis(duplicates=3)
    with pytest.raises(AssertionError, match="404"):
        await world.phone.ask("GET", "calls/CA1")
    with pytest.raises(AssertionError, match="waited for 'How much'; there is"):
        await world.phone.hears_text("How much", within=0.05)
    with pytest.raises(AssertionError, match="no link"):
        await world.phone.link()


async def test_the_handset_can_be_watched_live(world: World) -> None:
    number = CUSTOMER.removeprefix("+")
    async with (
        httpx.AsyncClient(timeout=5) as client,
        client.stream("GET", f"{world.carrier}/handset/{number}/live") as stream,
    ):
        lines = stream.aiter_lines()
        first = [await anext(lines) for _ in range(3)]
        assert first[:2] == ["id: 0", "event: state"]
        await world.send("Look here")
        seen = ""
        while "delivered" not in seen:
            seen = await anext(lines)
        assert "Look here" in seen
    async with httpx.AsyncClient() as client:
        overview = (await client.get(f"{world.carrier}/handset")).json()
    assert overview == {"account": ACCOUNT, "number": NUMBER, "numbers": [CUSTOMER]}
