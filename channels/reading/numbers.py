"""Reading digits: order numbers, one-time codes, telephone numbers. Said in pairs, doubles and "oh"s too."""

import re

import phonenumbers

from channels.reading.lexicon import alternation
from channels.reading.mask import is_card
from channels.reading.phrase import Phrase, without
from channels.reading.said import Reading, Understood, settle, unclear
from models.questions import Digits, OneTimeCode, PhoneNumber


def digit_groups(phrase: Phrase) -> list[str]:
    """Each unbroken run of digits; words like "double five" and "oh" are part of a run."""
    return re.findall(r"[0-9]+", joined(phrase))


def joined(phrase: Phrase) -> str:
    """The words with every stretch of digits drawn together, separators and all."""
    words = phrase.lexicon.words
    text = phrase.figures.replace(",", " ")
    zeros = alternation(word for word, digit in words["digits"].items() if digit == "0")
    # "oh" is a zero only next to a digit; elsewhere it is a sigh.
    beside = rf"(?<=[0-9] )(?:{zeros})\b|\b(?:{zeros})(?=(?: (?:{zeros}|{alternation(words['repeats'])}))* [0-9])"
    text = re.sub(rf"\b({alternation(words['repeats'])}) (?:{zeros})\b", r"\1 0", text)
    for _ in range(3):
        text = re.sub(beside, "0", text)
    for word, times in words["repeats"].items():
        text = re.sub(rf"\b{word} ([0-9])(?![0-9])", r"\1" * times, text)
    return re.sub(r"(?<=[0-9])[ \-./()]+(?=[0-9])", "", text)


def read_digits(question: Digits, phrase: Phrase) -> Reading:
    candidates = _candidates(phrase)
    if not candidates:
        return unclear("no-match")
    readings = [(value, settle(question, value)) for value in candidates]
    fitting = {value: reading for value, reading in readings if isinstance(reading, Understood)}
    # An IMEI passes the same sum as a card: where the question asks for the sum, it is not a card.
    if question.check is None and any(is_card(re.sub(r"\D", "", value)) for value in candidates):
        return unclear("no-card-numbers-here")
    if len(fitting) > 1:
        return unclear("ambiguous")
    return next(iter(fitting.values())) if fitting else readings[0][1]


def _candidates(phrase: Phrase) -> list[str]:
    """What the number may be: each run of digits, and the whole with its letters where there are any."""
    groups = list(dict.fromkeys(digit_groups(phrase)))
    if not groups:
        return []
    lexicon = phrase.lexicon
    whole = re.sub(r"[\s\-#./]", "", without(joined(phrase), [lexicon.pattern("number.around", "fillers")]))
    if len(groups) == 1 and re.fullmatch(r"[a-z0-9]+", whole) and not whole.isdigit():
        return [whole.upper(), *groups]
    return groups


def read_code(question: OneTimeCode, phrase: Phrase) -> Reading:
    """The one run of digits of the right length, even in a pasted message; "two codes" are asked back."""
    groups = digit_groups(phrase)
    fitting = [group for group in groups if len(group) == question.length]
    # Two codes typed in a row run together when joined.
    if phrase.way == "typed" and any(len(group) == 2 * question.length for group in groups):
        return unclear("ambiguous")
    if len(set(fitting)) > 1:
        return unclear("ambiguous")
    if fitting:
        return settle(question, fitting[0])
    return unclear("wrong-shape") if groups else unclear("no-match")


def read_phone(question: PhoneNumber, phrase: Phrase, region: str) -> Reading:
    text = phrase.text if phrase.way != "speech" else _spoken_phone(phrase)
    known = region.upper() if region.upper() in phonenumbers.SUPPORTED_REGIONS else "US"
    found = {
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for match in phonenumbers.PhoneNumberMatcher(text, known)
    }
    if len(found) > 1 or (found and phrase.has("negations")):
        return unclear("ambiguous")
    if found:
        return settle(question, found.pop())
    return unclear("not-a-phone-number") if sum(map(len, digit_groups(phrase))) >= 3 else unclear("no-match")


def _spoken_phone(phrase: Phrase) -> str:
    plus = alternation(word for word, sign in phrase.lexicon.words["contact"]["signs"].items() if sign == "+")
    return re.sub(rf"\b(?:{plus}) ?(?=[0-9])", "+", joined(phrase))
