"""Texts as customers get them."""

from __future__ import annotations

import pytest

from channels import sms
from channels.gsm import plain, units
from channels.wording import wording
from models.case import Because, Note, Status
from models.questions import Choice, Option, PaymentMethod
from tests.channels.turns import QUESTIONS, RECEIPT, VISA, WORDS, turn

LINK = "https://segue.example/c/Zm9vYmFyYmF6cXV4MTIz"

ASKED = {
    "amount": """\
Your bill is $84.20. How much would you like to pay?
1) Full $84.20
2) Minimum $25.00
Or reply with another amount.""",
    "choice": """\
Would you like to pay now, or on a later day?
1) Now
2) Later
Reply with a number.""",
    "yes_no": """\
Yes or no: paperless billing?
Reply YES or NO.""",
    "date": """\
Which day should we take the payment?
Reply with a day from November 23 to December 31.""",
    "slot": """\
Which time suits you best?
1) November 24, 9:00 AM to 11:00 AM
2) November 25, 1:00 PM to 3:00 PM
Reply with a number.""",
    "text": """\
Please tell us: what happened.
Reply in your own words.""",
    "digits": """\
What is the imei?
Reply with the 15 digits.""",
    "phone_number": """\
Which phone number should we use?
Reply with the number, area code first.""",
    "email": """\
Which email address should we use?
Reply with the address.""",
    "code": """\
What is the code we sent to ***71?
Reply with the code.""",
    "payment_method": """\
How would you like to pay?
1) Visa ending 4242
2) Mastercard ending 0002
3) A new card
Reply with a number.""",
    "confirm": """\
Pay $40.00 now with Visa ending 4242?
Reply YES, or NO to change something.""",
    "change": """\
What should change?
1) Amount
2) Payment time
3) Payment method
Reply with a number.""",
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_of_question_is_asked_in_one_text(kind: str) -> None:
    text = sms.render(turn(QUESTIONS[kind]), WORDS)
    assert text == ASKED[kind]
    assert sms.segments(text) <= 2


def test_what_was_understood_comes_first_then_the_next_question() -> None:
    text = sms.render(turn(QUESTIONS["choice"]), WORDS, echo="Got it: $40.00.")
    assert text.splitlines()[:2] == ["Got it: $40.00.", "Would you like to pay now, or on a later day?"]


def test_a_declined_card_is_told_before_the_method_is_asked_again() -> None:
    text = sms.render(turn(QUESTIONS["payment_method"], because="insufficient-funds"), WORDS)
    assert text.startswith("That payment was declined: there is not enough money on the card or account.\nHow would")


def test_what_was_wrong_just_now_is_said_instead_of_the_older_reason() -> None:
    again = Because(code="not-an-option")
    text = sms.render(turn(QUESTIONS["payment_method"], because="expired-card"), WORDS, because=again)
    assert "not one of the choices" in text
    assert "expired" not in text


def test_an_amount_out_of_bounds_is_answered_with_the_bound() -> None:
    much = Because(code="too-much", facts={"most": "84.20 USD"})
    text = sms.render(turn(QUESTIONS["amount"]), WORDS, because=much)
    assert text.startswith("That is too much: the most is $84.20.\n")


def test_two_meanings_are_asked_back_by_name() -> None:
    either = Because(code="ambiguous", facts={"first": "42.50", "second": "4250.00", "currency": "USD"})
    assert sms.render(turn(QUESTIONS["amount"]), WORDS, because=either).startswith(
        "Did you mean $42.50 or $4,250.00? Please say it in full.\n"
    )


def test_a_new_card_is_offered_where_it_can_be_taken() -> None:
    offered = sms.render(turn(QUESTIONS["payment_method"]), WORDS, link=LINK)
    assert f"\n3) A new card: {LINK}\n" in offered
    chosen = sms.render(turn(QUESTIONS["payment_method"]), WORDS, because=Because(code="needs-web"), link=LINK)
    assert chosen.startswith(f"A new card can only be added on our secure page.\nGo on here: {LINK}\nHow would")
    assert chosen.count(LINK) == 1


def test_without_a_saved_method_the_text_leads_straight_to_the_page() -> None:
    assert sms.render(turn(PaymentMethod("method")), WORDS, link=LINK) == (
        f"How would you like to pay?\nPlease add a card on our secure page: {LINK}"
    )


def test_the_receipt_comes_before_the_end_and_what_comes_next() -> None:
    text = sms.render(turn(status=Status.FINISHED, notices=[RECEIPT]), WORDS)
    assert text == (
        "Thank you! We received $40.00 from Visa ending 4242. Your reference is R7K2. Still to pay: $44.20.\n"
        "All done: paying your bill. Anything else? Just reply."
    )
    assert sms.segments(text) <= 2


NOTES = {
    Note.ALREADY_ANSWERED: "Thanks, that one was already answered.",
    Note.SEALED: "That can't be changed any more, because it has already been carried out.",
    Note.NOT_CONFIRMED: "We are not sure your last answer reached us. Please look again in a moment.",
}


@pytest.mark.parametrize("note", NOTES)
def test_how_the_request_went_is_said_before_the_question(note: Note) -> None:
    assert sms.render(turn(QUESTIONS["yes_no"], note=note), WORDS).splitlines()[0] == NOTES[note]


def test_an_unfit_answer_is_explained_once() -> None:
    unfit = turn(QUESTIONS["yes_no"], note=Note.UNFIT).model_copy(update={"because": Because(code="not-yes-or-no")})
    assert sms.render(unfit, WORDS).startswith("Sorry, was that a yes or a no?\nYes or no")


def test_an_answer_to_a_finished_case_is_not_told_twice_that_it_is_done() -> None:
    text = sms.render(turn(status=Status.FINISHED, note=Note.FINISHED), WORDS)
    assert text == "This was already completed.\nAnything else? Just reply."


STANDING = {
    Status.WITH_A_PERSON: "One of our team is looking after this and will get in touch with you.",
    Status.STUCK: "Sorry, something is not working on our side. One of our team will get in touch with you.",
    Status.OPEN: "There is nothing for you to do right now. We will let you know when there is news.",
    Status.CANCELLED: "Cancelled: paying your bill. Nothing more will happen. Anything else? Just reply.",
}


@pytest.mark.parametrize("status", STANDING)
def test_a_case_that_asks_nothing_says_where_it_stands(status: Status) -> None:
    assert sms.render(turn(status=status), WORDS) == STANDING[status]


def test_a_step_that_takes_long_is_working_on_it() -> None:
    assert sms.render(turn(working=True, note=Note.SETTLING), WORDS) == "One moment, we are working on it."


def test_a_message_too_long_for_two_segments_asks_shorter() -> None:
    long = turn(QUESTIONS["amount"], notices=[RECEIPT, RECEIPT, RECEIPT])
    assert "\nHow much would you like to pay?\n" in sms.render(long, WORDS)


def test_a_list_too_long_for_a_text_says_how_many_more_there_are() -> None:
    options = [Option(id=str(n), label=f"The plan with the long name, number {n}") for n in range(60)]
    text = sms.render(turn(Choice("plan", options=options)), WORDS)
    assert "\n(and 44 more)\nReply with a number." in text
    assert units(text) <= sms.LONGEST


def test_a_language_without_a_folder_is_spoken_in_english_with_its_own_zone() -> None:
    elsewhere = wording("sv-SE", "Europe/Stockholm")
    text = sms.render(turn(QUESTIONS["slot"]), elsewhere)
    assert "1) November 24, 3:00 PM to 5:00 PM" in text


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("“quotes” – and… ’", '"quotes" - and... \''),
        ("3:04\u202fPM", "3:04 PM"),
        ("Zoë ate crêpes", "Zoe ate crepes"),
        ("naïve café", "naive café"),
        ("Done \N{WHITE HEAVY CHECK MARK}\ufe0f", "Done"),
        ("1½ of 2", "1 1/2 of 2"),
        ("Łódź", "Łodz"),
        ("Привет", "Привет"),
        ("a\x00b\ud800c", "abc"),
    ],
)
def test_typography_is_made_plain(typed: str, sent: str) -> None:
    assert plain(typed) == sent


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 153, 3),  # 76 fit a segment: an escape is not split
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("\N{GRINNING FACE}" * 35, 1),
        ("\N{GRINNING FACE}" * 66, 2),
        ("\N{GRINNING FACE}" * 67, 3),  # 33 fit a segment: a pair is not split
    ],
)
def test_segments_are_counted_as_carriers_do(text: str, count: int) -> None:
    assert sms.segments(text) == count


def test_a_saved_method_is_named_never_its_token() -> None:
    text = sms.render(turn(QUESTIONS["payment_method"]), WORDS)
    assert VISA.token not in text
