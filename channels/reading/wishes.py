"""Wishes: what a customer may want beside an answer. A wish is the whole of what was said, never a part of it."""

import re
from collections.abc import Mapping
from functools import cache

from channels.reading.choices import keys_named
from channels.reading.lexicon import Lexicon, alternation, every_lexicon
from channels.reading.phrase import Phrase, without
from channels.reading.said import Wish, WishKind

_KINDS: tuple[WishKind, ...] = ("person", "call", "resend", "help", "repeat", "cancel", "back", "alone")
_CARRIER: tuple[WishKind, ...] = ("stop", "start", "help", "cancel")
_KEYS: dict[str, WishKind] = {"0": "person", "*": "repeat"}


def find_wish(phrase: Phrase, names: Mapping[str, str]) -> Wish | None:
    if phrase.way == "keypad":
        return Wish(_KEYS[phrase.text.strip("#")]) if phrase.text.strip("#") in _KEYS else None
    if phrase.way == "typed" and (wish := _carrier(phrase)):
        return wish
    for kind in _KINDS:
        if _pattern(phrase.lexicon, kind).fullmatch(phrase.words):
            return Wish(kind)
    # Who has had enough says so in their own language, whatever the case speaks.
    if any(_pattern(each, "person").fullmatch(phrase.words) for each in every_lexicon()):
        return Wish("person")
    return _change(phrase, names)


def resends(phrase: Phrase) -> bool:
    """Whether a code that is asked for did not come: "I didn't get it" would be something else elsewhere."""
    return phrase.way != "keypad" and _pattern(phrase.lexicon, "resend_here").fullmatch(phrase.words) is not None


def skips(phrase: Phrase, *, plain_no: bool) -> bool:
    """Whether a question that need not be answered is passed over; ``plain_no``: a "no, thanks" does that too."""
    kinds = ("skip", "decline") if plain_no else ("skip",)
    return phrase.way != "keypad" and any(_pattern(phrase.lexicon, kind).fullmatch(phrase.words) for kind in kinds)


def _carrier(phrase: Phrase) -> Wish | None:
    """The carriers' single words: "STOP" counts, "stop please" does not. "yes" is an answer here, "cancel" a wish."""
    for kind in _CARRIER:
        if phrase.words in phrase.lexicon.phrases(f"wishes.carrier.{kind}"):
            return Wish(kind)
    return None


def _change(phrase: Phrase, names: Mapping[str, str]) -> Wish | None:
    match = _pattern(phrase.lexicon, "change").fullmatch(phrase.words)
    if match is None:
        return None
    what = without(match["what"] or "", [phrase.lexicon.pattern("fillers")])
    if not what or what in phrase.lexicon.phrases("wishes.something"):
        return Wish("change")
    found = keys_named(what, names, phrase.lexicon) if len(what.split()) <= 6 else set()
    return Wish("change", next(iter(found)) if len(found) == 1 else None) if found else None


@cache
def _pattern(lexicon: Lexicon, kind: str) -> re.Pattern[str]:
    lead, tail = (alternation(lexicon.phrases(f"wishes.{side}")) for side in ("lead", "tail"))
    cores = "|".join(lexicon.phrases(f"wishes.{kind}"))
    return re.compile(rf"(?:(?:{lead}) )*?(?:{cores})(?: (?:{tail}))*")
