"""A card number is neither read nor kept, however it is put."""

from __future__ import annotations

from datetime import date
from time import monotonic

import pytest

from channels.reading import Said, Understood, has_card, mask, mask_remark, read
from tests.reading.reference import QUESTIONS, written

CARDS = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "4111-1111\n1111-1111",
    "3782 822463 10005",
    "5555 5555 5555 4444 exp 12/28",
    "4️⃣1️⃣1️⃣1️⃣ 1️⃣1️⃣1️⃣1️⃣ 1111 1111",
    "٤١١١١١١١١١١١١١١١",
    "four one one one one one one one one one one one one one one one",
    "four triple one uh triple one triple one triple one triple one",
    "forty one eleven eleven eleven eleven eleven eleven eleven",
    "forty two forty two, forty two forty two, forty two forty two, forty two forty two",
    "41111111111111111228",
    "4111        1111        1111        1111",
    "4111--------1111--------1111--------1111",
    "4111x1111x1111x1111",
    "6011 dash 0009 dash 9013 dash 9424",
    "four one one one dash one one one one dash one one one one dash one one one one",
    "4111 space 1111 space 1111 space 1111",
    "4111, then 1111, then 1111, then 1111",
    "4111 next 1111 next 1111 last 1111",
    "4l11 1111 1111 1111",
    "411I 1111 1111 l1l1",
    "42O0 OO00 0000 0000",
    "cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno",
    "cuarenta y uno once once once once once once once",
    "cuarenta y dos cuarenta y dos, cuarenta y dos cuarenta y dos, cuarenta y dos cuarenta y dos, 42 42",
    "veintidós veintitrés cero cero cero cero cuarenta y ocho cuarenta cero cero once",
    "6011 guion 0009 guion 9013 guion 9424",
    "4111 luego 1111 luego 1111 y 1111",
]
INNOCENT = [
    "40",
    "415-555-2671",
    "order 1234567890123",
    "call 415-555-2671 or 415-555-2672",
    "2026-03-11",
    "one two three",
    "order 12345678, then 04/12/2026 and 05/12/2026",
    "I paid 1234 then 5678 then 91011",
    "401 Oak Street, 2nd floor, at 10 or 11",
    "order 4567 and the security code did not come for order 1234",
    "one of two cards",
    "pin 1234",
]
CODES = [
    ("the CVV is 123, security code: 4567", "the CVV is •••, security code: •••"),
    ("security number 987", "security number •••"),
    ("cid 1234 ok", "cid ••• ok"),
    ("cvv one two three", "cvv •••"),
    ("cvv is one two three four please", "cvv is ••• please"),
    ("cvc code: 1-2-3", "cvc code: •••"),
    ("three digits on back 987", "three digits on back •••"),
    ("the code on the back is 123", "the code on the back is •••"),
    ("the cvv 123 for order 4567", "the cvv ••• for order 4567"),
    ("security code double seven four", "security code •••"),
    ("el código de seguridad es 123", "el código de seguridad es •••"),
    ("código de seguridad uno dos tres", "código de seguridad •••"),
]


@pytest.mark.parametrize("card", CARDS)
def test_no_more_than_four_digits_of_a_card_stay(card: str) -> None:
    masked = mask(f"my card is {card} ok")
    assert masked.startswith("my card is •••• •••• ••••")
    assert masked.endswith("ok")
    assert not has_card(masked)


@pytest.mark.parametrize("text", INNOCENT)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(("text", "masked"), CODES)
def test_a_security_code_goes_too(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert has_card(text)
    assert not has_card(masked)


BEHIND = [
    ("4111 1111 1111 1111 05/28 123", "•••• •••• •••• 1111 05/28 •••"),
    ("my visa 4111 1111 1111 1111 exp 0528, 1234 ok", "my visa •••• •••• •••• 1111 exp 0528, ••• ok"),
    ("4111 1111 1111 1111 on 05/28/2026 at 10", "•••• •••• •••• 1111 on 05/28/2026 at 10"),
    ("4111 1111 1111 1111 for 100 dollars", "•••• •••• •••• 1111 for 100 dollars"),
]


@pytest.mark.parametrize(("text", "masked"), BEHIND)
def test_a_security_code_behind_card_and_date_needs_no_name(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked
    assert not has_card(masked)


REMARKS = [
    ("it is 4111 1111 1111 1112 ok", "it is •••• •••• •••• •••• ok"),
    ("4111 dash 1111 dash 1111 dash 1112", "•••• •••• •••• ••••"),
    ("four one one one one one one one one one one one one one one two", "•••• •••• •••• ••••"),
    ("my card is 4111 1111 1111 1111 ok", "my card is •••• •••• •••• 1111 ok"),
    ("call 415-555-2671 or 415-555-2672", "call 415-555-2671 or 415-555-2672"),
    ("order 123456789012", "order 123456789012"),
    ("cvv 123", "cvv •••"),
]


@pytest.mark.parametrize(("text", "masked"), REMARKS)
def test_what_nobody_understood_keeps_no_long_number_at_all(text: str, masked: str) -> None:
    assert mask_remark(text) == masked
    assert mask_remark(masked) == masked


def test_a_long_text_is_masked_soon() -> None:
    begun = monotonic()
    for text in ("4 dash " * 600, "1" * 4000, "cvv " * 1000, "4111 " + " " * 4000, "then " * 800, "o" * 4000):
        mask_remark(text)
    assert monotonic() - begun < 2


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize(
    "name", ["bill", "pay", "restarted", "method", "day", "colour", "slot", "email", "code", "change"]
)
def test_no_question_reads_a_card(card: str, name: str) -> None:
    reading = read(QUESTIONS[name], Said(card, "typed"), today=date(2026, 3, 4))
    assert written(reading) == {"unclear": "no-card-numbers-here"}


@pytest.mark.parametrize("card", CARDS)
def test_free_text_is_kept_without_the_card(card: str) -> None:
    reading = read(QUESTIONS["trouble"], Said(f"I was charged twice on {card}", "typed"), today=date(2026, 3, 4))
    assert isinstance(reading, Understood)
    assert "•••• •••• ••••" in str(reading.value)
    assert not has_card(str(reading.value))
