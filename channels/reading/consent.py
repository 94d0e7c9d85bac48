"""Reading yes and no. Negation comes first, and a yes needs every word accounted for."""

import re
from functools import cache
from typing import Literal

from channels.reading.lexicon import Lexicon, whole
from channels.reading.phrase import Phrase
from channels.reading.said import Reading, settle, unclear
from models.questions import Confirm, YesNo

_Mark = Literal["yes", "no", "soft", "hedge", "light"]


def read_consent(question: YesNo | Confirm, phrase: Phrase) -> Reading:
    if phrase.way == "keypad":
        key = phrase.text.strip("#")
        return settle(question, key == "1") if key in {"1", "2"} else unclear("no-match")
    marks, loose = _marks(phrase, statements=question.kind == "yes_no")
    value = _verdict(marks, loose)
    if value is None and question.kind == "confirm" and _plain_refusal(marks, loose, phrase):
        value = False
    if value is not None and not phrase.asks:
        return settle(question, value)
    return unclear("ambiguous" if set(marks) - {"light"} else "no-match")


def _verdict(marks: list[_Mark], loose: str) -> bool | None:
    said = set(marks) - {"light"}
    if loose or "hedge" in said:
        return None
    if said in ({"yes"}, {"yes", "soft"}):
        return True
    return False if said == {"no"} else None


def _plain_refusal(marks: list[_Mark], loose: str, phrase: Phrase) -> bool:
    """A "no, …" that goes on without any yes or doubt in it: taken as a no, since a no does nothing."""
    first, _, others = phrase.words.partition(" ")
    refuses = first in phrase.lexicon.phrases("consent.refusals")
    goes_on = others.partition(" ")[0] in phrase.lexicon.phrases("consent.after_no")
    return bool(refuses and goes_on and loose and set(marks) <= {"no", "light"})


def _marks(phrase: Phrase, *, statements: bool) -> tuple[list[_Mark], str]:
    """What each stretch of the words is, and the words that are none of it."""
    kinds, pattern = _kinds(phrase.lexicon, statements)
    found = [kinds[match.group()] for match in pattern.finditer(phrase.words)]
    return found, " ".join(pattern.sub(" ", phrase.words).split())


@cache
def _kinds(lexicon: Lexicon, statements: bool) -> tuple[dict[str, _Mark], re.Pattern[str]]:
    """Every known phrase with its kind, and their pattern, in which the longest wins.

    A negated yes is a no; a negated no is nothing sure.
    """
    yes, no = lexicon.phrases("consent.yes"), lexicon.phrases("consent.no")
    if statements:
        yes, no = yes + lexicon.phrases("consent.statements.yes"), no + lexicon.phrases("consent.statements.no")
    kinds: dict[str, _Mark] = {}
    kinds |= dict.fromkeys(lexicon.phrases("fillers") + lexicon.phrases("consent.light"), "light")
    kinds |= dict.fromkeys(yes, "yes")
    kinds |= dict.fromkeys((f"{denial} {word}" for denial in lexicon.phrases("consent.negators") for word in yes), "no")
    kinds |= dict.fromkeys(
        (f"{denial} {word}" for denial in lexicon.phrases("consent.negators") for word in no), "hedge"
    )
    kinds |= dict.fromkeys(no, "no")
    kinds |= dict.fromkeys(lexicon.phrases("consent.soft"), "soft")
    kinds |= dict.fromkeys(lexicon.phrases("consent.hedges"), "hedge")
    return kinds, whole(kinds)
