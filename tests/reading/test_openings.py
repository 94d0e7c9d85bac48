"""Words to moment: what starts one, what becomes the question "which of the two", and what starts nothing.

The examples of all moments were written before the rules. A third of them, picked by the checksum of their text, taught
nothing and was looked at once, when rules and examples were done: English 171 of 178 right (96.1 %), Spanish 159 of 163
(97.5 %), no wrong start in either. One of the other eleven was a question with the right moment in it, ten started
nothing. Some rules were widened since, which moved English right by three sentences and every other figure by two at
most; and two wrong Spanish starts were removed with what that third had shown. So it is no longer unseen.

Examples and rules are by one hand, so other people's words fare worse: of three more lots, written in other words on
purpose and looked at before they were taught, 71, 71 and 63 of 100 were right and four of 100 a wrong start. A fourth
lot (``later.jsonl``) was written when all was done and taught nothing: 26 of 40 right, the others asked, none wrong.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from channels.reading import moment_for, moments_for
from channels.reading.openings import EVERYBODY, Openings, held_back, lessons, written_moments

MOMENTS = ["change-plan", "pay-bill", "resolve-billing-issue", "resolve-technical-issue", "upgrade-device", "welcome"]
LANGUAGES = ["en", "es"]
LATER = Path(__file__).parent / "later.jsonl"


def outcome(text: str, moment: str, language: str) -> str:
    found = moments_for(text, language=language)
    if found == (() if moment == EVERYBODY else (moment,)):
        return "right"
    return "wrong" if len(found) == 1 else "asked"


def outcomes(language: str, *, held: bool) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {"right": [], "asked": [], "wrong": []}
    for moment, written in written_moments(language).items():
        for text in written["examples"]:
            if held_back(text) is held:
                told[outcome(text, moment, language)].append(f"{text} ({moment})")
    return told


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_92_of_100_never_taught_are_right_and_none_starts_something_else(language: str) -> None:
    told = outcomes(language, held=True)
    assert told["wrong"] == []
    assert len(told["right"]) >= 0.92 * sum(map(len, told.values())), told["asked"]


def test_other_words_than_the_examples_start_nothing_wrong() -> None:
    later = [json.loads(line) for line in LATER.read_text("utf-8").splitlines()]
    told = Counter(outcome(case["text"], case["moment"], case["language"]) for case in later)
    assert told["wrong"] == 0
    assert told["right"] >= 0.6 * len(later)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_learned_is_known(language: str) -> None:
    told = outcomes(language, held=False)
    assert told["wrong"] == []
    assert len(told["right"]) >= 0.96 * sum(map(len, told.values())), told["asked"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_examples_of_each(language: str) -> None:
    written = written_moments(language)
    for moment in MOMENTS:
        examples = written[moment]["examples"]
        assert len(set(examples)) >= 40, moment
        assert len(examples) == len(set(examples)), Counter(examples).most_common(1)
        assert sum(map(held_back, examples)) >= len(examples) // 5, moment
    assert len(set(written[EVERYBODY]["examples"])) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_held_back_is_taught_by_another_name(language: str) -> None:
    taught = {text for text, _ in lessons(written_moments(language))}
    kept = {text for moment in written_moments(language).values() for text in moment["examples"] if held_back(text)}
    assert taught & kept == set()


@pytest.mark.parametrize(
    ("language", "text", "moments"),
    [
        ("en", "change my plan and pay my bill", ("change-plan", "pay-bill")),
        ("en", "pay my bill, then I want a new phone", ("pay-bill", "upgrade-device")),
        ("en", "I want a new phone and a bigger plan", ("upgrade-device", "change-plan")),
        ("es", "quiero cambiar de plan y pagar mi factura", ("change-plan", "pay-bill")),
        ("es", "quiero un celular y un plan más grande", ("upgrade-device", "change-plan")),
    ],
)
def test_two_wishes_become_one_question(language: str, text: str, moments: tuple[str, str]) -> None:
    assert moments_for(text, language=language) == moments
    assert moment_for(text, language=language) is None


@pytest.mark.parametrize("text", ["", "   ", "?", "🙃🙃", "x" * 2000, "lorem ipsum dolor sit amet", "pay " * 400])
def test_what_says_nothing_starts_nothing(text: str) -> None:
    assert moments_for(text) == ()


def test_a_language_without_moments_is_read_as_english() -> None:
    assert moments_for("pay my bill", language="fr") == ("pay-bill",)
    assert moments_for("pagar mi factura", language="es-MX") == ("pay-bill",)
    assert moments_for("pay my bill", language="../..") == ("pay-bill",)


def test_a_moment_needs_no_more_than_examples() -> None:
    written = written_moments("en")
    examples = [
        f"{how} {what} card" for how in ("I lost my", "block my", "someone stole my") for what in ("bank", "gift")
    ]
    written["report-lost-card"] = {"examples": [*examples, "lost card", "my card was stolen"]}
    openings = Openings.of(written, lessons(written) + [(text, "report-lost-card") for text in examples])
    assert openings.moments_for("block my card") == ("report-lost-card",)
    assert openings.moments_for("pay my bill") == ("pay-bill",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_files_teach_the_same(language: str) -> None:
    written = written_moments(language)
    one, other = (Openings.of(written, order(lessons(written))) for order in (list, lambda taught: taught[::-1]))
    for text, _ in lessons(written)[::7]:
        assert one.moments_for(text) == other.moments_for(text)


def test_it_is_quick() -> None:
    texts = ["I would like to pay my bill wiht my visa please, its due tomorow", "asdf " * 100]
    moments_for(texts[0])
    begun = time.process_time()
    for text in texts * 20:
        moments_for(text)
    assert (time.process_time() - begun) / 40 < 0.005
