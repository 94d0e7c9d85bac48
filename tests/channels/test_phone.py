"""Calls as customers hear them."""

from __future__ import annotations

import pytest

from channels import phone
from channels.phone import Gather
from channels.wording import wording
from models.case import Because, Note, Status
from models.questions import Choice, Digits, Option, PaymentMethod
from tests.channels.turns import QUESTIONS, RECEIPT, WORDS, heard, turn

ACTION = "/twilio/voice/turn?c=pay-bill/c_1/1&k=amount&r=3&a=1"
SILENCE = Because(code="no-input")

ASKED = {
    "amount": "(both): Your bill is $84.20. How much would you like to pay? Say an amount, or press 1 for all of it, "
    "$84.20, or 2 for the minimum, $25.00.",
    "choice": "(both, 1 digits): Would you like to pay now, or on a later day? "
    "Say one, or press 1 for Now, or 2 for Later.",
    "yes_no": "(both, 1 digits): Yes or no: paperless billing? Say yes or no.",
    "date": "(both, 4 digits): Which day should we take the payment? Any day from November 23rd to December 31st.",
    "slot": "(both, 1 digits): Which time suits you best? Say one, or press 1 for November 24th, 9:00 AM to 11:00 AM, "
    "or 2 for November 25th, 1:00 PM to 3:00 PM.",
    "text": "(both): Please tell us: what happened. Tell me in a few words.",
    "digits": "(both, 15 digits): What is the imei? Say or enter the 15 digits.",
    "phone_number": "(both): Which phone number should we use? Say or enter it, area code first, then press pound.",
    "email": "(both): Which email address should we use? Say it slowly.",
    "code": "(keypad, 6 digits): What is the code we sent you? Enter its 6 digits on your keypad.",
    "payment_method": "(both, 1 digits): How would you like to pay? Say which one, or press 1 for "
    "Visa ending 4 2 4 2, 2 for Mastercard ending 0 0 0 2, or 3 for a new card.",
    "confirm": "(both, 1 digits): Pay $40.00 now with Visa ending 4 2 4 2? Say yes, or no to change something.",
    "change": "(both, 1 digits): What should change? Say which one, or press 1 for amount, 2 for payment time, "
    "or 3 for payment method.",
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_of_question_is_asked_in_one_breath(kind: str) -> None:
    transcript = heard(phone.render(turn(QUESTIONS[kind]), WORDS, action=ACTION))
    assert transcript == f"Asks {ASKED[kind]}"
    assert len(transcript.split()) <= 50


AGAIN = {
    "amount": "How much would you like to pay? For example, say: forty dollars. Or press 1 for all of it, $84.20, "
    "or 2 for the minimum, $25.00.",
    "date": "Which day? For example, say: November 23rd.",
    "digits": "What is the imei? Say it digit by digit, like: four, one, five. Or enter it on your keypad.",
    "confirm": "Pay $40.00 now with Visa ending 4 2 4 2? Just say yes or no.",
}


@pytest.mark.parametrize("kind", AGAIN)
def test_the_second_try_is_shorter_and_has_an_example(kind: str) -> None:
    [gather] = phone.render(turn(QUESTIONS[kind]), WORDS, action=ACTION, attempt=1, because=SILENCE)
    assert isinstance(gather, Gather)
    assert gather.prompt == f"Sorry, I did not hear anything. {AGAIN[kind]}"
    assert gather.way == "both"


KEYED = {
    "amount": "On your keypad, press 1 for all of it, $84.20, or 2 for the minimum, $25.00. Or enter another amount, "
    "with star for the point, then press pound.",
    "yes_no": "On your keypad, press 1 for yes, or 2 for no.",
    "date": "On your keypad, enter the month and the day as four digits: 1 1 2 3 for November 23rd.",
    "digits": "On your keypad, enter the 15 digits.",
    "confirm": "On your keypad, press 1 for yes, or 2 to change something.",
    "payment_method": "On your keypad, press 1 for Visa ending 4 2 4 2, 2 for Mastercard ending 0 0 0 2, or 3 for a "
    "new card.",
}


@pytest.mark.parametrize("kind", KEYED)
def test_the_third_try_is_by_keypad_only_and_offers_a_person(kind: str) -> None:
    [gather] = phone.render(turn(QUESTIONS[kind]), WORDS, action=ACTION, attempt=2)
    assert isinstance(gather, Gather)
    assert gather.prompt.endswith(KEYED[kind] + ("" if kind == "digits" else " Press 0 for a person."))
    assert (gather.way, gather.hints) == ("keypad", ())


@pytest.mark.parametrize(("kind", "attempt"), [("amount", 3), ("amount", 9), ("text", 2), ("email", 2)])
def test_then_a_person_takes_over(kind: str, attempt: int) -> None:
    through = phone.render(turn(QUESTIONS[kind]), WORDS, action=ACTION, attempt=attempt, person="+18005550199")
    assert heard(through) == "Says: I am putting you through to one of our team. One moment.\nDials +18005550199"
    later = phone.render(turn(QUESTIONS[kind]), WORDS, action=ACTION, attempt=attempt)
    assert heard(later) == (
        "Says: We could not settle this here, so one of our team will call you back. Thank you. Goodbye.\nHangs up"
    )


def test_what_was_understood_and_news_are_said_before_the_listening_starts() -> None:
    speech = phone.render(turn(QUESTIONS["yes_no"], notices=[RECEIPT]), WORDS, action=ACTION, echo="Forty dollars.")
    assert heard(speech) == (
        "Says: Forty dollars. Thank you! We received $40.00 from Visa ending 4 2 4 2. Your reference is R 7 K 2. "
        "You still owe $44.20.\n"
        "Asks (both, 1 digits): Yes or no: paperless billing? Say yes or no."
    )


def test_a_declined_card_is_told_with_the_question() -> None:
    declined = turn(QUESTIONS["payment_method"], because="expired-card")
    assert "Asks (both, 1 digits): That card has expired. How would you like to pay?" in heard(
        phone.render(declined, WORDS, action=ACTION)
    )


def test_a_new_card_is_promised_by_text_and_never_taken_by_voice() -> None:
    chosen = phone.render(
        turn(QUESTIONS["payment_method"]), WORDS, action=ACTION, attempt=1, because=Because(code="needs-web")
    )
    assert "When we hang up, we will text you a link to it. Which card or account" in heard(chosen)
    nothing_saved = phone.render(turn(PaymentMethod("method")), WORDS, action=ACTION)
    assert heard(nothing_saved) == (
        "Says: A card can only be added on our secure page. When we hang up, we will text you a link to it. Goodbye.\n"
        "Hangs up"
    )


def test_a_finished_case_asks_once_what_else_there_is() -> None:
    done = turn(status=Status.FINISHED, notices=[RECEIPT])
    assert heard(phone.render(done, WORDS, action=ACTION)).endswith(
        "\nAsks (both): All done: paying your bill. Is there anything else I can do for you?"
    )
    assert heard(phone.render(turn(status=Status.FINISHED), WORDS, action=ACTION, attempt=1)) == (
        "Says: Thank you for calling. Goodbye.\nHangs up"
    )


def test_a_step_that_takes_long_is_waited_for_and_not_for_ever() -> None:
    slow = turn(working=True, note=Note.SETTLING)
    assert heard(phone.render(slow, WORDS, action="/again")) == (
        "Says: One moment, we are working on it.\nWaits 2 s\nGoes to /again"
    )
    assert heard(phone.render(slow, WORDS, action="/again", attempt=3)) == (
        "Says: We are still working on it, and will let you know. Thank you for calling. Goodbye.\nHangs up"
    )


@pytest.mark.parametrize("status", [Status.WITH_A_PERSON, Status.STUCK])
def test_a_case_for_a_person_goes_to_the_person(status: Status) -> None:
    assert "Dials +18005550199" in heard(phone.render(turn(status=status), WORDS, action="/", person="+18005550199"))
    assert "get in touch with you. Thank you for calling. Goodbye." in heard(
        phone.render(turn(status=status), WORDS, action="/")
    )


def test_the_recogniser_is_told_what_to_listen_for() -> None:
    plan = Choice(
        "plan", options=[Option(id="s", label="Small, 5 GB", synonyms=("little",)), Option(id="x", label="x" * 300)]
    )
    [gather] = phone.render(turn(plan), WORDS, action=ACTION)
    assert isinstance(gather, Gather)
    assert gather.hints[:2] == ("Small 5 GB", "little")
    assert max(map(len, gather.hints)) == 100


def test_more_than_nine_options_take_two_keys_and_nine_are_read() -> None:
    options = [Option(id=str(n), label=f"plan {n}") for n in range(1, 15)]
    [gather] = phone.render(turn(Choice("plan", options=options)), WORDS, action=ACTION)
    assert isinstance(gather, Gather)
    assert gather.digits is None
    assert "or 9 for plan 9." in gather.prompt


@pytest.mark.parametrize(("pattern", "digits"), [(r"\d{4}", 4), (r"\d{1,32}", None), (r"[0-9]{4}", None)])
def test_only_a_fixed_length_ends_the_typing_by_itself(pattern: str, digits: int | None) -> None:
    [gather] = phone.render(turn(Digits("order", pattern=pattern)), WORDS, action=ACTION)
    assert isinstance(gather, Gather)
    assert gather.digits == digits


@pytest.mark.parametrize(("language", "tag"), [("en", "en-US"), ("en-GB", "en-GB"), ("sv", "en-US"), ("??", "en-US")])
def test_the_voice_speaks_the_language_the_wording_is_in(language: str, tag: str) -> None:
    [gather] = phone.render(turn(QUESTIONS["text"]), wording(language, "UTC"), action=ACTION)
    assert isinstance(gather, Gather)
    assert gather.language == tag
