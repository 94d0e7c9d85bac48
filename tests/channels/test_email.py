"""Mails as they are written and read: words, one-tap answers, quotes cut, machines recognised, addresses sealed."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import JsonValue

from channels.automatic import automatic
from channels.email import one_tap, render, reply_of
from channels.letters import Letters, Thread, Token
from channels.quotes import text_of_html
from channels.wording import wording
from models.case import Because, Notice, Pending, Status, Turn
from models.people import Address
from models.questions import AnyQuestion, Choice, Confirm, Option, PaymentMethod, Text, YesNo

WORDS = wording("en", "America/New_York")
CASE = "pay-bill/c_jane/1"
LETTERS = Letters(b"a secret", "reply.example.com", "https://segue.example/")
JANE = Address(kind="email", value="jane@home.example")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def turn(question: AnyQuestion | None, *, case: str = CASE, revision: int = 1, **more: object) -> Turn:
    pending = [Pending(question=question, revision=revision)] if question else []
    return Turn.model_validate(
        {"case": case, "moment": "pay-bill", "status": Status.OPEN, "sequence": 1, "pending": pending, **more}
    )


WHEN = Choice("which", options=[Option(id="now", label="Now"), Option(id="later", label="On <a day> & later")])


def letter(thread: Thread | None = None) -> dict[str, JsonValue]:
    made = LETTERS.message(key="k1", customer="c_jane", to=JANE, turn=turn(WHEN), words=WORDS, thread=thread)
    return made.extras


# -- writing ----------------------------------------------------------------------------------------------------


def test_a_mail_says_the_same_as_text_and_as_html() -> None:
    told = Notice(number=1, key="receipt", data={"reference": "<b>K7</b>"}, at=NOW)
    mail = render(
        turn(WHEN, notices=[told]), WORDS, link="https://segue.example/c/x?a=1&b=2", because=Because(code="no-match")
    )
    for line in mail.text.splitlines():
        plain = re.sub(r"^\d\) |^Go on here: ", "", line)
        shown = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
        assert line in {"", "-- "} or shown in mail.html, line
    assert "<b>K7" not in mail.html
    assert "<a day>" not in mail.html


def test_options_are_buttons_and_a_numbered_list() -> None:
    mail = render(turn(WHEN), WORDS, answers={"now": "https://segue.example/a/1", "later": "https://segue.example/a/2"})
    assert "1) Now\n2) On <a day> & later" in mail.text
    assert re.findall(r'href="([^"]+)"', mail.html) == ["https://segue.example/a/1", "https://segue.example/a/2"]


@pytest.mark.parametrize(
    ("question", "values"), [(YesNo("receipts"), ["yes", "no"]), (Confirm("pay", values={}), ["yes", "no"])]
)
def test_yes_and_no_are_one_tap(question: AnyQuestion, values: list[str]) -> None:
    assert [pick.value for pick in one_tap(question, "pay-bill", WORDS)] == values


def test_a_new_card_is_no_one_tap_answer() -> None:
    assert one_tap(PaymentMethod("method", saved=[], new=True), "pay-bill", WORDS) == []


def test_words_are_asked_for_where_nothing_can_be_tapped() -> None:
    assert "just reply" in render(turn(Text("why")), WORDS).text


def test_what_is_on_file_can_be_kept_and_what_is_optional_left_out() -> None:
    stale = turn(WHEN).pending[0].model_copy(update={"known": "now"})
    assert "We have Now on file" in render(turn(WHEN).model_copy(update={"pending": [stale]}), WORDS).text
    assert "reply SKIP" in render(turn(Text("why", optional=True)), WORDS).text
    assert "SKIP" not in render(turn(Text("why")), WORDS).text


def test_a_link_that_is_no_web_address_is_no_link() -> None:
    assert "javascript:" not in render(turn(WHEN), WORDS, link="javascript:alert(1)").html


@pytest.mark.parametrize("subject", ["Re: Re: bill", "AW: bill", "bill\r\nBcc: x@y.example", "b" * 5000, "\x00\u202e"])
def test_a_subject_is_one_line(subject: str) -> None:
    extras = letter(thread=Thread("<1@x>", subject))
    assert "\n" not in str(extras["subject"])
    assert "\r" not in str(extras["subject"])
    assert str(extras["subject"]).startswith("Re: ")
    assert len(str(extras["subject"])) <= 130


# -- addresses that come back -------------------------------------------------------------------------------------


def token() -> Token:
    found = LETTERS.token_of([str(letter()["reply_to"])])
    assert found is not None
    return found


def test_a_reply_address_names_case_question_and_customer() -> None:
    found = token()
    assert LETTERS.holds(found, "c_jane")
    assert not LETTERS.holds(found, "c_eve")
    assert LETTERS.case_of(found, "c_jane", ["change-plan", "pay-bill"]) == CASE
    assert (found.asks("which"), found.asks("amount"), found.revision) == (True, False, 1)


def test_another_secret_makes_other_addresses() -> None:
    assert not Letters(b"another", "reply.example.com", "").holds(token(), "c_jane")


def test_the_same_key_makes_the_same_addresses() -> None:
    assert letter()["reply_to"] == letter()["reply_to"]
    assert letter()["headers"] == letter()["headers"]


@pytest.mark.parametrize("moment", ["pay-bill", "resolve-technical-issue"])
def test_a_reply_address_is_short_enough_for_every_mail_system(moment: str) -> None:
    asked = turn(WHEN, case=f"{moment}/c_{'a' * 20}/65000", revision=65000)
    made = LETTERS.message(key="k", customer="c_" + "a" * 20, to=JANE, turn=asked, words=WORDS)
    local = str(made.extras["reply_to"]).partition("@")[0]
    assert len(local) <= 64
    assert local == local.lower()


def test_a_one_tap_address_lives_two_weeks() -> None:
    (link, *_) = re.findall(r'href="https://segue.example/a/([^"]+)"', str(letter()["html"]))
    found = LETTERS.tapped(link)
    assert found is not None
    assert (found.customer, found.case, found.key, found.revision) == ("c_jane", CASE, "which", 1)
    assert found.is_for("now")
    assert not found.is_for("later")
    assert LETTERS.tapped(link, now=datetime.now(UTC) + timedelta(days=15)) is None
    assert LETTERS.tapped(link[:-2] + ("AA" if link[-2:] != "AA" else "BB")) is None


# -- reading --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("yes", "yes"),
        ("Hi there,\n\nyes please\n\nBest regards,\nJane\n+1 415 555 2671", "yes please"),
        ("yes\n\n-- \nJane\nCEO", "yes"),
        ("40\n\nSent from my iPhone", "40"),
        ("40\n\nOn Mon, Mar 2, 2026 at 9:00 AM Segue <reply+x@y.example>\nwrote:\n\n> How much?\n> 1) $84.20", "40"),
        ("40\n\nEl lun, 2 mar 2026, Segue escribió:\n> How much?", "40"),
        ("40\n-----Original Message-----\nFrom: Segue\nHow much? 84.20", "40"),
        ("40\n\n________________________________\nFrom: Segue <a@b.example>\nSent: Monday\nTo: Jane\n\n84.20", "40"),
        ("De: Segue\nEnviado: lunes\nPara: Jane\n\n84.20", ""),
        ("> How much would you like to pay?\n\n40\n\n> 1) $84.20", "40"),
        ("On Monday, Segue wrote:\n> How much?\n\n40 dollars", "40 dollars"),
        ("Thanks", "Thanks"),
        ("- one\n- two", "- one\n- two"),
        ("I was on the phone from: 9 to 5", "I was on the phone from: 9 to 5"),
        ("Thanks, yes", "Thanks, yes"),
        ("no\r\n\r\nnot now\rbye", "no\n\nnot now\nbye"),
    ],
)
def test_only_the_writers_own_words_are_read(written: str, own: str) -> None:
    assert reply_of(written, None) == own


@pytest.mark.parametrize(
    ("html", "own"),
    [
        ("<p>40&nbsp;&euro;</p>", "40\u00a0€"),
        ("<div>yes<br>please</div><blockquote class='gmail_quote'>no</blockquote>", "yes\nplease"),
        ("<p>yes</p><div id='divRplyFwdMsg'>From: x</div><div>no</div>", "yes"),
        ("<style>no</style><script>no</script><!-- no --><p>yes</p>", "yes"),
        ("<p>a < b & c", "a < b & c"),
        ("<p>yes<!-- never closed no", "yes"),
        ("<blockquote type=cite>no<blockquote>no</blockquote>no</blockquote>yes", "yes"),
    ],
)
def test_html_becomes_plain_words(html: str, own: str) -> None:
    assert reply_of("", html) == own


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " * 70_000,
        "<!--" * 50_000,
        "<" * 200_000,
        "</" * 100_000,
        '<a href="' * 20_000,
        "&#" * 90_000,
        "<div>" * 40_000,
    ],
)
def test_no_html_takes_long(hostile: str) -> None:
    began = time.monotonic()
    text_of_html(hostile)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "hostile", ["On " * 60_000, "On x\n" * 50_000, "_" * 200_000, "From: x\n" * 30_000, "Thanks,\n" * 9_000]
)
def test_no_text_takes_long(hostile: str) -> None:
    began = time.monotonic()
    reply_of(hostile)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("headers", "more", "why"),
    [
        ({}, {}, None),
        ({"auto-submitted": ["no"]}, {}, None),
        ({"auto-submitted": ["auto-replied; x=1"]}, {}, "auto-reply"),
        ({"precedence": ["list"]}, {}, "list"),
        ({"content-type": ["multipart/report; report-type=delivery-status"]}, {}, "bounce"),
        ({}, {"envelope_from": ""}, "bounce"),
        ({}, {"sender": "no-reply@shop.example"}, "bounce"),
        ({}, {"subject": "Respuesta automática: hola"}, "auto-reply"),
        ({}, {"subject": "My automatic reply setting"}, None),
    ],
)
def test_machines_are_told_from_people(headers: dict[str, list[str]], more: dict[str, str], why: str | None) -> None:
    given = {"sender": "jane@home.example", "envelope_from": "jane@home.example", "subject": "Re: bill", **more}
    assert automatic(headers, **given) == why
