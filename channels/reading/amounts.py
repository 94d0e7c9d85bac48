"""Reading money. All of what was said must be accounted for, and fit in one way only; else it is asked again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from channels.reading import options
from channels.reading.lexicon import Lexicon, alternation
from channels.reading.phrase import Phrase, without
from channels.reading.said import Reading, Understood, settle, unclear
from models.money import Money
from models.questions import Amount

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class _Sum:
    """One sum of money that was named: what it may be, and in which currency if that was said."""

    amounts: tuple[Decimal, ...]
    currency: str | None = None
    bare: bool = False


def read_amount(question: Amount, phrase: Phrase) -> Reading:
    if phrase.way == "keypad":
        return _keyed(question, phrase)
    if (chosen := _suggested(question, phrase)) is not None:
        return chosen
    sums, left = _sums(question, phrase)
    if not sums or phrase.has("amount.other"):
        return unclear("no-match")
    left = without(left, _around(phrase))
    if left or len(set(sums)) > 1 or (len(sums) > 1 and sums[0].currency is None):
        hedged = phrase.lexicon.pattern("amount.hedges").search(left) is not None
        return unclear("ambiguous" if hedged or len(sums) > 1 else "no-match")
    if phrase.asks and not phrase.has("amount.requests"):
        return unclear("ambiguous")
    return _fit(question, sums[0], phrase)


def _fit(question: Amount, said: _Sum, phrase: Phrase) -> Reading:
    """The one reading that the question takes; two that it takes are asked back."""
    readings = [_settled(question, amount, said.currency) for amount in said.amounts]
    fitting = [reading for reading in readings if isinstance(reading, Understood)]
    if len(fitting) > 1:
        return _which(question, said.amounts)
    doubtful = said.bare and said.amounts[0] < 10 and (phrase.way == "speech" or question.suggest)
    if fitting and doubtful:
        return unclear("ambiguous")
    return fitting[0] if fitting else readings[0]


def _suggested(question: Amount, phrase: Phrase) -> Reading | None:
    """One of the numbered suggestions; a bare spoken digit only where it can't be money as well."""
    count = len(question.suggest)
    number = options.named(phrase)
    if number is None and (digit := options.bare(phrase)) and digit <= count:
        if phrase.way == "speech" and isinstance(_settled(question, Decimal(digit)), Understood):
            return unclear("ambiguous")
        number = digit
    if number is None:
        return None
    return _money(question, question.suggest[number - 1]) if 1 <= number <= count else unclear("no-match")


def _keyed(question: Amount, phrase: Phrase) -> Reading:
    """Keys: a suggestion's number, whole units, or units*cents. ``4250`` for 42.50 is asked back, never assumed."""
    keys = phrase.text.strip("#")
    if re.fullmatch(r"[0-9]", keys) and 1 <= int(keys) <= len(question.suggest):
        return _money(question, question.suggest[int(keys) - 1])
    if not re.fullmatch(r"[0-9]{1,9}(\*[0-9]{2})?", keys):
        return unclear("no-match")
    amount = Decimal(keys.replace("*", "."))
    reading = _settled(question, amount)
    if isinstance(reading, Understood) or not re.fullmatch(r"[0-9]{3,}", keys):
        return reading
    cents = isinstance(_settled(question, amount / 100), Understood)
    return _which(question, (amount / 100, amount)) if cents else reading


def _sums(question: Amount, phrase: Phrase) -> tuple[list[_Sum], str]:
    """The sums named, and the text around them."""
    text = re.sub(r"(?<=[0-9]) \. (?=[0-9])", ".", phrase.figures)
    text = _spoken_zero(text, phrase.lexicon)
    sums: list[_Sum] = []

    def note(match: re.Match[str]) -> str:
        found = _sum(match, phrase)
        if found is None:
            return match.group()
        sums.append(found)
        return " "

    text = _money_pattern(phrase.lexicon).sub(note, text)
    for said in _shares(question, phrase.lexicon):
        pattern, amount = said
        text, times = pattern.subn(" ", text)
        sums += [_Sum((amount,), question.most.currency)] * times
    return sums, text


def _shares(question: Amount, lexicon: Lexicon) -> Iterator[tuple[re.Pattern[str], Decimal]]:
    """``half``, ``the minimum`` and ``all of it``, of what is offered; in this order, as "half of it" holds "it"."""
    offered = [money.amount for money in question.suggest]
    full = max(offered, default=question.most.amount)
    least = min(offered) if len(set(offered)) > 1 else question.least.amount if question.least else None
    yield lexicon.pattern("amount.half"), (full / 2).quantize(_CENT, ROUND_HALF_UP)
    if least is not None:
        yield lexicon.pattern("amount.minimum"), least
    yield lexicon.pattern("amount.full"), full


