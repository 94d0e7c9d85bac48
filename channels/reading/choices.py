"""Reading a choice: by number, by name, by part of a name, with a slip of the finger."""

import re
from collections.abc import Mapping

from channels.reading import options
from channels.reading.lexicon import Lexicon, folded
from channels.reading.numbers import digit_groups
from channels.reading.phrase import Phrase, beside, near, plain, without
from channels.reading.said import Reading, settle, unclear
from models.questions import Change, Choice, Option


def named_option(question: Choice, phrase: Phrase) -> Reading | None:
    """An option called by its full name: then it is that, even if the same words could be a wish."""
    found = {o.id for o in question.options for name in (o.label, *o.synonyms) if _words(name) == _answer(phrase)}
    return settle(question, found.pop()) if len(found) == 1 else None


def read_choice(question: Choice, phrase: Phrase) -> Reading:
    by_name = _matches(question.options, phrase)
    number = options.option(phrase, len(question.options)) or (None if by_name else options.homophone(phrase))
    if number is None and options.bare(phrase) == 0:
        return unclear("not-an-option")
    if number is not None:
        # Who was asked to reply with a number and sends nothing else means the list, whatever is called "Pebble 2".
        listed = phrase.way != "speech" and options.bare(phrase) == number <= len(question.options)
        return _numbered(question, number, set() if listed else by_name)
    if phrase.has("questions") or phrase.asks:
        return unclear("ambiguous" if len(by_name) > 1 else "no-match")
    if phrase.has("alternatives") or (by_name and phrase.has("negations")) or len(by_name) > 1:
        return unclear("ambiguous")
    if by_name and not _beside(question.options, by_name, phrase):
        return settle(question, by_name.pop())
    if re.fullmatch(r"[0-9]+", phrase.text):
        return unclear("not-an-option")
    return unclear("ambiguous" if len(re.findall(r"[0-9]+", phrase.figures)) > 1 else "no-match")


def _beside(choices: list[Option], chosen: set[str], phrase: Phrase) -> str:
    """What was said beside the option: "I'm driving now" does not choose "now"."""
    names = [_words(n) for o in choices if o.id in chosen for n in (o.label, *o.synonyms, *_same(o, phrase.lexicon))]
    known = {word for name in names for word in name.split()}
    return beside(phrase, known, "choice.around", "fillers")


def _numbered(question: Choice, number: int, by_name: set[str]) -> Reading:
    ids = [option.id for option in question.options]
    by_number = ids[number - 1] if 1 <= number <= len(ids) else None
    meant = by_name | ({by_number} if by_number else set())
    if not meant:
        return unclear("not-an-option")
    return settle(question, meant.pop()) if len(meant) == 1 else unclear("ambiguous")


def _matches(choices: list[Option], phrase: Phrase) -> set[str]:
    """Ids of the options that were named: by a whole name, else by words only they have, else nearly."""
    names = [(o.id, _words(name)) for o in choices for name in (o.label, *o.synonyms, *_same(o, phrase.lexicon))]
    said = phrase.words
    found = {id for id, name in names if name and f" {name} " in f" {said} "}
    if found:
        return _longest(found, names, said)
    numbers = digit_groups(phrase)
    if numbered := {id for id, name in names if numbers[:1] and numbers[0] in re.findall(r"\b[0-9]+\b", name)}:
        return numbered if len(numbers) == 1 else set()
    own = _own_words(names)
    heard = said.split()
    exact = {own[word] for word in heard if word in own}
    return exact or {owner for word in heard for known, owner in own.items() if near(word, known)}


def _longest(found: set[str], names: list[tuple[str, str]], said: str) -> set[str]:
    """Whoever says "unlimited plus" also says "unlimited": the longer name that holds the shorter one is meant."""
    heard = [(id, name) for id, name in names if id in found and f" {name} " in f" {said} "]
    return {id for id, name in heard if not any(name != other and name in other for _, other in heard)}


def _own_words(names: list[tuple[str, str]]) -> dict[str, str]:
    """Words that only one option has."""
    owners: dict[str, set[str]] = {}
    for id, name in names:
        for word in name.split():
            owners.setdefault(word, set()).add(id)
    return {word: next(iter(ids)) for word, ids in owners.items() if len(ids) == 1 and len(word) > 2}


def _same(option: Option, lexicon: Lexicon) -> list[str]:
    """What the language knows to be said for an option's name."""
    return [word for words in lexicon.phrases("choice.synonyms") if _words(option.label) in words for word in words]


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", folded(plain(name)).replace("'", "")))


def _answer(phrase: Phrase) -> str:
    return without(phrase.words, [phrase.lexicon.pattern("fillers")])


def read_change(question: Change, phrase: Phrase, names: Mapping[str, str]) -> Reading:
    """Which answer to change, by number or name."""
    number = options.option(phrase, len(question.answers)) or options.homophone(phrase)
    if number is not None:
        return settle(question, question.answers[number - 1] if 1 <= number <= len(question.answers) else None)
    found = keys_named(phrase.words, {key: names.get(key, key) for key in question.answers}, phrase.lexicon)
    if len(found) > 1 or (found and phrase.has("negations", "alternatives")):
        return unclear("ambiguous")
    return settle(question, found.pop()) if found else unclear("no-match")


def keys_named(words: str, names: Mapping[str, str], lexicon: Lexicon) -> set[str]:
    """Keys of the answers that the words name: by their label, or as customers call such a thing."""
    labels = {key: f"{_words(label)} {_words(key.rsplit('/', 1)[-1])}" for key, label in names.items()}
    concepts: dict[str, list[str]] = lexicon.words["answers"]
    found = {key for key, label in names.items() if re.search(rf"\b{re.escape(_words(label))}\b", words)}
    for spoken in concepts.values():
        if lexicon.compiled(rf"\b(?:{'|'.join(map(re.escape, spoken))})\b").search(words):
            found |= {key for key, label in labels.items() if set(spoken) & set(label.split())}
    own = _own_words(list(labels.items()))
    heard = {owner for word in words.split() for known, owner in own.items() if near(word, known)}
    return found or heard
