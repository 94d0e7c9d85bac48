"""Card numbers and security codes are never read, and never stored: this finds and masks them."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from channels.reading.lexicon import alternation, every_lexicon, folded
from models.questions import luhn

_SHORTEST, _LONGEST = 13, 19
_MASKED = "•••• •••• •••• "
_WIDEST = 40
# A security code that follows a card and its month and year.
_BEHIND = re.compile(rf"({_MASKED}[\d•]{{4}}\D{{0,12}}\d\d ?/? ?\d\d[ ,;.]{{1,3}})\d{{3,4}}(?!\d)")
# Letters that stand for the digits they look like, where they stand among digits.
_ALIKE = {"l": "1", "i": "1", "o": "0"}
# Issuer ranges by length, to tell a card from an order number that happens to pass the sum.
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6\d{15,18}"
)


@dataclass(frozen=True)
class _Group:
    """``digits`` from ``start`` to ``end``; ``far``: what is before it is more than a blank or two."""

    start: int
    end: int
    digits: str
    far: bool = False


def mask(text: str) -> str:
    """The text with card numbers down to their last four digits and security codes gone."""
    for start, end, last4 in reversed(_cards(text)):
        text = f"{text[:start]}{_MASKED}{last4}{text[end:]}"
    text = _BEHIND.sub(r"\1•••", text)
    for match in reversed(list(_security_code().finditer(folded(text)))):
        text = f"{text[: match.end(1)]}•••{text[match.end() :]}"
    return text


def mask_remark(text: str) -> str:
    """``mask`` for words that are kept though nobody understood them: no long number stays, whatever it sums to."""
    for run in reversed(_runs(text)):
        start, end = run[0].start, run[-1].end
        if sum(len(group.digits) for group in run) >= _SHORTEST and [c[:2] for c in _in_run(run)] != [(start, end)]:
            text = f"{text[:start]}{_MASKED}••••{text[end:]}"
    return mask(text)


def has_card(text: str) -> bool:
    """Whether there is a card number or a security code in the text, in figures, words or emoji."""
    return bool(_cards(text)) or _security_code().search(folded(text)) is not None


def is_card(digits: str) -> bool:
    """Whether a digit string is a number that a card network issues."""
    return luhn(digits) and _ISSUED.fullmatch(digits) is not None


def _cards(text: str) -> list[tuple[int, int, str]]:
    """Where cards stand, as (start, end, last four); ``folded`` keeps every character in its place."""
    return [card for run in _runs(text) for card in _in_run(run)]


def _runs(text: str) -> list[list[_Group]]:
    """Groups of digits in near succession: nothing between them but what joins the parts of one number."""
    text = folded(text)
    runs: list[list[_Group]] = []
    for group in _groups(text):
        last = runs[-1][-1] if runs else None
        # What is masked already keeps its last digits, which belong to nothing else.
        if last is None or "" in {last.digits, group.digits} or not _joined(text, last.end, group.start):
            runs.append([group])
        else:
            far = _near().fullmatch(text, last.end, group.start) is None
            runs[-1].append(replace(group, far=far))
    return runs


def _joined(text: str, end: int, start: int) -> bool:
    return start - end <= _WIDEST and _gap().fullmatch(text, end, start) is not None


def _in_run(run: list[_Group]) -> list[tuple[int, int, str]]:
    """Cards in neighbouring groups of digits, the longest first from each group on."""
    found = []
    first = 0
    while first < len(run):
        last = _card_from(run, first)
        if last is None:
            first += 1
            continue
        digits = "".join(group.digits for group in run[first : last + 1])
        found.append((run[first].start, run[last].end, digits[-4:] if len(digits) <= _LONGEST else "••••"))
        first = last + 1
    return found


def _card_from(run: list[_Group], first: int) -> int | None:
    digits, best, far = "", None, False
    for last in range(first, min(first + _LONGEST, len(run))):
        digits += run[last].digits
        far = far or (last > first and run[last].far)
        if len(digits) > _LONGEST and last > first:
            break
        # Within one group: a card with its date or code typed on behind it, without a gap.
        starts = last == first and any(is_card(digits[:length]) for length in range(_SHORTEST, _LONGEST + 1))
        # The sum alone is right for every tenth number; over a wide gap it takes an issuer's too.
        whole = _SHORTEST <= len(digits) <= _LONGEST and (is_card(digits) if far else luhn(digits))
        if starts or whole:
            best = last
    return best


def _groups(text: str) -> list[_Group]:
    """Groups of digits and digit words, each with where it stands."""
    words, repeats = _words()
    found: list[_Group] = []
    times, begun, ten = 1, None, False
    for match in _token().finditer(text):
        word = match.group().casefold()
        if word.startswith(_MASKED):
            found.append(_Group(match.start(), match.end(), ""))
            times, begun, ten = 1, None, False
            continue
        if word in repeats:
            times, begun = repeats[word], match.start()
            continue
        digits = words.get(word) or "".join(_ALIKE.get(c) or str(unicodedata.digit(c)) for c in word)
        if ten and word in words and len(digits) == 1 and digits != "0" and _one_number(text, found[-1], match):
            tens = found.pop()
            found.append(_Group(tens.start, match.end(), tens.digits[0] + digits))
            ten = False
        else:
            found.append(_Group(match.start() if begun is None else begun, match.end(), digits * times))
            ten = word in words and len(digits) == 2 and digits[1] == "0" and digits != "10"
        times, begun = 1, None
    return found


def _one_number(text: str, tens: _Group, ones: re.Match[str]) -> bool:
    """``forty-two``, ``cuarenta y dos``: nothing but a blank and what a language says between them."""
    between = text[tens.end : ones.start()].casefold().split()
    said = [word for lexicon in every_lexicon() for word in lexicon.words["card"]["tens"]]
    return ones.start() - tens.end <= 1 or " ".join(between) in said


@cache
def _near() -> re.Pattern[str]:
    words = alternation(word for lexicon in every_lexicon() for word in lexicon.words["card"]["near"])
    return re.compile(rf"(?:[\W_]|{words}){{0,6}}", re.IGNORECASE)


@cache
def _words() -> tuple[dict[str, str], dict[str, int]]:
    words: dict[str, str] = {}
    repeats: dict[str, int] = {}
    for lexicon in every_lexicon():
        words |= lexicon.words["digits"]
        repeats |= lexicon.words["repeats"]
    return words, repeats


@cache
def _token() -> re.Pattern[str]:
    words, repeats = _words()
    spoken = rf"(?<![^\W\d_])(?:{alternation([*words, *repeats])})(?![^\W\d_])"
    alike = r"(?<![^\W_])[lio]{0,4}\d[\dlio]*(?![^\W_])"
    return re.compile(rf"{_MASKED}\d{{4}}(?!\d)|{alike}|\d+|{spoken}", re.IGNORECASE)


@cache
def _gap() -> re.Pattern[str]:
    joining = alternation(word for lexicon in every_lexicon() for word in lexicon.words["card"]["joining"])
    return re.compile(rf"(?:[\W_]|{joining})*", re.IGNORECASE)


@cache
def _security_code() -> re.Pattern[str]:
    names = alternation(word for lexicon in every_lexicon() for word in lexicon.words["security_code"]["words"])
    words, repeats = _words()
    digit = rf"(?:{alternation([*words, *repeats])})"
    code = rf"\d(?:[ .\-]?\d){{2,3}}(?!\d)|\b{digit}(?:[ ,.\-]{{1,2}}{digit}){{1,3}}\b"
    return re.compile(rf"(\b(?:{names})\b[^\d•]{{0,12}}?)(?:{code})", re.IGNORECASE)
