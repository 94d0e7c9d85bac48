"""A customer's words made plain: one case, one kind of digits and quotes, numbers in figures."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from text_to_num import alpha2digit

from channels.reading.lexicon import Lexicon, folded
from channels.reading.said import Way

_DROPPED = {"Cc", "Cf", "Cs", "Cn", "Co", "Mn", "Me"}
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": ".", "¿": " ", "¡": " "}
)


def printable(text: str) -> str:
    """The text without what can't be stored or shown: lone surrogates, control and direction marks."""
    return "".join(c for c in re.sub(r"[\n\t\r]", " ", text) if unicodedata.category(c) not in _DROPPED)


def plain(text: str) -> str:
    """Lower case, ASCII figures, straight quotes, single spaces."""
    text = unicodedata.normalize("NFKC", printable(text).translate(_QUOTES)).lower()
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in _DROPPED and c not in "🏻🏼🏽🏾🏿")
    return " ".join(text.split())


@dataclass(frozen=True)
class Phrase:
    """What was said, in the forms the readers look at."""

    raw: str
    way: Way
    lexicon: Lexicon

    @cached_property
    def text(self) -> str:
        return plain(self.raw)

    @cached_property
    def words(self) -> str:
        """Only words and figures, apostrophes closed up: ``don't`` is ``dont``."""
        return " ".join(re.findall(r"\w+|[^\w\s!-/:-@\[-`{-~]", folded(self.text).replace("'", "").replace("_", " ")))

    @cached_property
    def figures(self) -> str:
        """``text`` with number words in figures: ``forty-two`` is ``42``, ``eleventh`` is ``11th``."""
        text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", folded(self.text).replace("'", ""))
        for wrong, right in self.lexicon.words["spelling"].items():
            text = re.sub(rf"\b{folded(wrong)}\b", right, text)
        return str(alpha2digit(text, self.lexicon.words["number_words"], 0)).lower()

    @cached_property
    def asks(self) -> bool:
        """Whether it was put as a question."""
        first = self.words.partition(" ")[0]
        return self.text.endswith("?") or first in self.lexicon.phrases("question_starts")

    def has(self, *paths: str) -> bool:
        return self.lexicon.pattern(*paths).search(self.words) is not None


def without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """What is left of ``text`` once the patterns and plain punctuation are taken out."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return " ".join(re.sub(r"[.,!?:;'\"()\[\]]", " ", text).split())


def beside(phrase: Phrase, known: Iterable[str], *around: str) -> str:
    """The words that are neither nearly ``known``, nor digits, nor what usually stands around an answer."""
    numbers = phrase.lexicon.words["digits"].keys() | phrase.lexicon.words["repeats"].keys()
    words = re.findall(r"[^\W\d_]+", re.sub(rf"[0-9]+(?:{phrase.lexicon.ordinal})?", " ", phrase.figures))
    left = without(" ".join(words), [phrase.lexicon.pattern(path) for path in around])
    words = [word for word in left.split() if word not in numbers]
    return " ".join(word for word in words if not any(near(word, name) for name in known))


def near(word: str, target: str) -> bool:
    """Whether ``word`` is ``target`` with one slip of the finger (two in a word of eight letters or more)."""
    if word == target:
        return True
    if len(target) < 4 or len(word) < 4 or abs(len(word) - len(target)) > 2 or word.isdigit() or target.isdigit():
        return False
    return _slips(word, target) <= (2 if len(target) >= 8 else 1)


def _slips(a: str, b: str) -> int:
    """Optimal string alignment: insert, drop, replace or swap neighbours."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y)))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]
