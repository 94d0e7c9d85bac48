"""The carrier's signatures are the ones that Twilio's own validator computes."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as some
from twilio.request_validator import RequestValidator

from simulators.carrier.signing import signature, signed_url

NAMES = some.text("abcdefgABCDEFG_", min_size=1, max_size=8)


@given(some.dictionaries(NAMES, some.text(max_size=30).filter(lambda text: text.isprintable()), max_size=6))
def test_any_form_is_signed_as_twilio_signs_it(form: dict[str, str]) -> None:
    url = "https://segue.example/twilio/voice/turn?c=pay-bill%2Fc_1%2F1&k=amount&r=1&a=0"
    assert signature("12345", url, form) == RequestValidator("12345").compute_signature(url, form)


def test_the_documented_vector() -> None:
    form = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234", "From": "+14158675310"}
    form["To"] = "+18005551212"
    assert signature("12345", "https://example.com/myapp.php?foo=1&bar=2", form) == "L/OH5YylLD5NRKLltdqwSvS0BnU="


@pytest.mark.parametrize(
    ("url", "drop_port", "signed"),
    [
        ("https://h.example/p?a=1#rc=2&rp=5xx", False, "https://h.example/p?a=1"),
        ("https://me:secret@h.example:8443/p", False, "https://h.example:8443/p"),
        ("https://h.example:8443/p", True, "https://h.example/p"),
        ("http://127.0.0.1:8000/p?x=%20+", True, "http://127.0.0.1:8000/p?x=%20+"),
    ],
)
def test_what_of_an_address_is_signed(url: str, signed: str, *, drop_port: bool) -> None:
    assert signed_url(url, drop_port=drop_port) == signed
