"""Whole calls, by the real client where the company acts: in, out, understood or not, and hung up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi.responses import Response
from twilio.base.exceptions import TwilioRestException

from simulators.carrier import Account, Handset
from simulators.carrier.player import MOST_HOPS, SORRY
from tests.simulators.listener import ACCOUNT, CUSTOMER, NUMBER, TOKEN, Hook, World, twiml

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASK = (
    '<Gather input="dtmf speech" action="{url}?a=0" timeout="5" actionOnEmptyResult="true">'
    "<Say>How much?</Say></Gather>"
    "<Redirect>{url}?a=9</Redirect>"
)


def understands(hook: Hook) -> str:
    """A company that asks for an amount until it gets one."""
    url = "/twilio/voice/turn"
    said = hook.form.get("SpeechResult") or hook.form.get("Digits")
    if hook.path == "/twilio/voice":
        return "<Say>Hello.</Say>" + ASK.format(url=url)
    if said == "bye":
        return "<Say>Goodbye.</Say><Hangup/>"
    return f"<Say>{said}.</Say>" if said else "<Say>Pardon?</Say>" + ASK.format(url=url)


@pytest.fixture(autouse=True)
def company(world: World) -> None:
    world.listener.replies |= {"/twilio/voice": understands, "/twilio/voice/turn": understands}


async def test_a_whole_call(world: World) -> None:
    call = await world.phone.calls()
    assert call.heard == "Hello. How much?"
    assert call.state["listening"] == {"speech": True, "keys": True, "digits": None, "language": "en-US"}
    assert await call.is_silent() == "Pardon? How much?"
    assert await call.says("forty dollars") == "forty dollars."
    assert call.over
    assert call.transcript.splitlines() == [
        "company: Hello.",
        "company: How much?",
        "company: Pardon?",
        "company: How much?",
        "customer: forty dollars",
        "company: forty dollars.",
    ]
    first, silence, answer = [hook for hook in world.listener.hooks if hook.path != "/twilio/voice/status"]
    assert (first.form["CallStatus"], answer.form["CallStatus"]) == ("ringing", "in-progress")
    assert "SpeechResult" not in silence.form
    assert "Digits" not in silence.form
    assert (answer.form["SpeechResult"], answer.form["Confidence"]) == ("forty dollars", "0.93000000")
    assert answer.query == {"a": "0"}
    [ended] = await world.listener.got("/twilio/voice/status", 1)
    assert ended.form["CallStatus"] == "completed"
    assert all(hook.signed for hook in world.listener.hooks)
    assert await world.phone.errors() == []


async def test_the_documented_parameters_come_with_every_request(world: World) -> None:
    call = await world.phone.calls()
    await call.hangs_up()
    [ended] = await world.listener.got("/twilio/voice/status", 1)
    form = world.listener.at("/twilio/voice")[0].form
    standard = {"AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", "CallSid": call.sid, "Direction": "inbound"}
    standard |= {"From": CUSTOMER, "Caller": CUSTOMER, "To": NUMBER, "Called": NUMBER, "FromCountry": "US"}
    assert form.items() >= standard.items()
    assert {"FromCity", "ToState", "CalledZip", "CallerCity", "CallToken"} <= form.keys()
    progress = {"CallbackSource": "call-progress-events", "SequenceNumber": "3", "SipResponseCode": "200"}
    assert ended.form.items() >= (standard | progress | {"CallDuration": "1", "Duration": "1"}).items()
    assert ended.form["Timestamp"].endswith("+0000")


@pytest.mark.parametrize(
    ("gather", "keys", "digits", "finish"),
    [
        ("", "40#", "40", "#"),
        ("", "40", "40", None),
        ('numDigits="1"', "25", "2", None),
        ('finishOnKey="*"', "4#0*9", "4#0", "*"),
        ('finishOnKey=""', "4#", "4#", None),
    ],
)
async def test_keys(world: World, gather: str, keys: str, digits: str, finish: str | None) -> None:
    world.listener.replies["/twilio/voice"] = f'<Gather action="twilio/voice/turn" {gather}/>'
    world.listener.replies["/twilio/twilio/voice/turn"] = "<Say>Thank you.</Say>"
    call = await world.phone.calls()
    assert await call.presses(keys) == "Thank you."
    [hook] = world.listener.at("/twilio/twilio/voice/turn")
    assert (hook.form["Digits"], hook.form.get("FinishedOnKey"), hook.form["msg"]) == (digits, finish, "Gather End")


async def test_silence_falls_through_unless_the_action_wants_it(world: World) -> None:
    world.listener.replies["/twilio/voice"] = "<Gather><Say>Press a key.</Say></Gather><Say>Nothing heard.</Say>"
    for nothing in ("wait", "press"):
        call = await world.phone.calls()
        heard = await (call.is_silent() if nothing == "wait" else call.presses("#"))
        assert heard == "Nothing heard."
        assert call.over


async def test_nobody_hears_what_is_not_listened_to(world: World) -> None:
    world.listener.replies["/twilio/voice"] = '<Gather input="dtmf"/>'
    call = await world.phone.calls()
    with pytest.raises(AssertionError, match="keys only"):
        await call.says("forty")
    world.listener.replies["/twilio/voice"] = '<Gather input="speech"/>'
    call = await world.phone.calls()
    with pytest.raises(AssertionError, match="speech only"):
        await call.presses("4")
    with pytest.raises(AssertionError, match="does not ring"):
        await call.answers()
    await call.hangs_up()
    with pytest.raises(AssertionError, match="the call is over: completed"):
        await call.says("forty")


async def test_hanging_up_in_mid_request_ends_the_call_but_not_the_request(world: World) -> None:
    call = await world.phone.calls()
    world.listener.slow["/twilio/voice/turn"] = 0.1
    speaking = asyncio.create_task(call.says("forty"))
    await world.listener.got("/twilio/voice/turn", 1)
    await call.hangs_up()
    await speaking
    assert call.transcript.endswith("customer: forty")
    [ended] = await world.listener.got("/twilio/voice/status", 1)
    assert ended.form["CallStatus"] == "completed"


async def test_the_company_calls_and_is_answered(world: World) -> None:
    world.listener.replies["/out"] = understands
    placed = await world.ring(url=f"{world.company}/out?c=1")
    assert (placed.status, placed.direction, placed.duration) == ("queued", "outbound-api", None)
    call = await world.phone.rings()
    assert call.sid == placed.sid
    assert await call.answers() == "Pardon? How much?"
    await call.says("bye")
    assert call.over
    progress = await world.listener.got("/progress", 4)
    statuses = [hook.form["CallStatus"] for hook in progress]
    assert statuses == ["initiated", "ringing", "in-progress", "completed"]
    assert [hook.form["SequenceNumber"] for hook in progress] == ["0", "1", "2", "3"]
    [opening] = world.listener.at("/out")
    assert (opening.form["CallStatus"], opening.form["Direction"]) == ("in-progress", "outbound-api")
    fetched = await asyncio.to_thread(world.twilio.calls(placed.sid).fetch)
    assert (fetched.status, fetched.duration) == ("completed", "0")
    assert fetched.end_time >= fetched.start_time


@pytest.mark.parametrize(("deed", "status", "sip"), [("declines", "busy", "486"), ("ignores", "no-answer", "487")])
async def test_the_company_calls_in_vain(world: World, deed: str, status: str, sip: str) -> None:
    await world.ring(twiml="<Response><Say>Hello</Say></Response>", status_callback_event=["completed"], timeout=1)
    call = await world.phone.rings()
    if deed == "declines":
        await call.declines()
    [ended] = await world.listener.got("/progress", 1)
    assert (ended.form["CallStatus"], ended.form["SipResponseCode"], ended.form["CallDuration"]) == (status, sip, "0")
    await call.looks()
    assert call.transcript == ""


async def test_the_company_leads_a_call_elsewhere_and_ends_it(world: World) -> None:
    call = await world.phone.calls()
    live = world.twilio.calls(call.sid)
    await asyncio.to_thread(live.update, twiml="<Response><Say>One moment.</Say><Pause length='300'/></Response>")
    await call.looks()
    assert call.heard.endswith("One moment.")
    await asyncio.to_thread(live.update, url=f"{world.company}/twilio/voice")
    await call.says("forty")
    assert "Hello." in call.transcript.splitlines()[3]
    with pytest.raises(TwilioRestException) as late:
        await asyncio.to_thread(live.update, status="completed")
    assert late.value.code == 21220

    await world.ring(url=f"{world.company}/out")
    ringing = await world.phone.rings()
    cancelled = await asyncio.to_thread(world.twilio.calls(ringing.sid).update, status="completed")
    assert cancelled.status == "canceled"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": "", "url": "https://h.example"}, 21201),
        ({"to": "4155552671", "url": "https://h.example"}, 21211),
        ({"from_": "", "url": "https://h.example"}, 21213),
        ({"from_": "company", "url": "https://h.example"}, 21212),
        ({"from_": "+18005550199", "url": "https://h.example"}, 21210),
        ({}, 21205),
        ({"url": "/relative"}, 21205),
        ({"url": "https://h.example", "twiml": "<Response/>"}, 20001),
        ({"twiml": "x" * 4001}, 20001),
        ({"url": "https://h.example", "status_callback": "https://our_host.example"}, 21609),
        ({"url": "https://h.example", "status_callback_event": ["finished"]}, 20001),
        ({"url": "https://h.example", "timeout": 601}, 20001),
        ({"url": "https://h.example", "method": "PUT"}, 20001),
        ({"url": "https://h.example", "record": True}, 20001),
    ],
)
async def test_what_is_not_a_call_is_refused(world: World, given: dict[str, Any], code: int) -> None:
    with pytest.raises(TwilioRestException) as caught:
        await world.ring(**given)
    assert (caught.value.status, caught.value.code) == (400, code)
    assert (await world.phone.state())["calls"] == []


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Response(status_code=500), 11200),
        (Response(status_code=302, headers={"Location": "/elsewhere"}), 11200),
        (Response("<Response/>", media_type="application/json"), 12300),
        (twiml("<Sing/>"), 12200),
        (twiml("<Redirect>/twilio/voice</Redirect>"), 11200),
    ],
)
async def test_an_application_error_ends_the_call_as_at_twilio(world: World, reply: Response, code: int) -> None:
    world.listener.replies["/twilio/voice"] = reply
    call = await world.phone.calls()
    assert call.heard == SORRY
    assert (call.state["error"], call.state["status"]) == (code, "completed")
    assert [error["code"] for error in await world.phone.errors()] == [code]
    assert len(world.listener.at("/twilio/voice")) in (1, MOST_HOPS)


async def test_a_caller_may_withhold_the_number(world: World) -> None:
    async with Handset(world.carrier, "anonymous", patience=3) as phone:
        call = await phone.calls()
        assert call.heard == "Hello. How much?"
        await call.hangs_up()
    form = world.listener.at("/twilio/voice")[0].form
    assert (form["From"], form["FromCountry"], form["To"]) == ("anonymous", "", NUMBER)


async def test_a_rejected_call_was_never_answered(world: World) -> None:
    world.listener.replies["/twilio/voice"] = '<Reject reason="busy"/>'
    call = await world.phone.calls()
    assert (call.state["status"], call.heard) == ("busy", "")


async def test_a_call_is_put_through_to_a_person(world: World) -> None:
    world.listener.replies["/twilio/voice"] = (
        '<Say>I will put you through.</Say><Dial action="/dialled"><Number>+14155550000</Number></Dial>'
    )
    world.listener.replies["/dialled"] = lambda hook: f"<Say>{hook.form['DialCallStatus']}</Say><Gather/>"
    async with Handset(world.carrier, "+14155550000", patience=3) as desk:
        call = await world.phone.calls()
        ringing = await desk.rings()
        with pytest.raises(AssertionError, match="still rings"):
            await call.says("hello?")
        await ringing.answers()
        await call.says("I want to pay")
        await ringing.says("Gladly")
        await call.looks()
        assert call.state["talking_to"] == "+14155550000"
        assert call.transcript.endswith("customer: I want to pay\nperson: Gladly")
        await ringing.hangs_up()
        assert ringing.transcript == "customer: I want to pay\nperson: Gladly"
    async with asyncio.timeout(3):
        while not call.state["listening"]:
            await call.looks()
    assert call.heard == "completed"
    [after] = world.listener.at("/dialled")
    assert (after.form["DialBridged"], after.form["DialCallSid"]) == ("true", ringing.sid)


class TestWithAFallback:
    @pytest.fixture
    def account(self) -> Account:
        return Account(
            ACCOUNT,
            TOKEN,
            NUMBER,
            webhooks="",
            voice_fallback_url="http://127.0.0.1:9/gone",
            pace=0.01,
            webhook_limit=1.0,
            patience=0.05,
        )

    async def test_a_slow_webhook_is_an_error_and_so_is_an_unreachable_fallback(self, world: World) -> None:
        world.listener.slow["/twilio/voice"] = 1.5
        call = await world.phone.calls()
        assert call.heard == SORRY
        urls = [(error["code"], error["url"]) for error in await world.phone.errors()]
        assert urls == [(11205, f"{world.company}/twilio/voice"), (11205, "http://127.0.0.1:9/gone")]

    async def test_the_call_goes_on_at_its_fallback(self, world: World) -> None:
        world.listener.replies["/fallback"] = "<Say>All is well.</Say>"
        await world.ring(url=f"{world.company}/twilio/voice", fallback_url=f"{world.company}/fallback")
        world.listener.replies["/twilio/voice"] = twiml("<Sing/>")
        call = await world.phone.rings()
        assert await call.answers() == "All is well."
        [hook] = world.listener.at("/fallback")
        assert (hook.form["ErrorCode"], hook.form["ErrorUrl"]) == ("12200", f"{world.company}/twilio/voice")

    async def test_a_customer_who_lays_the_phone_down_is_silent(self, world: World) -> None:
        call = await world.phone.calls()
        await world.listener.got("/twilio/voice/turn", 2)
        await call.hangs_up()
