"""Whose turn it is, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from insight.priority import Reason, Waiting, Weights, order, place, weight

AT = datetime(2031, 3, 10, 12, tzinfo=UTC)


def waiting(case: str, minutes: float = 30, **more: Any) -> Waiting:
    return Waiting(case=case, since=AT - timedelta(minutes=minutes), **more)


def first(*cases: Waiting) -> list[str]:
    return [one.case for one in order(cases, AT)]


def test_alike_cases_are_served_as_they_came() -> None:
    assert first(waiting("later", 10), waiting("earlier", 20)) == ["earlier", "later"]


def test_nobody_waits_is_an_empty_queue() -> None:
    assert order([], AT) == []


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"mood": -0.8}, Reason.UNHAPPY),
        ({"sore": True}, Reason.UNHAPPY),
        ({"asked_for_person": True}, Reason.PERSON),
        ({"stuck": True}, Reason.STUCK),
        ({"value": 3.0}, Reason.VALUE),
        ({"promise": timedelta(minutes=20)}, Reason.PROMISE),
        ({"urgent": True}, Reason.URGENT),
    ],
)
def test_what_counts_goes_first_and_says_so(more: dict[str, Any], reason: Reason) -> None:
    places = order([waiting("ordinary"), waiting("special", **more)], AT)
    assert [one.case for one in places] == ["special", "ordinary"]
    assert (places[0].reasons, places[1].reasons) == ((reason,), ())


def test_a_short_case_goes_before_a_long_one() -> None:
    long, short = timedelta(minutes=30), timedelta(minutes=3)
    assert first(waiting("long", handling=long), waiting("short", handling=short)) == ["short", "long"]


def test_the_score_is_the_rule_worked_out_by_hand() -> None:
    takes, promise = timedelta(minutes=15), timedelta(hours=2)
    case = waiting("a", 60, promise=promise, handling=takes, importance=1.5, value=2, mood=-0.5)
    assert weight(case) == pytest.approx(1.5 * 2 * 2.0)
    assert place(case, AT).waited == pytest.approx(0.5)
    assert place(case, AT).cost == pytest.approx(6.0 * 0.5 / (2 * 0.25))


def test_no_factor_outgrows_its_bounds() -> None:
    assert weight(waiting("a", value=1000, importance=50)) == weight(waiting("b", value=3, importance=2))
    assert weight(waiting("a", value=0)) == 0.5


def test_whoever_starves_goes_before_everybody_else() -> None:
    poor = waiting("poor", 41 * 60, value=0.5, importance=0.5, handling=timedelta(hours=1))
    rich = waiting("rich", 239, value=3, mood=-1, sore=True, importance=2, handling=timedelta(minutes=1))
    places = order([rich, poor], AT)
    assert [one.case for one in places] == ["poor", "rich"]
    assert Reason.STARVING in places[0].reasons
    assert [one.case for one in order([rich, poor], AT, Weights(guard=99))] == ["rich", "poor"]


def test_what_is_urgent_goes_before_who_starves() -> None:
    assert first(waiting("starving", 50 * 60), waiting("urgent", 0, urgent=True)) == ["urgent", "starving"]


def test_a_clock_that_is_behind_makes_nobody_wait_less_than_nothing() -> None:
    assert place(waiting("a", -5), AT).waited == 0


CASES = st.lists(
    st.builds(
        waiting,
        st.uuids().map(str),
        st.floats(0, 10_000),
        mood=st.floats(-1, 1),
        value=st.floats(0, 100),
        sore=st.booleans(),
        urgent=st.booleans(),
        promise=st.integers(1, 1440).map(lambda minutes: timedelta(minutes=minutes)),
    ),
    max_size=12,
)


@given(CASES)
def test_the_order_is_of_all_and_does_not_hang_on_how_they_were_given(cases: list[Waiting]) -> None:
    places = order(cases, AT)
    assert sorted(one.case for one in places) == sorted(case.case for case in cases)
    assert places == order(list(reversed(cases)), AT)
    guarded = [Reason.URGENT in one.reasons or Reason.STARVING in one.reasons for one in places]
    assert guarded == sorted(guarded, reverse=True)
    costs = [one.cost for one, before in zip(places, guarded, strict=True) if not before]
    assert costs == sorted(costs, reverse=True)
