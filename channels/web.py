"""Pages: a turn as a view model for templates, and a form read back. Also what stores and agents see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from channels import forms
from channels.guide import guide
from channels.picks import Pick, picks
from channels.preface import WITH_OTHERS, asks_nothing, note, notices, standing, why
from channels.takes import nearest, takes
from channels.wording.book import Wording, kebab
from channels.wording.facts import fixed_length
from models.case import Because, Pending, Turn
from models.people import Channel
from models.questions import Amount, AnyQuestion, Date, Text, TimeSlot

read = forms.read
_TYPES = {
    "amount": "text",
    "date": "date",
    "text": "textarea",
    "phone_number": "tel",
    "email": "email",
    "file": "file",
}
_MODES = {"amount": "decimal", "digits": "numeric", "code": "numeric", "phone_number": "tel", "email": "email"}
_COMPLETES = {"code": "one-time-code", "phone_number": "tel", "email": "email"}


@dataclass(frozen=True)
class Day:
    """One day's time slots, each by its hours."""

    label: str
    options: tuple[Pick, ...]


@dataclass(frozen=True)
class Field:
    """One open question as a form field.

    ``type`` is the input's: text, textarea, date, tel, email, file, radio or button. ``least`` and ``most`` are plain
    (``25.00``, ``2026-03-11``) for the input's own bounds; ``error`` is a sentence. ``days`` are the options of a
    time slot by their day. ``known`` is what we have on file, in words, and ``filled`` the same as the field takes
    it. ``elsewhere`` is the nearest channel that can take the answer, where this one can't.
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
    days: tuple[Day, ...] = ()
    known: str = ""
    filled: str = ""
    elsewhere: Channel | None = None


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
        days=_days(question, words) if isinstance(question, TimeSlot) else (),
        known=words.value(pending.known, question.kind, question) if pending.known is not None else "",
        filled=_filled(pending),
        elsewhere=None if takes(channel, question) else nearest(channel, question),
    )


def _filled(pending: Pending) -> str:
    """What we have on file as its field takes it: an amount's number, a text, an option's id."""
    known = pending.known
    if isinstance(known, dict):
        return str(known.get("amount") or known.get("token") or "")
    return known if isinstance(known, str) else ""


def _days(question: TimeSlot, words: Wording) -> tuple[Day, ...]:
    days: dict[str, list[Pick]] = {}
    for slot in question.slots:
        day = words.formats.weekday(words.formats.here(slot.start).date())
        days.setdefault(day, []).append(Pick(slot.id, words.formats.hours(slot)))
    return tuple(Day(label, tuple(options)) for label, options in days.items())


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
    said = {line.key: line for line in turn.answers}
    return tuple(
        ConfirmLine(
            words.label(turn.moment, key),
            words.answer(turn.moment, said[key])
            if key in said and said[key].value == value
            else words.confirmed(value),
        )
        for key, value in question.values.items()
    )
