"""WhatsApp: options as buttons or a list, a tap that says which question it belongs to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from channels import sms
from channels.whatsapp import (
    BUTTON,
    BUTTONS,
    LINE,
    LISTED,
    LONGEST,
    NAMES,
    PAYLOAD,
    Tapped,
    render,
    shape,
    tapped,
    template,
)
from channels.wording import wording
from models.case import Status
from models.questions import Choice, Option
from tests.channels.turns import QUESTIONS, WORDS, turn as make


def content(turn: Any, **more: Any) -> dict[str, Any]:
    found = render(turn, WORDS, **more).extras.get("content")
    assert isinstance(found, dict)
    return found


def of(count: int, label: str = "Colour") -> Choice:
    return Choice("colour", options=[Option(id=f"c{n}", label=f"{label} {n}") for n in range(1, count + 1)])


def test_two_options_are_two_buttons() -> None:
    turn = make(QUESTIONS["choice"])
    made = content(turn)
    assert made["name"] == "buttons-2"
    assert made["variables"]["2"] == "Now"
    assert made["variables"]["3"] == f"{turn.case} when 3 1"
    assert made["variables"]["5"].endswith(" 2")
    assert "1)" not in made["variables"]["1"]


def test_words_and_numbers_stand_behind_the_buttons() -> None:
    turn = make(QUESTIONS["choice"])
    assert render(turn, WORDS).body == sms.render(turn, WORDS)
    assert render(turn, WORDS).extras["asked"] == f"{turn.case} when 3"


def test_yes_and_no_are_buttons_in_the_customers_language() -> None:
    made = content(make(QUESTIONS["confirm"]))
    assert [made["variables"][place] for place in ("2", "4")] == ["Yes", "No"]
    assert tapped(made["variables"]["3"]) == Tapped(make(QUESTIONS["confirm"]).case, "pay", 3, "Yes")


@pytest.mark.parametrize("count", range(4, LISTED + 1))
def test_up_to_ten_are_a_list(count: int) -> None:
    made = content(make(of(count)))
    assert made["name"] == f"list-{count}"
    assert made["variables"]["2"] == "Choose"
    assert len(made["variables"]) == 2 + 2 * count


@pytest.mark.parametrize(
    "question",
    [of(11), of(4, "A colour with a name that is longer than a line takes"), QUESTIONS["text"], QUESTIONS["digits"]],
)
def test_what_buttons_cannot_say_stays_text(question: Any) -> None:
    turn = make(question)
    assert render(turn, WORDS).extras == {"asked": f"{turn.case} {question.key} 3"}


def test_a_closed_case_asks_nothing() -> None:
    turn = make(QUESTIONS["choice"], status=Status.FINISHED)
    assert render(turn, WORDS).extras == {}


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_every_button_keeps_to_its_limits(kind: str) -> None:
    made = render(make(QUESTIONS[kind]), WORDS).extras.get("content")
    if not isinstance(made, dict):
        return
    variables: Any = made["variables"]
    few = str(made["name"]).startswith("buttons")
    first = 2 if few else 3
    assert len(variables["1"]) <= LONGEST
    for place in range(first, len(variables) + 1, 2):
        assert 0 < len(variables[str(place)]) <= (BUTTON if few else LINE)
        assert len(variables[str(place + 1)]) <= PAYLOAD
    filled = str(shape(str(made["name"])))
    assert all("{{" + place + "}}" in filled for place in variables)


@pytest.mark.parametrize(
    "payload", ["confirm:int_42", "", "a b c d", "pay-bill/c/1 amount x 1", "a/b/c k 99999999999 1"]
)
def test_other_peoples_buttons_are_not_ours(payload: str) -> None:
    assert tapped(payload) is None


def test_approved_words_are_one_line() -> None:
    made = template("reminder", "You have not finished.\n\tHow much?", "https://x.example/c/1")
    assert made["variables"] == {"1": "You have not finished. How much?", "2": "https://x.example/c/1"}


def test_the_wording_has_what_is_said_here() -> None:
    assert wording("en", "UTC").say("whatsapp-choose")


def test_the_page_names_every_template() -> None:
    page = (Path(__file__).parents[2] / "docs/messaging.md").read_text("utf-8")
    shown = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)*)`", page))
    spanned = {f"buttons-{n}" for n in range(1, BUTTONS + 1)} | {f"list-{n}" for n in range(BUTTONS + 1, LISTED + 1)}
    assert {f"buttons-{BUTTONS}", f"list-{LISTED}"} <= shown
    assert set(NAMES) - spanned <= shown
