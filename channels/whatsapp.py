"""WhatsApp: few options as buttons, some as a list, many as text; after a day of silence only approved words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from channels import sms
from channels.gsm import clip
from channels.picks import only_a_new_card, picks
from channels.preface import asks_nothing, joined, note, notices, why
from channels.wording.book import Wording
from models.case import Because, Pending, Turn
from models.people import Channel
from models.questions import Confirm, YesNo

BUTTONS, LISTED = 3, 10
LONGEST = 1024  # characters of a message with buttons or a list
BUTTON, LINE, PAYLOAD = 20, 24, 200


@dataclass(frozen=True)
class Written:
    """A text, and what else its provider needs.

    ``content`` is ``{"name": …, "variables": {"1": …}}``: sent in place of the text where the account has it.
    """

    body: str
    extras: dict[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Tapped:
    """What a button carries: the question it belongs to, and the option as it would be typed: its number, yes or no."""

    case: str
    key: str
    revision: int
    typed: str

    @property
    def payload(self) -> str:
        return f"{self.case} {self.key} {self.revision} {self.typed}"

    @property
    def asked(self) -> str:
        return f"{self.case} {self.key} {self.revision}"


def tapped(payload: str) -> Tapped | None:
    """What a button of ours says; None for anybody else's."""
    parts = payload.split(" ", 3)
    if len(parts) != 4 or parts[0].count("/") != 2 or not parts[2].isdecimal() or len(parts[2]) > 9:
        return None
    return Tapped(parts[0], parts[1], int(parts[2]), parts[3])


def render(
    turn: Turn, words: Wording, *, echo: str = "", because: Because | None = None, link: str | None = None
) -> Written:
    """The turn for somebody who wrote within a day, with buttons where its question has options.

    The parameters are those of :func:`channels.sms.render`, which words everything that has no buttons.
    """
    text = sms.render(turn, words, echo=echo, because=because, link=link)
    options = _options(turn, words)
    if turn.question is None or not options:
        return Written(text, asked(turn))
    reason = why(turn, because)
    lead = [echo, *notices(turn, words, Channel.WHATSAPP), note(turn, words, because)]
    lead.append(words.because(reason, Channel.WHATSAPP) if reason else "")
    body = joined(*lead, words.prompt(turn.moment, turn.question, Channel.WHATSAPP), by="\n")
    if len(body) > LONGEST:
        return Written(text, asked(turn))
    return Written(text, asked(turn) | {"content": _content(body, options, words)})


def template(kind: str, text: str, link: str) -> dict[str, JsonValue]:
    """The approved words for a kind of message: ``text`` is place 1, ``link`` place 2. Neither may break a line."""
    places: dict[str, JsonValue] = {"1": " ".join(text.split())}
    return {"name": kind, "variables": places | ({"2": link} if link else {})}


def asked(turn: Turn) -> dict[str, JsonValue]:
    """The question that a message asks, to be known by when somebody replies to it."""
    if turn.question is None or asks_nothing(turn):
        return {}
    return {"asked": f"{turn.case} {turn.question.question.key} {turn.question.revision}"}


def _options(turn: Turn, words: Wording) -> list[tuple[str, str]]:
    """Label and payload of each option; none where the question has too many, or a button can't say them."""
    pending = turn.question
    if pending is None or asks_nothing(turn) or only_a_new_card(pending.question) or pending.known is not None:
        return []
    pairs = [
        (label, Tapped(turn.case, pending.question.key, pending.revision, typed).payload)
        for typed, label in _typed(pending, turn.moment, words)
    ]
    longest = BUTTON if len(pairs) <= BUTTONS else LINE
    labels = {clip(label, longest) for label, _ in pairs}
    fits = len(pairs) <= LISTED and len(labels) == len(pairs) and all(len(p) <= PAYLOAD for _, p in pairs)
    return pairs if fits else []


def _typed(pending: Pending, moment: str, words: Wording) -> list[tuple[str, str]]:
    """Each option as it would be typed, with its label."""
    if isinstance(pending.question, YesNo | Confirm):
        return [(words.say(message), words.say(message)) for message in ("button-yes", "button-no")]
    numbered = enumerate(picks(pending.question, moment, words), start=1)
    return [(str(number), pick.label) for number, pick in numbered]


def _content(body: str, options: list[tuple[str, str]], words: Wording) -> JsonValue:
    few = len(options) <= BUTTONS
    places = [body] if few else [body, clip(words.say("whatsapp-choose"), BUTTON)]
    for label, payload in options:
        places += [clip(label, BUTTON if few else LINE), payload]
    name = f"{'buttons' if few else 'list'}-{len(options)}"
    variables: dict[str, JsonValue] = {str(number): place for number, place in enumerate(places, start=1)}
    return {"name": name, "variables": variables}


def shape(name: str) -> Mapping[str, JsonValue]:
    """How the account's template of that name is made: ``buttons-2``, ``list-5``, or approved words for a kind.

    This is the ``types`` of the provider's Content API, to be created there once.
    """
    kind, _, count = name.rpartition("-")
    if kind == "buttons" and count.isdecimal():
        actions: list[JsonValue] = [{"title": _place(2 * n), "id": _place(2 * n + 1)} for n in range(1, int(count) + 1)]
        return {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    if kind == "list" and count.isdecimal():
        items: list[JsonValue] = [
            {"item": _place(2 * n + 1), "id": _place(2 * n + 2)} for n in range(1, int(count) + 1)
        ]
        return {"twilio/list-picker": {"body": "{{1}}", "button": "{{2}}", "items": items}}
    return {"twilio/text": {"body": "{{1}} {{2}}"}}


def _place(number: int) -> str:
    return "{{" + str(number) + "}}"


NAMES = (
    *(f"buttons-{n}" for n in range(1, BUTTONS + 1)),
    *(f"list-{n}" for n in range(BUTTONS + 1, LISTED + 1)),
    *("reminder", "way-back", "asking", "notices", "checking"),
)
