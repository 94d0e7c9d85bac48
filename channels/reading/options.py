"""Which of a numbered list was meant: "2", "number two", "the second one", "the last one"."""

import re

from channels.reading.lexicon import alternation
from channels.reading.phrase import Phrase, without


def option(phrase: Phrase, count: int) -> int | None:
    """The 1-based number that was said, whether or not there are so many; None when the words are no number."""
    lexicon = phrase.lexicon
    if without(phrase.words, [lexicon.pattern("fillers")]) in lexicon.phrases("last"):
        return count
    return bare(phrase) or named(phrase)


def bare(phrase: Phrase) -> int | None:
    """A number and nothing else: ``2``, ``2.``, ``(2)``, ``#2``, ``two``."""
    left = without(phrase.figures, [phrase.lexicon.pattern("fillers")]).lstrip("#").rstrip("#")
    return int(left) if re.fullmatch(r"[0-9]{1,2}", left) else None


def homophone(phrase: Phrase) -> int | None:
    """What a recogniser makes of a lone digit: ``to``, ``for``."""
    found = phrase.lexicon.words["homophones"].get(phrase.words) if phrase.way == "speech" else None
    return int(found) if found else None


def named(phrase: Phrase) -> int | None:
    """A number said as a place in the list: ``option 2``, ``number two``, ``the 2nd one``."""
    left = without(phrase.figures, [phrase.lexicon.pattern("fillers")])
    lexicon = phrase.lexicon
    the, names = (alternation(lexicon.phrases(path)) for path in ("option_articles", "option_words"))
    ones = alternation(["1", *lexicon.phrases("option_ones"), *lexicon.phrases("option_words")])
    numbered = rf"(?:{names}) (?P<a>[0-9]{{1,2}})|(?P<b>[0-9]{{1,2}})(?:{lexicon.ordinal})(?: (?:{ones}))?"
    match = re.fullmatch(rf"(?:(?:{the}) )?(?:{numbered})", left)
    return int(match["a"] or match["b"]) if match else None
