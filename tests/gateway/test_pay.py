"""A new card on the phone: keyed in at the provider, known to us by its token, and asked for only on record."""

from __future__ import annotations

import html
import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import select

from gateway.callbacks import Callbacks
from gateway.webhooks.calls import CallDesk
from gateway.webhooks.texts import TextDesk
from models.people import Address, Assurance, Channel
from models.tables import InboxRow
from tests.gateway.conftest import CUSTOMER, PUBLIC, World

TOKENISED = {
    "Result": "success",
    "PaymentToken": "pm_1QabcTest",
    "ProfileId": "cus_QabcTest",
    "PaymentMethod": "credit-card",
    "PaymentCardNumber": "xxxxxxxxxxxx1117",
    "PaymentCardType": "visa",
    "ExpirationDate": "0528",
    "SecurityCode": "***",
    "PaymentCardPostalCode": "94103",
}
METHOD = "/twilio/voice/turn?c={case}&k=method&r=1&a=0&n=3"


@pytest.fixture
async def asked(world: World) -> str:
    """A caller who is asked how to pay, and says "a new card"; what they hear."""
    world.parts.__dict__["pay_connector"] = "Default"
    for number, words in enumerate(("pay my bill", "40", "now")):
        await world.texts(words, f"SM{number}")
    heard = await world.calls()
    assert "How would you like to pay?" in heard
    return await world.calls(action(heard), SpeechResult="a new card", Confidence="0.9")


def action(twiml: str) -> str:
    found = re.search(r'action="([^"]+)"', twiml)
    assert found, twiml
    return html.unescape(found[1]).removeprefix(PUBLIC)


async def customer(world: World) -> str:
    address = Address(kind="phone", value=CUSTOMER)
    return (await world.switchboard.recognise(Channel.SMS, address, Assurance.CLAIMED)).customer


async def answers(world: World) -> dict[str, object]:
    (case,) = await world.switchboard.open_cases(await customer(world))
    turn = await world.switchboard.look(case.id)
    assert turn
    return {line.key: line.value for line in turn.answers}


async def test_a_new_card_is_taken_by_the_provider(world: World, asked: str) -> None:
    assert "Please enter the new card on your keypad now." in asked
    assert "secure page" not in asked
    [pay] = re.findall(r"<Pay[^>]*/?>", asked)
    for wanted in ('tokenType="payment-method"', 'paymentConnector="Default"', 'paymentMethod="credit-card"',
                   'securityCode="true"', 'validCardTypes="visa mastercard amex"'):  # fmt: skip
        assert wanted in pay
    assert "chargeAmount" not in pay
    assert action(asked).startswith("/twilio/pay?")
    assert "k=method" in action(asked)


async def test_the_token_answers_the_question(world: World, asked: str) -> None:
    heard = await world.calls(action(asked), **TOKENISED)
    assert "Visa ending 1 1 1 7." in heard
    assert "Pay $40.00 now" in heard
    method = (await answers(world))["method"]
    assert method == {"token": "new_pm_1QabcTest", "label": "Visa ending 1117"}
    known = await world.company.method(await customer(world), "new_pm_1QabcTest")
    assert known
    assert known.label == "Visa ending 1117"


async def test_the_sample_of_a_report_is_taken(world: World, asked: str) -> None:
    sample = Path(__file__).parents[1] / "channels/payloads/pay_action_tokenized.form"
    form = dict(parse_qsl(sample.read_text("utf-8").strip(), keep_blank_values=True))
    for ours in ("AccountSid", "CallSid"):
        del form[ours]
    await world.calls(action(asked), **form)
    assert (await answers(world))["method"] == {"token": "new_pm_1QabcTest", "label": "Visa ending 4242"}


