"""What a customer wants before any question is open: which moment, or which wish.

Each moment has a file of rules and examples (``moments/{language}/{moment}.toml``). A start takes both: the sentence
must be like the moment's examples, and hold what its rules need and nothing they forbid.
"""

import re
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from channels.reading.lexicon import alternation, lexicon
from channels.reading.likeness import Likeness, Sorted, Vocabulary, tokens
from channels.reading.phrase import Phrase
from channels.reading.reader import LONGEST
from channels.reading.said import Said, Wish
from channels.reading.wishes import find_wish

FOLDER = Path(__file__).parent / "moments"
EVERYBODY = "everybody"

_KNOWN, _SURE, _BESIDE, _RIVAL = 0.95, 0.55, 0.25, 0.5


def moments_for(text: str, *, language: str = "en") -> tuple[str, ...]:
    """The ids of the moments that the words ask for, the likeliest first: one is certain, of two the customer is asked
    which, none is unknown.
    """
    if len(text) > LONGEST:
        return ()
    name = language.partition("-")[0].lower()
    return _openings(name if name.isalpha() and (FOLDER / name).is_dir() else "en").moments_for(text)


def moment_for(text: str, *, language: str = "en") -> str | None:
    """The id of the moment that the words ask for, e.g. ``pay-bill``; None when that is not certain."""
    found = moments_for(text, language=language)
    return found[0] if len(found) == 1 else None


def wish_for(said: Said, *, language: str = "en", names: Mapping[str, str] | None = None) -> Wish | None:
    """The wish that the words are, if they are one, where no question is open."""
    return find_wish(Phrase(said.text[:LONGEST], said.way, lexicon(language)), names or {})


def held_back(example: str) -> bool:
    """Whether an example is in the third that nothing is learned from or tuned for: by the checksum of its text."""
    return zlib.crc32(example.encode()) % 3 == 0


@dataclass(frozen=True)
class Rules:
    """A moment's rules. ``needs`` are sets of kinds (``=word`` for a word itself), one of which must be all there."""

    phrases: frozenset[tuple[str, ...]]
    needs: tuple[frozenset[str], ...]
    never: frozenset[str]

    @classmethod
    def of(cls, written: Mapping[str, Any], everybody: Mapping[str, Any]) -> "Rules":
        never = [*written.get("never", ()), *everybody["never"]]
        return cls(
            frozenset(tuple(tokens(phrase)) for phrase in written.get("phrases", ())),
            tuple(frozenset(need.split()) for need in written.get("needs", ())),
            frozenset(never) - frozenset(written.get("though", ())),
        )

    def allow(self, said: Sorted, chance: float) -> bool:
        """Whether nothing forbids it, and all of one of its ``needs`` is there, or it is as good as known without."""
        there = {*said.kinds, *(f"={word}" for word in said.words)}
        if there & self.never:
            return False
        return not self.needs or chance >= _KNOWN or any(need <= there for need in self.needs)


@dataclass(frozen=True)
class Openings:
    """What a language's files of moments teach."""

    rules: dict[str, Rules]
    likeness: Likeness
    lead: frozenset[tuple[str, ...]]
    joints: re.Pattern[str]

    @classmethod
    def of(cls, written: Mapping[str, Mapping[str, Any]], examples: list[tuple[str, str]]) -> "Openings":
        """``examples`` are (text, moment or ``everybody``) pairs to learn from."""
        everybody = written[EVERYBODY]
        kinds: dict[str, list[str]] = {}
        for moment in written.values():
            for kind, phrases in moment.get("kinds", {}).items():
                kinds.setdefault(kind, []).extend(phrases)
        vocabulary = Vocabulary.of(kinds, everybody["light"], [text for text, _ in examples])
        rules = {name: Rules.of(moment, everybody) for name, moment in written.items() if name != EVERYBODY}
        lead = frozenset(tuple(tokens(phrase)) for phrase in everybody["lead"])
        return cls(rules, Likeness.learn(vocabulary, examples), lead, _joints(everybody["joints"]))

    def moments_for(self, text: str) -> tuple[str, ...]:
        said = self.likeness.vocabulary.sort(text)
        parts = [self._meant(part) for part in self.joints.split(text) if part]
        asked = list(dict.fromkeys(part[0] for part in parts if len(part) == 1))
        return tuple(asked[:2]) if len(asked) > 1 else self._meant(text) if said.words else ()

    def _meant(self, text: str) -> tuple[str, ...]:
        said = self.likeness.vocabulary.sort(text)
        bare = self._without_lead(said.words)
        if whole := [name for name, rules in self.rules.items() if bare in rules.phrases]:
            return tuple(whole[:2])
        chances = self.likeness.chances(said)
        allowed = {name: chances[name] for name, rules in self.rules.items() if rules.allow(said, chances[name])}
        likely = sorted(allowed, key=lambda name: (-allowed[name], name))[:2]
        total = sum(allowed.values()) + chances[EVERYBODY]
        if not likely or sum(allowed[name] for name in likely) < _SURE * total:
            return ()
        # What the rules forbid and the examples are for is no start, but worth the question.
        rival = max(self.rules, key=lambda name: chances[name])
        if rival not in allowed and chances[rival] >= _RIVAL:
            return (likely[0], rival)
        if len(likely) == 2 and allowed[likely[1]] >= _BESIDE * total:
            return tuple(likely)
        return (likely[0],) if allowed[likely[0]] >= _SURE * total else ()

    def _without_lead(self, words: list[str]) -> tuple[str, ...]:
        """The words without what people begin and end a sentence with."""
        left = tuple(words)
        while left and (size := next((n for n in (4, 3, 2, 1) if left[:n] in self.lead), 0)):
            left = left[size:]
        while left and (size := next((n for n in (4, 3, 2, 1) if left[-n:] in self.lead), 0)):
            left = left[:-size]
        return left


def _joints(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"[.;,!?]+\s|\b(?:{alternation(words)})\b", re.IGNORECASE)


def written_moments(language: str) -> dict[str, dict[str, Any]]:
    """A language's files by moment."""
    paths = sorted((FOLDER / language).glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


def lessons(written: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What is learned from: the examples that are not held back, and what was written while tuning."""
    return [
        (text, name)
        for name, moment in written.items()
        for text in [*(e for e in moment["examples"] if not held_back(e)), *moment.get("taught", ())]
    ]


@cache
def _openings(language: str) -> Openings:
    written = written_moments(language)
    return Openings.of(written, lessons(written))
