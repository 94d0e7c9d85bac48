"""TwiML is read strictly: what the real client writes passes, what the documentation forbids does not."""

from __future__ import annotations

import pytest
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from channels import phone
from channels.providers.twilio import twiml
from simulators.carrier.twiml import BadTwiml, read


def test_what_the_real_client_writes_is_read() -> None:
    answer = VoiceResponse()
    gather = Gather(
        input="dtmf speech",
        action="https://segue.example/twilio/voice/turn?c=a%2Fb&k=amount",
        method="POST",
        timeout=5,
        speech_timeout="auto",
        num_digits=2,
        finish_on_key="",
        hints="forty dollars, all of it",
        language="en-US",
        action_on_empty_result=True,
        profanity_filter=False,
    )
    gather.say("How much & when?", language="en-US", voice="Polly.Joanna")
    answer.append(gather)
    answer.redirect("https://segue.example/twilio/voice/turn?a=1")
    answer.pause(length=2)
    dial = Dial(action="https://segue.example/done", timeout=20, answer_on_bridge=True)
    dial.number("+14155550000")
    answer.append(dial)
    answer.hangup()
    read_back = read(answer.to_xml().encode())
    assert [verb.name for verb in read_back] == ["Gather", "Redirect", "Pause", "Dial", "Hangup"]
    assert read_back[0].nested[0].text == "How much & when?"
    assert read_back[0].on("actionOnEmptyResult")
    assert read_back[3].nested[0].text == "+14155550000"


@pytest.mark.parametrize(
    "verbs",
    [
        "",
        "<Say>Hello <break/> <emphasis>you</emphasis></Say>",
        "<Redirect>/relative?x=1</Redirect>",
        '<Gather action="turn"/>',
        "<Gather/>",
        '<Reject reason="busy"/>',
        "<Dial>+14155550000</Dial>",
        '<Gather speechModel="phone_call" speechTimeout="2" input="speech"/>',
    ],
)
def test_what_may_be_said(verbs: str) -> None:
    read(f"<Response>{verbs}</Response>".encode(), "application/xml; charset=utf-8")


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ("<Sing>la</Sing>", 12200),
        ("<Enqueue/>", 12200),
        ("<Number>+14155550000</Number>", 12200),
        ('<Say loud="true">Hi</Say>', 12200),
        ("<Say></Say>", 13520),
        (f"<Say>{'x' * 4097}</Say>", 13520),
        ("<Say><Pause/></Say>", 12200),
        ('<Pause length="soon"/>', 12200),
        ('<Gather input="voice"/>', 12200),
        ('<Gather numDigits="0"/>', 12200),
        ('<Gather finishOnKey="##"/>', 12200),
        ('<Gather actionOnEmptyResult="True"/>', 12200),
        ('<Gather method="PUT"/>', 12200),
        (f'<Gather hints="{"x" * 101}"/>', 12200),
        (f'<Gather hints="{",".join("x" * 501)}"/>', 12200),
        ("<Gather>How much?</Gather>", 12200),
        ("<Gather><Hangup/></Gather>", 12200),
        ('<Gather speechModel="phone_call" speechTimeout="auto"/>', 12200),
        ('<Gather action="ftp://h/x"/>', 11100),
        ("<Redirect/>", 12200),
        ("<Redirect>https://our_host.example/x</Redirect>", 11100),
        ("<Dial/>", 12200),
        ("<Dial>+14155550000<Number>+14155550000</Number></Dial>", 12200),
        ("<Dial><Client>ann</Client></Dial>", 12200),
        ("Hello", 12200),
        ("<Say>Hello", 12100),
    ],
)
def test_what_may_not_be_said(verbs: str, code: int) -> None:
    with pytest.raises(BadTwiml) as caught:
        read(f"<Response>{verbs}</Response>".encode())
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"", "text/xml", 12100),
        (b"<response/>", "text/xml", 12100),
        (b"<Response/>", "application/json", 12300),
        (b"<Response/>", "", 12300),
        (b"<Response>" + b" " * 65_536 + b"</Response>", "text/xml", 11750),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>', "text/xml", 12100),
        (b"<Response><Say>\xff</Say></Response>", "text/xml", 12100),
    ],
)
def test_what_is_no_document(body: bytes, content_type: str, code: int) -> None:
    with pytest.raises(BadTwiml) as caught:
        read(body, content_type)
    assert caught.value.code == code


@pytest.mark.parametrize("verbs", ['<Gather action="/turn"/>', "<Gather/>", "<Redirect>/turn</Redirect>"])
def test_inline_documents_have_no_address_to_start_from(verbs: str) -> None:
    with pytest.raises(BadTwiml) as caught:
        read(f"<Response>{verbs}</Response>".encode(), inline=True)
    assert caught.value.code == 11100


@pytest.mark.parametrize("way", ["both", "keypad"])
def test_the_carrier_plays_all_that_the_phone_channel_can_say(way: str) -> None:
    speech: phone.Speech = [
        phone.Say("Forty dollars & no cents."),
        phone.Gather(
            prompt="How much?",
            action="/twilio/voice/turn?c=a%2Fb%2F1&k=amount&r=1&a=0",
            way="keypad" if way == "keypad" else "both",
            digits=1,
            hints=("forty dollars", "all of it"),
            language="en-US",
        ),
        phone.Pause(1),
        phone.Dial("+14155550000", "/twilio/voice/turn"),
        phone.Redirect("/twilio/voice/turn"),
        phone.Hangup(),
    ]
    verbs = [verb.name for verb in read(twiml(speech, base="https://segue.example").encode())]
    assert verbs == ["Say", "Gather", "Redirect", "Pause", "Dial", "Redirect", "Hangup"]
