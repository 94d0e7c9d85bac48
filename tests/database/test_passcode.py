"""Codes that can be said on a bad line, and that notice when they were not heard right."""

from __future__ import annotations

from itertools import pairwise

from database.passcode import LENGTH, SYMBOLS, check_character, new_code, normal, shown

LOOK_ALIKE = ("0ODQ", "1IL7", "2Z", "5S", "8B", "6G", "UV", "VY", "MN", "CG", "KX", "4A")
SOUND_ALIKE = ("BCDEGPTVZ3", "AJK8", "AH8", "FSX", "MN", "LMN", "IY", "59", "QU2", "UW", "OR4"[:2])


def test_no_two_of_them_look_or_sound_alike() -> None:
    assert len(SYMBOLS) == len(set(SYMBOLS)) == 13
    for group in (*LOOK_ALIKE, *SOUND_ALIKE):
        assert len(set(group) & set(SYMBOLS)) <= 1, group


def test_any_single_wrong_character_is_found() -> None:
    for code in (new_code() for _ in range(200)):
        assert normal(code) == code
        for at in range(LENGTH):
            for other in set(SYMBOLS) - {code[at]}:
                assert normal(code[:at] + other + code[at + 1 :]) is None


def test_neighbours_that_change_places_are_found() -> None:
    for code in (new_code() for _ in range(500)):
        for at, (one, two) in enumerate(pairwise(code)):
            if one != two:
                assert normal(code[:at] + two + one + code[at + 2 :]) is None


def test_what_was_heard_instead_is_understood() -> None:
    body = "K7M4P2H"
    code = body + check_character(body)
    assert shown(code) == f"K7M4 P2H{code[-1]}"
    assert normal(shown(code).lower()) == code
    assert normal(code.replace("P", "V").replace("M", "N").replace("K", "J")) == code


def test_digits_alone_are_none_and_enough_can_be_made() -> None:
    assert normal("20474997") is None
    assert len({new_code() for _ in range(300)}) == 300
    assert len(SYMBOLS) ** (LENGTH - 1) > 2**25
