"""Pages: a turn as a view model for templates, and a form read back. Also what stores and agents see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import JsonValue

from channels.guide import guide
from channels.picks import NEW_CARD, Pick, picks
from channels.preface import WITH_OTHERS, asks_nothing, note, notices, standing, why
from channels.reading import Reading, Said, Unclear, Understood, Wish, read as read_words
from channels.wording.book import Wording, kebab
from channels.wording.facts import fixed_length
from models.case import Because, Pending, Turn
from models.people import Channel
from models.questions import (
    Amount,
    AnyQuestion,
    Change,
    Choice,
    Confirm,
    Date,
    Misfit,
    PaymentMethod,
    Text,
    TimeSlot,
    YesNo,
)

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPES = {"amount": "text", "date": "date", "text": "textarea", "phone_number": "tel", "email": "email"}
_MODES = {"amount": "decimal", "digits": "numeric", "code": "numeric", "phone_number": "tel", "email": "email"}
_COMPLETES = {"code": "one-time-code", "phone_number": "tel", "email": "email"}
_WISHES: Final = ("person", "help", "stop", "start", "repeat", "cancel", "change", "back")


@dataclass(frozen=True)
class Field:
    """One open question as a form field. ``type`` is the input's: text, textarea, date, tel, email, radio or button.

    ``least`` and ``most`` are plain (``25.00``, ``2026-03-11``) for the input's own bounds; ``error`` is a sentence.
    """

    key: str
    revision: int
    kind: str
    type: str
    prompt: str
    label: str
    name: str = "value"
    options: tuple[Pick, ...] = ()
    hint: str = ""
    least: str | None = None
    most: str | None = None
    length: int | None = None
    inputmode: str | None = None
    autocomplete: str | None = None
    error: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class AnswerLine:
    """An answer that stands: its name, the answer in words, over what it came, and whether it can change."""

    key: str
    label: str
    value: str
    how: str
    changeable: bool


@dataclass(frozen=True)
class ConfirmLine:
    label: str
    value: str


@dataclass(frozen=True)
class PageTurn:
    """All a template needs of a turn, in the customer's words. ``fields`` are all open questions, in order."""

    case: str
    moment: str
    sequence: int
    title: str
    headline: str
    status: str
    notices: tuple[str, ...] = ()
    note: str = ""
    because: str = ""
    fields: tuple[Field, ...] = ()
    answers: tuple[AnswerLine, ...] = ()
    confirm: tuple[ConfirmLine, ...] = ()
    closed: bool = False
    working: bool = False
    with_person: bool = False
    next: str = ""

    @property
    def field(self) -> Field | None:
        return self.fields[0] if self.fields else None


def render(
    turn: Turn,
    words: Wording,
    *,
    because: Because | None = None,
    channel: Channel = Channel.WEB,
    today: date | None = None,
) -> PageTurn:
    """The turn as a page. ``channel`` may be store or desk; with ``today`` older answers tell their day."""
    reason = why(turn, because)
    error = words.because(reason, Channel.WEB) if reason else ""
    fields = () if turn.status.closed else _fields(turn, words, channel, error)
    return PageTurn(
        case=turn.case,
        moment=turn.moment,
        sequence=turn.sequence,
        title=words.moment_name(turn.moment, "title"),
        headline=standing(turn, words) if asks_nothing(turn) or not fields else fields[0].prompt,
        status=words.say(f"status-{kebab(turn.status)}"),
        notices=tuple(notices(turn, words, Channel.WEB)),
        note=note(turn, words, because),
        because="" if fields else error,
        fields=fields,
        answers=tuple(_answers(turn, words, today)),
        confirm=_confirm(turn, words),
        closed=turn.status.closed,
        working=turn.working and not turn.status.closed,
        with_person=turn.status in WITH_OTHERS,
        next=words.say("what-next", "web") if turn.status.closed else "",
    )


def _fields(turn: Turn, words: Wording, channel: Channel, error: str) -> tuple[Field, ...]:
    fields = []
    for number, pending in enumerate(turn.pending):
        own = words.because(pending.because, Channel.WEB) if pending.because else ""
        fields.append(_field(turn.moment, pending, words, channel, own if number else error))
    return tuple(fields)