async def test_a_report_that_comes_twice_is_one_answer(world: World, asked: str) -> None:
    first, second = [await world.calls(action(asked), **TOKENISED) for _ in range(2)]
    assert first == second
    assert len([request for request in world.switchboard.requests if request[0] == "answer"]) == 3


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("caller-interrupted-with-star", "All right, no new card."),
        ("too-many-failed-attempts", "Sorry, that card could not be read."),
        ("payment-connector-error", "Sorry, we can't take a new card right now."),
        ("internal-error", "Sorry, we can't take a new card right now."),
    ],
)
async def test_where_it_fails_the_question_is_asked_again(world: World, asked: str, result: str, words: str) -> None:
    heard = html.unescape(await world.calls(action(asked), Result=result))
    assert words in heard
    assert "press 1 for Visa ending 4 2 4 2" in heard
    heard = await world.calls(action(heard), Digits="1")
    assert "Pay $40.00 now with Visa ending 4 2 4 2?" in heard


async def test_whoever_hangs_up_is_asked_again_later(world: World, asked: str) -> None:
    assert "<Hangup" in await world.calls(action(asked), Result="caller-hung-up")
    assert "method" not in await answers(world)


async def test_a_card_that_nobody_asked_for_is_not_taken(world: World, asked: str) -> None:
    (case,) = await world.switchboard.open_cases(await customer(world))
    for path, sid in ((action(asked), "CA2"), (f"/twilio/pay?c={case.id}&k=method&r=1&a=7&n=7", "CA1")):
        heard = await world.calls(path, sid, **TOKENISED)
        assert "<Hangup" in heard
    assert "method" not in await answers(world)
    assert await world.company.method(await customer(world), "new_pm_1QabcTest") is None


async def test_a_token_is_one_customers(world: World, asked: str) -> None:
    await world.company.adopt("c_bob", "pm_1QabcTest", "Visa ending 1117")
    heard = await world.calls(action(asked), **TOKENISED)
    assert "That card was declined." in heard
    assert "method" not in await answers(world)


@pytest.mark.parametrize("token", ["", "new_pm_1", "pm_x y", "pm_" + "a" * 200, "4242424242424242"])
async def test_what_is_no_processors_token_is_not_taken(world: World, asked: str, token: str) -> None:
    assert "That card was declined." in await world.calls(action(asked), **TOKENISED | {"PaymentToken": token})


async def test_a_token_brought_while_temporal_was_away_is_taken_later(world: World, asked: str) -> None:
    world.switchboard.away = True
    assert "call again in a few minutes" in await world.calls(action(asked), **TOKENISED)
    world.switchboard.away = False
    rounds = Callbacks(world.parts, TextDesk(world.parts), CallDesk(world.parts))
    (waiting,) = await world.parts.inbox.unfinished(timedelta(seconds=-5), 10)
    assert waiting.kind == "pay"
    await rounds._redo(waiting)
    assert (await answers(world))["method"] == {"token": "new_pm_1QabcTest", "label": "Visa ending 1117"}


async def test_nothing_of_the_form_is_kept_or_logged(
    world: World, asked: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = {"ExpirationDate": "0731", "PaymentCardPostalCode": "90210-77", "ProfileId": "cus_secret"}
    await world.calls(action(asked), **TOKENISED | secrets)
    kept = [str(row) for row in await world.parts.database.rows(select(InboxRow.__table__))]
    for secret in secrets.values():
        assert [row for row in kept if secret in row] == []
        assert secret not in caplog.text
    assert "pm_1QabcTest" not in caplog.text


async def test_an_unsigned_report_is_refused(world: World, asked: str) -> None:
    form = TOKENISED | {"CallSid": "CA1", "From": CUSTOMER}
    answer = await world.client.post(action(asked), data=form, headers={"X-Twilio-Signature": "x"})
    assert answer.status_code == 403


async def test_without_a_connector_the_page_takes_the_card(world: World) -> None:
    assert replace(world.parts).pay_connector is None
    for number, words in enumerate(("pay my bill", "40", "now")):
        await world.texts(words, f"SM{number}")
    heard = await world.calls(action(await world.calls()), SpeechResult="a new card")
    assert "<Pay" not in heard
    assert "we will text you a link" in heard
