"""Speech as TwiML: what a call's next request depends on, and that no label can break it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from channels import phone
from channels.phone import Dial, Gather, Hangup, Pause, Redirect, Say, Speech
from channels.providers.twilio import twiml
from channels.wording import wording
from models.questions import Choice, Option
from tests.channels.turns import QUESTIONS, WORDS, turn

BASE = "https://segue.example/base/"
ACTION = "/twilio/voice/turn?c=pay-bill/c_1/1&k=amount&r=3&a=1"


def test_a_question_listens_to_speech_and_keys_and_never_lets_the_call_end() -> None:
    gather = Gather("How much?", ACTION, hints=("full", "minimum"))
    assert twiml([Say("Hello & welcome."), gather], base=BASE) == (
        '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Hello &amp; welcome.</Say>'
        '<Gather action="https://segue.example/base/twilio/voice/turn?c=pay-bill/c_1/1&amp;k=amount&amp;r=3&amp;a=1" '
        'actionOnEmptyResult="true" finishOnKey="#" hints="full,minimum" input="dtmf speech" language="en-US" '
        'method="POST" profanityFilter="false" speechTimeout="auto" timeout="5"><Say>How much?</Say></Gather>'
        '<Redirect method="POST">https://segue.example/base/twilio/voice/turn?c=pay-bill/c_1/1&amp;k=amount&amp;r=3'
        "&amp;a=1</Redirect></Response>"
    )


def test_by_keypad_only_nothing_of_speech_is_asked_for() -> None:
    document = ET.fromstring(twiml([Gather("Code?", "/x", "keypad", 6, ("no",))], base=BASE))
    attributes = document[0].attrib
    assert attributes["input"] == "dtmf"
    assert attributes["numDigits"] == "6"
    assert not {"hints", "speechTimeout", "profanityFilter", "speechModel"} & set(attributes)


def test_the_other_verbs() -> None:
    speech: Speech = [Pause(2), Redirect("https://elsewhere.example/y"), Dial("+18005550199", "/done"), Hangup()]
    assert twiml(speech, base="https://segue.example").removeprefix('<?xml version="1.0" encoding="UTF-8"?>') == (
        '<Response><Pause length="2" /><Redirect method="POST">https://elsewhere.example/y</Redirect>'
        '<Dial action="https://segue.example/done" answerOnBridge="true" method="POST" timeout="25">+18005550199</Dial>'
        "<Hangup /></Response>"
    )


def test_another_language_is_spoken_and_listened_to_in_it() -> None:
    document = ET.fromstring(twiml([Say("Hola", "es-US"), Gather("¿Cuánto?", "/x", language="es-US")], base=BASE))
    assert [element.get("language") for element in document.iter() if element.tag != "Redirect"][1:] == ["es-US"] * 3


@pytest.mark.parametrize(
    "label",
    [
        '"><Hangup/><Say x="',
        "]]>&amp;<!--",
        "</Say></Gather></Response>",
        "a\x00b\x0b\ud800\ufffe\U0001f600",
        "&" * 5000,
        "漢" * 5000,
    ],
)
def test_a_hostile_label_stays_text(label: str) -> None:
    plan = Choice("plan", options=[Option(id=str(n), label=f"{label} {n}") for n in range(100)])
    for attempt in range(4):
        document = twiml(phone.render(turn(plan), WORDS, action=ACTION, attempt=attempt), base=BASE)
        assert len(document.encode()) < 64 * 1024
        tags = {element.tag for element in ET.fromstring(document).iter()}
        assert tags <= {"Response", "Gather", "Say", "Redirect", "Hangup"}


def test_too_many_hints_are_left_out_rather_than_the_question() -> None:
    document = twiml([Gather("Which?", "/x", hints=("&" * 100,) * 500)], base=BASE)
    assert len(document.encode()) < 64 * 1024
    assert "<Say>Which?</Say>" in document


@pytest.mark.parametrize("kind", QUESTIONS)
@pytest.mark.parametrize("attempt", range(4))
def test_every_question_on_every_try_is_a_document(kind: str, attempt: int) -> None:
    speech = phone.render(turn(QUESTIONS[kind]), wording("en-GB", "Europe/London"), action=ACTION, attempt=attempt)
    assert ET.fromstring(twiml(speech, base=BASE)).tag == "Response"
