"""Reading yes and no. Negation comes first, and a yes needs every word accounted for."""

import re
from functools import cache
from typing import Literal

from channels.reading.lexicon import Lexicon, whole
from channels.reading.phrase import Phrase, without
from channels.reading.said import Reading, settle, unclear
from models.questions import Confirm, YesNo

_Mark = Literal["yes", "no", "soft", "hedge", "light"]


def read_consent(question: YesNo | Confirm, phrase: Phrase, *, results: bool = True) -> Reading:
    """``results``: whether "it works" and "still the same" tell yes and no; of a payment they never do."""
    if phrase.way == "keypad":
        key = phrase.text.strip("#")
        return settle(question, key == "1") if key in {"1", "2"} else unclear("no-match")
    marks, loose = _marks(phrase, _spoken(question, results=results))
    value = _verdict(marks, loose)
    if value is None and question.kind == "confirm" and _plain_refusal(marks, loose, phrase):
        value = False
    if value is not None and not phrase.asks:
        return settle(question, value)
    return unclear("ambiguous" if set(marks) - {"light"} else "no-match")


def tells(phrase: Phrase) -> bool:
    """Whether the words are a whole result: then "no change" wants nothing changed."""
    return without(phrase.words, [phrase.lexicon.pattern("fillers")]) in phrase.lexicon.phrases("consent.results.no")


def _spoken(question: YesNo | Confirm, *, results: bool) -> tuple[str, ...]:
    """Where in the lexicon the yes and no of a question are."""
    if question.kind != "yes_no":
        return ("consent",)
    return ("consent", "consent.statements", *(("consent.results",) if results else ()))


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


def _marks(phrase: Phrase, spoken: tuple[str, ...]) -> tuple[list[_Mark], str]:
    """What each stretch of the words is, and the words that are none of it."""
    kinds, pattern = _kinds(phrase.lexicon, spoken)
    found = [kinds[match.group()] for match in pattern.finditer(phrase.words)]
    return found, " ".join(pattern.sub(" ", phrase.words).split())


@cache
def _kinds(lexicon: Lexicon, spoken: tuple[str, ...]) -> tuple[dict[str, _Mark], re.Pattern[str]]:
    """Every known phrase with its kind, and their pattern, in which the longest wins.

    A negated yes is a no; a negated no is nothing sure, and what came of a try no consent: "sigue bien".
    """
    yes, no = ([word for path in spoken for word in lexicon.phrases(f"{path}.{side}")] for side in ("yes", "no"))
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
    if spoken == ("consent",):
        results = {*lexicon.phrases("consent.results.yes"), *lexicon.phrases("consent.results.no")}
        kinds |= dict.fromkeys((words for words in results.difference(kinds) if " " in words), "hedge")
    return kinds, whole(kinds)
