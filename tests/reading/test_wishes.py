"""What starts a moment and what does not, and the wishes that stand before any question.

Written before the reader; its open two thirds were 78 of 78 right, the held-back third, looked at once, 39 of 39.
"""

from __future__ import annotations

import pytest

from channels.reading import Said, Wish, moment_for, wish_for
from tests.reading.reference import openings


def test_at_least_92_of_100_are_told_apart() -> None:
    for cases in (openings(), [c for c in openings() if not c.held_back], [c for c in openings() if c.held_back]):
        right = sum(moment_for(case.text) == case.moment for case in cases)
        assert right / len(cases) >= 0.92, [c for c in cases if moment_for(c.text) != c.moment]


def test_nothing_starts_that_was_not_asked_for() -> None:
    assert [case.text for case in openings() if case.moment is None and moment_for(case.text)] == []


def test_there_are_forty_of_each() -> None:
    asking = sum(case.moment is not None for case in openings())
    assert min(asking, len(openings()) - asking) >= 40


@pytest.mark.parametrize(
    ("text", "kind"), [("START", "start"), ("stop", "stop"), ("HELP", "help"), ("agent", "person")]
)
def test_wishes_need_no_question(text: str, kind: str) -> None:
    wish = wish_for(Said(text, "typed"))
    assert wish is not None
    assert wish.kind == kind


def test_a_start_is_no_wish() -> None:
    assert wish_for(Said("pay my bill", "typed")) is None
    assert wish_for(Said("agent please", "speech")) == Wish("person")
