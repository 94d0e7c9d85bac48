"""What can be picked by number, the same list in the same order on every channel."""

from __future__ import annotations

from dataclasses import dataclass, replace

from channels.wording.book import Wording
from models.questions import Amount, AnyQuestion, Change, Choice, Option, PaymentMethod, TimeSlot

NEW_CARD = "new"


@dataclass(frozen=True)
class Pick:
    """One line of a numbered list. ``value`` is what a form sends back for it, ``others`` are synonyms."""

    value: str
    label: str
    others: tuple[str, ...] = ()


def picks(question: AnyQuestion, moment: str, words: Wording) -> list[Pick]:
    """The options of a question; empty where nothing can be picked (or only yes and no)."""
    match question:
        case Amount():
            numbered = enumerate(question.suggest, start=1)
            return [Pick(f"{m.amount}", words.suggestion(moment, question.key, n, m)) for n, m in numbered]
        case Choice():
            return [Pick(o.id, words.option(moment, question.key, o), (o.label, *o.synonyms)) for o in question.options]
        case TimeSlot():
            return [Pick(slot.id, words.formats.slot(slot)) for slot in question.slots]
        case PaymentMethod():
            saved = [Pick(m.token, words.formats.plain(m.label), (m.label,)) for m in question.saved]
            return [*saved, Pick(NEW_CARD, new_card(words))] if question.new else saved
        case Change():
            return [Pick(key, _named(words, words.label(moment, key))) for key in question.answers]
        case _:
            return []


def as_shown(question: AnyQuestion, moment: str, words: Wording) -> AnyQuestion:
    """The question as its answer is read: an option goes by the name it is shown with, and by the company's too."""
    if not isinstance(question, Choice):
        return question
    shown = ((option, words.option(moment, question.key, option)) for option in question.options)
    named = [Option(id=o.id, label=name, synonyms=(o.label, *o.synonyms)) for o, name in shown]
    return replace(question, options=named)


def new_card(words: Wording) -> str:
    return words.say("new-card", "phone" if words.formats.spoken else None)


def _named(words: Wording, label: str) -> str:
    """An answer's name at the start of a line; inside a spoken sentence it stays as it is."""
    return label if words.formats.spoken else label[:1].upper() + label[1:]


def only_a_new_card(question: AnyQuestion) -> bool:
    """Nothing is saved, so the question can only be answered on a page that takes cards."""
    return isinstance(question, PaymentMethod) and question.new and not question.saved
