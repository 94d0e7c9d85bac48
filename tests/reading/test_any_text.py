"""Whatever a customer sends, reading answers quickly, never breaks, and understands only what the question takes."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, strategies as st

from channels.reading import Said, Understood, language_of, mask, moments_for, read, wish_for
from channels.reading.openings import written_moments
from channels.reading.said import Way
from tests.reading.reference import NAMES, QUESTIONS, utterances

# Words that mean something to the reader, strung together, get further into it than random letters.
WORDS = sorted({word for case in utterances() for word in case.said.text.split()})
SCRAPS = ["\x00", "\ud800", "\u202e", "\u200f", "٤٠", "שלום", "👍🏽", "🤷", "½", "①", "#", "*", "$", ".", "@", "/", "-"]

anything = st.text(st.characters(), max_size=12_000)
babble = st.lists(st.sampled_from(WORDS + SCRAPS), max_size=40).map(" ".join)
repeated = st.builds(lambda part, n: (part * n)[:12_000], st.sampled_from(WORDS + SCRAPS), st.integers(1, 6_000))
texts = st.one_of(babble, anything, repeated)
ways = st.sampled_from(["speech", "typed", "keypad"])
days = st.dates()
languages = st.sampled_from(["en", "es"])


@given(text=texts, way=ways, name=st.sampled_from(sorted(QUESTIONS)), today=days, language=languages)
def test_reading_never_raises_and_understands_only_what_fits(
    text: str, way: Way, name: str, today: date, language: str
) -> None:
    question = QUESTIONS[name]
    started = time.perf_counter()
    reading = read(question, Said(text, way), today=today, language=language, names=NAMES[language])
    assert time.perf_counter() - started < 1
    if isinstance(reading, Understood) and not (question.optional and reading.value is None):
        question.accept(reading.value)


@pytest.mark.parametrize("text", ["40.00 30", "1,250 30", "40.00, 30", "30.00 30"])
@pytest.mark.parametrize("way", ["speech", "typed"])
def test_a_sum_with_its_cents_and_another_number_is_asked_back(text: str, way: Way) -> None:
    reading = read(QUESTIONS["any-amount"], Said(text, way), today=date(2026, 3, 4))
    assert not isinstance(reading, Understood)


@given(text=texts, way=ways, language=languages)
def test_openings_and_masks_never_raise(text: str, way: Way, language: str) -> None:
    moments = written_moments(language)
    started = time.perf_counter()
    assert set(moments_for(text, language=language)) <= moments.keys()
    assert language_of(text) in {"en", "es", None}
    wish_for(Said(text, way), language=language)
    masked = mask(text)
    assert mask(masked) == masked
    assert time.perf_counter() - started < 2


@given(text=anything, region=st.sampled_from(["US", "GB", "MX", "", "XX"]), language=st.text(max_size=5))
def test_an_unknown_region_or_language_is_no_reason_to_fail(text: str, region: str, language: str) -> None:
    for question in QUESTIONS.values():
        read(question, Said(text, "typed"), today=date(2026, 3, 4), region=region, language=language)


@pytest.mark.parametrize("today", [date.min, date.max, date(2028, 2, 29), date(2026, 12, 31)])
def test_days_at_the_edges_of_the_calendar(today: date) -> None:
    for case in utterances():
        if case.question.kind in {"date", "slot"}:
            read(case.question, case.said, today=today, language=case.language)
