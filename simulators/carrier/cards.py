"""A card keyed in during a call, as ``<Pay>`` takes it: three prompts, three tries each, and a token in the end."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from models.questions import luhn
from simulators.carrier.twiml import Verb

STOP = "*"
# Numbers that pass every check here and that no processor makes a token of.
REFUSED_BY_PROCESSOR = {"4000000000000119"}
_TYPES = (("visa", r"4\d{15}"), ("mastercard", r"(5[1-5]|2[2-7])\d{14}"), ("amex", r"3[47]\d{13}"))


@dataclass(frozen=True)
class Part:
    """One thing that is asked for, and whether what was keyed is that."""

    name: str
    prompt: str
    fits: Callable[[str], bool]


def parts(verb: Verb) -> list[Part]:
    """What this ``<Pay>`` asks for, in order."""
    wanted = verb.get("validCardTypes", "visa mastercard amex").split()
    asked = [
        Part("number", "Please enter your credit card number, then press pound.", lambda k: kind(k) in wanted),
        Part("expiry", "Please enter the expiration date, two digits for the month and two for the year.", in_time),
    ]
    if verb.get("postalCode", "true") == "true":
        asked.append(
            Part("postal", "Please enter your postal code.", lambda k: re.fullmatch(r"\d{4,10}", k) is not None)
        )
    if verb.get("securityCode", "true") == "true":
        asked.append(Part("code", "Please enter the security code.", lambda k: re.fullmatch(r"\d{3,4}", k) is not None))
    return asked


def kind(number: str) -> str:
    """The card's type, empty for what is no card."""
    return next((name for name, shape in _TYPES if re.fullmatch(shape, number)), "") if luhn(number or "1") else ""


def in_time(expiry: str) -> bool:
    if not re.fullmatch(r"(0[1-9]|1[0-2])\d\d", expiry):
        return False
    today = datetime.now(UTC)
    return (2000 + int(expiry[2:]), int(expiry[:2])) >= (today.year, today.month)


def outcome(keyed: dict[str, str]) -> dict[str, str]:
    """What is reported of a card that was keyed in: a token, and of the number no more than its end."""
    number = keyed["number"]
    if number in REFUSED_BY_PROCESSOR:
        return {
            "Result": "payment-connector-error",
            "PaymentError": "The card was not accepted",
            "PayErrorCode": "64001",
        }
    chance = "".join(secrets.choice(string.ascii_letters) for _ in range(24))
    return {
        "Result": "success",
        "PaymentToken": f"pm_{chance}",
        "ProfileId": f"cus_{chance[:14]}",
        "PaymentMethod": "credit-card",
        "PaymentCardNumber": "x" * (len(number) - 4) + number[-4:],
        "PaymentCardType": kind(number),
        "ExpirationDate": keyed["expiry"],
        "SecurityCode": "***",
        "PaymentCardPostalCode": keyed.get("postal", ""),
    }
