"""The book: values in words, falling back from a moment's wording to the kind of question, and the timeline."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from channels.wording import MissingWording, wording
from models.case import Because, Notice, Pending
from models.journal import Row
from models.money import Money
from models.people import Actor, Channel
from models.questions import Amount, Choice, Option, Slot, Text
from tests.channels.turns import NOON, QUESTIONS, RECEIPT, SLOTS, VISA, WORDS, by

AT = datetime(2026, 3, 11, 20, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "written", "spoken"),
    [
        (Money.of("84.2"), "$84.20", "$84.20"),
        (Money.of("1250", "EUR"), "€1,250.00", "€1,250.00"),
        (Money.of("500", "JPY"), "¥500", "¥500"),
        (Money.of("0.0375"), "$0.0375", "$0.0375"),
        ({"amount": "40.00", "currency": "USD"}, "$40.00", "$40.00"),
        ("84.20 USD", "$84.20", "$84.20"),
        (date(2026, 3, 11), "March 11", "March 11th"),
        ("2026-03-02", "March 2", "March 2nd"),
        ("2026-03-13", "March 13", "March 13th"),
        (AT, "March 11, 4:04 PM", "March 11th, 4:04 PM"),
        ("2026-03-11T20:04:00Z", "March 11, 4:04 PM", "March 11th, 4:04 PM"),
        (SLOTS[0], "November 24, 9:00 AM to 11:00 AM", "November 24th, 9:00 AM to 11:00 AM"),
        (VISA, "Visa ending 4242", "Visa ending 4 2 4 2"),
        ("order 12345, $1,250.00", "order 12345, $1,250.00", "order 1 2 3 4 5, $1,250.00"),
        (None, "none", "none"),
        ("84.20 usd", "84.20 usd", "84.20 usd"),
        ("2026-13-45", "2026-13-45", "2 0 2 6-13-45"),
        (["a", "b", "c"], "a, b, and c", "a, b, and c"),
        ({"label": "October bill"}, "October bill", "October bill"),
        ({"odd": 1}, "", ""),
    ],
)
def test_values_are_said_for_the_customer_s_language_and_zone(value: object, written: str, spoken: str) -> None:
    assert WORDS.say("still-working")
    assert str(WORDS.formats.text(value)) == written
    assert str(WORDS.aloud.formats.text(value)) == spoken


def test_a_window_over_midnight_names_both_days() -> None:
    night = Slot(id="n", start=AT, end=datetime(2026, 3, 12, 12, tzinfo=UTC))
    assert WORDS.formats.slot(night) == "March 11, 4:04 PM to March 12, 8:00 AM"


def test_the_zone_and_locale_are_the_customer_s_and_a_wrong_one_does_no_harm() -> None:
    assert wording("en-GB", "Europe/London").formats.words(AT) == "11 March, 20:04"
    assert wording("en", "Nowhere/At_All").formats.words(AT) == "March 11, 8:04 PM"
    assert wording("xx-??", "../etc/passwd").formats.words(AT) == "March 11, 8:04 PM"
    assert wording("../en", "UTC").say("value-yes") == "yes"


def test_a_message_says_what_is_missing() -> None:
    with pytest.raises(MissingWording, match="no-such-thing"):
        WORDS.say("no-such-thing")
    with pytest.raises(MissingWording, match="way-back"):
        WORDS.say("way-back", question="Which day?")
    with pytest.raises(MissingWording, match=r"way-back\.label"):
        WORDS.say("way-back", "label", question="Which day?", link="x")
    assert issubclass(MissingWording, KeyError)


def test_a_channel_without_words_of_its_own_says_the_message_itself() -> None:
    assert WORDS.say("working", "phone") == WORDS.say("working") == "One moment, we are working on it."
    assert WORDS.say("greeting", "phone") != WORDS.say("greeting", "sms")


def test_a_way_back_holds_the_question_and_the_link() -> None:
    question = WORDS.prompt("pay-bill", Pending(question=QUESTIONS["date"], revision=1), Channel.SMS)
    assert WORDS.say("way-back", question=question, link="https://x.example/c/1") == (
        "Which day should we take the payment? Go on here: https://x.example/c/1"
    )


def test_a_question_in_a_loop_is_worded_once_for_all_items() -> None:
    assert WORDS.label("pay-bill", "line/42/method") == WORDS.label("pay-bill", "line/43/method") == "method"
    asked = Text("line/42/shade-of-blue")
    assert WORDS.prompt("pay-bill", Pending(question=asked, revision=1), Channel.SMS) == (
        "Please tell us: shade of blue."
    )


def test_a_confirm_whose_values_the_wording_does_not_know_reads_all_of_them_back() -> None:
    confirm = QUESTIONS["confirm"]
    unknown = Pending(question=confirm, revision=1)
    assert WORDS.prompt("sell-soul", unknown, Channel.SMS) == (
        "Please check: amount: $40.00, method: Visa ending 4242. Is that right?"
    )


def test_what_the_question_is_about_can_be_said() -> None:
    bill = Amount("amount", most=Money.of("10"), about={"most": "99.00 USD"})
    prompt = WORDS.prompt("pay-bill", Pending(question=bill, revision=1), Channel.WEB)
    assert prompt == "Your bill is $10.00. How much would you like to pay?"


def test_unknown_reasons_and_notices_are_still_said() -> None:
    assert WORDS.because(Because(code="moon-in-pisces")) == "Sorry, that did not work."
    assert WORDS.because(Because(code="too-much")) == "Sorry, that did not work."
    odd = Notice(number=1, key="moon", at=NOON, data={"moment": 3})
    assert WORDS.notice("pay-bill", odd, Channel.SMS) == "There is news about 3."


@pytest.mark.parametrize(
    ("on", "left", "text"),
    [
        (None, "0.00", ("Thank you! We received $40.00 from Visa ending 4242. Your reference is R7K2. "
                       "Nothing is left to pay.")),
        ("2026-12-01", "44.20", ("Thank you! We will take $40.00 from Visa ending 4242 on December 1. "
                                "Your reference is R7K2. Still to pay: $44.20.")),
    ],
)  # fmt: skip
def test_a_receipt_says_what_happened_and_what_is_left(on: str | None, left: str, text: str) -> None:
    data = RECEIPT.data | {"on": on, "left": {"amount": left, "currency": "USD"}}
    assert WORDS.notice("pay-bill", RECEIPT.model_copy(update={"data": data}), Channel.EMAIL) == text


@pytest.mark.parametrize(
    ("value", "kind", "question", "words"),
    [
        ({"amount": "40.00", "currency": "USD"}, "amount", None, "$40.00"),
        (True, "yes_no", None, "yes"),
        (None, "text", None, "none"),
        ("now", "choice", QUESTIONS["choice"], "now"),
        ("gone", "choice", Choice("c", options=[Option(id="x", label="y")]), "gone"),
        ("b", "slot", QUESTIONS["slot"], "November 25, 1:00 PM to 3:00 PM"),
        (SLOTS[1].model_dump(mode="json"), "slot", None, "November 25, 1:00 PM to 3:00 PM"),
        ("tok_visa", "payment_method", QUESTIONS["payment_method"], "Visa ending 4242"),
        ("tok_secret", "payment_method", None, "a saved method"),
        ({"token": "new_x", "label": "Visa ending 1"}, "payment_method", None, "Visa ending 1"),
        ("123456", "code", None, "received"),
    ],
)
def test_an_answer_in_words(value: Any, kind: str, question: Any, words: str) -> None:
    assert WORDS.value(value, kind, question) == words


def row(what: str, key: str | None = None, data: dict[str, Any] | None = None, *, said: Channel | None = None) -> Row:
    return Row(
        sequence=1, at=NOON, what=what, key=key, channel=said, actor=Actor.CUSTOMER if said else None, data=data or {}
    )


STORY = [
    (row("arrived", said=Channel.SMS), "The customer (by text) got in touch about paying your bill."),
    (row("asked", "amount", {"revision": 1}), "Segue asked for the amount."),
    (
        row("answered", "amount", {"kind": "amount", "value": "40.00 USD"}, said=Channel.SMS),
        "The customer (by text) gave the amount: $40.00.",
    ),
    (
        row("answered", "when", {"kind": "choice", "value": "later"}, said=Channel.PHONE),
        "The customer (by phone) gave the payment time: Later.",
    ),
    (
        row("corrected", "day", {"kind": "date", "value": "2026-12-01"}, said=Channel.WEB),
        "The customer (on the web) changed the payment day to December 1.",
    ),
    (
        row("known", "method", {"kind": "payment_method", "value": VISA.model_dump(), "fact": "method"}),
        "The payment method was not asked again, because it was already known: Visa ending 4242.",
    ),
    (
        row("confirmed", "pay", {"amount": {"amount": "40.00", "currency": "USD"}, "day": None}, said=Channel.STORE),
        "The customer (in a store) agreed to this: amount: $40.00.",
    ),
    (
        row("refused", "method", {"because": "expired-card"}),
        "The payment method was not accepted, so it was asked again. Reason: That card has expired.",
    ),
    (row("did", "Billing.take_payment"), "Step done: took the payment."),
    (
        row("did", "Billing.take_payment", {"refused": "Declined", "reason": "insufficient-funds"}),
        (
            'Step "took the payment" was refused. Reason: That payment was declined: there is not enough money on the '
            "card or account."
        ),
    ),
    (row("undid", "Devices.reserve_device"), "Step taken back: reserve device."),
    (
        row("told", "receipt", RECEIPT.data),
        (
            "The customer was told: Thank you! We received $40.00 from Visa ending 4242. Your reference is R7K2. "
            "Still to pay: $44.20."
        ),
    ),
    (row("remarked", data={"text": "oh-so!"}, said=Channel.SMS), 'The customer (by text) also said: "oh-so!"'),
    (row("waited", "parcel", {"for": "parcel-shipped"}), "Waited for news: parcel shipped."),
    (
        row("uncertain", data={"step": "Billing.take_payment"}),
        "It is not certain whether a step took effect; it is being checked.",
    ),
    (row("finished"), "Done: paying your bill."),
    (row("levitated", "amount"), "Segue: levitated (amount)."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "sentence"), STORY, ids=[each[0].what for each in STORY])
def test_the_timeline_reads_as_a_story(line: Row, sentence: str) -> None:
    assert WORDS.story("pay-bill", line) == sentence


def test_over_what_and_when() -> None:
    assert WORDS.how(by(Channel.DESK, at=AT)) == "by an agent, 4:04 PM"
    assert WORDS.how(by(Channel.DESK, at=AT), date(2026, 3, 12)) == "by an agent, March 11, 4:04 PM"
