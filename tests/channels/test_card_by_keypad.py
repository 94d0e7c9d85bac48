"""A new card on the phone: when the provider is told to take it, and what the caller hears."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from channels import phone
from channels.phone import Pay
from channels.providers.twilio import twiml
from channels.wording import wording
from models.case import Because
from models.questions import PaymentMethod
from tests.channels.turns import QUESTIONS, VISA, WORDS, heard, turn

PAY = Pay("/twilio/pay?k=method", "Default")
WANTED = Because(code="needs-web")
PROMPT = "Says: Please enter the new card on your keypad now. We do not see or keep its number.\nTakes a card"


def said(question: PaymentMethod, *, because: Because | None = None, attempt: int = 0) -> str:
    return heard(phone.render(turn(question), WORDS, action="/", pay=PAY, because=because, attempt=attempt))


@pytest.mark.parametrize("attempt", [0, 1, 2, 3])
def test_whoever_asks_for_a_new_card_keys_it_in(attempt: int) -> None:
    question = QUESTIONS["payment_method"]
    assert isinstance(question, PaymentMethod)
    assert said(question, because=WANTED, attempt=attempt) == PROMPT
    assert "Takes a card" not in said(question, attempt=min(attempt, 2))


def test_whoever_has_none_saved_is_asked_at_once_and_twice_at_most() -> None:
    assert said(PaymentMethod("method")) == PROMPT
    again = said(PaymentMethod("method"), because=Because(code="card-not-read"), attempt=1)
    assert again == PROMPT.replace("Says: ", "Says: Sorry, that card could not be read. ")
    assert "text you a link" in said(PaymentMethod("method"), attempt=2)


def test_where_no_new_card_is_taken_none_is_asked_for() -> None:
    assert "Takes a card" not in said(PaymentMethod("method", saved=[VISA], new=False), because=WANTED)


@pytest.mark.parametrize(("language", "voice"), [("en", "en-US"), ("en-GB", "en-GB")])
def test_the_provider_makes_a_token_and_no_charge(language: str, voice: str) -> None:
    words = wording(language, "America/New_York")
    speech = phone.render(turn(PaymentMethod("method")), words, action="/", pay=PAY)
    [pay] = ET.fromstring(twiml(speech, base="https://segue.example")).iter("Pay")
    assert pay.attrib == {
        "input": "dtmf",
        "action": "https://segue.example/twilio/pay?k=method",
        "paymentConnector": "Default",
        "paymentMethod": "credit-card",
        "tokenType": "payment-method",
        "securityCode": "true",
        "postalCode": "false",
        "timeout": "10",
        "maxAttempts": "3",
        "validCardTypes": "visa mastercard amex",
        "language": voice,
    }
