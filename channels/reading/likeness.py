"""How much a sentence is like the examples of each moment: a small softmax regression over words and their kinds.

It is learned when first asked for, from the example files alone, in a fixed order: the same files give the same model.
"""

import itertools
import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from channels.reading.phrase import near, plain

Features = dict[str, float]

_ROUNDS = 20
_LENGTH = 3.0
_WORD, _PAIR = 0.4, 0.4
_UNKNOWN = "?"


def tokens(text: str) -> list[str]:
    """Words without case, accents and apostrophes; every number is ``#``."""
    spread = unicodedata.normalize("NFKD", plain(text).replace("'", ""))
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+|#", re.sub(r"[0-9]+", "#", bare))


@dataclass(frozen=True)
class Sorted:
    """A sentence's words, mended, and the kinds of thing they name, in order; ``?`` is a word nobody knows."""

    words: list[str]
    kinds: list[str]


@dataclass
class Vocabulary:
    """The words that are known, and which kind each phrase is of. A slip of the finger is mended to a known word."""

    kinds: dict[tuple[str, ...], str]
    light: frozenset[str]
    known: set[str] = field(default_factory=set)
    rare: set[str] = field(default_factory=set)
    _shortened: dict[str, list[str]] = field(default_factory=dict)
    _weighty: set[str] = field(default_factory=set)
    _longest: int = 1

    @classmethod
    def of(cls, kinds: Mapping[str, Iterable[str]], light: Iterable[str], texts: Iterable[str]) -> "Vocabulary":
        phrases = {tuple(tokens(phrase)): kind for kind, named in kinds.items() for phrase in named}
        weighty = {word for phrase in phrases for word in phrase}
        counts = Counter(word for text in texts for word in set(tokens(text)))
        rare = {word for word, count in counts.items() if count == 1} - weighty
        made = cls(phrases, frozenset(light), set(counts) | weighty, rare, {}, weighty, max(map(len, phrases)))
        for word in sorted(made.known):
            for short in _shortened(word) if len(word) >= 4 else ():
                made._shortened.setdefault(short, []).append(word)
        return made

    def sort(self, text: str) -> Sorted:
        words = [self._mended(word) for word in tokens(text)]
        kinds, at = [], 0
        while at < len(words):
            size = next((n for n in range(self._longest, 0, -1) if tuple(words[at : at + n]) in self.kinds), 0)
            kind = self.kinds[tuple(words[at : at + size])] if size else "" if words[at] in self.known else _UNKNOWN
            kinds.append(kind)
            at += size or 1
        return Sorted(words, [kind for kind in kinds if kind and kind not in self.light])

    def _mended(self, word: str) -> str:
        """The word of a kind that this is a slip of; else, where nobody knows it, any known word it may be."""
        if word in self._weighty or len(word) < 4:
            return word
        strange = word not in self.known
        if not strange and word not in self.rare:
            return word
        close = {known for short in _shortened(word) for known in self._shortened.get(short, ()) if near(word, known)}
        close = {known for known in close if _one_slip(word, known) and (strange or known in self._weighty)}
        return min(close, key=lambda known: (known not in self._weighty, known), default=word)


def _one_slip(word: str, known: str) -> bool:
    """Whether it may be that word: among short ones a letter in another's place is more often another word."""
    return len(known) > 5 or (len(known) == 5 and (len(word) != 5 or sorted(word) == sorted(known)))


def _shortened(word: str) -> set[str]:
    """The word and all that it is with one letter left out: two words that share one are a slip apart."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


@dataclass
class Likeness:
    """Which of ``classes`` a sentence is like."""

    vocabulary: Vocabulary
    classes: list[str]
    _weights: dict[str, list[float]] = field(default_factory=dict)
    _bias: list[float] = field(default_factory=list)

    @classmethod
    def learn(cls, vocabulary: Vocabulary, examples: Sequence[tuple[str, str]]) -> "Likeness":
        """From (text, class) pairs."""
        classes = sorted({name for _, name in examples})
        made = cls(vocabulary, classes, {}, [0.0] * len(classes))
        order = sorted(examples, key=lambda example: (zlib.crc32(example[0].encode()), example))
        lessons = [(made._features(vocabulary.sort(text), learning=True), classes.index(name)) for text, name in order]
        for past in range(_ROUNDS):
            for features, right in lessons:
                made._step(features, right, 0.5 / (1 + 0.2 * past))
        return made

    def chances(self, said: Sorted) -> dict[str, float]:
        """How likely each class is; together 1."""
        return dict(zip(self.classes, self._chances(self._features(said)), strict=True))

    def _step(self, features: Features, right: int, rate: float) -> None:
        for i, chance in enumerate(self._chances(features)):
            off = (chance - (i == right)) * rate
            if abs(off) < 1e-3:
                continue
            self._bias[i] -= off * 0.3
            for name, value in features.items():
                self._weights.setdefault(name, [0.0] * len(self.classes))[i] -= off * value

    def _chances(self, features: Features) -> list[float]:
        scores = list(self._bias)
        for name, value in features.items():
            for i, weight in enumerate(self._weights.get(name, ())):
                scores[i] += weight * value
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]

    def _features(self, said: Sorted, *, learning: bool = False) -> Features:
        """Words, neighbours, kinds, kinds together; while learning, a word met once counts as unknown as well."""
        found: Features = {}
        kinds = [kind for kind in said.kinds if kind != _UNKNOWN]
        strange = sum(w not in self.vocabulary.known or (learning and w in self.vocabulary.rare) for w in said.words)
        found |= {f"word {word}": _WORD for word in said.words}
        found |= {f"words {a} {b}": _WORD for a, b in itertools.pairwise(["^", *said.words, "$"])}
        found |= {f"kind {kind}": 1.0 for kind in kinds}
        found |= {f"kinds {a} {b}": 1.0 for a, b in itertools.combinations(sorted(set(kinds)), 2)}
        found |= {f"row {a} {b}": _PAIR for a, b in itertools.pairwise(["^", *said.kinds, "$"])}
        if strange:
            found["strange"] = 0.5 * strange
        length = math.sqrt(sum(value * value for value in found.values())) or 1.0
        return {name: value / length * _LENGTH for name, value in found.items()}
