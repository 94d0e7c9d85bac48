"""Calls at the front door: back at the same question, met with what was left, or asked what it is about."""

from __future__ import annotations

from tests.gateway.conftest import CUSTOMER, NUMBER
from tests.gateway.test_calls import action
from tests.switchboard.conftest import Town

HANG_UP = {"Direction": "inbound", "From": CUSTOMER, "To": NUMBER, "CallStatus": "completed", "SequenceNumber": "9"}


async def test_a_dropped_call_that_calls_back_is_at_the_very_same_question(town: Town) -> None:
    heard = await town.calls(sid="CA1")
    heard = await town.calls(action(heard), sid="CA1", SpeechResult="upgrade my phone")
    heard = await town.calls(action(heard), sid="CA1", SpeechResult="blue")
    await town.provider("/twilio/voice/status", HANG_UP | {"CallSid": "CA1"})
    heard = await town.calls(sid="CA2")
    assert "You were upgrading your phone" in heard
    assert "storage" in heard.lower()
    assert "Shall we go on" not in heard


async def test_after_a_while_a_caller_is_met_first(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=4)
    heard = await town.calls()
    assert "You were upgrading your phone, and we had got to: color. Shall we go on?" in heard
    heard = await town.calls(action(heard), SpeechResult="yes please")
    assert "which color" in heard.lower()


async def test_a_caller_says_no_and_wants_something_else(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=4)
    heard = await town.calls(action(await town.calls()), SpeechResult="no")
    assert "What would you like to do" in heard
    heard = await town.calls(action(heard), SpeechResult="I want to pay my bill")
    assert "How much" in heard
    assert await town.asks("upgrade-device") == "colour"


async def test_a_caller_says_at_once_what_they_want_instead(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=4)
    heard = await town.calls(action(await town.calls()), SpeechResult="pay my bill")
    assert "How much" in heard


async def test_a_caller_answers_the_question_itself(town: Town) -> None:
    await town.says("upgrade my phone")
    await town.later(hours=4)
    await town.calls(action(await town.calls()), SpeechResult="blue")
    assert await town.asks("upgrade-device") == "storage"


async def test_a_yes_to_going_on_is_no_consent(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("40")
    await town.says("now")
    await town.later(hours=4)
    heard = await town.calls(action(await town.calls()), SpeechResult="yes")
    assert await town.asks("pay-bill") == "pay"
    assert "pay-bill" in action(heard)


async def test_two_likely_ones_are_asked_aloud(town: Town) -> None:
    heard = await town.calls()
    heard = await town.calls(action(heard), SpeechResult="change my plan and pay my bill")
    assert "Is it about changing your plan, or paying your bill?" in heard
    assert "Reply" not in heard
    heard = await town.calls(action(heard), SpeechResult="the second one")
    assert "How much" in heard


async def test_a_new_wish_in_the_middle_of_a_call_and_back(town: Town) -> None:
    heard = await town.calls()
    for words in ("upgrade my phone", "I want to pay my bill", "forty dollars", "now"):
        heard = await town.calls(action(heard), SpeechResult=words)
    heard = await town.calls(action(heard), SpeechResult="yes")
    assert "Back to upgrading your phone" in heard
    assert "color" in heard
    await town.calls(action(heard), SpeechResult="red")
    assert await town.asks("upgrade-device") == "storage"


async def test_a_case_that_waits_does_not_end_the_call(town: Town) -> None:
    await town.says("change my plan")
    await town.says("unlimited")
    heard = await town.calls()
    assert "nothing for you to do" in heard
    assert "<Hangup" not in heard
    heard = await town.calls(action(heard), SpeechResult="pay my bill")
    assert "How much" in heard


async def test_on_the_phone_a_person_is_offered_and_then_it_is_one(town: Town) -> None:
    heard = await town.calls()
    heard = await town.calls(action(heard), SpeechResult="blorg")
    assert "press 0 for a person" in heard
    for _ in range(2):
        heard = await town.calls(action(heard), SpeechResult="blorg")
    assert "call you back" in heard
    assert len(await town.parts.calls.people_waiting(9)) == 1


async def test_a_yes_to_anything_else_is_no_consent_elsewhere(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("40")
    await town.says("now")
    await town.says("upgrade my phone")
    await town.later(days=2)
    heard = await town.calls()
    for words in ("no", "change my plan", "unlimited"):
        heard = await town.calls(action(heard), SpeechResult=words)
    heard = await town.calls("/twilio/voice/turn?a=0&n=9&o=1", SpeechResult="yes")
    assert await town.asks("pay-bill") == "pay"
    assert "What would you like" in heard or "did not get" in heard


async def test_no_to_anything_else_ends_the_call(town: Town) -> None:
    await town.says("pay my bill")
    await town.says("40")
    await town.says("now")
    heard = await town.calls("/twilio/voice/turn?a=0&n=9&o=1", SpeechResult="no thanks")
    assert "Goodbye" in heard
    assert await town.asks("pay-bill") == "pay"
