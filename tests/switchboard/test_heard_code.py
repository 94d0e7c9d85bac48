"""A pass in somebody's words, on a bad line and on a good one."""

from __future__ import annotations

import pytest

from database.passcode import check_character
from switchboard.heard_code import code_in, speaks_of_code

BODY = "K7M4P2H"
CODE = BODY + check_character(BODY)
LAST = CODE[-1]


@pytest.mark.parametrize(
    "words",
    [
        f"{CODE}",
        f"k7m4 p2h{LAST}",
        f"K7-M4-P2-H{LAST}.",
        f"my code is K7M4 P2H{LAST}",
        f"Mi código es K7M4 P2H{LAST}",
        f"the code is kay seven em four pee two aitch {LAST}",
        f"code: kilo seven mike four papa two hotel {LAST}",
        f"my code is K as in kilo 7 M for mike 4 P as in papa 2 H {LAST}",
        f"it's K 7 M 4 P 2 H {LAST} that's my code",
        f"my code is J 7 N for november 4 V 2 8 {LAST}",
    ],
)
def test_it_is_found(words: str) -> None:
    assert code_in(words) == CODE


@pytest.mark.parametrize(
    "words",
    [
        "",
        "40 dollars",
        "pay my bill",
        "why",
        "20474997",
        "my code is 123456",
        "the code does not come",
        f"my code is {CODE[1] + CODE[0] + CODE[2:]}",
        f"my order is {CODE} and I want to send it back",
        "a" * 5000,
    ],
)
def test_where_there_is_none_there_is_none(words: str) -> None:
    assert code_in(words) is None


def test_a_code_is_spoken_of() -> None:
    assert speaks_of_code("I have a code")
    assert speaks_of_code("tengo un código")
    assert not speaks_of_code("pay my bill")
