"""A card number is neither read nor kept, however it is put."""

from __future__ import annotations

from datetime import date

import pytest

from channels.reading import Said, Understood, has_card, mask, read
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
]
INNOCENT = [
    "40",
    "415-555-2671",
    "order 1234567890123",
    "call 415-555-2671 or 415-555-2672",
    "2026-03-11",
    "one two three",
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


def test_a_security_code_goes_too() -> None:
    assert mask("the CVV is 123, security code: 4567") == "the CVV is •••, security code: •••"


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
