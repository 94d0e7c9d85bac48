"""Reading a saved payment method. A card number is never read, whatever else was said."""

import re

from channels.reading import options
from channels.reading.lexicon import Lexicon, folded
from channels.reading.numbers import digit_groups
from channels.reading.phrase import Phrase, beside, near, plain
from channels.reading.said import Reading, settle, unclear
from models.questions import Method, PaymentMethod


def read_method(question: PaymentMethod, phrase: Phrase) -> Reading:
    number = options.option(phrase, len(question.saved))
    if number is not None:
        return _numbered(question, number)
    if phrase.has("questions"):
        return unclear("no-match")
    if phrase.has("negations", "alternatives") or phrase.asks:
        return unclear("ambiguous")
    found = _found(question, phrase)
    if found is not None and _story(question, phrase):
        return unclear("no-match")
    if found is not None:
        if len(found) == 1:
            return settle(question, found[0].token)
        return unclear("ambiguous" if found else "not-an-option")
    if phrase.has("method.new"):
        return _new(question)
    if phrase.has("method.usual"):
        return settle(question, question.saved[0].token) if len(question.saved) == 1 else unclear("ambiguous")
    return unclear("no-match")


def _story(question: PaymentMethod, phrase: Phrase) -> str:
    """What was said beside the method: "I lost my visa" does not choose it."""
    brands: dict[str, list[str]] = phrase.lexicon.words["method"]["brands"]
    labels = " ".join(folded(plain(method.label)) for method in question.saved).split()
    known = [word for names in brands.values() for name in names for word in name.split()]
    return beside(phrase, [*known, *labels], "choice.around", "method.around", "fillers")


def _numbered(question: PaymentMethod, number: int) -> Reading:
    if 1 <= number <= len(question.saved):
        return settle(question, question.saved[number - 1].token)
    return _new(question) if number == len(question.saved) + 1 else unclear("not-an-option")


def _new(question: PaymentMethod) -> Reading:
    """A new card is typed into the processor's own page, so nowhere but on the web."""
    return unclear("needs-web" if question.new else "not-an-option")


def _found(question: PaymentMethod, phrase: Phrase) -> list[Method] | None:
    """The saved methods that fit what was said; None when no method was named at all."""
    groups = [group for group in digit_groups(phrase) if len(group) > 1]
    brands = _brands(phrase)
    if not groups and not brands:
        return None
    by_digits = [m for m in question.saved if groups and _ending(m) == groups[-1]]
    by_brand = [m for m in question.saved if brands & _label_brands(m, phrase.lexicon)]
    if not groups or not brands:
        return by_digits if groups else by_brand
    both = [m for m in by_digits if m in by_brand]
    # A brand and an ending that belong to two cards: one of them was a slip.
    return both if both or not (by_digits and by_brand) else by_digits + by_brand


def _ending(method: Method) -> str:
    numbers: list[str] = re.findall(r"[0-9]+", method.label)
    return numbers[-1] if numbers else ""


def _brands(phrase: Phrase) -> set[str]:
    words = phrase.words.split()
    found = set()
    for brand, names in phrase.lexicon.words["method"]["brands"].items():
        near_miss = any(near(word, name) for word in words for name in names)
        if near_miss or any(re.search(rf"\b{re.escape(name)}\b", phrase.words) for name in names):
            found.add(brand)
    return found


def _label_brands(method: Method, lexicon: Lexicon) -> set[str]:
    return _brands(Phrase(method.label, "typed", lexicon))