def _sum(match: re.Match[str], phrase: Phrase) -> _Sum | None:
    words = phrase.lexicon.words["amount"]
    currency = _currency(phrase.lexicon, match["unit"] or match["late"] or match["before"])
    major = _number(match["major"])
    if match["only_cents"]:
        return _Sum((Decimal(match["only_cents"]) / 100,))
    if not major:
        return None
    if match["thousand"]:
        return _Sum(tuple(amount * 1000 for amount in major), currency)
    minor = match["minor"]
    if not minor:
        return _Sum(major, currency, bare=currency is None)
    cents = Decimal(minor) / 100
    if match["unit"] or match["before"] or match["cents"]:
        return _Sum((major[0] + cents,), currency)
    joints = match["joint"].split()
    if any(joint in joints for joint in words["with"]):
        return _Sum((major[0] + cents,), currency)
    if any(joint in joints for joint in words["and"]):
        return _Sum((major[0] + cents,) * 2, currency)
    if not match["major"].isdigit():
        return _Sum((major[0], major[0]), currency)  # "40.00 30", "1,250 30": no telling what the other is
    return _pair(match["major"], minor, currency, phrase)


def _pair(major: str, minor: str, currency: str | None, phrase: Phrase) -> _Sum:
    """Two numbers in a row, "five fifty": units and cents, or hundreds.

    There is no telling when they were typed, are a year, or start alike: "forty… forty two".
    """
    units = Decimal(f"{major}.{minor}")
    year = major in {"19", "20"} and currency is None
    again = len(major) == 2 and major[0] == minor[0]
    if phrase.way != "speech" or again or year:
        return _Sum((units, units), currency)
    return _Sum((units, Decimal(major + minor)), currency)


def _number(text: str | None) -> tuple[Decimal, ...]:
    """What a written number may be; more than one for ``1.250``, none for what is no number."""
    if not text or len(text) > 15:
        return ()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?|[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        amount = Decimal(text.replace(",", ""))
        twice = re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{2}0", text)
        return (amount, amount) if twice else (amount,)
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}|[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}", text):
        return (Decimal(text.replace(".", "").replace(",", ".")),)
    return ()


def _money_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """One sum: ``$42.50``, ``42 dollars and 50 cents``, ``50 cents``, ``42 50``; never a part of something else."""
    words = lexicon.words["amount"]
    unit = alternation(word for names in words["currencies"].values() for word in names)
    cent, thousand = alternation(words["cents"]), alternation(words["thousand"])
    joint = alternation([*words["and"], *words["with"]])
    # After "40 dollars", a "50" with a unit of its own is a second sum, not its cents.
    own_unit = rf"(?! ?(?:{unit})(?!\w))"
    units = (
        rf"(?:(?P<before>{unit}) ?)?(?P<major>[0-9]+(?:[.,][0-9]+)*)"
        rf"(?: ?(?P<thousand>{thousand})\b)?(?: ?(?P<unit>{unit})(?!\w))?"
    )
    minor = (
        rf"(?P<joint> (?:(?:{joint}) )?)(?P<minor>[0-9]{{2}}|[0-9](?= (?:{cent})))(?![0-9.,]*[0-9])"
        rf"(?! ?(?:{thousand})\b)"
        rf"(?(unit){own_unit})(?(before){own_unit})(?: ?(?P<cents>{cent})(?!\w))?"
    )
    only_cents = rf"(?P<only_cents>[0-9]{{1,2}}) ?(?:{cent})(?!\w)"
    sums = rf"{units}(?:{minor})?(?: (?P<late>{unit})(?!\w))?"
    return lexicon.compiled(rf"(?<![\w.,%])(?<!(?<![0-9])-)(?:{only_cents}|{sums})(?![\w%])")


def _spoken_zero(text: str, lexicon: Lexicon) -> str:
    """``75 oh 5`` and ``75 0 5`` are 75 05."""
    zeros = "|".join(word for word, digit in lexicon.words["digits"].items() if digit == "0")
    return re.sub(rf"(?<=[0-9]) (?:0|{zeros}) ([0-9])(?![0-9])", r" 0\1", text)


def _currency(lexicon: Lexicon, word: str | None) -> str | None:
    for code, names in lexicon.words["amount"]["currencies"].items():
        if word in names:
            return str(code)
    return None


def _around(phrase: Phrase) -> list[re.Pattern[str]]:
    lexicon = phrase.lexicon
    means = [lexicon.compiled(expression) for expression in lexicon.phrases("amount.means")]
    return [*means, lexicon.pattern("amount.around", "amount.requests"), lexicon.pattern("fillers")]


def _settled(question: Amount, amount: Decimal, currency: str | None = None) -> Reading:
    exact = amount.quantize(_CENT) if amount == amount.quantize(_CENT) else amount
    return settle(question, {"amount": str(exact), "currency": currency or question.most.currency})


def _money(question: Amount, money: Money) -> Reading:
    return _settled(question, money.amount, money.currency)


def _which(question: Amount, amounts: tuple[Decimal, ...]) -> Reading:
    first, second = (str(amount.quantize(_CENT, ROUND_HALF_UP)) for amount in amounts[:2])
    if first == second:
        return unclear("ambiguous")
    return unclear("ambiguous", first=first, second=second, currency=question.most.currency)
