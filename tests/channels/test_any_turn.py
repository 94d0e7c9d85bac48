"""Whatever a case holds, every channel can say it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings, strategies as st

from channels import phone, sms, web
from channels.gsm import units
from channels.providers.twilio import twiml
from channels.reading import Unclear, Understood, Wish
from channels.wording import wording
from models import questions as q
from models.case import Because, Line, Note, Notice, Pending, Status, Turn
from models.journal import Row
from models.money import Money
from models.people import Actor, Assurance, Channel, Provenance

text = st.text(max_size=40) | st.sampled_from(["x" * 900, "😀" * 400, "{ $most }", "</Say>", "4242424242424242"])
some = st.text(min_size=1, max_size=12) | st.sampled_from(["amount", "pay", "line/42/colour", "a/b", "//", "none"])
money = st.builds(
    Money, amount=st.decimals(-10, 10**9, places=2), currency=st.sampled_from(["USD", "EUR", "JPY", "XXX", "KWD"])
)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
times = st.datetimes(datetime(1901, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive
value: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | text | money.map(lambda m: m.model_dump(mode="json"))
    | days.map(str) | times.map(lambda at: at.isoformat())
    | st.sampled_from(["1E+9999 USD", "9999-12-31T23:59:59-14:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(some, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
facts = st.dictionaries(some, text, max_size=3)
methods = st.builds(q.Method, token=text.map(lambda t: t[:200]), label=text.map(lambda t: t[:80]))
slots = st.builds(q.Slot, id=some, start=times, end=times)
options = st.builds(q.Option, id=some, label=text, synonyms=st.tuples(text))
base: dict[str, Any] = {"about": st.dictionaries(some, value, max_size=3), "optional": st.booleans()}
question = st.one_of(
    st.builds(q.Amount, some, most=money, least=st.none() | money, suggest=st.lists(money, max_size=4), **base),
    st.builds(q.Choice, some, options=st.lists(options, max_size=30), **base),
    st.builds(q.YesNo, some, **base),
    st.builds(q.Date, some, earliest=st.none() | days, latest=st.none() | days, **base),
    st.builds(q.TimeSlot, some, slots=st.lists(slots, max_size=12), **base),
    st.builds(q.Text, some, longest=st.integers(1, 5000), **base),
    st.builds(q.Digits, some, pattern=st.sampled_from([r"\d{15}", r"\d{1,32}", "x"]), **base),
    st.builds(q.PhoneNumber, some, **base),
    st.builds(q.Email, some, **base),
    st.builds(q.OneTimeCode, some, length=st.integers(4, 8), sent_to=text, **base),
    st.builds(q.PaymentMethod, some, saved=st.lists(methods, max_size=12), new=st.booleans(), **base),
    st.builds(q.Confirm, some, values=st.dictionaries(some, value, max_size=5), **base),
    st.builds(q.Change, some, answers=st.lists(some, max_size=12), **base),
)
because = st.builds(
    Because,
    code=some | st.sampled_from(["too-much", "ambiguous", "needs-web"]),
    facts=facts | st.just({"most": "1 USD"}),
)
people = st.builds(
    Provenance,
    channel=st.sampled_from(Channel),
    actor=st.sampled_from(Actor),
    assurance=st.sampled_from(Assurance),
    at=times,
)
kinds = st.sampled_from(["choice", "slot", "code", "payment_method", "amount"])
turns = st.builds(
    Turn,
    case=some,
    moment=st.sampled_from(["pay-bill", "sell-soul", ""]),
    status=st.sampled_from(Status),
    sequence=st.integers(0, 99),
    notices=st.lists(
        st.builds(
            Notice,
            number=st.integers(0, 9),
            key=some | st.just("receipt"),
            data=st.dictionaries(some, value, max_size=3),
            at=times,
        ),
        max_size=3,
    ),
    pending=st.lists(
        st.builds(Pending, question=question, revision=st.integers(0, 9), because=st.none() | because), max_size=2
    ),
    answers=st.lists(
        st.builds(Line, key=some, kind=kinds, value=value, by=people, revision=st.just(1)), max_size=2
    ),
    working=st.booleans(),
    note=st.none() | st.sampled_from(Note),
    because=st.none() | because,
)  # fmt: skip
languages = st.sampled_from([("en", "America/New_York"), ("en-GB", "Asia/Kathmandu"), ("de", "nowhere")])
calm = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@calm
@given(turns, languages, st.none() | because, text, st.none() | text)
def test_any_turn_fits_a_text(
    turn: Turn, place: tuple[str, str], why: Because | None, echo: str, link: str | None
) -> None:
    body = sms.render(turn, wording(*place), echo=echo, because=why, link=link)
    assert body
    assert units(body) <= 1600
    body.encode()


@calm
@given(turns, languages, st.none() | because, text, st.integers(0, 4), st.none() | st.just("+18005550199"))
def test_any_turn_can_be_spoken(
    turn: Turn, place: tuple[str, str], why: Because | None, echo: str, attempt: int, person: str | None
) -> None:
    speech = phone.render(turn, wording(*place), action="/t", attempt=attempt, because=why, echo=echo, person=person)
    document = twiml(speech, base="https://segue.example")
    assert len(document.encode()) < 64 * 1024
    assert len(ET.fromstring(document)) >= 1


@calm
@given(turns, languages, st.none() | because, st.sampled_from([Channel.WEB, Channel.STORE, Channel.DESK]))
def test_any_turn_makes_a_page(turn: Turn, place: tuple[str, str], why: Because | None, channel: Channel) -> None:
    page = web.render(turn, wording(*place), because=why, channel=channel)
    assert len(page.fields) == (0 if turn.status.closed else len(turn.pending))
    assert len(page.answers) == len(turn.answers)


@calm
@given(question, st.dictionaries(st.sampled_from(["value", "wish", "key", "skip"]), text))
def test_any_form_reads_as_something_the_question_takes(asked: q.AnyQuestion, form: dict[str, str]) -> None:
    reading = web.read(asked, form, today=date(2026, 11, 22))
    assert isinstance(reading, Understood | Unclear | Wish)
    if isinstance(reading, Understood) and reading.value is not None:
        asked.accept(reading.value)


rows = st.builds(
    Row,
    sequence=st.integers(0, 9),
    at=times,
    what=some | st.sampled_from(["answered", "told", "did", "confirmed", "refused", "waited", "remarked"]),
    key=st.none() | some,
    channel=st.none() | st.sampled_from(Channel),
    actor=st.none() | st.sampled_from(Actor),
    data=st.dictionaries(st.sampled_from(["value", "kind", "because", "reason", "data", "text", "for", "was"]), value),
)


@calm
@given(rows, st.sampled_from(["pay-bill", "sell-soul"]))
def test_any_row_is_a_sentence(row: Row, moment: str) -> None:
    assert wording("en", "UTC").story(moment, row)


def test_decimals_are_never_floats() -> None:
    assert wording("en", "UTC").formats.money(Money(amount=Decimal("0.1"), currency="USD")) == "$0.10"