def _field(moment: str, pending: Pending, words: Wording, channel: Channel, error: str) -> Field:
    question = pending.question
    options = _options(question, moment, words)
    least, most = _bounds(question)
    radio = "button" if question.kind in {"yes_no", "confirm"} else "radio"
    return Field(
        key=question.key,
        revision=pending.revision,
        kind=question.kind,
        type=radio if options and question.kind != "amount" else _TYPES.get(question.kind, "text"),
        prompt=words.prompt(moment, pending, channel),
        label=words.label(moment, question.key),
        options=options,
        hint=guide(question, "hint", words).strip(),
        least=least,
        most=most,
        length=question.longest if isinstance(question, Text) else fixed_length(question),
        inputmode=_MODES.get(question.kind),
        autocomplete=_COMPLETES.get(question.kind),
        error=error or None,
        optional=question.optional,
    )


def _options(question: AnyQuestion, moment: str, words: Wording) -> tuple[Pick, ...]:
    if question.kind == "yes_no":
        return Pick("yes", words.say("button-yes")), Pick("no", words.say("button-no"))
    if question.kind == "confirm":
        return Pick("yes", words.say("button-confirm")), Pick("no", words.say("button-change"))
    return tuple(picks(question, moment, words))


def _bounds(question: AnyQuestion) -> tuple[str | None, str | None]:
    if isinstance(question, Amount):
        return str(question.least.amount) if question.least else None, str(question.most.amount)
    if isinstance(question, Date):
        return (d.isoformat() if (d := question.earliest) else None), (
            d.isoformat() if (d := question.latest) else None
        )
    return None, None


def _answers(turn: Turn, words: Wording, today: date | None) -> list[AnswerLine]:
    asked = {pending.question.key: pending.question for pending in turn.pending}
    return [
        AnswerLine(
            key=line.key,
            label=words.label(turn.moment, line.key),
            value=words.answer(turn.moment, line, asked.get(line.key)),
            how=words.how(line.by, today),
            changeable=line.changeable and not turn.status.closed,
        )
        for line in turn.answers
    ]


def _confirm(turn: Turn, words: Wording) -> tuple[ConfirmLine, ...]:
    question = turn.question.question if turn.question else None
    if question is None or question.kind != "confirm":
        return ()
    return tuple(ConfirmLine(words.label(turn.moment, k), words.confirmed(v)) for k, v in question.values.items())


def read(
    question: AnyQuestion,
    form: Mapping[str, str],
    *,
    today: date | None = None,
    language: str = "en",
    region: str = "US",
    names: Mapping[str, str] | None = None,
) -> Reading:
    """What a submitted form says: ``value``, or a ``wish`` (with ``key``) or ``skip`` from a button.

    A chosen option is taken as it is, typed words are read as words. A new card's token never comes from a form:
    the page that takes cards gives it, so choosing one reads as ``needs-web`` and is sent there. ``today``, in the
    customer's zone, is needed only to read a day in words.
    """
    wish = next((kind for kind in _WISHES if kind == form.get("wish")), None)
    if wish is not None:
        return Wish(wish, form.get("key") or None)
    if question.optional and form.get("skip"):
        return Understood(None)
    text = form.get("value", "").strip()
    if not text:
        return Unclear(Because(code="no-input"))
    if isinstance(question, PaymentMethod):
        return _method(question, text)
    exact = _exact(question, text, language)
    if exact is None:
        if today is None and isinstance(question, Date):
            return Unclear(Because(code="not-a-date"))
        said, day = Said(text, "typed"), today or date.min
        return read_words(question, said, today=day, region=region, language=language, names=dict(names or {}))
    try:
        question.accept(exact)
    except Misfit as misfit:
        return Unclear(Because(code=misfit.reason, facts=misfit.facts))
    return Understood(exact)


def _method(question: PaymentMethod, text: str) -> Reading:
    if text in {method.token for method in question.saved}:
        return Understood(text)
    return Unclear(Because(code="needs-web" if question.new and text == NEW_CARD else "not-an-option"))


def _exact(question: AnyQuestion, text: str, language: str) -> JsonValue:
    """The value where the text is exactly what a form field sends; None where it has to be read as words."""
    match question:
        case Amount():
            # "2" in an amount field is two dollars, never the second suggestion; a comma means cents to many.
            plain = text.replace(",", "") if language.startswith("en") and _THOUSANDS.fullmatch(text) else text
            return {"amount": plain, "currency": question.most.currency} if _NUMBER.fullmatch(plain) else None
        case Choice():
            return text if text in {option.id for option in question.options} else None
        case TimeSlot():
            return text if text in {slot.id for slot in question.slots} else None
        case Change():
            return text if text in question.answers else None
        case YesNo() | Confirm():
            return {"yes": True, "no": False}.get(text.lower())
        case Date():
            return text if _DAY.fullmatch(text) else None
        case _:
            return None
