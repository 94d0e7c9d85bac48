"""Pages as view models, and forms read back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from channels import web
from channels.reading import Reading, Unclear, Understood, Wish
from channels.wording import wording
from models.case import Because, Note, Pending, Status
from models.money import Money
from models.people import Channel
from models.questions import Amount, Choice, Option, YesNo
from tests.channels.turns import NOON, QUESTIONS, RECEIPT, WORDS, line, turn

FIELDS = {
    "amount": ("text", "decimal", "Up to $84.20", ["Full $84.20", "Minimum $25.00"]),
    "choice": ("radio", None, "", ["Now", "Later"]),
    "yes_no": ("button", None, "", ["Yes", "No"]),
    "date": ("date", None, "From November 23 to December 31", []),
    "slot": ("radio", None, "", ["November 24, 9:00 AM to 11:00 AM", "November 25, 1:00 PM to 3:00 PM"]),
    "text": ("textarea", None, "", []),
    "digits": ("text", "numeric", "15 digits", []),
    "phone_number": ("tel", "tel", "With the area code", []),
    "email": ("email", "email", "name@example.com", []),
    "code": ("text", "numeric", "6 digits", []),
    "payment_method": ("radio", None, "", ["Visa ending 4242", "Mastercard ending 0002", "A new card"]),
    "confirm": ("button", None, "", ["Yes, go ahead", "No, change something"]),
    "change": ("radio", None, "", ["Amount", "Payment time", "Payment method"]),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_of_question_becomes_a_field(kind: str) -> None:
    field = web.render(turn(QUESTIONS[kind]), WORDS).field
    assert field is not None
    assert (field.type, field.inputmode, field.hint, [option.label for option in field.options]) == FIELDS[kind]
    assert (field.key, field.revision, field.name, field.error) == (QUESTIONS[kind].key, 3, "value", None)


def test_bounds_are_plain_for_the_input_itself() -> None:
    amount = web.render(turn(QUESTIONS["amount"]), WORDS).field
    day = web.render(turn(QUESTIONS["date"]), WORDS).field
    assert amount is not None
    assert day is not None
    assert (amount.least, amount.most) == (None, "84.20")
    assert (day.least, day.most) == ("2026-11-23", "2026-12-31")


def test_the_page_shows_what_was_said_and_over_what() -> None:
    answers = [line("amount", "amount", {"amount": "40.00", "currency": "USD"}), line("when", "choice", "now")]
    page = web.render(turn(QUESTIONS["payment_method"], answers=answers), WORDS)
    assert [(a.label, a.value, a.how, a.changeable) for a in page.answers] == [
        ("amount", "$40.00", "by text, 12:00 PM", True),
        ("payment time", "Now", "by text, 12:00 PM", True),
    ]
    assert (page.title, page.headline, page.status) == ("Pay your bill", "How would you like to pay?", "in progress")


def test_an_answer_of_another_day_tells_its_day() -> None:
    page = web.render(turn(answers=[line("amount", "text", "x")]), WORDS, today=NOON.date() + timedelta(days=1))
    assert page.answers[0].how == "by text, November 22, 12:00 PM"


def test_a_confirm_shows_each_value_by_its_name() -> None:
    page = web.render(turn(QUESTIONS["confirm"]), WORDS)
    assert [(each.label, each.value) for each in page.confirm] == [
        ("amount", "$40.00"),
        ("payment day", "none"),
        ("payment method", "Visa ending 4242"),
    ]


def test_the_error_stands_with_the_field() -> None:
    declined = turn(QUESTIONS["payment_method"], because="insufficient-funds")
    page = web.render(declined, WORDS)
    assert page.field is not None
    assert page.field.error == "That payment was declined: there is not enough money on the card or account."
    assert page.because == ""


def test_a_page_shows_all_open_questions_each_with_its_own_reason() -> None:
    several = turn(
        pending=[
            Pending(question=QUESTIONS["amount"], revision=1),
            Pending(question=QUESTIONS["date"], revision=2, because=Because(code="no-longer-fits")),
        ]
    )
    page = web.render(several, WORDS)
    assert [(field.key, field.error) for field in page.fields] == [
        ("amount", None),
        ("day", "What you said before does not fit any more."),
    ]


def test_a_closed_case_has_no_fields_and_offers_what_comes_next() -> None:
    page = web.render(
        turn(status=Status.FINISHED, notices=[RECEIPT], answers=[line("amount", "text", "x")], working=True), WORDS
    )
    assert (page.closed, page.working, page.fields) == (True, False, ())
    assert page.headline == "All done: paying your bill."
    assert page.next == "Is there anything else we can do for you?"
    assert page.notices[0].startswith("Thank you! We received $40.00")
    assert not page.answers[0].changeable


def test_working_and_waiting_for_a_person_are_told() -> None:
    assert web.render(turn(working=True), WORDS).headline == "One moment, we are working on it."
    page = web.render(turn(status=Status.WITH_A_PERSON, note=Note.SEALED), WORDS)
    assert page.with_person
    assert page.note.startswith("That can't be changed any more")


def test_an_agent_sees_the_same_questions() -> None:
    assert web.render(turn(QUESTIONS["amount"], status=Status.WITH_A_PERSON), WORDS, channel=Channel.DESK).fields


FORMS: list[tuple[str, str, Reading]] = [
    ("choice", "later", Understood("later")),
    ("yes_no", "yes", Understood(value=True)),
    ("yes_no", "no", Understood(value=False)),
    ("date", "2026-11-30", Understood("2026-11-30")),
    ("date", "2026-11-01", Unclear(Because(code="too-early", facts={"earliest": "2026-11-23"}))),
    ("date", "2026-13-01", Unclear(Because(code="not-a-date"))),
    ("slot", "b", Understood("b")),
    ("payment_method", "tok_visa", Understood("tok_visa")),
    ("payment_method", "new", Unclear(Because(code="needs-web"))),
    ("payment_method", "new_stolen", Unclear(Because(code="not-an-option"))),
    ("confirm", "yes", Understood(value=True)),
    ("change", "when", Understood("when")),
    ("text", "", Unclear(Because(code="no-input"))),
    ("text", "  \n ", Unclear(Because(code="no-input"))),
]


@pytest.mark.parametrize(("kind", "value", "reading"), FORMS)
def test_what_a_form_sends_is_taken_as_it_is(kind: str, value: str, reading: Reading) -> None:
    assert web.read(QUESTIONS[kind], {"value": value}) == reading


@pytest.mark.parametrize(("typed", "amount"), [("2", "2"), ("42.50", "42.50"), (" 25 ", "25")])
def test_a_number_in_an_amount_field_is_money_never_the_place_of_a_suggestion(typed: str, amount: str) -> None:
    assert web.read(QUESTIONS["amount"], {"value": typed}) == Understood({"amount": amount, "currency": "USD"})


def test_a_comma_is_read_as_the_language_means_it() -> None:
    assert web.read(Amount("amount", most=Money.of("5000")), {"value": "1,250"}) == Understood(
        {"amount": "1250", "currency": "USD"}
    )


def test_words_in_a_field_are_read_as_words() -> None:
    reading = web.read(QUESTIONS["amount"], {"value": "forty dollars"})
    assert reading == Understood({"amount": "40.00", "currency": "USD"})
    assert isinstance(web.read(QUESTIONS["date"], {"value": "tomorrow"}), Unclear)
    today = date(2026, 11, 29)
    assert web.read(QUESTIONS["date"], {"value": "tomorrow"}, today=today) == Understood("2026-11-30")


def test_buttons_beside_the_question_are_wishes() -> None:
    assert web.read(QUESTIONS["confirm"], {"wish": "change", "key": "amount"}) == Wish("change", "amount")
    assert web.read(QUESTIONS["confirm"], {"wish": "person"}) == Wish("person")
    assert web.read(QUESTIONS["confirm"], {"wish": "fly", "value": "yes"}) == Understood(value=True)


def test_only_an_optional_question_can_be_skipped() -> None:
    assert web.read(YesNo("news", optional=True), {"skip": "1"}) == Understood(None)
    assert web.read(YesNo("news"), {"skip": "1"}) == Unclear(Because(code="no-input"))


def test_an_option_of_the_company_keeps_its_own_name() -> None:
    plan = Choice("plan", options=[Option(id="x", label="eXtra 5G")])
    page = web.render(turn(plan), wording("en", "UTC"))
    assert page.field is not None
    assert page.field.options[0].label == "eXtra 5G"
