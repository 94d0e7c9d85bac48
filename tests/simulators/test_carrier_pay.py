"""``<Pay>`` on the carrier: the handset keys in a card, and the company hears of a token and four digits."""

from __future__ import annotations

import pytest

from simulators.carrier.twiml import BadTwiml, read
from tests.simulators.listener import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAY = '<Pay action="/twilio/pay?a=1" tokenType="payment-method" postalCode="false" {more}/>'
VISA, AMEX = "4242424242424242", "378282246310005"


@pytest.fixture(autouse=True)
def company(world: World) -> None:
    world.listener.replies["/twilio/voice"] = PAY.format(more='maxAttempts="3"')
    world.listener.replies["/twilio/pay"] = lambda hook: f"<Say>{hook.form['Result']}</Say>"


async def test_a_card_is_keyed_in(world: World) -> None:
    call = await world.phone.calls()
    assert call.heard == "Please enter your credit card number, then press pound."
    assert call.state["listening"] == {"speech": False, "keys": True, "digits": None, "language": "en-US"}
    assert "expiration date" in await call.presses(f"{VISA}#")
    assert "security code" in await call.presses("1249#")
    assert await call.presses("123#") == "success"
    [hook] = world.listener.at("/twilio/pay")
    assert hook.signed
    assert hook.query == {"a": "1"}
    reported = {name: hook.form[name] for name in ("PaymentCardNumber", "PaymentCardType", "PaymentMethod")}
    assert reported == {
        "PaymentCardNumber": "xxxxxxxxxxxx4242", "PaymentCardType": "visa", "PaymentMethod": "credit-card",
    }  # fmt: skip
    assert (hook.form["ExpirationDate"], hook.form["SecurityCode"]) == ("1249", "***")
    assert hook.form["PaymentToken"].startswith("pm_")
    assert hook.form["CallStatus"] == "in-progress"


async def test_a_card_number_is_in_no_transcript_and_no_form(world: World) -> None:
    call = await world.phone.calls()
    for keys in (f"{VISA}#", "1249#", "737#"):
        await call.presses(keys)
    await call.looks()
    assert VISA not in call.transcript
    assert "737" not in call.transcript
    assert not [delivery for delivery in await world.phone.deliveries() if VISA in str(delivery)]


@pytest.mark.parametrize("wrong", ["4242424242424241", "4242", "", "6011111111111117"])
async def test_what_is_no_such_card_is_asked_for_three_times(world: World, wrong: str) -> None:
    call = await world.phone.calls()
    for _ in range(2):
        assert (await call.presses(f"{wrong}#")).startswith("That is not right.")
    assert await call.presses(f"{wrong}#") == "too-many-failed-attempts"


async def test_an_old_card_is_not_taken(world: World) -> None:
    call = await world.phone.calls()
    await call.presses(f"{AMEX}#")
    assert (await call.presses("0119#")).startswith("That is not right.")


async def test_star_ends_it(world: World) -> None:
    call = await world.phone.calls()
    await call.presses(f"{VISA}#")
    assert await call.presses("*") == "caller-interrupted-with-star"


async def test_the_processor_may_refuse(world: World) -> None:
    call = await world.phone.calls()
    for keys in ("4000000000000119#", "1249#"):
        await call.presses(keys)
    assert await call.presses("123#") == "payment-connector-error"
    [hook] = world.listener.at("/twilio/pay")
    assert "PaymentToken" not in hook.form


async def test_hanging_up_meanwhile_is_reported(world: World) -> None:
    call = await world.phone.calls()
    await call.hangs_up()
    [hook] = await world.listener.got("/twilio/pay", 1)
    assert (hook.form["Result"], hook.form["CallStatus"]) == ("caller-hung-up", "completed")


@pytest.mark.parametrize(
    "wrong",
    ['chargeAmount="5.00"', 'input="speech"', 'maxAttempts="4"', 'tokenType="forever"', 'validCardTypes="gold"',
     'method="POST"'],
)  # fmt: skip
async def test_what_pay_does_not_take_is_no_twiml(wrong: str) -> None:
    with pytest.raises(BadTwiml):
        read(f"<Response>{PAY.format(more=wrong)}</Response>".encode())
