"""What the journal shows of a sore case, against conversations that a person has labelled."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta

import pytest

from insight.friction import sore
from insight.signals import DEFAULTS, Name, Signal, Thresholds
from models.journal import Row
from tests.insight.transcripts import AT, Conversation, cases, conversations, span

LABELLED = conversations()
TOLD_TO_TUNE = [one for one in LABELLED if not one.held_back]
HELD_BACK = [one for one in LABELLED if one.held_back]


def names(signals: list[Signal]) -> list[str]:
    return [signal.name.value for signal in signals]


def found(one: Conversation) -> frozenset[str]:
    return frozenset(names(sore(one.cases, one.at)))


def scored(among: list[Conversation]) -> tuple[float, float]:
    """Precision and recall over all signals."""
    count: Counter[str] = Counter()
    for one in among:
        got = found(one)
        count.update(right=len(got & one.signals), wrong=len(got - one.signals), missed=len(one.signals - got))
    right = count["right"]
    return right / (right + count["wrong"]), right / (right + count["missed"])


def test_there_is_enough_to_measure_by() -> None:
    assert len(LABELLED) >= 150
    assert len({one.id for one in LABELLED}) == len(LABELLED)
    assert 0.28 <= len(HELD_BACK) / len(LABELLED) <= 0.39
    assert sum(not one.signals for one in LABELLED) >= 60
    for name in Name:
        assert sum(name.value in one.signals for one in HELD_BACK) >= 2, name


def test_the_figures_of_the_page_hold() -> None:
    assert min(scored(TOLD_TO_TUNE)) >= 0.97
    assert min(scored(HELD_BACK)) >= 0.95


@pytest.mark.parametrize("one", TOLD_TO_TUNE, ids=lambda one: one.id)
def test_every_signal_shows_its_evidence(one: Conversation) -> None:
    for signal in sore(one.cases, one.at):
        rows = {row.sequence: row for row in one.cases[signal.case]}
        assert signal.rows
        assert list(signal.rows) == sorted(set(signal.rows))
        assert signal.since == rows[signal.rows[-1]].at <= one.at


@pytest.mark.parametrize("name", Name)
def test_each_signal_has_a_switch(name: Name) -> None:
    limits = Thresholds.parse(f"{name}=off")
    assert all(name.value not in names(sore(one.cases, one.at, limits)) for one in LABELLED)


def test_each_signal_has_a_threshold() -> None:
    out_of_reach = {name: 0.001 if name in {Name.LOW_RATING, Name.REPEAT} else 99_999.0 for name in Name}
    left = {name for one in LABELLED for name in names(sore(one.cases, one.at, Thresholds(on=out_of_reach)))}
    assert left <= {"low-rating"}, "nothing is lower than no star at all"


def test_two_unreadable_answers_and_not_one() -> None:
    said = ["0m arrived @sms", "0m asked amount", "1m unclear @sms: the usual"]
    assert sore(cases(*said), AT + span("2m")) == []
    [signal] = sore(cases(*said, "2m unclear @sms: you know"), AT + span("3m"))
    assert (signal.name, signal.rows) == (Name.UNREADABLE, (3, 4))


def test_whom_a_person_has_helped_is_not_sore_any_more() -> None:
    said = ["0m arrived @sms", "0m asked amount", "1m person @sms: a human please"]
    assert names(sore(cases(*said), AT + span("2m"))) == ["person"]
    assert sore(cases(*said, "5m answered amount @desk /agent: 40", "5m asked method"), AT + span("6m")) == []


def test_a_signal_is_there_with_the_words_that_show_it() -> None:
    said = cases("0m arrived @sms", "0m asked amount", "1m unclear @sms: this is ridiculous")
    [signal] = sore(said, said["pay_bill/c_ana/1"][-1].at)
    assert signal.name is Name.WORDING


def test_a_dropped_call_is_one_when_they_do_not_go_on_elsewhere() -> None:
    call = ["0m arrived @phone", "0m asked method", "2m left @phone"]
    assert sore(cases(*call), AT + span("3m")) == []
    assert names(sore(cases(*call), AT + span("5m"))) == ["dropped-call"]
    assert sore(cases(*call, "6m arrived @web", "7m answered method @web: visa"), AT + span("9m")) == []


def test_the_earlier_case_is_named() -> None:
    moments = ["resolve_technical_issue", "resolve_technical_issue"]
    story = cases("0m arrived @phone", "3m finished", "2d #2 arrived @sms", "2d #2 asked what", moments=moments)
    [signal] = sore(story, AT + span("3d"))
    assert (signal.case, signal.earlier) == ("resolve_technical_issue/c_ana/2", "resolve_technical_issue/c_ana/1")
    assert sore(story, AT + span("3d"), Thresholds.parse("repeat=1")) == []


def test_going_on_by_oneself_within_the_hour_is_not_coming_back() -> None:
    """The rest of a bill two minutes after a planned part of it, also where the first was left at a last offer."""
    part = ["0m arrived @web", "1m answered amount @web: 40", "2m confirmed pay @web", "3m did Billing.take_payment"]
    rest = ["6m #2 arrived @web", "6m #2 asked amount"]
    for ending in ("finished", "cancelled", "expired"):
        paid = cases(*part, f"4m {ending}", *rest, moments=["pay_bill", "pay_bill"])
        assert sore(paid, AT + span("7m")) == [], ending
    undone = cases(*part, "3m undid Billing.take_payment", "4m cancelled", *rest, moments=["pay_bill", "pay_bill"])
    assert names(sore(undone, AT + span("7m"))) == ["repeat"]
    trouble = ["resolve_technical_issue", "resolve_technical_issue"]
    first = ["0m arrived @sms", "5m finished"]
    assert sore(cases(*first, "20m #2 arrived @sms", moments=trouble), AT + span("21m")) == []
    assert names(sore(cases(*first, "3h #2 arrived @sms", moments=trouble), AT + span("4h"))) == ["repeat"]
    helped = cases("0m arrived @sms", "4m did x /agent", "5m finished", "20m #2 arrived @sms", moments=trouble)
    assert names(sore(helped, AT + span("21m"))) == ["repeat"]


def test_nothing_to_look_at() -> None:
    assert sore({}, AT) == []
    assert sore({"pay_bill/c_ana/1": []}, AT) == []


def test_thresholds_are_read_from_one_line() -> None:
    limits = Thresholds.parse("loop=4, silence=off, patience=15")
    assert limits.on == {name: value for name, value in DEFAULTS.items() if name is not Name.SILENCE} | {Name.LOOP: 4.0}
    assert limits.patience == 15
    assert Thresholds.parse("") == Thresholds()


@pytest.mark.parametrize("text", ["loop", "loop=x", "anger=1", "loop=0", "loop=-1", "loop=nan", "=off"])
def test_a_wrong_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Thresholds.parse(text)


def test_a_long_story_is_looked_at_in_no_time() -> None:
    words = "I have told three of you about the bill and the router and each of you says something different. " * 5
    talk = [line for n in range(40) for line in (f"{n}m asked q/{n}", f"{n}m remarked @sms: {words}")]
    story = cases("0m arrived @sms", *talk)
    at = AT + timedelta(hours=2)
    sore(story, at)
    best = min(_timed(story, at) for _ in range(3))
    assert best < 0.25, "forty long messages; an ordinary case has two short ones"


def test_an_ordinary_case_takes_less_than_five_milliseconds() -> None:
    at = AT + timedelta(days=7)
    times = sorted(min(_timed(one.cases, at) for _ in range(3)) for one in LABELLED)
    assert times[-1] < 0.005


def _timed(story: dict[str, list[Row]], at: datetime) -> float:
    began = time.perf_counter()
    sore(story, at)
    return time.perf_counter() - began
