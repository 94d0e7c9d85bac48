"""Reading a reply: the way in for whatever a customer said to a question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import JsonValue

from channels.reading.amounts import read_amount
from channels.reading.choices import named_option, read_change, read_choice
from channels.reading.consent import read_consent, tells
from channels.reading.dates import read_date
from channels.reading.emails import read_email
from channels.reading.lexicon import lexicon
from channels.reading.mask import has_card, mask
from channels.reading.methods import read_method
from channels.reading.numbers import read_code, read_digits, read_phone
from channels.reading.phrase import Phrase, printable
from channels.reading.said import Reading, Said, Unclear, Understood, Wish, settle, unclear
from channels.reading.slots import read_slot
from channels.reading.wishes import find_wish, resends, skips
from models.questions import (
    Amount,
    AnyQuestion,
    Change,
    Choice,
    Confirm,
    Digits,
    File,
    OneTimeCode,
    PaymentMethod,
    PhoneNumber,
    Text,
    YesNo,
)

LONGEST = 600
"""Characters of an answer that is not free text; what is longer is no answer but a story."""

_LOW = 0.3
_CAREFUL = (Amount, YesNo, Confirm, PaymentMethod)
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def read(
    question: AnyQuestion,
    said: Said,
    *,
    today: date,
    region: str = "US",
    language: str = "en",
    names: Mapping[str, str] = _NO_NAMES,
    zone: str | None = None,
    known: JsonValue = None,
) -> Reading:
    """What the customer meant by ``said``, in the type the question takes; never a guess, never an exception.

    ``names`` are spoken labels of answers by key, for "change the amount"; ``zone`` is the customer's time zone, in
    which time slots are named (without it, the slots' own offsets count). ``known`` is what we have on file, where the
    customer was asked whether it is still right: a plain yes takes it, a plain no is ``what-then``. A question that
    is optional is passed over with ``Understood(None)``.
    """
    if isinstance(question, File) and said.attachments:
        return settle(question, said.attachments[0].model_dump())
    if (empty := _too_little_or_much(question, said)) is not None:
        return empty
    phrase = Phrase(said.text[:LONGEST], said.way, lexicon(language))
    at = _Circumstances(today, region, names, zone)
    if known is None:
        return _answer(question, said, phrase, at)
    if (reading := _still(question, phrase, known)) is not None:
        return _heard(question, said, reading)
    rest = _after_no(said.text, phrase)
    reading = _answer(question, replace(said, text=rest), Phrase(rest[:LONGEST], said.way, phrase.lexicon), at)
    return unclear("what-then") if rest != said.text and reading == unclear("no-match") else reading


def _answer(question: AnyQuestion, said: Said, phrase: Phrase, at: "_Circumstances") -> Reading:
    if (beside := _beside(question, phrase, at.names)) is not None:
        return beside
    if isinstance(question, Text):
        return settle(question, mask(printable(said.text).strip()))
    if not isinstance(question, Digits | PhoneNumber) and has_card(said.text):
        return unclear("no-card-numbers-here")
    return _heard(question, said, _READERS[question.kind](question, phrase, at))


def _too_little_or_much(question: AnyQuestion, said: Said) -> Unclear | None:
    if not printable(said.text).strip() or (said.way == "keypad" and not said.text.strip("# ")):
        return unclear("no-input")
    longest = question.longest if isinstance(question, Text) else LONGEST
    return unclear("too-long", longest=str(longest)) if len(said.text) > longest else None


def _beside(question: AnyQuestion, phrase: Phrase, names: Mapping[str, str]) -> Reading | None:
    """An option called by its name, a question passed over, or a wish; None where it may be an answer."""
    if isinstance(question, YesNo) and tells(phrase):
        return None
    if isinstance(question, Choice) and (chosen := named_option(question, phrase)):
        return chosen
    if question.optional and skips(phrase, plain_no=not isinstance(question, YesNo | Confirm)):
        return Understood(None)
    return _wish(question, phrase, names)


def _heard(question: AnyQuestion, said: Said, reading: Reading) -> Reading:
    return unclear("no-match") if isinstance(reading, Understood) and _mumbled(question, said) else reading


@dataclass(frozen=True)
class _Circumstances:
    today: date
    region: str
    names: Mapping[str, str]
    zone: str | None


_READERS: dict[str, Callable[[Any, Phrase, _Circumstances], Reading]] = {
    "amount": lambda question, phrase, _at: read_amount(question, phrase),
    "yes_no": lambda question, phrase, _at: read_consent(question, phrase),
    "confirm": lambda question, phrase, _at: read_consent(question, phrase),
    "choice": lambda question, phrase, _at: read_choice(question, phrase),
    "date": lambda question, phrase, at: read_date(question, phrase, at.today, at.region),
    "slot": lambda question, phrase, at: read_slot(question, phrase, at.today, at.zone),
    "digits": lambda question, phrase, _at: read_digits(question, phrase),
    "code": lambda question, phrase, _at: read_code(question, phrase),
    "phone_number": lambda question, phrase, at: read_phone(question, phrase, at.region),
    "email": lambda question, phrase, _at: read_email(question, phrase),
    "payment_method": lambda question, phrase, _at: read_method(question, phrase),
    "file": lambda _question, _phrase, _at: unclear("needs-a-file"),
    "change": lambda question, phrase, at: read_change(question, phrase, at.names),
}


def _still(question: AnyQuestion, phrase: Phrase, known: JsonValue) -> Reading | None:
    """Whether what we have is still right; None where that is not what was said."""
    if phrase.way == "keypad":
        return None
    reading = read_consent(YesNo(key=question.key), phrase, results=False)
    if isinstance(reading, Understood):
        return settle(question, known) if reading.value else unclear("what-then")
    return None


def _after_no(text: str, phrase: Phrase) -> str:
    """A "no, …" to whether it is still right goes on with what is right: the "no" is no part of that."""
    first, _, rest = text.strip().partition(" ")
    refuses = "".join(c for c in first.lower() if c.isalnum()) in phrase.lexicon.phrases("consent.refusals")
    result = phrase.lexicon.pattern("consent.results.no").match(phrase.words)
    return rest.strip() if refuses and rest.strip() and not result else text


def _wish(question: AnyQuestion, phrase: Phrase, names: Mapping[str, str]) -> Wish | None:
    """A wish, unless the same words answer this question."""
    if isinstance(question, OneTimeCode) and phrase.way == "keypad" and phrase.text.strip("#") == "*":
        return Wish("resend")
    if isinstance(question, Digits | OneTimeCode | PhoneNumber | Text) and phrase.way == "keypad":
        return None
    if isinstance(question, OneTimeCode) and resends(phrase):
        return Wish("resend")
    if isinstance(question, Change):
        if phrase.words in phrase.lexicon.phrases("wishes.nothing"):
            return Wish("back")
        wish = find_wish(phrase, names)
        return None if wish and wish.kind == "change" else wish
    return find_wish(phrase, names)


def _mumbled(question: AnyQuestion, said: Said) -> bool:
    """Money and consent are not taken from what the recogniser hardly heard; 0 is how some say "not measured"."""
    return isinstance(question, _CAREFUL) and said.way == "speech" and 0 < (said.confidence or 0) < _LOW
